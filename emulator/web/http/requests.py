"""Requests as they come in: read by waitress, bounded, and refused where two readers could disagree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest, Error, RequestEntityTooLarge

if TYPE_CHECKING:
    from waitress.adjustments import Adjustments

LARGEST_HEAD = 64 * 1024
"""Bytes of a request line and its headers; a larger head is answered with 431."""
_LARGEST_CHUNK_LINE = 1024
_LARGEST_TRAILER = 8 * 1024
_FILE_OFFSET = re.compile(rb"(?<=\r\n)file_offset(?=:)", re.IGNORECASE)
_TRANSFER_ENCODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:", re.IGNORECASE)

LargestBody = Callable[[str, str], int]
"""How many bytes the body of a request may have, by its path and its ``Content-Type``."""


class RequestTimeout(Error):
    """A head or a body that did not come to its end in time."""

    code = 408
    reason = "Request Timeout"


class VersionNotSupported(Error):
    """Neither HTTP/1.0 nor HTTP/1.1."""

    code = 505
    reason = "HTTP Version Not Supported"


class ServiceUnavailable(Error):
    """More connections than the server has room for, all of them in use."""

    code = 503
    reason = "Service Unavailable"


class Parser(HTTPRequestParser):
    """Reads one request; :attr:`error` says why it is refused."""

    error: Error | None = None
    body_rcv: Any = None
    command = path = query = fragment = request_uri = ""
    """Of a request whose head could not be read."""

    def __init__(self, adj: Adjustments, largest_body: LargestBody) -> None:
        super().__init__(adj)
        self._largest_body = largest_body
        self._most = 0

    @property
    def is_begun(self) -> bool:
        """Whether more than empty lines has come."""
        return self.headers_finished or bool(self.header_plus.strip(b"\r\n"))

    def received(self, data: bytes) -> int:
        """Take in what came; returns how many bytes of it belong to this request."""
        consumed: int = super().received(data)
        if self.chunked and self.error is None:
            self._look_at_chunks()
        if self.error is not None:
            self.completed, self.expect_continue = True, False
        return consumed

    def refuse(self, error: Error) -> None:
        """Give the request up; nothing more of it is read."""
        self.error = error
        self.completed, self.expect_continue = True, False

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head. Raises :class:`ParsingError` for one that is answered with 400."""
        encodings = len(_TRANSFER_ENCODING.findall(header_plus))
        if encodings and (encodings > 1 or _CONTENT_LENGTH.search(header_plus)):
            raise ParsingError("Transfer-Encoding stands beside another length of the body")
        try:
            # waitress drops headers with an underscore, as this one has
            super().parse_header(_FILE_OFFSET.sub(b"file-offset", header_plus))
        except ValueError:
            raise ParsingError("A number or an address in the head is malformed") from None
        if self.version not in ("1.0", "1.1"):
            self._refuse_head(VersionNotSupported("Speak HTTP/1.1"))
        elif encodings and not self.chunked:
            self._refuse_head(BadRequest("Transfer-Encoding is for HTTP/1.1, and chunked"))
        else:
            self._most = self._largest_body(self.path, self.headers.get("CONTENT_TYPE", ""))
            if self.content_length > self._most:
                self._refuse_head(self._too_large())

    def _refuse_head(self, error: Error) -> None:
        self.error, self.body_rcv, self.content_length = error, None, 0

    def _look_at_chunks(self) -> None:
        receiver = self.body_rcv
        if receiver is None:
            return
        if len(receiver) > self._most:
            self.refuse(self._too_large())
        elif len(receiver.control_line) > _LARGEST_CHUNK_LINE or len(receiver.trailer) > _LARGEST_TRAILER:
            self.refuse(BadRequest("A chunk's first line, or the trailer, is too long"))

    def _too_large(self) -> Error:
        return RequestEntityTooLarge(f"The request body is larger than {self._most} bytes")
