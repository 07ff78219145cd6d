"""What ``convenor check`` says of the public address, and of what is off without it."""

from collections.abc import Iterator

from bot import app
from bot.cli.findings import Finding, ok, warning
from bot.domain.community import Community
from bot.gateways.clock import BrokenClock
from bot.gateways.web_probe import NotOurs, try_address
from bot.settings import Settings
from bot.store import StoreUnavailable
from bot.usecases import subscriptions

SOMEBODY = "the coordinator"  #: whose address is not known


def public_findings(
    settings: Settings, community: Community, *, http: bool
) -> Iterator[Finding]:
    """Where people's links lead, and with *http* Slack's requests too."""
    if settings.public_url is None:
        yield ok("Pages", _instead(_answers_to(settings, community)))
    else:
        yield _address(settings, settings.public_url)
    if http:
        yield _requests(settings)


def _instead(address: str) -> str:
    """What is off without an address, and what stands in for it."""
    return (
        "are off (no PUBLIC_URL), and everything works without: people leave the "
        f"monthly update by e-mail to {address}; previews are files (convenor edition "
        "preview); who comes to a call is said in Slack, or by the calendar's reply to "
        f"{address}. Only a calendar to subscribe to is missing."
    )


def _answers_to(settings: Settings, community: Community) -> str:
    fallback = settings.smtp_from or SOMEBODY
    try:
        store = app.open_store(settings)
    except StoreUnavailable:
        return fallback  # said already
    try:
        ctx = app.context(settings, community, store)
        return subscriptions.answers_to(ctx) or fallback
    except BrokenClock:
        return fallback  # said already
    finally:
        store.close()


def _address(settings: Settings, public: str) -> Finding:
    door = f"{settings.web_host}:{settings.web_port}"
    try:
        try_address(public)
    except NotOurs as error:
        return warning(
            "Pages",
            f"{public} cannot be reached from here: {error}.",
            f"If the bot runs, see that the reverse proxy passes it on to {door}; if "
            "not, check again once it does.",
        )
    return ok("Pages", f"{public} leads to the bot")


def _requests(settings: Settings) -> Finding:
    """Where Slack is to post; whether it does cannot be seen from here."""
    if settings.public_url is not None:
        where = f"{settings.public_url}slack/events"
        return ok("Requests", f"Slack posts to {where}, if your Slack app says so")
    return warning(
        "Requests",
        "Slack needs an https address that is passed on to "
        f"{settings.web_host}:{settings.web_port}, and none is set as PUBLIC_URL.",
        "In your Slack app enter that address, with /slack/events after it, as Request "
        "URL of events, of interactivity and of each slash command.",
    )
