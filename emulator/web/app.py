"""The Flask application: the Graph API at the root, control API and page under ``/_emulator``, and downloads.

It reads requests into what the layers below know, bounds their size, and answers what Flask refuses as Graph
would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, request
from werkzeug import Request as Called
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES

from emulator.domain.errors import GraphError, PlatformError, message_error
from emulator.domain.graph.hosts import is_platform_host
from emulator.sandbox.emulator import Emulator
from emulator.web import attachments as downloads
from emulator.web import control, endings
from emulator.web.boundary import CONTROL, LOOPBACK, PAGES, Boundary, path_of
from emulator.web.graph import dispatch
from emulator.web.graph.endpoints import Request, SentFile
from emulator.web.graph.exchange import Reply
from emulator.web.guard import Guard
from emulator.wire import attachments, forms
from emulator.wire.parameters import parse
from emulator.wire.received import unreadable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a request body; a larger one is answered with 413."""
MAX_UPLOAD = 101 * 1024 * 1024
"""Bytes of a body that carries a file: the largest document, and what stands around it."""
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
_ROUTED = (CONTROL, f"/{attachments.PATH}")
"""How the paths begin that Flask finds a route for; all others are the Graph API's."""
_ALLOW = (("Allow", ", ".join(METHODS)),)
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
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


