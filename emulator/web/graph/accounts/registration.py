"""``/{phone_number_id}/register`` and ``/deregister``."""

from __future__ import annotations

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import responses
from emulator.wire.parameters import Parameter


@endpoint(BusinessNumber, "register", "POST", scope=MANAGEMENT, waits=True)
def register(call: Call) -> Answer:
    """Register the number with the PIN of its two-step verification."""
    assert isinstance(call.node, BusinessNumber)
    call.parameters.required("messaging_product").one_of(("WHATSAPP",))
    call.sandbox.accounts.register(call.node, pin(call.parameters.required("pin")))
    return Answer(responses.SUCCESS, call.node.id)


@endpoint(BusinessNumber, "deregister", "POST", scope=MANAGEMENT, waits=True)
def deregister(call: Call) -> Answer:
    """End the registration."""
    assert isinstance(call.node, BusinessNumber)
    call.sandbox.accounts.deregister(call.node)
    return Answer(responses.SUCCESS, call.node.id)


def pin(given: Parameter) -> str:
    """The six digits of a PIN. Raises ``(#100)``."""
    text = given.string()
    if not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise bad_parameter(f"Param {given} must be 6 characters long.", hint="A PIN has six digits.")
    return text
