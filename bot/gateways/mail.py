"""E-mail as a way out: one letter for one person, by SMTP."""

import ssl
from datetime import datetime, timedelta

import structlog

from bot.gateways.mail_headers import Unfit
from bot.gateways.mail_line import Line, Manners
from bot.gateways.mail_mime import Letter, Letterhead
from bot.gateways.mail_patience import Patience
from bot.gateways.mail_refusals import Later
from bot.gateways.mail_server import MailRefused, SmtpServer
from bot.ports import Act, Clock, Message, NotSent, Receipt

__all__ = ["MAIL", "Mail", "Manners", "SmtpServer", "Unfit"]

MAIL = "mail"  #: a receipt's channel; the address stands in no receipt

log = structlog.get_logger(__name__)


class Mail:
    """Sends letters in the community's name. May be used by several threads at once.

    A message's body is ``{"subject", "text"}`` and, where wanted, ``"html"``,
    ``"name"`` (the recipient's), ``"reply_to"``, ``"headers"``, ``"bulk"``,
    ``"calendar": {"method": "REQUEST" | "CANCEL" | "PUBLISH", "ics"}`` and ``"fill"``:
    placeholders and what stands for them in text, HTML (escaped) and headers.
    A message with a target is shown under that letter, where mail programs do so.
    """

    def __init__(
        self,
        *,
        server: SmtpServer,
        sender: str,
        clock: Clock,
        reply_to: str | None = None,
        trust: ssl.SSLContext | None = None,
        manners: Manners | None = None,
        pause: timedelta = timedelta(0),
    ) -> None:
        """Letters from *sender* ("Our community <community@example.org>").

        *trust* says whose certificates to believe; without it, those whom the machine
        believes. *pause* is kept after each letter, for servers that ask for a pace.

        Raises:
            Unfit: *sender* or *reply_to* holds no address to write from.
        """
        self._head = Letterhead(sender, reply_to)
        self._clock = clock
        self._line = Line(
            server, trust or ssl.create_default_context(), manners or Manners()
        )
        self._pace = ((f"mail:{server.host}", pause),) if pause else ()
        self._patience = Patience()

    def send(self, message: Message, target: Receipt | None) -> Receipt:
        """Write the letter and hand it over; the receipt's ``ts`` is its Message-ID.

        While the server is in trouble letters wait without being tried.

        Raises:
            NotSent: it did not go; ``uncertain`` where the server had all of it and did
                not say whether it took it.
        """
        letter = self._written(message, target)
        resting = self._patience.resting(self._now())
        if resting:
            reason, wait = resting
            raise NotSent(reason, retry_after=wait)
        self._deliver(message.key, letter)
        return Receipt(channel=MAIL, ts=letter.id)

    def find(
        self, message: Message, target: Receipt | None, *, since: datetime
    ) -> tuple[Receipt, ...]:
        """Letters cannot be looked for; "none found" would be a lie.

        Raises:
            NotSent: always, permanent.
        """
        del message, target, since  # whatever they are
        raise NotSent("a letter cannot be looked for", permanent=True)

    def remove(self, receipt: Receipt) -> None:
        """Letters cannot be taken back.

        Raises:
            NotSent: always, permanent.
        """
        del receipt
        raise NotSent("a letter cannot be taken back", permanent=True)

    def paces(self, message: Message) -> tuple[tuple[str, timedelta], ...]:
        """The pause after each letter, where there is one."""
        del message  # they are all alike
        return self._pace

    def close(self) -> None:
        """Take leave of the server. A letter that follows opens the line again."""
        self._line.close()

    def _written(self, message: Message, target: Receipt | None) -> Letter:
        if message.act is not Act.POST:
            raise NotSent("a letter that has gone cannot be changed", permanent=True)
        try:
            return self._head.write(message, at=self._clock.now(), answers=target)
        except Unfit as error:
            raise NotSent(str(error), permanent=True) from None
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            how = type(error).__name__  # its text may be the letter's
            reason = f"the letter could not be written ({how})"
            raise NotSent(reason, permanent=True) from None

    def _deliver(self, key: str, letter: Letter) -> None:
        try:
            self._line.deliver(letter)
        except MailRefused as error:
            raise self._in_trouble(str(error)) from None
        except Later as error:
            self._patience.answered()
            wait = self._patience.letter(key, self._now())
            raise NotSent(str(error), retry_after=wait) from None
        except NotSent as error:
            self._note(key, error)
            raise
        self._patience.answered(key)

    def _note(self, key: str, error: NotSent) -> None:
        """A server that leaves us in doubt is not given the next letter at once."""
        if error.uncertain:
            self._in_trouble(error.reason)
        else:
            self._patience.answered(key)

    def _in_trouble(self, reason: str) -> NotSent:
        wait = self._patience.server(reason, self._now())
        log.warning("mail_server_in_trouble", reason=reason)
        return NotSent(reason, retry_after=wait)

    def _now(self) -> datetime:
        return self._clock.machine()