class _Application(Flask):
    """The application, and what its server asks about requests that the application does not see.

    A call of the Graph API needs nothing of Flask: no route, as its path names an object of a sandbox, no
    session and no hooks. It is read and answered at once, which is a fifth of the cost of a send. Flask has
    the rest: the control API, downloads, and calls in methods that the Graph API does not know.
    """

    def __init__(self, emulator: Emulator, max_snapshot: int, public_url: str | None) -> None:
        super().__init__("emulator", static_folder=None, template_folder="web/pages/templates")
        self._emulator, self._max_snapshot, self._public_url = emulator, max_snapshot, public_url

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; what fails on the way to an answer is Flask's to log and to answer."""
        path = path_of(environ)
        if (path == "/" or path.startswith(PAGES)) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            page = self.page(environ, path)
            if page is not None:
                return page(environ, start_response)
        if environ["REQUEST_METHOD"] not in METHODS or path.startswith(_ROUTED):
            return super().wsgi_app(environ, start_response)
        called = Called(environ)
        called.max_content_length = self._max_snapshot
        response: WSGIApplication
        try:
            response = self.graph(called)
        except HTTPException as problem:
            response = self.refused(called, problem)
        except Exception as problem:
            with self.request_context(environ):
                response = self.handle_exception(problem)
        finally:
            called.close()
        return response(environ, start_response)

    def page(self, environ: WSGIEnvironment, path: str) -> WSGIApplication | None:
        """Answer a call of the page, or of ``/`` by somebody who does not mean the Graph API; else ``None``.

        Routes of its own would cost every start; so nothing of it is there before it is called.
        """
        from emulator.web import pages

        with self.request_context(environ):
            return pages.answer(path)

    def graph(self, called: Called) -> WSGIApplication:
        """Answer a call of the Graph API."""
        if called.method == "OPTIONS":
            return Response(status=200, headers=_ANY_ORIGIN)
        if (called.content_length or 0) > self.largest_body(called.path, called.mimetype):
            raise RequestEntityTooLarge("The request body is too large")
        reply = dispatch.answer(self._emulator, _understood(called, *_body(called), self._public_url))
        if reply.relieve is not None:
            reply.relieve()
        return _Finished(reply)

    def refused(self, called: Called, problem: HTTPException) -> WSGIApplication:
        """Answer what the framework itself refuses of a call of the Graph API, as Graph would.

        A path that the framework cannot read is read by Graph.
        """
        if problem.code == 404:
            reply = dispatch.answer(self._emulator, _understood(called, *_body(called), self._public_url))
        else:
            refusal = _http_error(problem.code or 400, str(problem.description))
            reply = dispatch.refuse(self._emulator, _understood(called, {}, None, self._public_url), refusal)
        return _Finished(reply, *_ALLOW) if isinstance(problem, MethodNotAllowed) else _Finished(reply)

    def largest_body(self, path: str, content_type: str) -> int:
        """Say how many bytes the body of a request may have."""
        if path.startswith(f"{CONTROL}/"):  # it explains itself what is too large for a route
            return self._max_snapshot if path.endswith("/snapshot") else MAX_UPLOAD
        mimetype = content_type.partition(";")[0].strip().lower()
        return MAX_UPLOAD if mimetype == _MULTIPART or _is_raw(path) else MAX_BODY

    def refusal(
        self, status: int, reason: str, method: str, path: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Write Graph's answer to a request that could not be read: status, headers and body."""
        called = Request(method, path, authorization="", query={}, body={}, base_url="")
        reply = dispatch.refuse(self._emulator, called, _http_error(status, reason))
        return reply.status, list(reply.headers), reply.body


def create_app(
    emulator: Emulator,
    *,
    public_url: str | None = None,
    boundary: Boundary | None = LOOPBACK,
    max_snapshot: int = control.MAX_SNAPSHOT,
) -> Flask:
    """Make the Flask application over the sandboxes of ``emulator``: Graph API, control API and page.

    One application serves them all, found anew for every request; it costs some 30 ms to make, so make it
    once. ``public_url`` is what absolute links begin with when the caller reaches it by another address.
    ``boundary`` says which hosts and pages may call it; ``None`` lets everything through, for an application
    that is only called in this process, by a client without a socket. ``max_snapshot`` is how many bytes the
    largest snapshot has that is taken.
    """
    app = _Application(emulator, max_snapshot, public_url)
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = max_snapshot
    app.register_blueprint(control.blueprint(emulator))

    @app.route(f"/{attachments.PATH}/", methods=("GET",))
    @app.route(f"/{attachments.PATH}", methods=("GET",))
    def download(**_: str) -> Response:
        called = _called()
        return downloads.download(emulator, called, _understood(called, {}, None, public_url))

    @app.route("/", defaults={"path": ""}, methods=METHODS)
    @app.route("/<path:path>", methods=METHODS)
    def graph(path: str) -> WSGIApplication:  # noqa: ARG001
        return app.graph(_called())

    @app.errorhandler(HTTPException)
    def refuse(problem: HTTPException) -> WSGIApplication:
        """Answer what the framework itself refuses as the API would that was called."""
        called = _called()
        if not called.path.startswith(f"{CONTROL}/"):
            return app.refused(called, problem)
        response = control.refusal(problem)
        if isinstance(problem, MethodNotAllowed):
            response.headers.update(_ALLOW)
        return response

    if boundary is not None:
        within = boundary if public_url is None else boundary.reached_at(public_url)
        app.wsgi_app = Guard(app.wsgi_app, emulator, within)  # type: ignore[method-assign]
    return app


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


def _called() -> Called:
    """The request itself: its proxy costs a microsecond at every look."""
    found: Called = cast(Any, request)._get_current_object()
    return found


def _understood(
    called: Called, body: Mapping[str, Any], problem: str | None, public_url: str | None
) -> Request:
    environ = called.environ
    files = called.files if called.mimetype == _MULTIPART and not _is_raw(called.path) else None
    return Request(
        method=called.method,
        path=called.path,
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        query=_form(query.encode("latin-1")) if (query := environ.get("QUERY_STRING")) else {},
        body=body,
        base_url=public_url or _base_url(environ),
        files={name: _file(file) for name, file in files.items() if "[" not in name} if files else {},
        stream=called.stream if _is_raw(called.path) else None,
        file_offset=environ.get("HTTP_FILE_OFFSET"),
        unreadable=problem,
    )


def _is_raw(path: str) -> bool:
    """Whether the body is the bytes of a file: the platform's own examples send them typed as a form."""
    return path.rpartition("/")[2].startswith("upload:")


def _file(file: FileStorage) -> SentFile:
    """The type is taken as it was sent: one with parameters is none of the platform's."""
    return SentFile(
        (file.filename or "").encode("utf-8", "replace").decode(),
        file.headers.get("Content-Type", "application/octet-stream"),
        file.stream,
    )


def _body(called: Called) -> tuple[Mapping[str, Any], str | None]:
    """The parameters of the body, and why there are none though it has bytes."""
    if _is_raw(called.path):
        return {}, None
    kind = called.mimetype
    if kind == "application/json" or kind.endswith("+json"):
        body = parse(called.get_data())
        return (body, None) if isinstance(body, dict) else ({}, unreadable(called.get_data(), kind))
    if kind == _MULTIPART:
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
