"""Reactions: an emoji at somebody's message, or its removal."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.errors import DOCS
from emulator.domain.messages.kind import MessageKind
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.shapes import Record, Text, Value, invalid

MAX_TARGET_AGE = timedelta(days=30)
"""How old a message may be that one reacts to."""


def _shown(reaction: Value) -> str:
    return f"[reaction] {reaction['emoji']}" if reaction["emoji"] else "[reaction removed]"


def check_target(target: Message | None, wa_id: str, phone_number_id: str, at: datetime) -> None:
    """Refuse to react to a message that is not in the thread, failed, too old, or a reaction itself.

    Told after the 200, by webhook. Raises :class:`MessageError` (131009).
    """
    if target is None or (target.wa_id, target.phone_number_id) != (wa_id, phone_number_id):
        found = "there is no such message between the two"
    elif target.type == "reaction":
        found = "it is a reaction itself"
    elif target.status is MessageStatus.FAILED:
        found = "it has never arrived"
    elif target.at <= at - MAX_TARGET_AGE:
        found = f"it was sent more than {MAX_TARGET_AGE.days} days ago"
    else:
        return
    raise invalid("Parameter Invalid", hint=f"Nobody can react to this message: {found}.")


REACTION = MessageKind(
    "reaction",
    Record(required={"message_id": Text(), "emoji": Text(may_be_empty=True)}),
    _shown,
    f"{DOCS}/messages/reaction-messages",
    ends_with_sent=True,
)
