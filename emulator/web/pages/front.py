"""What ``GET /`` answers: a browser gets the page, a program a small document, a client Graph's error."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, json, request

from emulator import __version__
from emulator.domain.graph.hosts import is_platform_host
from emulator.web.boundary import PAGE


def front_door() -> Response | None:
    """Answer a call of ``/``, or ``None`` where the Graph API is meant.

    Who accepts HTML is sent to the page; any other caller gets a document that says what this is and where
    to go on. The Graph API is meant by a call with an access token, and by one of a host of Meta's.
    """
    if "Authorization" in request.headers or "access_token" in request.args or _is_platform():
        return None
    if request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
        answer = Response(status=HTTPStatus.FOUND, headers={"Location": f"{PAGE}/"})
    else:
        answer = Response(json.dumps(_document(), indent=2) + "\n", mimetype="application/json")
    answer.headers["Vary"] = "Accept, Authorization"
    return answer


def _is_platform() -> bool:
    return is_platform_host(request.host.partition(":")[0])


def _document() -> dict[str, str]:
    return {
        "name": "whatsapp-emulator",
        "version": __version__,
        "what": "A local emulator of the WhatsApp Business Platform; the Graph API is at this address.",
        "page": f"{PAGE}/",
        "control_api": "/_emulator",
        "openapi": "/_emulator/openapi.json",
        "sandboxes": "/_emulator/sandboxes",
        "health": "/_emulator/health",
    }
