"""Interactive messages: a body, and something to tap; one table of all their types."""

from __future__ import annotations

from emulator.domain.content.interactive import calls, commerce, forms, menus, orders
from emulator.domain.content.interactive.parts import plain_text
from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Variant

TYPES = {
    "button": menus.BUTTON,
    "list": menus.LIST,
    "product": commerce.PRODUCT,
    "product_list": commerce.PRODUCT_LIST,
    "catalog_message": commerce.CATALOG_MESSAGE,
    "carousel": commerce.CAROUSEL,
    "cta_url": menus.CTA_URL,
    "location_request_message": menus.LOCATION_REQUEST,
    "address_message": forms.ADDRESS,
    "flow": forms.FLOW,
    "voice_call": calls.VOICE_CALL,
    "call_permission_request": calls.CALL_PERMISSION,
    "request_contact_info": menus.CONTACT_REQUEST,
    "order_details": orders.ORDER_DETAILS,
    "order_status": orders.ORDER_STATUS,
}

INTERACTIVE = MessageKind(
    "interactive",
    Variant("type", TYPES),
    plain_text,
    f"{DOCS}/messages/send-messages",
)
