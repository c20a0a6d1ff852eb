"""``/{phone_number_id}/smb_app_data``: what the WhatsApp Business app of a number has (coexistence)."""

from __future__ import annotations

from emulator.domain.accounts.app_sync import SYNC_TYPES
from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.web.graph.endpoints import Answer, Call, endpoint


@endpoint(BusinessNumber, "smb_app_data", "POST", scope=MANAGEMENT)
def synchronise(call: Call) -> Answer:
    """Ask for the contacts or the chats of the app (``POST /{phone_number_id}/smb_app_data``).

    They follow by webhooks. Raises 2593107 for what was asked for before, 2593108 from 24 hours on, and
    ``(#100)`` for a number that is not on the app.
    """
    assert isinstance(call.node, BusinessNumber)
    call.parameters.required("messaging_product").one_of(("WHATSAPP",))
    asked = call.parameters.required("sync_type").one_of(word.upper() for word in SYNC_TYPES)
    request_id = call.sandbox.business_app.synchronise(call.node.id, asked.lower())
    return Answer({"messaging_product": "whatsapp", "request_id": request_id}, call.node.id)
