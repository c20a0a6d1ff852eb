"""Download URLs of media: signed, and valid for five minutes.

The form is the recorded one of October 2024; how the platform makes the signature is its secret, ours is an
HMAC over the file's id and the end of its time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from emulator.domain.media import URL_LIFETIME, Media

PATH = "whatsapp_business/attachments"
"""The path of every download, without leading slash."""


def download_url(base_url: str, media_id: str, at: datetime, secret: str, source: str | None = None) -> str:
    """Build the URL at which a file can be downloaded for five minutes from the instant ``at`` on.

    ``secret`` is the key of the signature; ``source`` becomes the parameter of that name: ``webhook`` for a
    URL that a webhook carries, ``None`` for one that an answer does.
    """
    until = int((at + URL_LIFETIME).timestamp())
    query: dict[str, object] = {"mid": media_id}
    if source is not None:
        query["source"] = source
    query |= {"ext": until, "hash": _signature(media_id, until, secret)}
    return f"{base_url}/{PATH}/?{urlencode(query)}"


def is_valid(query: Mapping[str, str], at: datetime, secret: str) -> bool:
    """Say whether the query of a download URL has a good signature, and its time is not over at ``at``.

    ``secret`` is the key it was signed with; at exactly the second it ends (``ext``) it is over.
    """
    until = query.get("ext", "")
    if not (until.isascii() and until.isdigit() and len(until) < 15) or int(until) <= at.timestamp():
        return False
    expected = _signature(query.get("mid", ""), int(until), secret)
    return hmac.compare_digest(expected.encode(), query.get("hash", "").encode())


def headers(media: Media) -> list[tuple[str, str]]:
    """List the headers of a download in the recorded order.

    The file's name comes from its MIME type, the ``ETag`` from its SHA-256, and the digest from its Adler-32.
    """
    kind = media.mime_type.partition(";")[0].rpartition("/")[2]
    return [
        ("Content-Type", media.mime_type),
        ("Content-Disposition", f"inline;filename=whatsapp.{kind}"),
        ("ETag", str(int(media.sha256[:15], 16))),
        ("Content-Digest", f"adler32={media.adler32}"),
        ("Cache-Control", "private, no-cache, no-store, must-revalidate"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
    ]


def _signature(media_id: str, until: int, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{media_id}:{until}".encode(), hashlib.sha256).digest()
    return "AT" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
