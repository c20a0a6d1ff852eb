"""Find the token of a call and the sandbox it opens; check its expiration and its ``appsecret_proof``."""

from __future__ import annotations

import hashlib
import hmac

from emulator.domain.accounts.apps import Token
from emulator.domain.errors import GraphError
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.web.graph.endpoints import Request
from emulator.wire import responses


def authenticate(emulator: Emulator, request: Request) -> tuple[Sandbox, Token]:
    """Find the sandbox and the token of a call: by ``access_token`` in the query or body, else by the header.

    The header is ``Authorization: Bearer`` or ``OAuth``. Raises 104 without a token, 190 for an unknown or
    expired one, and 100 for an ``appsecret_proof`` that is not the token's.
    """
    scheme, _, header = request.authorization.partition(" ")
    header = header.strip() if scheme.lower() in ("bearer", "oauth") else ""
    # one that stands in the call itself goes before the header: clients name an app token there
    text = str(request.parameter("access_token") or header)
    if not text:
        raise GraphError(
            "An access token is required to request this resource.",
            104,
            rule="token",
            hint="Send `Authorization: Bearer <token>`; the default sandbox's token is in its identity.",
        )
    found = emulator.find(text)
    if found is None:
        real = text.startswith("EAA") and len(text) > 60
        raise GraphError(
            "Invalid OAuth access token - Cannot parse access token",
            190,
            status=401,
            rule="token",
            hint="This looks like a real Meta token: keep it away from test runs. It was not stored."
            if real
            else "No sandbox of this emulator has this token; `GET /_emulator/sandboxes` lists them.",
        )
    sandbox, token = found
    now = sandbox.clock.now()
    if token.expires_at is not None and now >= token.expires_at:
        status = sandbox.settings.http_status(190, 401)
        raise GraphError(
            responses.session_expired(token.expires_at, now),
            190,
            status=status,
            subcode=463,
            rule="token",
            hint=f"The sandbox's clock is at {now.isoformat()}, the token's time ended at "
            f"{token.expires_at.isoformat()}; use another token, or reset the sandbox: its clock begins "
            "anew.",
        )
    proof = request.parameter("appsecret_proof")
    if proof is not None:
        _check_proof(sandbox, token, str(proof))
    return sandbox, token


def _check_proof(sandbox: Sandbox, token: Token, proof: str) -> None:
    secret = sandbox.accounts.app(token.app_id).secret
    expected = hmac.new(secret.encode(), token.text.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), proof.encode()):
        raise GraphError(
            "Invalid appsecret_proof provided in the API argument",
            100,
            type="GraphMethodException",
            rule="appsecret_proof",
            hint=f"It is the HMAC-SHA256 of the access token with the secret of app {token.app_id} as key, "
            f"in 64 hexadecimal digits; {len(proof)} characters came.",
        )
