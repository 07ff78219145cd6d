"""The page's doors: its files, letters that can do nothing, the bot's own account."""

import http.client
import json
import smtplib
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest

from bot.simulator import Player, Refused, SimulatorServer
from bot.simulator.__main__ import main
from bot.simulator.page_doors import FOLDER

OWED = {"owed": [{"key": "invite:1", "medium": "mail"}], "parked": []}
PAGES = {"/status": {"connected": True}, "/owed": OWED}


def get(url, path):
    """Fetch a page: its status, headers and body."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


class Bot(BaseHTTPRequestHandler):
    """The bot's own pages, played."""

    def do_GET(self):
        found = PAGES.get(self.path)
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def bot_pages():
    """The address of a bot's pages."""
    served = HTTPServer(("127.0.0.1", 0), Bot)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.mark.parametrize("name", sorted(one.name for one in FOLDER.iterdir()))
def test_every_file_of_the_page_takes_nothing_from_elsewhere(server, name):
    """The page works without the outside, and its policy keeps the outside out."""
    status, headers, body = get(server.url, f"/page/{name}")
    assert status == 200
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    outside = body.replace("http://www.w3.org/2000/svg", "")
    assert "http://" not in outside
    assert "https://" not in outside
    assert ".innerHTML" not in body


def test_the_page_is_at_the_front_door_and_nothing_else_is_given(server):
    """Whoever opens the address sees the page; no other file can be asked for."""
    status, _, body = get(server.url, "/")
    assert (status, "<h1>" in body) == (200, True)
    for wrong in ("/page/server.py", "/page/..%2Fserver.py", "/page/letters/1"):
        assert get(server.url, wrong)[0] == 404


def test_a_letter_is_shown_in_a_frame_that_runs_and_fetches_nothing():
    """What a letter brings along stays inert, whoever wrote it."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = (
        "Hello",
        "a@example.org",
        "b@example.org",
    )
    made.set_content("<p>Dear Ben,</p>", subtype="html")
    with SimulatorServer(mail=True) as server:
        with smtplib.SMTP("127.0.0.1", server.mail_port, timeout=5) as smtp:
            smtp.send_message(made)
        _, headers, body = get(server.url, "/page/letters/1")
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "<p>Dear Ben,</p>" in body


def test_the_bots_own_account_is_passed_on(server, player, bot_pages):
    """What is owed and parked is shown as the bot tells it."""
    player.do("bot_pages", url=f"{bot_pages}/status")
    _, _, body = get(server.url, "/page/owed")
    assert json.loads(body) == {"status": {"connected": True}, "owed": OWED, "why": ""}


def test_a_bot_without_that_page_is_said_to_have_none(
    server, player, bot_pages, monkeypatch
):
    """An older bot shows what it has, and the page says what is missing."""
    monkeypatch.delitem(PAGES, "/owed")
    player.do("bot_pages", url=bot_pages)
    said = json.loads(get(server.url, "/page/owed")[2])
    assert said["status"] == {"connected": True}
    assert said["owed"] is None
    assert "/owed answers 404" in said["why"]


def test_a_bot_that_is_unknown_or_silent_is_said_to_be_so(server, player):
    """Nobody looks at an empty page and wonders."""
    assert "--bot-status" in json.loads(get(server.url, "/page/owed")[2])["why"]
    player.do("bot_pages", url="http://127.0.0.1:9")
    assert "does not answer" in json.loads(get(server.url, "/page/owed")[2])["why"]


@pytest.mark.parametrize(
    "elsewhere",
    ["http://192.0.2.1:80", "https://127.0.0.1", "http://example.org", "file:///etc"],
)
def test_no_other_host_is_ever_asked(player, elsewhere):
    """The page cannot be made to fetch from anywhere but this machine."""
    with pytest.raises(Refused, match="of this machine"):
        player.do("bot_pages", url=elsewhere)


def test_the_pulse_tells_that_something_happened_and_not_what(player, amira):
    """The page learns cheaply where to look again; words it asks for as somebody."""
    before = player.do("pulse")
    assert before["happened"] == []
    said = amira.post("#questions", "private words")
    after = player.do("pulse", after=before["seq"])
    (one,) = after["happened"]
    assert (one["kind"], one["channel"], one["ts"]) == ("posted", said.channel, said.ts)
    assert "private words" not in str(after)


def test_the_communitys_time_is_known_once_it_is_told(player):
    """Every stretch of the community's time is kept, to date what was said in it."""
    assert player.do("pulse")["stretches"] == []
    player.do("community_time", now=1_780_000_000)
    ((here, there),) = player.do("pulse")["stretches"]
    assert there == 1_780_000_000
    assert abs(here - player.do("clock")["now"]) < 5


def test_the_app_says_what_its_menus_are_called():
    """Shortcuts stand in menus by the names that the manifest gives them."""
    menu = [{"name": "Ask", "type": "global", "callback_id": "ask"}]
    with SimulatorServer(seed={"menu": menu, "commands": ["/ask"]}) as server:
        told = Player(server.url).do("app")
    assert (told["shortcuts"], told["commands"]) == (menu, ["/ask"])


def test_a_certificate_that_is_not_there_is_said_at_once():
    """Whoever starts a post office wrongly reads why, not a traceback."""
    with pytest.raises(SystemExit, match="cannot start"):
        main(["--mail-tls", "no-such.pem", "no-such.key"])
