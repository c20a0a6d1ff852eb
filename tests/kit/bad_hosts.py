"""Ways in which a host answers badly, a row each: for receivers of webhooks and for hosts of media links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kit.hosts import Behaviour, Host, Visit, host

MEGABYTE = 1024 * 1024
FLOOD = 100 * MEGABYTE + 1
"""How much a host sends that does not stop, in bytes: more than the largest file may have."""
DRIP = 0.05
"""Seconds between two bytes of a host that drips."""
AMPLE = 30.0
"""Seconds that are never over before a host has answered, hung up or sent too much."""
_OK = b"HTTP/1.1 200 OK\r\n"


def _answers(*pieces: bytes) -> Behaviour:
    """Read the request, write this, and close the connection."""

    def behave(visit: Visit) -> None:
        visit.read()
        for piece in pieces:
            visit.write(piece)

    return behave


def _answers_and_waits(*pieces: bytes) -> Behaviour:
    def behave(visit: Visit) -> None:
        _answers(*pieces)(visit)
        visit.wait()

    return behave


def _drips(before: bytes, byte: bytes) -> Behaviour:
    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(before)
        visit.drip(byte * 10_000, DRIP)

    return behave


def _floods(before: bytes, piece: bytes, most: int = FLOOD) -> Behaviour:
    """Write a piece again and again, until the visitor hangs up or has taken ``most`` bytes of it."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(before)
        while visit.written < most:
            visit.write(piece)

    return behave


def _hangs_up(visit: Visit) -> None:
    visit.hang_up()


def _answers_early(visit: Visit) -> None:
    visit.write(_OK.replace(b"200 OK", b"413 Content Too Large") + b"Content-Length: 0\r\n\r\n")
    visit.wait()


def _chunk(size: int) -> bytes:
    return f"{size:x}\r\n".encode() + b"x" * size + b"\r\n"


@dataclass(frozen=True)
class BadHost:
    """A way to answer: what the attempt of a webhook says of it, and the error of a media link.

    ``status`` is that of the attempt, and ``problem`` a regular expression of its problem. ``link`` is one of
    the details of the message's error, by default with the same problem.
    """

    id: str
    behave: Behaviour
    status: int | None = None
    problem: str | None = None
    link: str | None = None

    @property
    def seconds(self) -> float:
        """How much time to give it in all: little where it must be waited for until that is over."""
        return _TIMES.get(self.problem or "", AMPLE)

    @property
    def link_problem(self) -> str:
        return self.link or f"Downloading media from weblink failed with error \\w+: {self.problem}"


_LATE_HEAD = r"no answer within 0\.3 s: the head of the answer is not complete"
_LATE_BODY = r"no answer within 1 s: the body of the answer is not complete"
_TIMES = {_LATE_HEAD: 0.3, _LATE_BODY: 1.0}
"""Seconds after which the time is over. For the latter the host must have sent a head before that."""
_LONG_HEAD = "the head of the answer does not end within 65536 bytes"
_NO_ANSWER = "the connection was closed without an answer"
_HALF_A_HEAD = "the connection was closed within the head of the answer"
_HALF_AN_ANSWER = "the connection was closed within the answer"
_TYPE = b"Content-Type: image/png\r\n"
_CHUNKED = _OK + _TYPE + b"Transfer-Encoding: chunked\r\n\r\n"
BAD_HOSTS = (
    # in time
    BadHost("says nothing", _answers_and_waits(), problem=_LATE_HEAD),
    BadHost("drips its head", _drips(_OK + b"X: ", b"x"), problem=_LATE_HEAD),
    BadHost("drips interim answers", _drips(b"", b"HTTP/1.1 102 Processing\r\n\r\n"), problem=_LATE_HEAD),
    BadHost("drips its body", _drips(_OK + b"Content-Length: 10000\r\n\r\n", b"x"), problem=_LATE_BODY),
    BadHost("drips chunks", _drips(_CHUNKED, _chunk(1)), problem=_LATE_BODY),
    BadHost("drips a chunk extension", _drips(_CHUNKED + b"1;", b"x"), problem=_LATE_BODY),
    BadHost("never ends its body", _answers_and_waits(_OK + b"\r\nok"), problem=_LATE_BODY),
    # in size
    BadHost(
        "sends headers without an end", _floods(_OK, b"X-More: " + b"x" * 4000 + b"\r\n"), problem=_LONG_HEAD
    ),
    BadHost("sends a header of 1 MB", _floods(_OK + b"X: ", b"x" * 4096, MEGABYTE), problem=_LONG_HEAD),
    BadHost(
        "sends a status line of 1 MB", _floods(b"HTTP/1.1 200 ", b"O" * 4096, MEGABYTE), problem=_LONG_HEAD
    ),
    BadHost(
        "sends interim answers without an end",
        _floods(b"", b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 100),
        problem=_LONG_HEAD,
    ),
    BadHost(
        "sends 100 MB and says so",
        _floods(_OK + _TYPE + f"Content-Length: {FLOOD}\r\n\r\n".encode(), b"x" * MEGABYTE),
        status=200,
        link="has size 104857601 bytes but must be atmost",
    ),
    # nothing comes of what is behind a bound
    BadHost(
        "sends chunks without a size", _floods(_CHUNKED, b"no size\r\n"), problem="the answer has no chunks"
    ),
    BadHost(
        "sends a chunk of less than nothing",
        _floods(_CHUNKED + b"-1\r\n", b"x" * MEGABYTE),
        problem="the answer is not the one that its head announces",
    ),
    # closed too early
    BadHost("closes at once", _hangs_up, problem=_NO_ANSWER),
    BadHost("closes without an answer", _answers(), problem=_NO_ANSWER),
    BadHost(
        "closes in its status line",
        _answers(b"HTTP/1.1 2"),
        problem=_HALF_A_HEAD,
    ),
    BadHost(
        "closes in its headers",
        _answers(_OK + b"Content-Le"),
        problem=_HALF_A_HEAD,
    ),
    BadHost(
        "closes in its body",
        _answers(_OK + b"Content-Length: 10\r\n\r\nok"),
        problem="the connection was closed 8 bytes before the end of the answer",
    ),
    BadHost(
        "closes in a chunk",
        _answers(_CHUNKED + b"a\r\nok"),
        problem=_HALF_AN_ANSWER,
    ),
    BadHost(
        "closes between chunks",
        _answers(_CHUNKED + _chunk(2)),
        problem=_HALF_AN_ANSWER,
    ),
    # not what was asked for
    BadHost("speaks no HTTP", _answers(b"220 smtp ready\r\n"), problem="no HTTP answer: .*220 smtp ready"),
    BadHost("speaks another HTTP", _answers(b"HTTP/2 200\r\n\r\n"), problem="no HTTP answer: .*HTTP/2"),
    BadHost("speaks TLS", _answers(b"\x15\x03\x01\x00\x02\x02\x46"), problem=_HALF_A_HEAD),
    BadHost(
        "switches protocols",
        _answers(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
        status=101,
        link="http code 101, status message Switching Protocols",
    ),
    BadHost(
        "answers before it has read",
        _answers_early,
        status=413,
        link="http code 413, status message Content Too Large",
    ),
)


@contextmanager
def bad_host(row: BadHost) -> Iterator[Host]:
    """A host that answers in this way."""
    with host(row.behave) as made:
        yield made
