"""The SMTP door of the post office: a real server, by a library, on loopback."""

import asyncio
import importlib
import socket
import ssl
from typing import Any

from bot.simulator.post_office import PostOffice

#: What the server calls itself; looking the machine's name up can take seconds.
HOSTNAME = "post-office.example"
#: Seconds a broken connection is given to be noticed.
SETTLE = 1.0
TAKEN = "250 2.0.0 Taken"
MISSING = 'The post office needs a library: pip install "convenor[demo]"'


class SmtpDoor:
    """Listens for letters on a port of its own; they are kept by the post office.

    With *tls* (a certificate's and its key's file) it offers STARTTLS.

    Raises:
        ValueError: the library it is made of is not installed.
    """

    def __init__(
        self, office: PostOffice, port: int = 0, tls: tuple[str, str] | None = None
    ) -> None:
        try:
            self._library = importlib.import_module("aiosmtpd.smtp")
        except ModuleNotFoundError:
            raise ValueError(MISSING) from None
        self._office = office
        self._tls = _context(tls) if tls else None
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self._server: asyncio.Server | None = None
        self._open: list[Any] = []

    async def open(self) -> None:
        """Take letters from now on."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, sock=self._socket)

    def close(self) -> None:
        """Break every connection and take no more."""
        if self._server is not None:
            self._server.close()
        self._socket.close()
        for protocol in self._open:
            if protocol.transport is not None:
                protocol.transport.abort()

    def _protocol(self) -> asyncio.BaseProtocol:
        if self._office.down:
            return _NobodyHome()
        protocol = self._library.SMTP(
            _Clerk(self._office),
            loop=asyncio.get_running_loop(),
            hostname=HOSTNAME,
            ident="ESMTP",
            enable_SMTPUTF8=True,
            tls_context=self._tls,
        )
        self._open = [one for one in self._open if one.transport is not None]
        self._open.append(protocol)
        made: asyncio.BaseProtocol = protocol
        return made


def _context(tls: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*tls)
    return context


class _NobodyHome(asyncio.Protocol):
    """Breaks the connection as soon as it is made."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class _Clerk:
    """Answers one connection. Methods are named as the library calls them."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Answer who it is from."""
        del server, session
        refused = self.office.refusal("mail", [address])
        if refused:
            return refused
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Answer whom it is for."""
        del server, session
        refused = self.office.refusal("rcpt", [address])
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Take the letter, whatever the weather then does to the answer."""
        del session
        office, rcpt = self.office, list(envelope.rcpt_tos)
        refused = office.refusal("data", rcpt)
        if refused:
            return refused
        if office.met("lose", rcpt):
            return await _break(server)
        dies, late = office.met("die", rcpt), office.met("delay", rcpt)
        answered = not dies
        office.take(envelope.mail_from, rcpt, envelope.content, answered=answered)
        if dies:
            return await _break(server)
        await asyncio.sleep(late.seconds if late else 0)
        return TAKEN


async def _break(server: Any) -> str:
    """Break the connection instead of answering; this is cancelled once it is gone."""
    server.transport.abort()
    await asyncio.sleep(SETTLE)
    return TAKEN
