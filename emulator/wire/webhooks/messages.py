"""Payloads of the field ``messages``: inbound messages, and statuses of outbound ones.

Shapes: D/webhooks/reference/messages (Nov 2025 to Sep 2026) and raw captures of May 2026.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import md5

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS, UNSUPPORTED_TYPES
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import ENTRY_POINT, Pricing, Quote, is_at_entry_point
from emulator.wire.webhooks.contacts import contact, number_of
from emulator.wire.webhooks.timestamps import seconds

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

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
    """Build the value for a message that a person wrote to ``number``.

    Times are strings of seconds since 1970; the content stands under the message's type.
    """
    written: dict[str, object] = {}
    if message.context is not None:
        written["context"] = dict(message.context)
    written |= number_of(person, "from")
    written |= {
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
    if message.type == "system":
        return _value(number, None, messages=[written])
    author = contact(person)
    if person.identity_key_hash is not None:
        author["identity_key_hash"] = person.identity_key_hash
    return _value(number, [author], messages=[written])


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
    """Build the value for a status of an outbound message.

    ``became`` is the status and ``at`` its instant; ``quote`` adds the price, ``error`` the errors of a
    failed one. Below version 24 of the webhook it has a ``conversation``, from 24 on only in a free entry
    point; since per-message pricing every other message is a conversation of its own.
    """
    shown: dict[str, object] = {
        "id": message.id,
        "status": str(became),
        "timestamp": str(seconds(at)),
        "recipient_id": message.wa_id,
    }
    contacts: list[object] | None = None
    is_named = person is not None and (error is None or error.code != _UNDELIVERABLE)
    if message.group_id is not None:
        shown["recipient_type"] = "group"
        if person is not None:
            shown["recipient_participant_id"] = person.wa_id
            shown["recipient_participant_user_id"] = person.user_id
    elif person is not None and is_named:
        shown["recipient_user_id"] = person.user_id
        if not person.shows_number:
            del shown["recipient_id"]
    if person is not None and person.identity_key_hash is not None:
        shown["recipient_identity_key_hash"] = person.identity_key_hash
    if person is not None and is_named:
        is_called = person.username is not None and became is not MessageStatus.SENT
        contacts = [contact(person, profile=is_called)]
    elif error is not None and message.group_id is None:
        contacts = [{"wa_id": message.wa_id}]
    if message.callback_data is not None:
        shown["biz_opaque_callback_data"] = message.callback_data
    if quote is not None:
        pricing = quote.pricing
        if webhook_version < 24 or is_at_entry_point(pricing):
            shown["conversation"] = _conversation(message, became, at, quote)
        shown["pricing"] = {
            "billable": pricing.billable,
            "pricing_model": pricing.model,
            "category": pricing.category,
            **({"type": pricing.type} if pricing.type else {}),
        }
    if message.direct and message.template_id is not None:
        shown["template_id"] = message.template_id
    if error is not None:
        shown["errors"] = [failure(error)]
    return _value(number, contacts, statuses=[shown])


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
    """Build an entry of ``errors`` in a status: ``title`` and ``message`` are the same sentence, mostly."""
    return _worded(error) | {"href": HREF}


def _worded(error: MessageError) -> dict[str, object]:
    """An error as every webhook words it, whichever channel it was made for."""
    title, details = error.webhook_title or error.title, error.webhook_details or error.details
    shown: dict[str, object] = {
        "code": error.code,
        "title": title,
        "message": error.webhook_message or title,
    }
    if details is not None:
        shown["error_data"] = {"details": details}
    return shown


def unsupported(kind: str, error: MessageError) -> dict[str, object]:
    """Build the content of an inbound message of ``kind`` that the API does not show.

    A kind that is not on the platform's list is shown as ``edit``, as in its example.
    """
    content: dict[str, object] = {"errors": [_worded(error)]}
    if error.code != _IN_GROUPS:
        content["type"] = kind if kind in UNSUPPORTED_TYPES else "edit"
    return content
