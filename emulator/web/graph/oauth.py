"""``/oauth/access_token``: an app's own token for its id and secret."""

from __future__ import annotations

from emulator.domain.accounts.apps import Token
from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.quoting import quoted
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.sandbox import Sandbox
from emulator.wire import documented
from emulator.wire.parameters import Parameter


def authenticate(emulator: Emulator, parameters: Parameter) -> tuple[Sandbox, Token]:
    """Find the app token of the ``client_id`` and ``client_secret`` of a call, with its sandbox.

    Raises 101 for an unknown app and 1 for a wrong secret.
    """
    client_id = parameters.required("client_id").string()
    secret = parameters.required("client_secret").string()
    sandbox = emulator.find_app(client_id)
    if sandbox is None:
        raise GraphError(
            "Error validating application. Cannot get application info due to a system error.",
            101,
            rule="token",
            hint=f"No sandbox of this emulator has the app {client_id}.",
        )
    found = emulator.find(f"{client_id}|{secret}")
    if found is None:
        hint = f"It is not the secret of the app {client_id}; the sandbox's identity has it."
        raise GraphError("Error validating client secret.", 1, rule="token", hint=hint)
    return found


def grant(token: Token, parameters: Parameter) -> dict[str, str]:
    """Build the body with which ``GET /oauth/access_token`` gives an app its own token.

    Raises ``(#100)`` for another grant than ``client_credentials``, marked for those that Meta documents.
    """
    asked = parameters.get("grant_type")
    if asked.value == "client_credentials":
        return {"access_token": token.text, "token_type": "bearer"}
    refusal = bad_parameter(
        f'Param grant_type must be one of {{client_credentials}} - got "{quoted(asked.value)}".',
        hint="An app's own token is given for grant_type=client_credentials.",
    )
    named = "authorization_code" if not parameters.get("code").absent else asked.value
    if named in documented.GRANTS:
        raise documented.marked(refusal, f"GET oauth/access_token with the grant {named}")
    raise refusal
