"""``/{phone_number_id}/register`` and ``/deregister``."""

from __future__ import annotations

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import bad_parameter
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import responses
from emulator.wire.parameters import Parameter

_REGIONS = ("AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "ZA")
"""The countries where messages can be stored, by Meta's OpenAPI document of v23.0."""


@endpoint(BusinessNumber, "register", "POST", scope=MANAGEMENT, waits=True)
def register(call: Call) -> Answer:
    """Register the number with its six-digit PIN (``POST /{phone_number_id}/register``).

    The first PIN becomes the number's own. The attempt counts whether it succeeds or not, so this makes its
    own transactions. Raises 133005 for another PIN and 133016 after ten attempts in 72 hours. Where messages
    are stored is judged, and has no effect here.
    """
    assert isinstance(call.node, BusinessNumber)
    call.parameters.required("messaging_product").one_of(("WHATSAPP",))
    if not (region := call.parameters.get("data_localization_region")).absent:
        region.one_of(_REGIONS)
    call.sandbox.accounts.register(call.node, pin(call.parameters.required("pin")))
    return Answer(responses.SUCCESS, call.node.id)


@endpoint(BusinessNumber, "deregister", "POST", scope=MANAGEMENT, waits=True)
def deregister(call: Call) -> Answer:
    """End the number's registration (``POST /{phone_number_id}/deregister``): sends are refused with 133010.

    Raises 133010 when it is not registered, and 133016 after ten attempts in 72 hours.
    """
    assert isinstance(call.node, BusinessNumber)
    call.sandbox.accounts.deregister(call.node)
    return Answer(responses.SUCCESS, call.node.id)


def pin(given: Parameter) -> str:
    """Read a PIN of six digits; raises ``(#100)`` for anything else."""
    text = given.string()
    if not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise bad_parameter(f"Param {given} must be 6 characters long.", hint="A PIN has six digits.")
    return text
