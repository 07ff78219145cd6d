"""A real SMTP server for tests, with weather.

    with Post() as post:
        post.refuse("RCPT", "550 5.1.1 no such user", to="jo@example.org")
        Mail(server=post.server(), sender=…, clock=…).send(message, None)
        post.letters, post.delivered, post.heard, post.connections

Steps: GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (after DATA was welcomed),
END (after the last dot; the letter has been kept by then), RSET, QUIT.
"""

import asyncio
import shutil
import ssl
import subprocess
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from threading import Thread

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from bot.gateways.mail_server import SmtpServer


@dataclass(frozen=True)
class Delivered:
    """A letter as the server took it."""

    sender: str
    to: list[str]
    raw: bytes
    encrypted: bool
    user: str | None

    @property
    def letter(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)


@dataclass
class Fault:
    """What happens at a step instead of what should."""

    reply: str | None = None  #: said; with 421 the server then hangs up
    stall: float = 0.0  #: seconds before anything happens
    drop: bool = False  #: hangs up without a word
    to: str | None = None  #: only where the command speaks of this address
    times: int | None = None  #: None: until the weather clears


@dataclass
class Post:
    """An SMTP server on a socket of this machine. Use it in a ``with``."""

    tls: ssl.SSLContext | None = None  #: offers STARTTLS, or encrypts from the start
    from_the_start: bool = False
    users: dict[str, str] | None = None  #: AUTH is offered, and asked for with TLS
    utf8: bool = False
    size: int = 10_000_000
    delivered: list[Delivered] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    weather: dict[str, list[Fault]] = field(default_factory=dict)
    port: int = 0

    @property
    def letters(self) -> list[EmailMessage]:
        return [one.letter for one in self.delivered]

    def server(self, protection="smtp", **more):
        """How a gateway is told of this server."""
        more = {"host": "127.0.0.1", "port": self.port, **more}
        return SmtpServer(protection=protection, **more)

    def refuse(self, step, reply, **more):
        """Say *reply* ("550 5.1.1 no") at *step*."""
        self.fault(step, reply=reply, **more)

    def stall(self, step, seconds, **more):
        """Keep silent for a while, then go on."""
        self.fault(step, stall=seconds, **more)

    def drop(self, step, **more):
        """Hang up at *step*."""
        self.fault(step, drop=True, **more)

    def fault(self, step, **more):
        self.weather.setdefault(step, []).append(Fault(**more))

    def clear(self):
        """Good weather again."""
        self.weather.clear()

    def hang_up(self):
        """Close every connection, as a server does that thinks us idle."""
        self._loop.call_soon_threadsafe(self._close_all)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), self._loop).result()

    def fault_at(self, step, words=""):
        """The fault that strikes now; it counts as one of its times."""
        for one in self.weather.get(step, ()):
            if one.to in (None, *_addresses(words)) and one.times != 0:
                if one.times is not None:
                    one.times -= 1
                return one
        return None

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._sessions = []
        self._listening = self._loop.run_until_complete(self._listen())
        self.port = self._listening.sockets[0].getsockname()[1]
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _listen(self):
        start = self.tls if self.from_the_start else None
        return await self._loop.create_server(self._answer, "127.0.0.1", 0, ssl=start)

    def _answer(self):
        self.connections += 1
        session = _Session(self)
        self._sessions.append(session)
        return session

    def _close_all(self):
        for one in self._sessions:
            one.hang_up()

    async def _finish(self):
        self._listening.close()
        self._close_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self._close_all()
        for _ in range(3):  # until the sockets themselves have been closed
            await asyncio.sleep(0)


class _Session(SMTP):
    """One connection: aiosmtpd's own, and the weather before each step."""

    def __init__(self, post):
        starttls = None if post.from_the_start else post.tls
        super().__init__(
            _Kept(post),
            hostname="post",
            data_size_limit=post.size,
            enable_SMTPUTF8=post.utf8,
            tls_context=starttls,
            authenticator=self._known,
            auth_required=bool(post.users and post.tls),
            auth_require_tls=bool(starttls),
            loop=post._loop,  # noqa: SLF001 - they are one thing in two classes
        )
        self.post, self._greeted = post, False
        for verb, method in list(self._smtp_methods.items()):
            self._smtp_methods[verb] = partial(self._met, verb, method)

    async def push(self, status):
        """The greeting is the one thing that is said before anything is heard."""
        greeting, self._greeted = not self._greeted, True
        if greeting and not await self._fair("GREETING"):
            return
        await super().push(status)
        if str(status).startswith("354"):
            await self._fair("BODY")

    async def _fair(self, step, words=""):
        fault = self.post.fault_at(step, words)
        return fault is None or await self._struck(fault)

    async def _met(self, verb, method, arg):
        self.post.heard.append(verb)
        if await self._fair(verb, arg or ""):
            await method(arg)

    async def _struck(self, fault):
        """Let *fault* happen; whether things go on as usual afterwards."""
        if fault.stall:
            await asyncio.sleep(fault.stall)
        if fault.drop and self.transport is not None:
            self.transport.abort()
        elif fault.reply:
            await super().push(fault.reply)
            if fault.reply.startswith("421") and self.transport is not None:
                self.transport.close()
        return not (fault.drop or fault.reply)

    def hang_up(self):
        """Let go of the socket, encrypted or not."""
        for one in (self.transport, self._original_transport):
            if one is not None:
                one.abort()

    def _known(self, _server, _session, _envelope, _mechanism, who):
        user, password = who.login.decode(), who.password.decode()
        known = (self.post.users or {}).get(user) == password
        return AuthResult(success=known, handled=False, auth_data=who)


class _Kept:
    """Keeps what arrives, whatever the server then says about it."""

    def __init__(self, post):
        self._post = post

    async def handle_EHLO(self, _server, session, _envelope, name, offers):  # noqa: N802 - aiosmtpd's
        session.host_name = name
        users = self._post.users
        return [one for one in offers if users or not one.startswith("250-AUTH")]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's
        fault = self._post.fault_at("END") or Fault()
        if not fault.reply:
            self._post.delivered.append(_delivered(session, envelope))
        await asyncio.sleep(fault.stall)
        if fault.drop:
            server.transport.abort()
            await asyncio.sleep(3600)  # until aiosmtpd notices
        return fault.reply or "250 2.0.0 kept"


def _delivered(session, envelope):
    who = getattr(session, "auth_data", None)
    return Delivered(
        sender=envelope.mail_from,
        to=list(envelope.rcpt_tos),
        raw=envelope.original_content,
        encrypted=session.ssl is not None,
        user=who.login.decode() if who else None,
    )


def _addresses(words):
    return [one.partition(">")[0] for one in words.split("<")[1:]]


def certificate(folder, name="127.0.0.1", kind="IP"):
    """A certificate for this machine that nobody but a test trusts, and its server."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl program to make a certificate")
    made, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(  # noqa: S603 - our own words, and the program that was found
        [
            *(openssl, "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName={kind}:{name}", "-keyout", key, "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context
