"""Call a WSGI application as a client calls a host: with a URL, headers and a body, and without a socket."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from emulator.web.endings import PATIENCE


class InProcessAnswer(NamedTuple):
    """An answer as it would have come over a connection."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def length(self) -> int:
        """How many bytes its body has by its headers; more than came where it was broken off."""
        said = [value for name, value in self.headers if name.lower() == "content-length"]
        return int(said[-1]) if said else len(self.body)


def call(
    app: Any,
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes,
    patience: float | None = None,
) -> InProcessAnswer:
    """Call ``app`` on the calling thread, and read its answer to the end.

    ``patience`` is for how many real seconds the client waits for it. Raises :class:`ConnectionResetError`
    and :class:`TimeoutError` where a fault has the connection reset, or the answer held back for longer.
    """
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc.rpartition("@")[2],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_LENGTH", "TRANSFER_ENCODING", "HOST"):
            key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
            environ[key] = f"{environ[key]}, {value}" if key in environ else value
    if patience is not None:
        environ[PATIENCE] = patience
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    started: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(status: str, given: list[tuple[str, str]], _: Any = None) -> Any:
        started.append((status, given))
        return written.append

    answer = app(environ, start_response)
    try:
        written += answer
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, given = started[-1]
    number, _, reason = status.partition(" ")
    return InProcessAnswer(int(number), reason, list(given), b"".join(written))
