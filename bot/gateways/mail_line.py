"""The line to the mail server: one connection, kept while letters follow one another.

A letter is handed over in steps. Up to its last dot the server has no right to deliver
it, so that a failure means that it did not go. Afterwards only an answer tells.
"""

import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTP, SMTPException
from threading import Lock, Timer
from time import monotonic

from bot.gateways.mail_mime import Letter
from bot.gateways.mail_refusals import Later, Step, refused
from bot.gateways.mail_server import MailRefused, SmtpServer, connected
from bot.ports import NotSent

GOODBYE = 2.0  #: seconds that taking leave may last
TAKEN = frozenset({250, 251, 252})
GO_ON = frozenset({354})
UNSAID = frozenset({0})  #: to the letter's text there is no answer before its last dot
CLOSING = 421
_DOTS = re.compile(rb"(?m)^\.")  # a line's first dot is doubled: alone, it is the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a line is kept. Times are in seconds.

    A step and the wait for the last answer together stay well within the lease for
    which delivery has a message in hand. The last answer is waited for longest, as
    servers look a letter through first, and not to know is a coordinator's work.
    """

    step: float = 10.0
    last_answer: float = 40.0
    idle: float = 20.0  #: after the last letter the line is closed
    letters: int = 100  #: on one connection


class Line:
    """Hands letters over, one at a time. May be used by several threads."""

    def __init__(
        self, server: SmtpServer, trust: ssl.SSLContext, manners: Manners
    ) -> None:
        """A line to *server*, opened with the first letter."""
        self._server, self._trust, self._manners = server, trust, manners
        self._smtp: SMTP | None = None
        self._handed = 0
        self._used = 0.0
        self._timer: Timer | None = None
        self._lock = Lock()

    def deliver(self, letter: Letter) -> None:
        """Hand *letter* over; the server has it when this returns.

        Raises:
            MailRefused: it did not go, and no other letter would.
            Later: it did not go; the server asks for patience with this one.
            NotSent: it did not go and never will, or it is ``uncertain``.
        """
        with self._lock:
            smtp = self._begun(letter)
            try:
                self._hand_over(smtp, letter)
            except (Later, NotSent) as error:
                self._begin_afresh(smtp, sure=not getattr(error, "uncertain", False))
                raise
            except BaseException:
                self._drop()
                raise
            finally:
                self._close_when_idle()

    def close(self) -> None:
        """Take leave. A letter that follows opens the line again."""
        with self._lock:
            self._hang_up()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _begun(self, letter: Letter) -> SMTP:
        """A connection on which *letter* is begun: the kept one, unless it is stale."""
        if self._smtp is not None and not self._is_worn():
            with suppress(MailRefused):  # stale; asked anew, it says the same or works
                return self._begin(self._smtp, letter)
        self._hang_up()
        self._smtp = connected(
            self._server, trust=self._trust, patience=self._manners.step
        )
        self._handed = 0
        try:
            return self._begin(self._smtp, letter)
        except BaseException:
            self._drop()
            raise

    def _is_worn(self) -> bool:
        idle = monotonic() - self._used
        return self._handed >= self._manners.letters or idle > self._manners.idle

    def _begin(self, smtp: SMTP, letter: Letter) -> SMTP:
        options = [f"SIZE={len(letter.raw)}"] if smtp.has_extn("size") else []
        if letter.needs_utf8:
            if not smtp.has_extn("smtputf8"):
                raise NotSent(
                    "the mail server takes no addresses with accents or other letters "
                    "outside A to Z: ask for another address",
                    permanent=True,
                )
            options.append("SMTPUTF8")
        self._handed += 1
        self._ask(Step.SENDER, lambda: smtp.mail(letter.sender, options))
        return smtp

    def _hand_over(self, smtp: SMTP, letter: Letter) -> None:
        self._ask(Step.RECIPIENT, lambda: smtp.rcpt(letter.to))
        self._ask(Step.LETTER, lambda: smtp.docmd("DATA"), wanted=GO_ON)
        text = _DOTS.sub(b"..", letter.raw)
        end = b".\r\n" if text.endswith(b"\r\n") else b"\r\n.\r\n"
        self._ask(Step.LETTER, lambda: _push(smtp, text), wanted=UNSAID)
        code, reply = self._last_answer(smtp, end)
        if code not in TAKEN:
            raise refused(Step.END, code, reply, where=self._server.where)

    def _last_answer(self, smtp: SMTP, end: bytes) -> tuple[int, bytes]:
        try:
            if smtp.sock:
                smtp.sock.settimeout(self._manners.last_answer)
            _push(smtp, end)
            code, reply = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(self._manners.step)
        except (SMTPException, OSError) as error:
            raise _nobody_knows(type(error).__name__) from None
        if code not in TAKEN and not 400 <= code < 600:  # noqa: PLR2004 - SMTP's "no"
            raise _nobody_knows("an answer that is none")
        return code, reply

    def _ask(
        self,
        step: Step,
        say: Callable[[], tuple[int, bytes]],
        *,
        wanted: frozenset[int] = TAKEN,
    ) -> None:
        """Take one step. What is lost here was not handed over."""
        try:
            code, reply = say()
        except (SMTPException, OSError) as error:
            how = type(error).__name__
            raise MailRefused(f"{self._server.where} broke off ({how})") from None
        if code == CLOSING:
            raise MailRefused(f"{self._server.where} is closing ({CLOSING})")
        if code not in wanted:
            raise refused(step, code, reply, where=self._server.where)

    def _begin_afresh(self, smtp: SMTP, *, sure: bool) -> None:
        """After a letter that was not taken. A late answer must not pass for ours."""
        if not sure:
            self._drop()
            return
        try:
            code, _ = smtp.rset()
        except (SMTPException, OSError):
            code = CLOSING
        if code not in TAKEN:
            self._drop()

    def _drop(self) -> None:
        """Let go of a connection that is of no more use, without a word."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _hang_up(self) -> None:
        smtp = self._smtp
        if smtp is not None and smtp.sock:
            with suppress(SMTPException, OSError):  # it may have gone already
                smtp.sock.settimeout(GOODBYE)
                smtp.quit()
        self._drop()

    def _close_when_idle(self) -> None:
        self._used = monotonic()
        if self._smtp is not None and self._timer is None:
            self._watch(self._manners.idle)

    def _watch(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._close_if_idle)
        self._timer.daemon = True
        self._timer.start()

    def _close_if_idle(self) -> None:
        with self._lock:
            left = self._used + self._manners.idle - monotonic()
            if self._smtp is not None and left > 0:
                self._watch(left)
                return
            self._timer = None
            self._hang_up()


def _push(smtp: SMTP, text: bytes) -> tuple[int, bytes]:
    smtp.send(text)
    return 0, b""


def _nobody_knows(how: str) -> NotSent:
    return NotSent(
        f"the mail server did not say whether it took the letter ({how})",
        uncertain=True,
    )
