"""What the bot itself says of its digests, read by its own use cases.

A process of its own, with a play's settings: ``python -m bot.demo.reading USER`` prints
one line of JSON for each digest, as the coordinator of that Slack user id sees it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from urllib.parse import parse_qs, urlsplit

from bot import app, logs
from bot.demo.accounts import Account
from bot.domain.errors import NotFound
from bot.settings import read_all
from bot.usecases.context import Context
from bot.usecases.digest_desk import open_desk, open_ledger
from bot.usecases.publishing import published
from bot.views import exports
from bot.views.ledgers import Ledger


def main(argv: list[str]) -> int:
    """Print every account."""
    logs.configure("WARNING", "text")
    settings, community = read_all()
    store = app.open_store(settings)
    try:
        ctx = app.context(settings, community, store)
        app.orient(ctx, app.slack(settings))
        for account in accounts(ctx, user=argv[0]):
            sys.stdout.write(json.dumps(asdict(account)) + "\n")
    finally:
        store.close()
    return 0


def accounts(ctx: Context, *, user: str) -> Iterator[Account]:
    """Every digest there is, in the order in which they were drafted."""
    digest = 1
    while True:
        try:
            ledger = open_ledger(ctx, user=user, digest=digest)
        except NotFound:
            return
        yield _account(ctx, user, ledger)
        digest += 1


def _account(ctx: Context, user: str, ledger: Ledger) -> Account:
    page = published(ctx, ledger.digest)
    desk = open_desk(ctx, user=user, digest=ledger.digest)
    roots = {_root(one.address) for one in ledger.entries if one.address}
    return Account(
        digest=ledger.digest,
        root=next(iter(roots), ""),
        places=dict(Counter(one.place.value for one in ledger.entries)),
        unassigned=desk.unassigned,
        markdown=exports.markdown(page),
        html=exports.html(page),
    )


def _root(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("thread_ts", [""])[0]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
