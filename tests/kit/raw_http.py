"""HTTP as bytes: connections that send what no client library would, and answers taken apart strictly."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

LIMIT = 30.0
"""Seconds after which a test gives up waiting for the other side."""
HEALTH = b"GET /_emulator/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3}) [ -~]+")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")


@dataclass(frozen=True)
class RawAnswer:
    """One answer: the status, the headers by their names in lower case, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        """Graph's error, which must have its members and its headers."""
        assert self.headers["content-type"] == "application/json; charset=UTF-8"
        assert {"x-fb-trace-id", "x-emulator-rule", "content-length"} <= set(self.headers)
        error: dict[str, Any] = self.json["error"]
        assert {"message", "type", "code", "fbtrace_id"} <= set(error)
        return error


def connect(port: int) -> socket.socket:
    """Open a connection whose every wait has an end."""
    return socket.create_connection(("127.0.0.1", port), timeout=LIMIT)


def read_to_the_end(connection: socket.socket) -> bytes:
    """Everything that comes until the other side closes; a reset is an end, too."""
    found = bytearray()
    with suppress(ConnectionError):
        while piece := connection.recv(1 << 20):
            found += piece
    return bytes(found)


def exchange(port: int, sent: bytes) -> bytes:
    """Send bytes on a connection of their own; returns all that comes back until it is closed."""
    with connect(port) as connection:
        with suppress(ConnectionError):  # it may be refused while it is sent; the answer may be there
            connection.sendall(sent)
        return read_to_the_end(connection)


def answers(received: bytes, *, perhaps_to_head: bool = False) -> list[RawAnswer]:
    """Take answers apart that stand one after the other; fails where they are malformed or cut off.

    ``perhaps_to_head``: their bodies may be missing, as in the answer to a HEAD.
    """
    found = []
    while received:
        head, end, rest = received.partition(b"\r\n\r\n")
        assert end, f"a head without an end: {received[:200]!r}"
        first, *lines = head.split(b"\r\n")
        status = _STATUS_LINE.fullmatch(first)
        assert status is not None, f"no status line: {first!r}"
        fields = [_FIELD.fullmatch(line) for line in lines]
        assert all(fields), f"no headers: {lines!r}"
        headers = {each[1].decode().lower(): each[2].decode("latin-1") for each in fields if each}
        code = int(status[1])
        if code == 100:
            received = rest
            continue
        without_body = perhaps_to_head and (not rest or rest.startswith(b"HTTP/1."))
        if without_body or code in (204, 304):
            length = 0
        else:
            assert "content-length" in headers, f"no length: {head!r}"
            length = int(headers["content-length"])
        assert len(rest) >= length, f"cut off: {received!r}"
        found.append(RawAnswer(code, headers, rest[:length]))
        received = rest[length:]
    return found


def ask(connection: socket.socket, sent: bytes = HEALTH) -> RawAnswer:
    """Send one request on an open connection and wait for its answer, which ends with its length."""
    connection.sendall(sent)
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        assert piece, f"closed: {received!r}"
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    length = int(found[1]) if found else 0
    while len(body) < length:
        piece = connection.recv(65536)
        assert piece, f"cut off: {received!r}"
        body += piece
    return answers(head + b"\r\n\r\n" + body)[0]


def health(port: int) -> RawAnswer:
    """Ask on a new connection whether the emulator is ready."""
    with connect(port) as connection:
        return ask(connection)


@contextmanager
def open_connections(port: int, count: int) -> Iterator[list[socket.socket]]:
    """Keep ``count`` connections open."""
    opened: list[socket.socket] = []
    try:
        opened.extend(connect(port) for _ in range(count))
        yield opened
    finally:
        for each in opened:
            each.close()
