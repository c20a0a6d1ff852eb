"""What may be reacted to (D/messages/reaction-messages)."""

from __future__ import annotations

from datetime import datetime, timedelta
from unicodedata import category

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.shapes import invalid

MAX_TARGET_AGE = timedelta(days=30)
"""How old a message may be that is reacted to; at exactly this age it is too old."""


_KEYCAP, _AS_EMOJI = "\u20e3", "\ufe0f"


def is_emoji(text: str) -> bool:
    """Say whether a text may be one emoji: it has a symbol, and no letters, digits or spaces beside it.

    Digits of keycaps and letters shown as emoji count as symbols. How many there are is not counted, since
    one emoji is often made of several characters.
    """
    if _KEYCAP in text or _AS_EMOJI in text:
        return len(text) <= 40 and not any(each.isspace() for each in text)
    kinds = {category(each)[0] for each in text}
    return "S" in kinds and len(text) <= 40 and not kinds & {"L", "N", "Z"}


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
