"""Carry bytes between two connections, both ways at once, in one thread and without a time-out."""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import suppress
from selectors import EVENT_READ, EVENT_WRITE, BaseSelector, DefaultSelector

_PIECE = 64 * 1024
_MOST = 256 * 1024
"""Bytes that wait for a slow receiver before its sender has to wait, too."""
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def relay(one: socket.socket, other: socket.socket) -> None:
    """Carry what comes from either to the other, until one of them ends or breaks.

    What came before the end is still handed over, and where the ``other`` is reset, so is ``one``. Either may
    be a TLS connection. Both are left non-blocking and open.
    """
    one.setblocking(False)
    other.setblocking(False)
    there, back = _Way(one, other), _Way(other, one)
    with DefaultSelector() as selector:
        while True:
            for way in (there, back):
                way.carry()
            if there.is_over or back.is_over:
                if back.is_reset:
                    _reset(one)
                    return
                _say_goodbye(one)
                _say_goodbye(other)
                return
            _watch(selector, one, there, back)
            _watch(selector, other, back, there)
            selector.select()


class _Way:
    """One direction: what has come from the source and is not with the target yet."""

    def __init__(self, source: socket.socket, target: socket.socket) -> None:
        self._source, self._target = source, target
        self._waiting = bytearray()
        self._has_ended = self._is_broken = self.is_reset = False

    @property
    def is_over(self) -> bool:
        return self._is_broken or (self._has_ended and not self._waiting)

    @property
    def has_room(self) -> bool:
        return not self._has_ended and len(self._waiting) < _MOST

    @property
    def has_waiting(self) -> bool:
        return bool(self._waiting)

    def carry(self) -> None:
        """Read and write as much as is possible now: TLS may hold bytes that no selector sees."""
        moved = True
        while moved and not self._is_broken:
            read = self.has_room and self._read()
            moved = self._write() or read

    def _read(self) -> bool:
        try:
            data = self._source.recv(_PIECE)
        except _NOT_NOW:
            return False
        except ConnectionResetError:
            self.is_reset, data = True, b""
        except OSError:
            data = b""
        self._has_ended = not data
        self._waiting += data
        return bool(data)

    def _write(self) -> bool:
        if not self._waiting:
            return False
        try:
            sent = self._target.send(bytes(self._waiting[:_PIECE]))
        except _NOT_NOW:
            return False
        except OSError:
            self._is_broken = True
            return False
        del self._waiting[:sent]
        return sent > 0


def _watch(selector: BaseSelector, watched: socket.socket, out: _Way, into: _Way) -> None:
    events = (EVENT_READ if out.has_room else 0) | (EVENT_WRITE if into.has_waiting else 0)
    known = watched in selector.get_map()
    if not events:
        if known:
            selector.unregister(watched)
    elif known:
        selector.modify(watched, events)
    else:
        selector.register(watched, events)


def _reset(connection: socket.socket) -> None:
    """Have a connection reset when it is closed."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _say_goodbye(connection: socket.socket) -> None:
    """Tell a TLS peer that nothing more comes, so that it takes what came for whole."""
    if isinstance(connection, ssl.SSLSocket):
        with suppress(OSError, ValueError):
            connection.unwrap()
