"""The boundary in front of a WSGI application: calls are handed on, or refused in the form of either API."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response

from emulator.domain.errors import GraphError
from emulator.sandbox.emulator import Emulator
from emulator.web.boundary import CONTROL, LOOPBACK, PAGES, Boundary, Checks, Refusal, is_control
from emulator.web.control.modules import servers_own_routes
from emulator.web.control.routes.problems import PROBLEM_TYPE, problem
from emulator.web.refusal_log import log_refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Max-Age": "600",
    "Vary": "Origin, Access-Control-Request-Headers",
}


_REASONS = {
    "host": "Hosts are compared so that a name that is rebound to this machine's address reaches nothing.",
    "origin": "Origins are compared so that pages of others in a browser on this machine reach nothing.",
}
"""Why each check of a call of the Graph API is made, by its rule."""


class Guard:
    """A WSGI application that lets through to another what its boundary allows."""

    def __init__(
        self, application: WSGIApplication, emulator: Emulator, boundary: Boundary = LOOPBACK
    ) -> None:
        """Guard the ``application`` over the sandboxes of ``emulator``.

        Pages of origins that the boundary allows by name get what browsers ask for before they let a page
        read an answer of another origin (CORS).
        """
        self._application, self._emulator = application, emulator
        tell_nothing = (f"{CONTROL}{route.path}" for route in servers_own_routes() if not route.needs_token)
        self._checks = Checks(boundary, (*tell_nothing, *PAGES, *(f"{path}/" for path in PAGES)))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        refusal = self._checks.page(environ)
        if refusal is None:
            origin = environ.get("HTTP_ORIGIN")
            if origin is not None and self._checks.boundary.has_origin(origin):
                if _is_preflight(environ):
                    return _allowed(environ, origin)(environ, start_response)
                start_response = _readable_by(origin, start_response)
            refusal = self._checks.token(environ)
        if refusal is None:
            return self._application(environ, start_response)
        return self._refused(environ, refusal)(environ, start_response)

    def _refused(self, environ: WSGIEnvironment, refusal: Refusal) -> Response:
        if is_control(environ):
            call_line = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"
            title = HTTPStatus(refusal.status).phrase
            log_refusal(self._emulator, "control", call_line, refusal.status, title, hint=refusal.sentence)
            return _problem(refusal)
        from emulator.web.graph import dispatch
        from emulator.web.graph.endpoints import Request

        call = Request(
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO", ""),
            authorization=environ.get("HTTP_AUTHORIZATION", ""),
            query={},
            body={},
            base_url="",
        )
        error = GraphError(
            f"Unsupported request: {refusal.sentence}",
            100,
            status=refusal.status,
            rule=refusal.rule,
            hint=f"{_REASONS[refusal.rule]} Nothing of this call was carried out.",
        )
        reply = dispatch.refuse(self._emulator, call, error)
        return Response(reply.body, reply.status, reply.headers)


def _problem(refusal: Refusal) -> Response:
    title = HTTPStatus(refusal.status).phrase
    response = Response(
        json.dumps(problem(refusal.status, title, refusal.sentence)),
        refusal.status,
        mimetype=PROBLEM_TYPE,
    )
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="WhatsApp emulator, control API"'
    return response


def _is_preflight(environ: WSGIEnvironment) -> bool:
    return environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def _allowed(environ: WSGIEnvironment, origin: str) -> Response:
    headers = {**_PREFLIGHT, "Access-Control-Allow-Origin": origin}
    if asked := environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS"):
        headers["Access-Control-Allow-Headers"] = asked
    return Response(status=HTTPStatus.NO_CONTENT, headers=headers)


def _readable_by(origin: str, start_response: StartResponse) -> StartResponse:
    """Let pages of ``origin`` read the answer, and its headers."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        if not any(name.lower() == "access-control-allow-origin" for name, _ in headers):
            headers = [*headers, ("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
        return start_response(status, [*headers, ("Access-Control-Expose-Headers", "*")], *more)

    return start
