"""Messages, groups, windows and calls as the control API shows them."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox.messages.calls import PhoneCall
from emulator.web.control.answers import messages
from emulator.web.control.shapes import instant, maybe_instant, maybe_object


def message(facts: Message) -> messages.Message:
    """Write a message as it stands: its content under the name of its type, its status, error and price.

    ``direction`` is ``inbound`` for what a person wrote and ``outbound`` for what a business sent; ``text``
    is its body alone, and ``buttons`` are the labels of what can be tapped on it. ``edited_text`` and
    ``deleted_at`` say what the person has made of it since on their phone, ``revises_id`` which message it
    edits or deletes itself.
    """
    members: messages.MessageAnswer = {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "direction": "outbound" if facts.outbound else "inbound",
        "type": facts.type,
        "status": str(facts.status),
        "at": instant(facts.at),
        "text": facts.text,
        "buttons": list(facts.buttons),
        "context_id": facts.context_id,
        "context": maybe_object(facts.context),
        "biz_opaque_callback_data": facts.callback_data,
        "error": maybe_object(facts.error),
        "group_id": facts.group_id,
        "referral": maybe_object(facts.referral),
        "pricing": maybe_object(facts.pricing),
        "cause_id": facts.cause_id,
        "cause_basis": None if facts.cause_basis is None else str(facts.cause_basis),
        "edited_text": facts.edited_text,
        "revises_id": facts.revises_id,
        "deleted_at": maybe_instant(facts.deleted_at),
    }
    return {**members, facts.type: facts.content}


def group(facts: Group) -> messages.GroupAnswer:
    """Write a group.

    Its id, its business number, its subject, the ``wa_id`` of its participants, whether suspended.
    """
    return {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "subject": facts.subject,
        "participants": list(facts.participants),
        "suspended": facts.suspended,
    }


def window(facts: Window, entry: EntryPoint | None, at: datetime) -> messages.WindowAnswer:
    """Write a customer service window: since when, until when, and whether it is open ``at`` an instant.

    ``entry`` is the person's click on an ad, shown as ``free_entry_point``; ``null`` without one.
    """
    return {
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "open": facts.is_open(at),
        "last_inbound_at": instant(facts.last_inbound_at),
        "closes_at": instant(facts.closes_at),
        "free_entry_point": None if entry is None else entry_point(entry, at),
    }


def entry_point(facts: EntryPoint, at: datetime) -> messages.EntryPointAnswer:
    """Write a click on an ad: until when it may be answered, and the free entry point it became, if it did.

    ``open`` says whether messages are free ``at`` an instant.
    """
    return {
        "open": facts.is_open(at),
        "clicked_at": instant(facts.clicked_at),
        "answer_by": instant(facts.answer_by),
        "opened_at": maybe_instant(facts.opened_at),
        "closes_at": maybe_instant(facts.closes_at),
    }


def phone_call(facts: PhoneCall) -> messages.PhoneCallAnswer:
    """Write a call of a person: when it began, when it ends, and whether anybody answers it."""
    return {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "at": instant(facts.at),
        "ends_at": instant(facts.ends_at),
        "answered": facts.lasts is not None,
    }
