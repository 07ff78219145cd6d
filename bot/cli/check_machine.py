"""What ``convenor check`` asks of this machine: its zone, database and mail server."""

from collections.abc import Iterator

from bot import app
from bot.cli.findings import Finding, ok, problem, skipped, warning
from bot.domain.community import Community
from bot.domain.times import words
from bot.gateways.clock import BrokenClock
from bot.gateways.mail_probe import MailRefused, try_server
from bot.settings import Encryption, MailServer, Settings
from bot.store import Store, StoreUnavailable, connect
from bot.usecases import backlog, members
from bot.usecases.context import Context

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
LATER = "what letters would say waits, and is shown as waiting"
WAITING = "Set SMTP_URL and SMTP_FROM in .env, and run the bot again: they go then."


def zone_findings(settings: Settings, community: Community) -> Iterator[Finding]:
    """The community's zone and what time it is there."""
    zone = community.almanac.zone
    try:
        now = words(app.clock(settings).now(), zone)
    except BrokenClock as error:
        yield problem("Time zone", str(error), "Leave COMMUNITY_CLOCK_FILE out.")
        return
    if settings.community_clock_file is None:
        yield ok("Time zone", f"{zone.key}, where it is {now}")
        return
    yield warning(
        "Time zone",
        f"{zone.key}; the clock is played, and says {now}.",
        "Outside the demo and tests, leave COMMUNITY_CLOCK_FILE out.",
    )


def database_findings(settings: Settings, community: Community) -> Iterator[Finding]:
    """Whether it answers, is of this version, and what was set aside in it."""
    try:
        store = connect(settings.database_url.get_secret_value())
    except StoreUnavailable as error:
        yield problem("Database", error.advice)
        yield skipped("Tables", "The database has to be reached first.")
        return
    yield ok("Database", "answers")
    try:
        yield from _tables(store, settings, community)
    finally:
        store.close()


def _tables(
    store: Store, settings: Settings, community: Community
) -> Iterator[Finding]:
    try:
        store.check_version()
    except StoreUnavailable as error:
        yield problem("Tables", error.advice)
        return
    yield ok("Tables", "are those of this version")
    try:
        ctx = app.context(settings, community, store)
    except BrokenClock:
        return  # said already
    yield from _set_aside(ctx)
    yield from _letters(ctx)


def _set_aside(ctx: Context) -> Iterator[Finding]:
    lengths = backlog.lengths(ctx)
    for queue, what in (("inbox", "events"), ("outbox", "messages")):
        count = int(lengths[f"{queue}_parked"])
        if count:
            says = f"Set aside, waiting for a decision: {count} {what}."
            yield warning(queue.title(), says, f"Look at them with: convenor {queue}")


def _letters(ctx: Context) -> Iterator[Finding]:
    """Whom only letters reach, while none can go; else where replies to them go."""
    if ctx.mail:
        yield from _answers(ctx)
        return
    count = sum(one.by_letter_only for one in members.everyone(ctx))
    if not count:
        return
    who = "1 member is" if count == 1 else f"{count} members are"
    says = f"{who} reached by e-mail alone; what I have for them waits."
    yield warning("Letters", says, WAITING)


def _answers(ctx: Context) -> Iterator[Finding]:
    if any(one.coordinates and one.email for one in members.everyone(ctx)):
        return
    yield warning(
        "Letters",
        "No coordinator has an e-mail address, so replies go to that in SMTP_FROM.",
        "Add one with: convenor members import members.csv",
    )


def mail_findings(settings: Settings) -> Iterator[Finding]:
    """Whether the mail server takes us, or that e-mail is off."""
    server = settings.mail
    if server is None:
        yield ok("E-mail", f"is off (no SMTP_URL): {LATER}")
        return
    try:
        try_server(app.smtp_server(server))
    except MailRefused as error:
        yield problem("E-mail", f"{error}.")
        return
    yield _protected(server)


def _protected(server: MailServer) -> Finding:
    where = f"{server.host}:{server.port}"
    if server.encryption is Encryption.NONE and server.host not in LOCAL:
        return warning(
            "E-mail",
            f"{where} answers, but letters would travel unencrypted.",
            "Write smtp+starttls:// or smtps:// in SMTP_URL.",
        )
    return ok("E-mail", f"{where} would take letters")
