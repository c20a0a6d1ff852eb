"""Reactions: an emoji on a message, or its removal (D/messages/reaction-messages)."""

from __future__ import annotations

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.shapes import Record, Text, Value


def _shown(reaction: Value) -> str:
    return f"[reaction] {reaction['emoji']}" if reaction["emoji"] else "[reaction removed]"


REACTION = MessageKind(
    "reaction",
    Record(required={"message_id": Text(), "emoji": Text(may_be_empty=True)}),
    _shown,
    f"{DOCS}/messages/reaction-messages",
    ends_with_sent=True,
)
