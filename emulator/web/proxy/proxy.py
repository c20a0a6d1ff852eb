"""A proxy for clients with Meta's hosts written into them, in other processes and other languages.

It takes ``CONNECT``, the absolute form that some clients use instead, and TLS itself. Meta's hosts are the
emulator; every other host is refused, or connected to when the proxy was told to.
"""

from __future__ import annotations

import http.client
import logging
import socket
from contextlib import suppress
from email.message import Message
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from emulator.domain.graph.hosts import is_platform_host
from emulator.web.proxy.acceptor import Acceptor
from emulator.web.proxy.authority import Authority
from emulator.web.proxy.relay import relay
from emulator.web.proxy.terminator import Terminator, connect

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Real seconds within which a client has to say what it wants."""
_LONGEST_LINE = 64 * 1024
_TLS = b"\x16"
"""What a connection begins with that speaks TLS without having asked for a host before."""
_OF_THE_PROXY = ("connection", "keep-alive", "proxy-connection", "proxy-authorization", "host")
_HTTPS = 443
_LOOSEN = "`--proxy-others allow` lets it through"


class _Refused(Exception):
    """What a client asked for is not done, for a reason that it is told."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Proxy:
    """A proxy on a port of its own; ``backend`` is the host and port of the emulator.

    ``others``: whether other hosts than Meta's are connected to; an open proxy, so on loopback alone.
    """

    def __init__(
        self,
        authority: Authority,
        backend: tuple[str, int],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        others: bool = False,
    ) -> None:
        """Bind ``host`` and ``port``; 0 takes a free one. Raises :class:`OSError` when it is taken."""
        self.authority = authority
        self._terminator = Terminator(authority, backend)
        self._backend, self._others = backend, others
        self._acceptor = Acceptor(self._handle, host, port)
        self.host, self.port = host, self._acceptor.port

    @property
    def url(self) -> str:
        """What clients are given as their proxy for https."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def close(self) -> None:
        """Free the port and end every connection."""
        self._acceptor.close()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _handle(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        if connection.recv(1, socket.MSG_PEEK) == _TLS:
            self._terminator.secure(connection)
            return
        try:
            with connection.makefile("rb", buffering=0) as lines:  # not a byte more than the head
                method, target = _request_line(lines.readline(_LONGEST_LINE))
                headers = http.client.parse_headers(lines)
        except http.client.HTTPException:
            _answer(connection, HTTPStatus.BAD_REQUEST, "This is no request that a proxy takes.")
            return
        try:
            if method == "CONNECT":
                self._tunnel(connection, urlsplit(f"//{target}"))
            else:
                self._forward(connection, method, urlsplit(target), headers)
        except _Refused as refusal:
            log.warning("%s %s: %s", method, target[:200], refusal)
            _answer(connection, refusal.status, str(refusal))

    def _tunnel(self, connection: socket.socket, target: SplitResult) -> None:
        host, port = _address(target, _HTTPS)
        if is_platform_host(host):
            _check_port(host, port)
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._terminator.secure(connection)
            return
        with self._other(host, port) as peer:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            relay(connection, peer)

    def _forward(self, connection: socket.socket, method: str, target: SplitResult, headers: Message) -> None:
        """Carry one call that names its host in the request line, and then close: none other may follow."""
        if target.scheme not in ("http", "https"):
            raise _Refused(
                HTTPStatus.BAD_REQUEST,
                "This port is a proxy for Meta's hosts, to be named in HTTPS_PROXY. The emulator itself has "
                "another address.",
            )
        host, port = _address(target, _HTTPS if target.scheme == "https" else 80)
        head = _head(method, target, headers)
        if is_platform_host(host):
            _check_port(host, port)
            self._terminator.plain(connection, head)
            return
        if target.scheme == "https" and self._others:
            raise _Refused(
                HTTPStatus.NOT_IMPLEMENTED,
                f"Calls of {host} by https go through this proxy by CONNECT alone.",
            )
        with self._other(host, port) as peer:
            peer.sendall(head)
            relay(connection, peer)

    def _other(self, host: str, port: int) -> socket.socket:
        if not self._others:
            raise _Refused(
                HTTPStatus.FORBIDDEN, f"{host} is none of Meta's hosts, and others are refused; {_LOOSEN}."
            )
        try:
            return connect((host, port))
        except OSError as problem:
            raise _Refused(HTTPStatus.BAD_GATEWAY, f"{host}:{port} cannot be reached: {problem}.") from None


def _request_line(line: bytes) -> tuple[str, str]:
    parts = line.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise http.client.BadStatusLine(repr(line[:100]))
    return parts[0], parts[1]


def _address(target: SplitResult, usual: int) -> tuple[str, int]:
    try:
        port = target.port or usual
    except ValueError:
        port = 0
    if not target.hostname or not port:
        raise _Refused(HTTPStatus.BAD_REQUEST, "A host was expected, with or without a port.")
    return target.hostname, port


def _check_port(host: str, port: int) -> None:
    if port != _HTTPS:
        raise _Refused(
            HTTPStatus.FORBIDDEN, f"{host} is served by https alone, at port {_HTTPS}, and not at {port}."
        )


def _head(method: str, target: SplitResult, headers: Message) -> bytes:
    """The head as the host itself is sent it, for one call."""
    path = target._replace(scheme="", netloc="", fragment="").geturl() or "/"
    kept = [(name, value) for name, value in headers.items() if name.lower() not in _OF_THE_PROXY]
    lines = [f"{method} {path if path.startswith('/') else f'/{path}'} HTTP/1.1"]
    lines += [f"Host: {target.netloc.rpartition('@')[2]}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in kept]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _answer(connection: socket.socket, status: HTTPStatus, sentence: str) -> None:
    body = f"{sentence}\n".encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with suppress(OSError):
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
