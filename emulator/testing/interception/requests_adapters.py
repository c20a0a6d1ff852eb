"""requests: sessions choose an adapter for each URL; for Meta's hosts it is one that calls the sandbox.

Imported when the test's app has imported requests.
"""

from __future__ import annotations

import io
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from requests import exceptions
from requests.adapters import HTTPAdapter
from requests.models import PreparedRequest, Response
from requests.sessions import Session
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError

from emulator.testing.interception.gate import Gate, Route
from emulator.testing.interception.in_process import call
from emulator.testing.interception.patches import Patches


class _Adapter(HTTPAdapter):
    def __init__(self, app: Any) -> None:
        self._app = app  # and no pool of connections, which the base class would make

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> Response:
        """Call the sandbox. Raises what requests does where a fault breaks the connection."""
        headers = [(str(name), _text(value)) for name, value in request.headers.items()]
        body, patience = _body(request.body), _patience(timeout)
        try:
            answer = call(self._app, request.method or "GET", request.url or "", headers, body, patience)
        except ConnectionResetError as problem:
            aborted = ProtocolError("Connection aborted.", problem)
            raise exceptions.ConnectionError(aborted, request=request) from problem
        except TimeoutError as problem:
            raise exceptions.ReadTimeout(
                f"Read timed out. (read timeout={patience})", request=request
            ) from problem
        raw = HTTPResponse(
            io.BytesIO(answer.body),
            HTTPHeaderDict(answer.headers),
            answer.status,
            version=11,
            reason=answer.reason,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def patch_requests(patches: Patches, gate: Gate, _: Any) -> None:
    """Have sessions choose our adapter where they would have chosen the one that every session begins with.

    An adapter of another class, or one that tries again, is the app's own and stays; what it sends is met
    below, at the sockets.
    """

    def choose(original: Any) -> Any:
        @wraps(original)
        def get_adapter(self: Session, url: str) -> Any:
            chosen = original(self, url)
            route = _route(gate, url) if _is_usual(chosen) else None
            return chosen if route is None else _Adapter(route.app)

        return get_adapter

    patches.replace(Session, "get_adapter", choose)


def patch_requests_mock(patches: Patches, gate: Gate, adapters: Any) -> None:
    """Have the adapter of requests-mock, which takes every call of a session, leave ours to the sandbox."""

    def send(original: Any) -> Any:
        @wraps(original)
        def send(self: Any, request: PreparedRequest, **more: Any) -> Any:
            route = _route(gate, request.url or "")
            if route is None:
                return original(self, request, **more)
            return _Adapter(route.app).send(request, timeout=more.get("timeout"))

        return send

    patches.replace(adapters.Adapter, "send", send)


def _route(gate: Gate, url: str) -> Route | None:
    parts = urlsplit(url)
    return gate.route(parts.hostname) if parts.scheme == "https" else None


def _patience(timeout: Any) -> float | None:
    """For how many seconds a session waits for an answer, as requests takes it: a number, a pair, or none."""
    read = timeout[1] if isinstance(timeout, tuple) else getattr(timeout, "read_timeout", timeout)
    return float(read) if isinstance(read, int | float) else None


def _is_usual(adapter: Any) -> bool:
    return type(adapter) is HTTPAdapter and not adapter.max_retries.total


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(body: Any) -> bytes:
    """What goes out, of all that requests takes as a body."""
    if body is None or isinstance(body, str | bytes):
        return body.encode() if isinstance(body, str) else body or b""
    whole = body.read() if hasattr(body, "read") else b"".join(body)
    return whole.encode() if isinstance(whole, str) else bytes(whole)
