"""Edits and deletions by a person of a message they wrote.

How long: WhatsApp's own help pages for people (15 minutes to edit, two days and twelve hours to delete). What
the business gets: D/webhooks/reference/messages (``edit`` and ``revoke``, 2026).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from emulator.domain.messages.contexts import FORWARDED
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import Message

EDIT_WITHIN = timedelta(minutes=15)
"""How long after it was written a message can be edited; at exactly this age it cannot."""
DELETE_WITHIN = timedelta(days=2, hours=12)
"""How long after it was written a message can be deleted; at exactly this age it cannot."""
_WORDS_OF = {kind.name: kind.words for kind in INBOUND_KINDS.values() if kind.words is not None}
"""Where the words of a message stand that can be edited."""


def edited(original: Message, words: str, at: datetime) -> dict[str, Any]:
    """Build the content of the ``edit`` webhook for a message whose text or caption becomes ``words``.

    Raises :class:`ValueError` for a type without words, and from 15 minutes after ``original`` was written
    on.
    """
    member = _WORDS_OF.get(original.type)
    if member is None:
        raise ValueError(f"only {', '.join(_WORDS_OF)} can be edited, not {original.type}")
    if any(name in (original.context or {}) for name in FORWARDED):
        raise ValueError("what was forwarded cannot be edited")
    if at >= original.at + EDIT_WITHIN:
        raise ValueError(f"a message can be edited for {EDIT_WITHIN.seconds // 60} minutes")
    changed: dict[str, Any] = {}
    if original.context_id is not None:
        changed["context"] = {"id": original.context_id}
    changed |= {"type": original.type, original.type: dict(original.content) | {member: words}}
    return {"original_message_id": original.id, "message": changed}


def revoked(original: Message, at: datetime) -> dict[str, Any]:
    """Build the content of the ``revoke`` webhook for a message that its author deletes ``at`` an instant.

    Raises :class:`ValueError` from two days and twelve hours after ``original`` was written on.
    """
    if at >= original.at + DELETE_WITHIN:
        raise ValueError("a message can be deleted for two days and twelve hours")
    return {"original_message_id": original.id}
