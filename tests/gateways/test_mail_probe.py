"""The mail server is tried as letters will go, and nothing is sent."""

import shutil
import ssl
import subprocess
from base64 import b64encode
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from bot.gateways.mail_probe import MailRefused, try_server

LOGIN = b64encode(b"\0jo\0sesame").decode()


class _Conversation(StreamRequestHandler):
    """Just enough of SMTP for a client to greet, encrypt, log in and leave."""

    def handle(self):
        self._say("220 here")
        while words := self.rfile.readline().decode().split():
            words[0] = words[0].upper()
            self.server.heard.append(words[0])
            if words[0] == "QUIT":
                self._say("221 goodbye")
                return
            self._answer(words)

    def _answer(self, words):
        if words[0] == "EHLO":
            self._say("250-here")
            self._say(*(f"250-{one}" for one in self.server.offers), "250 HELP")
        elif words[0] == "STARTTLS":
            self._say("220 go on")
            self._encrypt()
        elif words[0] == "AUTH":
            known = words[-1] == LOGIN
            self._say("235 welcome" if known else "535 who are you?")
        else:
            self._say("502 what?")

    def _encrypt(self):
        self.request = self.server.tls.wrap_socket(
            self.request, server_side=True, do_handshake_on_connect=False
        )
        self.setup()
        self.request.do_handshake()

    def finish(self):
        """Close what was encrypted; the server only knows what was not."""
        super().finish()
        self.request.close()

    def _say(self, *lines):
        for line in lines:
            self.wfile.write(f"{line}\r\n".encode())


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, offers, tls):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.offers, self.tls, self.heard = offers, tls, []

    def handle_error(self, request, client_address):
        """A client that hangs up in the middle is what some tests are about."""


@contextmanager
def serving(*offers, tls=None):
    with _Server(offers, tls) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def trying(server, protection="smtp", **more):
    try_server(
        host="127.0.0.1", port=server.server_address[1], protection=protection, **more
    )


def refused(server, protection="smtp", **more):
    with pytest.raises(MailRefused) as caught:
        trying(server, protection, **more)
    assert "sesame" not in str(caught.value)
    return str(caught.value)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody but this test trusts."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl program to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "certificate.pem"
    subprocess.run(  # noqa: S603 - our own words, and the program that was found
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    return made


@pytest.fixture
def tls(certificate):
    """The server's side of an encrypted connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def test_a_server_that_takes_us(certificate, tls):
    """It is greeted, encrypted, logged in to and left; no letter is begun."""
    trust = ssl.create_default_context(cafile=certificate)
    with serving("STARTTLS", "AUTH PLAIN", tls=tls) as server:
        trying(server, "smtp+starttls", user="jo", password="sesame", trust=trust)

    assert server.heard == ["EHLO", "STARTTLS", "EHLO", "AUTH", "QUIT"]


def test_a_certificate_that_nobody_vouches_for(tls):
    """The password is not given to somebody who only says who they are."""
    with serving("STARTTLS", "AUTH PLAIN", tls=tls) as server:
        told = refused(server, "smtp+starttls", user="jo", password="sesame")

    assert "certificate that cannot be trusted" in told
    assert "AUTH" not in server.heard


def test_a_server_without_encryption_is_not_used_for_want_of_it():
    """Where encryption is asked for and not to be had, the password stays here."""
    with serving("AUTH PLAIN") as server:
        told = refused(server, "smtp+starttls", user="jo", password="sesame")

    assert "cannot be used" in told
    assert "AUTH" not in server.heard


def test_a_password_that_is_wrong():
    """It names the setting to mend, and not the password."""
    with serving("AUTH PLAIN") as server:
        told = refused(server, user="jo", password="sesame?")

    assert "does not accept the user name and password (535)" in told
    assert "SMTP_URL" in told


def test_a_plain_server_taken_for_an_encrypted_one():
    """The commonest slip, a wrong kind for a port, says so."""
    with serving() as server:
        assert "smtps" in refused(server, "smtps")


def test_nobody_there():
    """A server that is not there is a sentence, not a traceback."""
    with serving() as server:
        pass
    assert "ConnectionRefusedError" in refused(server)
