"""End the TLS of connections to Meta's hosts, and carry what is said to the emulator's own port."""

from __future__ import annotations

import socket

from emulator.web.proxy.acceptor import Acceptor
from emulator.web.proxy.authority import Authority
from emulator.web.proxy.relay import relay

HANDSHAKE = 10.0
"""Real seconds within which the handshake of TLS must be over."""
CONNECT = 10.0
"""Real seconds within which a connection must be made."""


class Terminator:
    """Is Meta's hosts for whoever trusts its authority; ``backend`` is the host and port of the emulator."""

    def __init__(self, authority: Authority, backend: tuple[str, int]) -> None:
        self._context = authority.serving
        self._backend = backend

    def secure(self, connection: socket.socket) -> None:
        """Make the TLS handshake with a client, and carry the connection until one side ends it.

        Raises :class:`OSError` when no handshake comes about, or the emulator cannot be reached.
        """
        connection.settimeout(HANDSHAKE)
        with self._context.wrap_socket(_copied(connection), server_side=True) as secured:
            self.plain(secured)

    def plain(self, connection: socket.socket, head: bytes = b"") -> None:
        """Carry a connection without TLS until one side ends it; ``head`` was read of it already."""
        with connect(self._backend) as backend:
            if head:
                backend.sendall(head)
            relay(connection, backend)


def connect(address: tuple[str, int]) -> socket.socket:
    """Connect to a host and port, within :data:`CONNECT` seconds. Raises :class:`OSError`."""
    connection = socket.create_connection(address, CONNECT)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _copied(connection: socket.socket) -> socket.socket:
    """TLS takes a socket over, but the acceptor's stays the one that is cut."""
    return connection.dup()


class TlsFront:
    """A port of this machine at which Meta's hosts are the emulator, for clients that begin with TLS."""

    def __init__(self, authority: Authority, backend: tuple[str, int]) -> None:
        self.authority = authority
        self.trusting = authority.trusting
        """The context of a client that trusts this port alone; the same for every connection."""
        self._acceptor = Acceptor(Terminator(authority, backend).secure)
        self.address = (self._acceptor.host, self._acceptor.port)

    def cut(self) -> None:
        """End every open connection, so that no pool of a client keeps one."""
        self._acceptor.cut()

    def close(self) -> None:
        """Free the port and end every connection."""
        self._acceptor.close()
