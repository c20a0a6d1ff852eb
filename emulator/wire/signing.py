"""JSON as Meta's encoder writes it, and the signatures over exactly those bytes.

Sources: raw captures of May 2026 (escaped slashes, lower-case ``\\u00e4``, no spaces); a signature that
fails once a text has an ``@`` (report of August 2023); receivers that rebuild the body with ``/``, ``@``,
``%`` and ``<`` escaped; and facebook/hhvm, whose encoder writes just these three as extra escapes. A receiver
that re-serialises the body before checking fails here as it does there.
"""

from __future__ import annotations

import hmac
import json
from functools import lru_cache

USER_AGENT = "facebookexternalua"
"""The ``User-Agent`` of every webhook, as captured."""
_ESCAPED = (("/", "\\/"), ("@", "\\u0040"), ("%", "\\u0025"), ("<", "\\u003C"))
"""What is escaped within ASCII; ``>``, ``&`` and ``'`` are not, and the ``C`` is the encoder's own."""
_written = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def encode(body: object) -> bytes:
    """Serialise a webhook, or an answer of the Graph API, to the bytes that are signed and sent.

    They are ASCII without spaces; members keep their order. ``/``, ``@``, ``%`` and ``<`` are escaped, and
    characters beyond ASCII become lower-case ``\\u`` escapes, those beyond the first plane surrogate pairs.
    """
    written = _written(body)
    for character, escape in _ESCAPED:
        written = written.replace(character, escape)
    return written.encode("ascii")


def signature(body: bytes, secret: str) -> str:
    """Build the value of ``X-Hub-Signature-256``: ``sha256=`` and the HMAC of ``body`` by the secret.

    A receiver must compute it over the bytes it got, before parsing them
    (D/webhooks/create-webhook-endpoint).
    """
    return f"sha256={_hmac(body, secret, 'sha256')}"


def headers(body: bytes, secret: str) -> dict[str, str]:
    """Build the headers of a webhook POST of ``body``, signed with the app's ``secret``.

    It carries both signatures, SHA-1 for older receivers and SHA-256.
    """
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "X-Hub-Signature": f"sha1={_hmac(body, secret, 'sha1')}",
        "X-Hub-Signature-256": signature(body, secret),
    }


def _hmac(body: bytes, secret: str, algorithm: str) -> str:
    made = _keyed(secret, algorithm).copy()
    made.update(body)
    return made.hexdigest()


@lru_cache(64)
def _keyed(secret: str, algorithm: str) -> hmac.HMAC:
    """The beginning of every HMAC by one secret: making it costs more than the rest."""
    return hmac.new(secret.encode(), digestmod=algorithm)
