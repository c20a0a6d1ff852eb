"""What may be reacted to (D/messages/reaction-messages)."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.shapes import invalid

MAX_TARGET_AGE = timedelta(days=30)
"""How old a message may be that is reacted to; at exactly this age it is too old."""


def check_target(target: Message | None, wa_id: str, phone_number_id: str, at: datetime) -> None:
    """Refuse a reaction to a message of another thread, a failed or too old one, or another reaction.

    ``target`` is the message reacted to, ``None`` when there is none of that id; ``wa_id`` and
    ``phone_number_id`` are those of the reaction. Raises 131009, reported in a ``failed`` status after the
    200.
    """
    if target is None or (target.wa_id, target.phone_number_id) != (wa_id, phone_number_id):
        found = "there is no such message in this conversation"
    elif target.type == "reaction":
        found = "it is a reaction itself"
    elif target.status is MessageStatus.FAILED:
        found = "it has failed"
    elif target.at <= at - MAX_TARGET_AGE:
        found = f"it was sent more than {MAX_TARGET_AGE.days} days ago"
    else:
        return
    raise invalid("Parameter Invalid", hint=f"This message cannot be reacted to: {found}.")
