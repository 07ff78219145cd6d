"""The simulator as a process of its own: `python -m bot.simulator --port 9000`."""

import argparse
import json
import sys
from pathlib import Path

from bot.simulator.errors import Json
from bot.simulator.seed import from_manifest
from bot.simulator.server import SimulatorServer


def main(argv: list[str] | None = None) -> int:
    """Serve until interrupted; say on standard output when ready."""
    asked = _parser().parse_args(argv)
    try:
        server = _server(asked)
    except (OSError, ValueError, TypeError) as error:
        raise SystemExit(f"The simulator cannot start: {error}") from None

    def ready() -> None:
        if server.mail_port:
            where = f"127.0.0.1:{server.mail_port}"
            sys.stdout.write(f"post office listening on {where}\n")
        sys.stdout.write(f"simulator listening on {server.url}\n")
        sys.stdout.flush()

    try:
        server.run(ready)
    finally:
        if asked.transcript:
            server.world.transcript.save(asked.transcript)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.simulator", description=__doc__
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 picks a free one")
    add("--seed", help="a JSON file: the workspace to begin with")
    add("--manifest", help="an app manifest in JSON: scopes, events, commands")
    add("--scopes", help="bot scopes, separated by commas")
    add("--limits", choices=["off", "slack"], help="enforce Slack's rate limits")
    add("--transcript", help="write the transcript here at the end")
    add("--mail", action="store_true", help="open a post office: an SMTP server")
    add("--mail-port", type=int, default=0, help="its port; 0 picks a free one")
    add("--mail-tls", nargs=2, metavar=("CERT", "KEY"), help="it offers STARTTLS")
    add("--bot-status", metavar="URL", help="the bot's own pages, for what is owed")
    return parser


def _server(asked: argparse.Namespace) -> SimulatorServer:
    tls = (asked.mail_tls[0], asked.mail_tls[1]) if asked.mail_tls else None
    return SimulatorServer(
        asked.port,
        _seed(asked),
        mail=asked.mail or tls is not None,
        mail_port=asked.mail_port,
        mail_tls=tls,
    )


def _seed(asked: argparse.Namespace) -> Json:
    seed: Json = {}
    if asked.manifest:
        seed |= from_manifest(_read(asked.manifest))
    if asked.seed:
        seed |= _read(asked.seed)
    if asked.scopes:
        seed["scopes"] = asked.scopes.split(",")
    if asked.limits:
        seed["limits"] = asked.limits
    if asked.bot_status:
        seed["bot_status"] = asked.bot_status
    return seed


def _read(path: str) -> Json:
    try:
        parsed = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(
            f"{path} is not a JSON file that can be read: {error}"
        ) from None
    if not isinstance(parsed, dict):
        raise SystemExit(f"{path} does not hold a JSON object.")
    return parsed


if __name__ == "__main__":
    raise SystemExit(main())
