"""``/oauth/access_token``: an app's own token for its id and secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.accounts.apps import Token
from emulator.domain.errors import GraphError, bad_parameter
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.wire.parameters import Parameter


def exchange(emulator: Emulator, given: Mapping[str, Any]) -> tuple[Sandbox, Token, dict[str, str]]:
    """Find the app token that ``GET /oauth/access_token`` gives for an app's id and secret, with its sandbox.

    Also returns the body of the answer. Raises 101 for an unknown app, 1 for a wrong secret, and ``(#100)``
    for another grant than ``client_credentials``.
    """
    parameters = Parameter(given)
    client_id = parameters.required("client_id").string()
    secret = parameters.required("client_secret").string()
    sandbox = emulator.find_app(client_id)
    if sandbox is None:
        raise GraphError(
            "Error validating application. Cannot get application info due to a system error.", 101
        )
    found = emulator.find(f"{client_id}|{secret}")
    if found is None:
        raise GraphError("Error validating client secret.", 1, rule="token")
    grant = parameters.get("grant_type")
    if grant.value != "client_credentials":
        raise bad_parameter(
            f'Param grant_type must be one of {{client_credentials}} - got "{grant.value}".',
            hint="Only grant_type=client_credentials is emulated.",
        )
    sandbox, token = found
    return sandbox, token, {"access_token": token.text, "token_type": "bearer"}
