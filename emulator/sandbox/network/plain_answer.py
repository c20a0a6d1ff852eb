"""Read at once the answer that nearly every receiver gives: whole, with its length in its head."""

from __future__ import annotations

import io
import re
from email.message import Message
from http.client import parse_headers

MOST_LINES = 64
"""Header lines of an answer that is read here."""
_ANSWER = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9][0-9])(?: ([\x20-\x7e]*))?\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*\r\n)+)\r\n"
)
_FRAMING = re.compile(
    rb"^(content-length|transfer-encoding|connection|upgrade):[ \t]*([^\r\n]*?)[ \t]*\r$",
    re.IGNORECASE | re.MULTILINE,
)
_WITHOUT_BODY = (b"204", b"205", b"304")


class PlainAnswer:
    """An answer that has come whole, with the attributes of every other answer.

    Its headers are parsed when they are asked for.
    """

    __slots__ = ("_body", "_lines", "is_last", "reason", "status")

    def __init__(self, status: int, reason: str, lines: bytes, body: bytes, is_last: bool) -> None:
        self.status, self.reason, self.is_last = status, reason, is_last
        self._lines, self._body = lines, body

    @property
    def headers(self) -> Message:
        """The headers, parsed as :mod:`http.client` does."""
        return parse_headers(io.BytesIO(self._lines + b"\r\n"))

    @property
    def length(self) -> int:
        """How many bytes of the body were not read yet."""
        return len(self._body)

    @property
    def is_complete(self) -> bool:
        """Whether the body has been read to its end."""
        return not self._body

    def read(self, most: int) -> bytes:
        """Read on in the body: ``most`` bytes, or less at its end."""
        data, self._body = self._body[:most], self._body[most:]
        return data


def plain_answer(data: bytes) -> PlainAnswer | None:
    """Read an answer that is exactly these bytes.

    ``None`` for all that needs a closer look: what is not whole or more than one answer, chunks, other
    versions of HTTP, several lengths, and what is no answer at all.
    """
    found = _ANSWER.match(data)
    if found is None or found[1] in _WITHOUT_BODY or found[3].count(b"\n") > MOST_LINES:
        return None
    length, closes = None, False
    for name, value in _FRAMING.findall(found[3]):
        match name.lower(), value.lower():
            case b"content-length", digits if length is None and digits.isdigit() and len(digits) < 10:
                length = int(digits)
            case b"connection", b"close":
                closes = True
            case b"connection", b"keep-alive":
                pass
            case _:
                return None
    if length is None or len(data) != found.end() + length:
        return None
    reason = (found[2] or b"").decode("ascii").strip()
    return PlainAnswer(int(found[1]), reason, found[3], data[found.end() :], closes)
