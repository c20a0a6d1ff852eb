"""JSON as PHP writes it, and the signatures over exactly those bytes.

Source: D/webhooks/create-webhook-endpoint and raw captures of May 2026 (escaped slashes, lower-case
``\\u00e4``, no spaces). A receiver that re-serialises the body before checking fails here as it does there.
"""

from __future__ import annotations

import hashlib
import hmac
import json

USER_AGENT = "facebookexternalua"
"""The ``User-Agent`` of every webhook, as captured."""


def encode(payload: object) -> bytes:
    """Serialise a webhook payload to the bytes that are signed and sent: ASCII, ``\\/``, no spaces.

    Characters beyond ASCII become lower-case ``\\u`` escapes, and members keep their order.
    """
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def encode_answer(body: object) -> bytes:
    """Serialise an answer of the Graph API, which escapes the ``@`` too, otherwise as :func:`encode`.

    Recorded answers have ``\\u0040``; webhooks do not.
    """
    return encode(body).replace(b"@", b"\\u0040")


def signature(body: bytes, secret: str) -> str:
    """Build the value of ``X-Hub-Signature-256``: ``sha256=`` and the HMAC of ``body`` by the secret.

    A receiver must compute it over the bytes it got, before parsing them
    (D/webhooks/create-webhook-endpoint).
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(body: bytes, secret: str) -> dict[str, str]:
    """Build the headers of a webhook POST of ``body``, signed with the app's ``secret``.

    It carries both signatures, SHA-1 for older receivers and SHA-256.
    """
    legacy = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "X-Hub-Signature": f"sha1={legacy}",
        "X-Hub-Signature-256": signature(body, secret),
    }
