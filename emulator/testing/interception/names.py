"""Names of hosts: Meta's resolve to an address of this machine at which nothing listens, or to none."""

from __future__ import annotations

import socket
from functools import wraps
from typing import Any

from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.testing.interception.gate import HTTPS, Gate
from emulator.testing.interception.patches import Patches

SENTINEL = "127.86.84.1"
"""What Meta's hosts resolve to while they are brought to the sandbox.

A loopback address: whoever connects to it past every patch reaches a closed port, and never Meta.
"""
_MAPPED = f"::ffff:{SENTINEL}"
_LOOK_UP = "look up"


def patch_names(patches: Patches, gate: Gate) -> None:
    """Patch how this process looks up names."""

    def look_up(original: Any) -> Any:
        @wraps(original)
        def getaddrinfo(
            host: Any,
            port: Any,
            family: int = 0,
            type: int = 0,  # noqa: A002
            proto: int = 0,
            flags: int = 0,
        ) -> Any:
            if gate.check(host, _LOOK_UP) is not None:
                host = _MAPPED if family == socket.AF_INET6 else SENTINEL
            return original(host, port, family, type, proto, flags)

        return getaddrinfo

    def look_up_by_name(original: Any) -> Any:
        @wraps(original)
        def gethostbyname(host: Any) -> Any:
            return original(SENTINEL if gate.check(host, _LOOK_UP) is not None else host)

        return gethostbyname

    patches.replace(socket, "getaddrinfo", look_up)
    patches.replace(socket, "gethostbyname", look_up_by_name)
    patches.replace(socket, "gethostbyname_ex", look_up_by_name)


def patch_proxies(patches: Patches, gate: Gate, requests: Any) -> None:
    """Patch urllib, which says for most clients which hosts are called without the environment's proxy."""

    def without_proxy(original: Any) -> Any:
        @wraps(original)
        def getproxies_environment() -> dict[str, str]:
            proxies: dict[str, str] = original()
            if proxies and gate.is_shut:
                proxies["no"] = ",".join([*filter(None, [proxies.get("no")]), *PLATFORM_HOSTS])
            return proxies

        return getproxies_environment

    patches.replace(requests, "getproxies_environment", without_proxy)


def patch_asyncio(patches: Patches, gate: Gate, events: Any) -> None:
    """Patch asyncio's loop, which looks names up in another thread: refuse on the caller's own."""

    def look_up(original: Any) -> Any:
        @wraps(original)
        async def getaddrinfo(self: Any, host: Any, port: Any, **more: Any) -> Any:
            gate.check(host, _LOOK_UP)
            return await original(self, host, port, **more)

        return getaddrinfo

    patches.replace(events.BaseEventLoop, "getaddrinfo", look_up)


def patch_proactor(patches: Patches, gate: Gate, events: Any) -> None:
    """Patch asyncio's loop of Windows, which connects without the method of a socket."""

    def connect(original: Any) -> Any:
        @wraps(original)
        async def sock_connect(self: Any, sock: Any, address: Any) -> Any:
            return await original(self, sock, redirected(gate, address))

        return sock_connect

    patches.replace(events.BaseProactorEventLoop, "sock_connect", connect)


def patch_uvloop(patches: Patches, gate: Gate, uvloop: Any) -> None:
    """Patch uvloop, which looks up names and connects by a library of its own."""

    def look_up(original: Any) -> Any:
        @wraps(original)
        async def getaddrinfo(self: Any, host: Any, port: Any, **more: Any) -> Any:
            if gate.check(host, _LOOK_UP) is not None:
                host = _MAPPED if more.get("family") == socket.AF_INET6 else SENTINEL
            return await original(self, host, port, **more)

        return getaddrinfo

    def connect(original: Any) -> Any:
        @wraps(original)
        async def create_connection(
            self: Any, protocol_factory: Any, host: Any = None, port: Any = None, **more: Any
        ) -> Any:
            if host is not None and (found := redirected(gate, (host, port))) != (host, port):
                if more.get("ssl") and more.get("server_hostname") is None:
                    more["server_hostname"] = host
                host, port = found
            return await original(self, protocol_factory, host, port, **more)

        return create_connection

    patches.replace(uvloop.Loop, "getaddrinfo", look_up)
    patches.replace(uvloop.Loop, "create_connection", connect)


def redirected(gate: Gate, address: Any) -> Any:
    """Say which address to connect to instead of ``address``: the same, unless it is one of Meta's hosts.

    Raises :class:`~emulator.testing.interception.gate.RealHostRefused` when it may not be connected to.
    """
    if not isinstance(address, tuple) or len(address) < 2:
        return address  # of another family than IP
    host, port = address[:2]
    route = gate.check("graph.facebook.com" if host in (SENTINEL, _MAPPED) else host, "connect to")
    if route is None:
        return address
    if port != HTTPS:
        raise gate.refusal(
            f"would connect to port {port} of Meta's hosts",
            f"they are served by https alone, at port {HTTPS}",
        )
    front = gate.front(route).address
    return (f"::ffff:{front[0]}", front[1], *address[2:]) if host == _MAPPED else front
