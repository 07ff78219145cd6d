"""How fast letters go: the gateway, beside the standard library alone.

`python -m benchmarks.mailing`: letters of 52 KB, over one connection to a mail server
in a process of its own. The peer builds each letter with `email` and sends it with
`smtplib`; the limit sends one that was built before. They take turns, in rounds.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from itertools import count
from smtplib import SMTP
from statistics import median
from subprocess import PIPE, Popen
from time import perf_counter, sleep

from benchmarks.machine import show, spread
from bot.gateways.clock import SystemClock
from bot.gateways.mail import Mail, SmtpServer
from bot.ports import Medium, Message
from tests.post import Post

LETTERS = 300  #: a round
ROUNDS = 5
WARM_UP = 30  #: letters
SENDER = "Our community <community@example.org>"
TEXT = "Three colleagues repeat the test when symptoms go on – a café’s worth.\n" * 90
HTML = (
    '<tr><td style="padding:0 24px;font:16px/1.5 sans-serif">'
    "Three colleagues repeat the test when symptoms go on.</td></tr>\n"
) * 340

Send = Callable[[int], object]
_numbers = count()


def main() -> None:
    """Measure in turns, and print the table."""
    with _serving() as port, SMTP("127.0.0.1", port) as peer:
        gateway = Mail(server=_server(port), sender=SENDER, clock=SystemClock())
        built = _built(0)
        ways: dict[str, Send] = {
            "Mail.send": lambda n: gateway.send(_message(n), None),
            "email + smtplib": lambda n: _push(peer, n, _built(n)),
            "smtplib, built before": lambda n: _push(peer, n, built),
        }
        rates = _measured(ways)
        gateway.close()
    _print(rates, len(built))


def _measured(ways: dict[str, Send]) -> dict[str, list[float]]:
    """Letters a second, for each way and round."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for send in ways.values():
        _rate(send, WARM_UP)
    for _ in range(ROUNDS):
        for name, send in ways.items():
            rates[name].append(_rate(send, LETTERS))
    return rates


def _rate(send: Send, letters: int) -> float:
    started = perf_counter()
    for _ in range(letters):
        send(next(_numbers))
    return letters / (perf_counter() - started)


def _print(rates: dict[str, list[float]], size: int) -> None:
    ours = rates["Mail.send"]
    rows = []
    for name, theirs in rates.items():
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        milliseconds = f"{1000 / median(theirs):.2f}"
        rows.append([name, spread(theirs), milliseconds, spread(ratios)])
    title = f"Letters of {size / 1000:.0f} kB, {ROUNDS} rounds of {LETTERS}"
    show(title, ["", "letters/s", "ms each", "Mail.send is × as fast"], rows)


def _message(number: int) -> Message:
    return Message(
        key=f"bench:{number}",
        medium=Medium.MAIL,
        to=_to(number),
        body={"subject": "The update for June", "text": TEXT, "html": HTML},
    )


def _built(number: int) -> bytes:
    letter = EmailMessage(policy=WIRE)
    letter["From"], letter["To"] = SENDER, _to(number)
    letter["Subject"] = "The update for June"
    letter["Message-ID"] = f"<{number}@example.org>"
    letter.set_content(TEXT, cte="quoted-printable")
    letter.add_alternative(HTML, subtype="html", cte="quoted-printable")
    return letter.as_bytes()


def _push(peer: SMTP, number: int, letter: bytes) -> None:
    peer.sendmail("community@example.org", [_to(number)], letter)


def _to(number: int) -> str:
    return f"member{number}@surgery.example"


def _server(port: int) -> SmtpServer:
    return SmtpServer(host="127.0.0.1", port=port, protection="smtp")


@contextmanager
def _serving() -> Iterator[int]:
    """A mail server in its own process; its port."""
    command = [sys.executable, "-m", "benchmarks.mailing", "serve"]
    with Popen(command, stdout=PIPE, text=True) as process:  # noqa: S603 - ourselves
        try:
            yield int(process.stdout.readline() if process.stdout else 0)
        finally:
            process.terminate()


def serve() -> None:
    """Take letters and forget them, until told to stop."""
    with Post() as post:
        sys.stdout.write(f"{post.port}\n")
        sys.stdout.flush()
        while True:
            sleep(0.1)
            post.delivered.clear()


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
