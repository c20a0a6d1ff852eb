"""Sockets and TLS: connections to Meta's hosts end at the emulator, with a certificate of its own."""

from __future__ import annotations

import socket
from functools import wraps
from typing import TYPE_CHECKING, Any

from emulator.domain.graph.hosts import is_platform_host
from emulator.testing.interception.gate import Gate, Route
from emulator.testing.interception.names import redirected
from emulator.testing.interception.patches import Patches

if TYPE_CHECKING:
    import ssl

_TLS = "begin TLS with"
_DETOUR = "take away the proxy or the address that the client was given for it"


def patch_sockets(patches: Patches, gate: Gate) -> None:
    """Patch how this process connects."""

    def connect(original: Any) -> Any:
        @wraps(original)
        def connect(self: socket.socket, address: Any) -> Any:
            return original(self, redirected(gate, address))

        return connect

    patches.replace(socket.socket, "connect", connect)
    patches.replace(socket.socket, "connect_ex", connect)


def patch_tls(patches: Patches, gate: Gate, ssl: Any) -> None:
    """Patch how this process begins and uses TLS."""
    patches.replace(ssl.SSLContext, "wrap_socket", lambda original: _wrap_socket(gate, original))
    patches.replace(ssl.SSLContext, "wrap_bio", lambda original: _wrap_bio(gate, original))
    for owner, name in ((ssl.SSLSocket, "send"), (ssl.SSLSocket, "write"), (ssl.SSLObject, "write")):
        patches.replace(owner, name, lambda original: _write(gate, original))


def _wrap_socket(gate: Gate, original: Any) -> Any:
    @wraps(original)
    def wrap_socket(
        self: ssl.SSLContext,
        sock: socket.socket,
        server_side: bool = False,
        do_handshake_on_connect: bool = True,
        suppress_ragged_eofs: bool = True,
        server_hostname: Any = None,
        session: Any = None,
    ) -> Any:
        route = None if server_side else gate.check(server_hostname, _TLS)
        context, host = self, server_hostname
        if route is not None:
            context, host, session = _trusting(gate, route), _plain(host), None
            _check_peer(gate, route, sock, host)
        return original(
            context, sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, host, session
        )

    return wrap_socket


def _wrap_bio(gate: Gate, original: Any) -> Any:
    @wraps(original)
    def wrap_bio(
        self: ssl.SSLContext,
        incoming: Any,
        outgoing: Any,
        server_side: bool = False,
        server_hostname: Any = None,
        session: Any = None,
    ) -> Any:
        route = None if server_side else gate.check(server_hostname, _TLS)
        context, host = self, server_hostname
        if route is not None:
            context, host, session = _trusting(gate, route), _plain(host), None
        return original(context, incoming, outgoing, server_side, host, session)

    return wrap_bio


def _write(gate: Gate, original: Any) -> Any:
    """Refuse on a connection of before: kept in a pool, it needs no name, no connection and no handshake."""

    @wraps(original)
    def write(self: Any, *data: Any) -> Any:
        if gate.is_shut and not self.server_side and is_platform_host(self.server_hostname):
            route = gate.check(self.server_hostname, "send to")
            if route is not None and self.context is not _trusting(gate, route):
                raise gate.refusal(
                    f"would send to {self.server_hostname} on a connection that was opened before",
                    "close the client, or make it inside the test",
                )
        return original(self, *data)

    return write


def _trusting(gate: Gate, route: Route) -> ssl.SSLContext:
    """The client's own context gives way: this one trusts the emulator alone, so no real host passes."""
    return gate.front(route).trusting


def _check_peer(gate: Gate, route: Route, sock: socket.socket, host: str) -> None:
    try:
        peer = sock.getpeername()
    except OSError:
        return  # not connected yet
    if peer[:2] not in ((front := gate.front(route).address), (f"::ffff:{front[0]}", front[1])):
        raise gate.refusal(f"would call {host} by way of {peer[0]}:{peer[1]}", _DETOUR)


def _plain(host: Any) -> str:
    text = host.decode("ascii") if isinstance(host, bytes | bytearray) else str(host)
    return text.lower().removesuffix(".")
