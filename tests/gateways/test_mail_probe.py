"""The mail server is tried as letters will go, and nothing is sent."""

import ssl

import pytest

from bot.gateways.mail_probe import MailRefused, try_server
from tests.post import Post, certificate

USERS = {"jo": "sesame"}
JO = {"user": "jo", "password": "sesame"}


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody but this test trusts, and its server."""
    return certificate(tmp_path_factory.mktemp("tls"))


def refused(post, protection="smtp", *, trust=None, **more):
    with pytest.raises(MailRefused) as caught:
        try_server(post.server(protection, **more), trust=trust)
    assert "sesame" not in str(caught.value)
    return str(caught.value)


def test_a_server_that_takes_us(tls):
    """It is greeted, encrypted, logged in to and left; no letter is begun."""
    file, context = tls
    trust = ssl.create_default_context(cafile=file)
    with Post(tls=context, users=USERS) as post:
        try_server(post.server("smtp+starttls", **JO), trust=trust)

        assert post.heard == ["EHLO", "STARTTLS", "EHLO", "AUTH", "QUIT"]


def test_a_certificate_that_nobody_vouches_for(tls):
    """The password is not given to somebody who only says who they are."""
    with Post(tls=tls[1], users=USERS) as post:
        told = refused(post, "smtp+starttls", **JO)

        assert "certificate that cannot be trusted" in told
        assert "AUTH" not in post.heard


def test_a_server_without_encryption_is_not_used_for_want_of_it():
    """Where encryption is asked for and not to be had, the password stays here."""
    with Post(users=USERS) as post:
        told = refused(post, "smtp+starttls", **JO)

        assert "does not offer STARTTLS" in told
        assert "AUTH" not in post.heard


def test_a_password_that_is_wrong():
    """It names the setting to mend, and not the password."""
    with Post(users=USERS) as post:
        told = refused(post, user="jo", password="sesame?")

    assert "does not accept the user name and password (535)" in told
    assert "SMTP_URL" in told


def test_a_server_that_knows_no_users():
    """A user in SMTP_URL that the server would not hear of is a slip to mend."""
    with Post() as post:
        assert "does not offer a log-in" in refused(post, **JO)


def test_a_plain_server_taken_for_an_encrypted_one():
    """The commonest slip, a wrong kind for a port, says so."""
    with Post() as post:
        assert "smtps" in refused(post, "smtps")


def test_nobody_there():
    """A server that is not there is a sentence, not a traceback."""
    with Post() as post:
        pass
    assert "ConnectionRefusedError" in refused(post)
