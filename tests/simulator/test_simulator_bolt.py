"""A real Bolt app lives on the simulator, by Socket Mode and over HTTP."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from tests.conformance.hearing import close

FORM = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
CARD = [
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "answer",
                "text": {"type": "plain_text", "text": "Answer"},
            }
        ],
    }
]


def app_with_listeners(server):
    """A small app of each kind of listener."""
    client = WebClient("xoxb-simulator", base_url=server.api_url)
    app = App(
        client=client,
        signing_secret="simulator-signing-secret",
        process_before_response=True,
    )

    @app.event("app_mention")
    def mentioned(event, say):
        say(text="A card", blocks=CARD, thread_ts=event["ts"])

    @app.action("answer")
    def pressed(ack, respond):
        ack()
        respond(text="Thank you.", replace_original=False)

    @app.event("message")
    def anything_else():
        """Acknowledge."""

    _asking(app)
    return app


def _asking(app):
    @app.command("/ask")
    def command(ack, body, client):
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @app.view("ask")
    def submitted(ack, view, client, body):
        text = view["state"]["values"]["question"]["text"]["value"]
        if not text.endswith("?"):
            ack(response_action="errors", errors={"question": "Ask a question."})
            return
        client.chat_postMessage(channel=body["user"]["id"], text=f"Asked: {text}")
        ack()


@pytest.fixture
def by_socket(server):
    """The app connected by Socket Mode, as the bot is."""
    app = app_with_listeners(server)
    client = WebClient("xapp-simulator", base_url=server.api_url)
    handler = SocketModeHandler(app, "xapp-simulator", web_client=client)
    handler.connect()
    yield
    close(handler.client)


@pytest.fixture
def over_http(server, player):
    """The app behind a request URL, which checks each signature."""
    app = app_with_listeners(server)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name: [value] for name, value in self.headers.items()}
            answer = app.dispatch(BoltRequest(body=body, headers=headers))
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write((answer.body or "").encode())

        def log_message(self, *_):
            """Say nothing."""

    web = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    player.do("request_url", url=f"http://127.0.0.1:{web.server_port}/slack/events")
    yield
    web.shutdown()
    web.server_close()
    thread.join()


@pytest.mark.parametrize("door", ["by_socket", "over_http"])
def test_a_bolt_app_does_its_whole_round(request, door, player, amira):
    """Mention, button, command, form with an error, and DM work by either door."""
    request.getfixturevalue(door)
    said = amira.post("C0ASK", "<@U0BOT00000> hello")
    player.wait_until_quiet()
    card = amira.sees("C0ASK", said.ts)[1]
    assert amira.press("answer", channel="C0ASK", ts=card["ts"])["acked"]
    assert "Thank you." in [one["text"] for one in amira.sees("C0ASK")]
    assert amira.command("/ask", "C0ASK")["acked"]
    assert amira.submit(text="FIT")["errors"] == {"question": "Ask a question."}
    assert amira.submit(text="FIT?")["modal"] is None
    assert [one["text"] for one in amira.dms()] == ["Asked: FIT?"]
    player.wait_until_quiet()
    assert player.transcript("missed", "redelivery") == []
