"""The Flask application: the Graph API at the root, control API and page under ``/_emulator``, and downloads.

It reads requests into what the layers below know, bounds their size, and answers what Flask refuses as Graph
would.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Response, request
from werkzeug import Request as Called
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from emulator.sandbox.emulator import Emulator
from emulator.web import control
from emulator.web.boundary import CONTROL, LOOPBACK, PAGES, Boundary, path_of
from emulator.web.bounds import METHODS, largest_body
from emulator.web.guard import Guard
from emulator.wire import attachments

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ROUTED = (CONTROL, f"/{attachments.PATH}")
"""How the paths begin that Flask finds a route for; all others are the Graph API's."""


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
        """Answer a call of the Graph API; what that takes is imported at the first."""
        from emulator.web import graph_calls

        return graph_calls.answer(self._emulator, called, self._public_url)

    def refused(self, called: Called, problem: HTTPException) -> WSGIApplication:
        """Answer what the framework itself refuses of a call of the Graph API, as Graph would."""
        from emulator.web import graph_calls

        return graph_calls.refused(self._emulator, called, self._public_url, problem)

    def largest_body(self, path: str, content_type: str) -> int:
        """Say how many bytes the body of a request may have."""
        return largest_body(path, content_type, self._max_snapshot)

    def refusal(
        self, status: int, reason: str, method: str, path: str
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Write Graph's answer to a request that could not be read: status, headers and body."""
        from emulator.web import graph_calls

        reply = graph_calls.refuse(self._emulator, status, reason, method, path)
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
        from emulator.web import attachments as downloads

        return downloads.download(emulator, _called(), public_url)

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
            response.headers["Allow"] = ", ".join(METHODS)
        return response

    if boundary is not None:
        within = boundary if public_url is None else boundary.reached_at(public_url)
        app.wsgi_app = Guard(app.wsgi_app, emulator, within)  # type: ignore[method-assign]
    return app


def _called() -> Called:
    """The request itself: its proxy costs a microsecond at every look."""
    found: Called = cast(Any, request)._get_current_object()
    return found
