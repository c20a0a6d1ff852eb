"""JSON as Meta's encoder writes it, and the signatures over exactly those bytes.

Sources: raw captures of May 2026 (escaped slashes, lower-case ``\\u00e4``, no spaces); a signature that
fails once a text has an ``@`` (report of August 2023); receivers that rebuild the body with ``/``, ``@``,
``%`` and ``<`` escaped; and facebook/hhvm, whose encoder writes just these three as extra escapes. A receiver
that re-serialises the body before checking fails here as it does there.
"""

from __future__ import annotations

import hmac
import json

USER_AGENT = "facebookexternalua"
"""The ``User-Agent`` of every webhook, as captured."""
_ESCAPED = (("/", "\\/"), ("@", "\\u0040"), ("%", "\\u0025"), ("<", "\\u003C"))
"""What is escaped within ASCII; ``>``, ``&`` and ``'`` are not, and the ``C`` is the encoder's own."""
_written = json.JSONEncoder(separators=(",", ":")).encode


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
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def headers(body: bytes, secret: str) -> dict[str, str]:
    """Build the headers of a webhook POST of ``body``, signed with the app's ``secret``.

    It carries both signatures, SHA-1 for older receivers and SHA-256.
    """
    legacy = hmac.digest(secret.encode(), body, "sha1").hex()
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "X-Hub-Signature": f"sha1={legacy}",
        "X-Hub-Signature-256": signature(body, secret),
    }
