"""A message as the control API writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.domain.instants import iso, maybe_iso
from emulator.domain.messages.groups import Receipt
from emulator.domain.messages.lifecycle import Message
from emulator.web.control.answers import messages as answers


def message_answer(facts: Message, receipts: Sequence[Receipt] | None = None) -> answers.Message:
    """Write a message as it stands: its content under the name of its type, its status, error and price.

    ``direction`` is ``inbound`` for what a person wrote and ``outbound`` for what a business sent; ``text``
    is its body alone, and ``buttons`` are the labels of what can be tapped on it. ``edited_text`` and
    ``deleted_at`` say what the person has made of it since on their phone, ``revises_id`` which message it
    edits or deletes itself. ``receipts`` are how far it has come with the participants of its group.
    """
    members: answers.MessageAnswer = {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "direction": "outbound" if facts.outbound else "inbound",
        "type": facts.type,
        "status": str(facts.status),
        "at": iso(facts.at),
        "text": facts.text,
        "buttons": list(facts.buttons),
        "context_id": facts.context_id,
        "context": _maybe_object(facts.context),
        "biz_opaque_callback_data": facts.callback_data,
        "error": _maybe_object(facts.error),
        "group_id": facts.group_id,
        "referral": _maybe_object(facts.referral),
        "pricing": _maybe_object(facts.pricing),
        "cause_id": facts.cause_id,
        "cause_basis": None if facts.cause_basis is None else str(facts.cause_basis),
        "edited_text": facts.edited_text,
        "revises_id": facts.revises_id,
        "deleted_at": maybe_iso(facts.deleted_at),
        "receipts": None
        if receipts is None
        else [{"wa_id": each.wa_id, "status": str(each.status)} for each in receipts],
    }
    return {**members, facts.type: facts.content}


def _maybe_object(value: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Write a mapping as an object of its own; ``None`` stays."""
    return None if value is None else dict(value)
