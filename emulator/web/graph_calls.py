"""A call of the Graph API: read into what the layers below know, carried out, and answered to its server.

Nothing of it is imported before the first call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from flask import Response
from werkzeug import Request as Called
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES

from emulator.domain.errors import GraphError, PlatformError, message_error
from emulator.domain.graph.hosts import is_platform_host
from emulator.sandbox.emulator import Emulator
from emulator.web import endings
from emulator.web.bounds import MAX_BODY, MAX_UPLOAD, METHODS, MULTIPART, is_raw, largest_body
from emulator.web.graph import dispatch
from emulator.web.graph.endpoints import Request, SentFile
from emulator.web.graph.exchange import Reply
from emulator.wire import forms
from emulator.wire.parameters import parse
from emulator.wire.received import unreadable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ALLOW = (("Allow", ", ".join(METHODS)),)
_FORM = "application/x-www-form-urlencoded"
_ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "*",
}


class _Finished:
    """A WSGI application that gives an answer of the Graph API, which is whole: status, headers and bytes."""

    def __init__(self, reply: Reply, *more: tuple[str, str]) -> None:
        """``more`` are headers beside those of the reply."""
        self._body, self._struck = reply.body, reply.struck
        self._status = f"{reply.status} {HTTP_STATUS_CODES.get(reply.status, 'unknown').upper()}"
        self._headers = [*reply.headers, *more, ("Content-Length", str(len(reply.body)))]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._struck is not None:
            return endings.send(
                self._struck, environ, start_response, self._status, self._headers, self._body
            )
        start_response(self._status, self._headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (self._body,)


def answer(emulator: Emulator, called: Called, public_url: str | None) -> WSGIApplication:
    """Answer a call of the Graph API."""
    if called.method == "OPTIONS":
        return Response(status=200, headers=_ANY_ORIGIN)
    if (called.content_length or 0) > largest_body(called.path, called.mimetype):
        raise RequestEntityTooLarge("The request body is too large")
    reply = dispatch.answer(emulator, understood(called, public_url))
    if reply.relieve is not None:
        reply.relieve()
    return _Finished(reply)


def refused(
    emulator: Emulator, called: Called, public_url: str | None, problem: HTTPException
) -> WSGIApplication:
    """Answer what the framework itself refuses of a call of the Graph API, as Graph would.

    A path that the framework cannot read is read by Graph.
    """
    if problem.code == 404:
        reply = dispatch.answer(emulator, understood(called, public_url))
    else:
        refusal = _http_error(problem.code or 400, str(problem.description))
        reply = dispatch.refuse(emulator, understood(called, public_url, is_read=False), refusal)
    return _Finished(reply, *ALLOW) if isinstance(problem, MethodNotAllowed) else _Finished(reply)


def refuse(emulator: Emulator, status: int, reason: str, method: str, path: str) -> Reply:
    """Answer a request that could not be read: Graph's reply with ``status`` and the ``reason`` in words."""
    called = Request(method, path, authorization="", query={}, body={}, base_url="")
    return dispatch.refuse(emulator, called, _http_error(status, reason))


def _http_error(status: int, reason: str) -> PlatformError:
    """The error of a request that is refused for its form."""
    if status == 413:
        hint = f"A body may have {MAX_BODY:,} bytes, one with a file {MAX_UPLOAD:,}; no parameter was read."
        return GraphError(reason, 1, status=status, rule="body_size", hint=hint)
    if status == 500:
        return message_error(131000, rule="internal", hint="The emulator failed; its log has the cause.")
    hint = (
        f"Methods are {', '.join(METHODS)}."
        if status == 405
        else "The request is not one that HTTP/1.1 allows, or did not come whole; nothing was carried out."
    )
    return GraphError(f"Unsupported request: {reason}", 100, status=status, rule="http", hint=hint)


def understood(called: Called, public_url: str | None, *, is_read: bool = True) -> Request:
    """Read a request into what the Graph layer needs of it.

    ``public_url`` is what absolute links begin with, instead of the address that was called. Its body is left
    alone unless ``is_read``.
    """
    body, problem = _body(called) if is_read else ({}, None)
    environ = called.environ
    files = called.files if called.mimetype == MULTIPART and not is_raw(called.path) else None
    return Request(
        method=called.method,
        path=called.path,
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        query=_form(query.encode("latin-1")) if (query := environ.get("QUERY_STRING")) else {},
        body=body,
        base_url=public_url or _base_url(environ),
        files={name: _file(file) for name, file in files.items() if "[" not in name} if files else {},
        stream=called.stream if is_raw(called.path) else None,
        file_offset=environ.get("HTTP_FILE_OFFSET"),
        unreadable=problem,
    )


def _file(file: FileStorage) -> SentFile:
    """The type is taken as it was sent: one with parameters is none of the platform's."""
    return SentFile(
        (file.filename or "").encode("utf-8", "replace").decode(),
        file.headers.get("Content-Type", "application/octet-stream"),
        file.stream,
    )


def _body(called: Called) -> tuple[Mapping[str, Any], str | None]:
    """The parameters of the body, and why there are none though it has bytes."""
    if is_raw(called.path):
        return {}, None
    kind = called.mimetype
    if kind == "application/json" or kind.endswith("+json"):
        body = parse(called.get_data())
        return (body, None) if isinstance(body, dict) else ({}, unreadable(called.get_data(), kind))
    if kind == MULTIPART:
        named = [(name, file.filename or "") for name, file in called.files.items(multi=True) if "[" in name]
        return _flat(chain(called.form.items(multi=True), named)), None
    if kind == _FORM:
        return _form(called.get_data()), None
    return {}, unreadable(called.get_data(), kind) if called.content_length else None


def _form(encoded: bytes) -> dict[str, Any]:
    """A query, or the body of a form, as parameters."""
    return forms.parameters(forms.fields(encoded))


def _flat(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A multipart form as parameters; a file inside of one is there by its name alone."""
    return forms.parameters(
        (name.encode("utf-8", "replace").decode(), text.encode("utf-8", "replace").decode())
        for name, text in pairs
    )


def _base_url(environ: Mapping[str, Any]) -> str:
    """The address that was called; Meta's own hosts are called by https, whoever ended the TLS before."""
    host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST") or environ["SERVER_NAME"]
    host = str(host).partition(",")[0].strip()
    usual = "https" if is_platform_host(host.partition(":")[0]) else environ["wsgi.url_scheme"]
    scheme = str(environ.get("HTTP_X_FORWARDED_PROTO") or usual)
    return f"{scheme.partition(',')[0].strip()}://{host}"
