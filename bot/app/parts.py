"""Single parts, built from the settings: for the bot, the command line and tests."""

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.domain.community import Community
from bot.gateways.clock import PlayedClock, SystemClock
from bot.gateways.mail import Mail, SmtpServer
from bot.gateways.slack import TIERS, Slack
from bot.gateways.slack_calls import reading_client, sending_client
from bot.gateways.slack_forms import TRIGGER_LIVES, SlackForms
from bot.gateways.slack_identity import identify
from bot.gateways.slack_reading import SlackWorkspace
from bot.handlers import calls as call_door
from bot.handlers import digests as digest_door
from bot.handlers import editions as edition_door
from bot.handlers import elsewhere as elsewhere_door
from bot.handlers import invitations as invitation_door
from bot.handlers import members as member_door
from bot.handlers import parked as parked_door
from bot.handlers import questions as question_door
from bot.handlers.registry import Door
from bot.owing import Places
from bot.ports import Clock, Forms, Unreachable
from bot.settings import MailServer, Settings
from bot.store import Store, connect
from bot.usecases.context import Context
from bot.views.links import Links

SEND_WITHIN = 10  #: seconds for one post; a batch of them must fit the lease


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackParts:
    """Slack in every way we use it."""

    gateway: Slack
    workspace: SlackWorkspace
    forms: SlackForms
    client: WebClient  #: the bot's own, for Bolt
    app_client: WebClient  #: the app-level one, for Socket Mode


def open_store(settings: Settings) -> Store:
    """The database, reached and of this version.

    Raises:
        StoreUnavailable: it cannot be reached, or is older or newer than the bot.
    """
    store = connect(settings.database_url.get_secret_value())
    try:
        store.check_version()
    except BaseException:
        store.close()
        raise
    return store


def clock(settings: Settings) -> Clock:
    """The machine's clock, or in play the one that a director moves."""
    if settings.community_clock_file is not None:
        return PlayedClock(settings.community_clock_file)
    return SystemClock()


def context(settings: Settings, community: Community, store: Store) -> Context:
    """What every use case is given."""
    places = Places(
        questions=community.channels.questions, digests=community.channels.digests
    )
    return Context(
        begin=store,
        clock=clock(settings),
        community=community,
        mail=settings.mail is not None,
        links=links(settings),
        places=places,
    )


def links(settings: Settings) -> Links | None:
    """What makes and reads links to our pages; None without a public address."""
    if settings.public_url is None:
        return None
    return Links(settings.public_url, settings.link_secret.get_secret_value())


def mail(settings: Settings) -> Mail | None:
    """Letters, by the mail server of the settings; None where they name none."""
    if settings.mail is None or settings.smtp_from is None:
        return None
    return Mail(
        server=smtp_server(settings.mail),
        sender=settings.smtp_from,
        clock=clock(settings),
    )


def smtp_server(server: MailServer) -> SmtpServer:
    """The mail server of the settings, as the gateway takes it."""
    return SmtpServer(
        host=server.host,
        port=server.port,
        protection=server.encryption.value,
        user=server.user,
        password=server.password.get_secret_value() if server.password else None,
    )


def slack(settings: Settings) -> SlackParts:
    """Slack by its Web API, at the address that the settings give."""
    token = settings.slack_bot_token.get_secret_value()
    app_token = settings.slack_app_token.get_secret_value()
    sending = sending_client(token, settings.slack_api_url, timeout=SEND_WITHIN)
    pause = settings.slack_channel_pause
    return SlackParts(
        gateway=Slack(
            client=sending,
            channel_pause=pause,
            tiers=dict(TIERS) if pause else {},
        ),
        workspace=SlackWorkspace(reading_client(token, settings.slack_api_url)),
        forms=SlackForms(
            sending_client(token, settings.slack_api_url, timeout=TRIGGER_LIVES)
        ),
        client=sending,
        app_client=reading_client(app_token, settings.slack_api_url),
    )


def door(ctx: Context, forms: Forms) -> Door:
    """Everything that people can do in Slack."""
    whole = Door(forms)
    for feature in (
        question_door,
        invitation_door,
        member_door,
        digest_door,
        call_door,
        parked_door,
        elsewhere_door,
        edition_door,
    ):
        feature.register(whole, ctx)
    return whole


def orient(ctx: Context, parts: SlackParts) -> None:
    """Learn from Slack who we are and where the community meets.

    Raises:
        Unreachable: Slack cannot be read just now, or a channel is not there.
        ShutOut: the token is not accepted.
    """
    who = identify(parts.client)
    ctx.places.bot_user, ctx.places.address = who.bot_user, who.address
    ctx.places.questions = _channel(parts, ctx.community.channels.questions)
    ctx.places.digests = _channel(parts, ctx.community.channels.digests)


def _channel(parts: SlackParts, name: str) -> str:
    found = parts.workspace.channel(name)
    if found is None:
        raise Unreachable(
            f"there is no channel #{name}, or the bot cannot see it: make it, or "
            "mend its name in community.toml"
        )
    return found.id
