"""The control route of files: the bytes of one, whoever sent it, without a token and without an address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from flask import Response

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.routes.table import SANDBOX, route

_HARMLESS = {
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""A file is what somebody sent: it is downloaded, and never shown as a page of this address."""


@route("GET", f"{SANDBOX}/media/{{id}}", media=("*/*",))
def read_media(sandbox: Sandbox, id: str) -> Response:  # noqa: A002
    """The bytes of a file by its media id, uploaded by a business or sent by a person, with its media type.

    404 for one that there never was, that was deleted, or whose time is over.
    """
    media = sandbox.media.find(id)
    if media is None:
        raise LookupError(f"there is no file {id}: it was deleted, or its time is over")
    try:
        source = sandbox.media.open(media)
    except FileNotFoundError:
        raise LookupError(f"the bytes of the file {id} are gone") from None
    answer = Response(_pieces(source), mimetype=media.mime_type.partition(";")[0].strip())
    answer.content_length = media.size
    answer.headers.update(_HARMLESS)
    return answer


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    with source:
        while piece := source.read(64 * 1024):
            yield piece
