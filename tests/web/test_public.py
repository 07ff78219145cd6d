"""The public door: links prove themselves, and pages keep to themselves."""

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from socket import create_connection
from time import sleep
from urllib.parse import quote, urlsplit

import pytest
import structlog
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from bot import logs
from bot.usecases import subscriptions
from bot.usecases.context import Context
from bot.views.links import LIVES, Links, Purpose
from tests.slack_play import COMMUNITY
from tests.web.outside import HOST, JO, SECRET, Outside, opened


def test_a_link_for_one_thing_does_no_other(outside: Outside) -> None:
    """The same subject, signed for another purpose, is a forgery here."""
    for purpose in Purpose:
        if purpose is not Purpose.UNSUBSCRIBE:
            token = outside.links.to(purpose, "1").rpartition("/")[2]
            told = outside.presses(f"/unsubscribe/{token}", "leave")
            assert (told.status, outside.held()) == (404, False)
            assert "This link does not work" in told.said


def test_a_link_signed_elsewhere_is_refused(outside: Outside) -> None:
    """Another secret, another bot."""
    other = Links(HOST, SECRET[::-1]).to(Purpose.UNSUBSCRIBE, "1")
    assert outside.presses(other, "leave").status == 404
    assert not outside.held()


class LongAgo(TimestampSigner):
    """Signs as we would have signed a day longer ago than a link lives."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - int(LIVES.total_seconds()) - 86_400


def test_a_link_that_is_too_old_says_what_to_do(outside: Outside) -> None:
    """It tells them to use a newer one, or to reply; and does nothing."""
    old = URLSafeTimedSerializer(SECRET, salt="convenor unsubscribe", signer=LongAgo)
    link = f"/unsubscribe/{old.dumps('1')}"
    for told in (outside.ask(link), outside.presses(link, "leave")):
        assert told.status == 410
        assert "too old" in told.said
        assert "reply" in told.said
    assert not outside.held()


@given(st.data())
@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_tampered_link_never_acts(outside: Outside, data: st.DataObject) -> None:
    """Whatever is changed in it, shortened or added, it is refused kindly."""
    token = outside.unsubscribing().rpartition("/")[2]
    letters = st.sampled_from("abcXYZ019-_.=~")
    at = data.draw(st.integers(0, len(token) - 1))
    cut = data.draw(st.integers(0, 3))
    changed = token[:at] + data.draw(st.text(letters, max_size=3)) + token[at + cut :]
    if changed in {token, token + "="}:
        return
    told = outside.presses(f"/unsubscribe/{changed}", "leave")
    assert told.status == 404
    assert not outside.held()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/unsubscribe",
        "/unsubscribe/",
        "/unsubscribe/../health/ready",
        "/unsubscribe/..%2f..%2fetc%2fpasswd",
        "/unsubscribe/%00",
        "/unsubscribe/a/b",
        "/unsubscribe/x%0d%0aSet-Cookie:%20a=b",
        "/unsubscribe/é",
        "/unsubscribe/%ff%fe",
        "//example.com/unsubscribe/x",
        "/status",
        "/metrics",
        "/owed",
        "/slack/events",
        "/unsubscribe/" + "x" * 20_000,
    ],
    ids=lambda path: path[:32],
)
def test_nothing_else_is_there(outside: Outside, path: str) -> None:
    """Guesses, climbing out, and this machine's own pages: none leads anywhere."""
    told = outside.ask(quote(path, safe="/%"))
    assert told.status in {404, 405}
    assert told.headers["Set-Cookie"] is None


def test_other_methods_are_refused(outside: Outside) -> None:
    """Only looking and pressing; it says which are allowed."""
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        told = outside.ask(outside.unsubscribing(), method=method)
        assert told.status == 405
        assert "POST" in told.headers["Allow"]
    assert not outside.held()


def test_a_body_that_is_too_large_or_makes_no_sense(outside: Outside) -> None:
    """The first is refused, the second is what it says: somebody pressed a button."""
    assert outside.ask(outside.unsubscribing(), b"x" * 1_000_001).status == 413
    assert not outside.held()
    assert outside.ask(outside.unsubscribing(), b"\xff\x00&=&act=%ff").status == 200
    assert outside.held()


