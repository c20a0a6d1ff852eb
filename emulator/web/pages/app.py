"""Calls of the page: the shell of each view, and the files that the browser loads."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from flask import Response, make_response, render_template, request
from werkzeug.security import safe_join

from emulator.web.boundary import PAGE
from emulator.web.pages import reference
from emulator.web.pages.front import front_door
from emulator.web.pages.policy import HEADERS
from emulator.web.pages.views import VIEWS, find

_FILES = "static/"
_STYLES = (
    *("base", "controls", "layout", "parts", "dialogs", "shell", "timebar"),
    *("phones", "bubbles", "contents", "composer"),
    *("people", "webhooks", "calls", "templates", "business", "journal", "sandbox", "record"),
)
"""The style sheets of the page in their order: what all views share, the phones, then the other views."""
_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".ogg": "audio/ogg"}
"""The media types of the files, whatever this machine believes of their names."""


def answer(path: str) -> Response | None:
    """Answer a ``GET`` of the page, or of ``/``; ``None`` for a path that is neither, or another API's.

    Below ``/_emulator/ui``, ``{sandbox}/{view}`` and what stands behind it is the shell of that view, which
    finds its data by the control API; ``static/`` has its files. An unknown view is answered with 404 and the
    shell, which offers those that there are. Errors and rules have pages beside it, see
    :mod:`emulator.web.pages.reference`. Called in the context of a request.
    """
    if path == "/":
        return front_door()
    if path == PAGE:
        return Response(status=HTTPStatus.FOUND, headers={"Location": f"{PAGE}/"})
    if not path.startswith(f"{PAGE}/"):
        return reference.answer(path)
    rest = path.removeprefix(f"{PAGE}/")
    shown = _file(rest.removeprefix(_FILES)) if rest.startswith(_FILES) else _shell(rest)
    shown.headers.update(HEADERS)
    return shown


def _shell(rest: str) -> Response:
    named = rest.split("/")[1] if "/" in rest else ""
    view = find(named) if named else VIEWS[0]
    answer = make_response(render_template("shell.html", page=PAGE, styles=_STYLES, views=VIEWS, view=view))
    answer.status_code = HTTPStatus.OK if view else HTTPStatus.NOT_FOUND
    return answer


def _file(name: str) -> Response:
    path = safe_join(str(_STATIC), name)
    if path is None or not Path(path).is_file():
        return Response("There is no such file.\n", HTTPStatus.NOT_FOUND, mimetype="text/plain")
    answer = Response(Path(path).read_bytes(), mimetype=_TYPES.get(Path(path).suffix))
    answer.add_etag()
    answer.make_conditional(request)
    return answer
