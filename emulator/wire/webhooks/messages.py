"""The field ``messages``: what people wrote, and what became of what was sent to them.

Shapes: D/webhooks/reference/messages (Nov 2025 to Sep 2026) and raw captures of May 2026.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import md5

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import ENTRY_POINT, Pricing, Quote, is_at_entry_point
from emulator.wire.webhooks.timestamps import seconds

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

_UNSUPPORTED_KINDS = frozenset(
    {
        "button",
        "edit",
        "errors",
        "gif",
        "group_invite",
        "hsm",
        "image",
        "interactive",
        "keep_in_chat",
        "link_preview",
        "list",
        "location",
        "media_placeholder",
        "order",
        "pin",
        "poll_creation",
        "poll_update",
        "product",
        "reaction",
    }
)
_IN_GROUPS = 130501
"""The only one of its kind whose message does not say what it was (D/groups/groups-messaging)."""
_UNDELIVERABLE = 131026
"""Fails without a user to name: its contact is a number alone (reports of August 2026)."""


def _value(number: BusinessNumber, contacts: list[object] | None, **rest: object) -> dict[str, object]:
    value: dict[str, object] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    }
    if contacts is not None:
        value["contacts"] = contacts
    return value | rest


def inbound(number: BusinessNumber, person: Person, message: Message) -> dict[str, object]:
    """A message a person wrote to ``number``."""
    written: dict[str, object] = {}
    if message.context_id is not None:
        written["context"] = {"from": number.digits, "id": message.context_id}
    written |= {
        "from": person.wa_id,
        "from_user_id": person.user_id,
        "id": message.id,
        "timestamp": str(seconds(message.at)),
    }
    if message.referral is not None:
        written = {"referral": dict(message.referral)} | written
    if message.group_id is not None:
        written["group_id"] = message.group_id
    content, kind = message.content, INBOUND_KINDS[message.type]
    if kind.beside:
        written |= {name: content[name] for name in kind.beside}
        content = {name: value for name, value in content.items() if name not in kind.beside}
    written["type"] = message.type
    if content:
        written[message.type] = content
    contact: dict[str, object] = {
        "profile": {"name": person.name},
        "wa_id": person.wa_id,
        "user_id": person.user_id,
    }
    if person.identity_key_hash is not None:
        contact["identity_key_hash"] = person.identity_key_hash
    return _value(number, [contact], messages=[written])


def status(
    number: BusinessNumber,
    person: Person | None,
    message: Message,
    became: MessageStatus,
    at: datetime,
    *,
    quote: Quote | None = None,
    error: MessageError | None = None,
    webhook_version: int = 24,
) -> dict[str, object]:
    """What became of an outbound message.

    Before version 24 a status also tells the conversation, and from then on that of a free entry point alone;
    since per-message pricing every other message is one.
    """
    told: dict[str, object] = {
        "id": message.id,
        "status": str(became),
        "timestamp": str(seconds(at)),
        "recipient_id": message.wa_id,
    }
    contacts: list[object] | None = None
    if message.group_id is not None:
        told["recipient_type"] = "group"
        if person is not None:
            told["recipient_participant_id"] = person.wa_id
            told["recipient_participant_user_id"] = person.user_id
    elif error is None and person is not None:
        told["recipient_user_id"] = person.user_id
    if person is not None and person.identity_key_hash is not None:
        told["recipient_identity_key_hash"] = person.identity_key_hash
    if person is not None and (error is None or error.code != _UNDELIVERABLE):
        contacts = [{"wa_id": person.wa_id, "user_id": person.user_id}]
    elif error is not None and message.group_id is None:
        contacts = [{"wa_id": message.wa_id}]
    if message.callback_data is not None:
        told["biz_opaque_callback_data"] = message.callback_data
    if quote is not None:
        pricing = quote.pricing
        if webhook_version < 24 or is_at_entry_point(pricing):
            told["conversation"] = _conversation(message, became, at, quote)
        told["pricing"] = {
            "billable": pricing.billable,
            "pricing_model": pricing.model,
            "category": pricing.category,
            **({"type": pricing.type} if pricing.type else {}),
        }
    if message.direct and message.template_id is not None:
        told["template_id"] = message.template_id
    if error is not None:
        told["errors"] = [failure(error)]
    return _value(number, contacts, statuses=[told])


def _conversation(message: Message, became: MessageStatus, at: datetime, quote: Quote) -> dict[str, object]:
    pricing = quote.pricing
    conversation: dict[str, object] = {
        "id": pricing.conversation_id or md5(message.id.encode(), usedforsecurity=False).hexdigest(),
    }
    if became is MessageStatus.SENT:
        ends = quote.expires_at or at + timedelta(hours=24)
        conversation["expiration_timestamp"] = str(seconds(ends))
    conversation["origin"] = {"type": _origin(pricing)}
    return conversation


def _origin(pricing: Pricing) -> str:
    """The category as conversations spell it, with underscores; an entry point's is always its own."""
    return ENTRY_POINT if is_at_entry_point(pricing) else pricing.category.replace("-", "_")


def failure(error: MessageError) -> dict[str, object]:
    """An error as webhooks tell it: title and message are the same sentence."""
    return _worded(error) | {"href": HREF}


def _worded(error: MessageError) -> dict[str, object]:
    told: dict[str, object] = {
        "code": error.code,
        "title": error.title,
        "message": error.webhook_message or error.title,
    }
    if error.details is not None:
        told["error_data"] = {"details": error.details}
    return told


def unsupported(kind: str, error: MessageError) -> dict[str, object]:
    """The content of a message of ``kind`` that the API does not show.

    A kind that the platform's list does not have is told as ``edit``, as in its example.
    """
    content: dict[str, object] = {"errors": [_worded(error)]}
    if error.code != _IN_GROUPS:
        content["type"] = kind if kind in _UNSUPPORTED_KINDS else "edit"
    return content