def test_every_page_is_kept_out_of_caches_lists_and_frames(outside: Outside) -> None:
    """Ours, refusals and failures alike; they load nothing from anywhere."""
    for path in (outside.unsubscribing(), "/unsubscribe/forged", "/nowhere"):
        told = outside.ask(path)
        assert told.headers["Cache-Control"] == "no-store"
        assert told.headers["Referrer-Policy"] == "no-referrer"
        assert told.headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in told.headers["X-Robots-Tag"]
        policy = told.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert '<html lang="en-GB">' in told.said
        assert "http" not in told.said.replace("http-equiv", "")
        assert "<script" not in told.said
        assert "server" not in {name.lower() for name in told.headers}


def test_names_are_text_wherever_they_stand(ctx: Context) -> None:
    """A community's name, or an address, is never taken for a page's own words."""
    hostile = replace(COMMUNITY, name='<script>alert("x")</script> & "us"')
    with ctx.begin() as tx:
        member = tx.members.by_email(JO)
        assert member
        tx.members.keep(replace(member, email="<img@example.org"))
    with opened(replace(ctx, community=hostile)) as outside:
        told = outside.ask(outside.unsubscribing())
        missing = outside.ask("/%3Cscript%3E")
    for page in (told.said, missing.said):
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert "<img" not in told.said


def test_nothing_that_a_request_claims_of_itself_is_believed(outside: Outside) -> None:
    """Host and X-Forwarded-* change nothing, and are repeated nowhere."""
    claims = {"Host": "evil.example.com", "X_Forwarded_Host": "evil.example.com"}
    told = outside.ask(outside.unsubscribing(), **claims, X_Forwarded_Proto="gopher")
    assert told.status == 200
    assert "evil" not in told.said + str(told.headers)
    slash = outside.ask(outside.unsubscribing() + "/", **claims)
    assert slash.status == 404  # and no redirect to a host that somebody made up
    assert "Location" not in slash.headers


def test_robots_are_asked_to_stay_away(outside: Outside) -> None:
    """Nobody's link is to be found by searching."""
    told = outside.ask("/robots.txt")
    assert told.said == "User-agent: *\nDisallow: /\n"


def test_below_a_path_of_a_shared_host(ctx: Context) -> None:
    """Where the public address has a path, the pages are below it and nowhere else."""
    links = Links("https://example.org/convenor/", SECRET)
    with opened(replace(ctx, links=links), path="/convenor/") as outside:
        link = outside.unsubscribing()
        assert outside.ask(link).status == 200
        assert outside.ask(link.replace("/convenor", "")).status == 404
        assert outside.ask("/convenor/health").status == 200
        assert outside.ask("/robots.txt").status == 200
        assert outside.ask("/convenor").status == 404


def test_without_a_public_address_there_are_no_pages(ctx: Context) -> None:
    """The door may be open for Slack alone: then no link leads anywhere."""
    with opened(replace(ctx, links=None)) as outside:
        assert outside.ask(outside.unsubscribing()).status == 404


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, at every level."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    logs.configure("DEBUG", "json", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_no_link_is_ever_logged(
    logged: io.StringIO, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not when it works, nor when it is refused, nor when the page fails."""
    link = outside.unsubscribing()
    outside.ask(link)
    outside.ask(link + "x")
    outside.presses(link, "leave")
    monkeypatch.setattr(subscriptions, "look", _breaks)
    told = outside.ask(link)

    assert told.status == 500
    assert "Something went wrong" in told.said
    assert "page_failed" in logged.getvalue()
    token = link.rpartition("/")[2]
    assert token[:20] not in logged.getvalue()
    assert "canary" not in logged.getvalue() + told.said


def _breaks(*_: object) -> None:
    raise ValueError("canary")


def test_somebody_who_goes_in_the_middle_is_no_failure(
    logged: io.StringIO, outside: Outside
) -> None:
    """A phone loses its signal while it sends: nothing is done, and no page failed."""
    path = urlsplit(outside.unsubscribing()).path
    said = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nact="
    with create_connection(("127.0.0.1", outside.server.port), timeout=20) as phone:
        phone.sendall(said.encode())
        sleep(0.2)
    sleep(0.2)
    outside.ask("/health")  # what came before has been dealt with

    assert not outside.held()
    assert "page_failed" not in logged.getvalue()
    assert "Exception" not in logged.getvalue()
