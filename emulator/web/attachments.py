"""Downloads: the bytes behind the address that ``GET /{media_id}`` gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response
from werkzeug import Request as Called
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header
from werkzeug.wsgi import wrap_file

from emulator.domain.errors import PlatformError
from emulator.sandbox.emulator import Emulator
from emulator.web import endings
from emulator.web.graph import faults
from emulator.web.graph.tokens import authenticate
from emulator.web.graph_calls import understood
from emulator.web.refusal_log import log_refusal
from emulator.wire import attachments
from emulator.wire.responses import printable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NO_TEXT = {"Content-Type": "text/plain"}


def download(emulator: Emulator, called: Called, public_url: str | None) -> Response:
    """Answer the address of a file's bytes, as ``GET /{media_id}`` gives it.

    Whole, or the range that was asked for. 404 for whatever is wrong, as documented: no token, an address
    older than five simulated minutes, a file that was deleted or has expired. 416 for a range outside the
    file.
    """

    def refused(status: int, hint: str, headers: Mapping[str, str] = _NO_TEXT) -> Response:
        phrase = HTTPStatus(status).phrase
        log_refusal(emulator, "call", f"{called.method} {called.path}", status, phrase, hint=hint)
        explained = {"X-Emulator-Rule": "download", "X-Emulator-Hint": printable(hint)}
        return Response("", status, {**headers, **explained})

    def not_found(hint: str) -> Response:
        return refused(404, hint)

    call = understood(called, public_url, is_read=False)
    query: Mapping[str, str] = {key: str(value) for key, value in call.query.items()}
    try:
        sandbox, _ = authenticate(emulator, call)
    except PlatformError as refusal:
        return not_found(refusal.hint)
    if not attachments.is_valid(query, sandbox.clock.now(), sandbox.accounts.app().secret):
        return not_found("The address is not one of this sandbox's, or older than five simulated minutes.")
    media_id = query.get("mid", "")
    media = sandbox.media.find(media_id)
    if media is None:
        return not_found(f"There is no file {media_id}: it was deleted, or its time is over.")
    fault = sandbox.faults.meet_download(media)
    if fault is not None and (sent := faults.sent(fault)) is not None:
        return _Struck(Response(sent.body, sent.status, sent.headers), faults.struck(fault, sandbox))
    try:
        source = sandbox.media.open(media)
    except FileNotFoundError:
        return not_found(f"The bytes of {media.id} are gone.")
    response = Response(wrap_file(called.environ, source, 64 * 1024), direct_passthrough=True)
    response.content_length = media.size
    for name, value in attachments.headers(media):
        response.headers[name] = value
    try:
        response.make_conditional(_one_range(called.environ), accept_ranges=True, complete_length=media.size)
    except RequestedRangeNotSatisfiable:
        response.close()
        asked = called.headers.get("Range", "")
        return refused(
            416,
            f"The file has {media.size} bytes, from 0 to {media.size - 1}; the range came as {asked[:60]}.",
            {"Content-Range": f"bytes */{media.size}", "Accept-Ranges": "bytes"},
        )
    return response if fault is None else _Struck(response, faults.struck(fault, sandbox))


class _Struck(Response):
    """The answer to a download that a fault strikes on its way, read whole."""

    def __init__(self, response: Response, way: endings.Struck | None) -> None:
        response.direct_passthrough = False
        with closing(response):
            super().__init__(response.get_data(), response.status, response.headers)
        self._way = way

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._way is None:
            return super().__call__(environ, start_response)
        headers = list(self.get_wsgi_headers(environ))
        return endings.send(self._way, environ, start_response, self.status, headers, self.get_data())


def _one_range(environ: WSGIEnvironment) -> WSGIEnvironment:
    """The call without a ``Range`` that is none, or that names several: then the whole file is the answer."""
    asked = parse_range_header(environ.get("HTTP_RANGE"))
    if asked is not None and asked.units == "bytes" and len(asked.ranges) == 1:
        return environ
    return {name: value for name, value in environ.items() if name != "HTTP_RANGE"}
