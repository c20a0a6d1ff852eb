"""Contact cards: their shape and limits (D/messages/contacts-messages)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from emulator.domain.content.kind import MessageKind
from emulator.domain.errors import DOCS
from emulator.domain.quoting import brief
from emulator.domain.shapes import Items, Record, Shape, Text, Value, invalid

MOST_CARDS = 257
_BIRTHDAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME_PARTS = ("first_name", "last_name", "middle_name", "suffix", "prefix")


def _texts(*names: str) -> Mapping[str, Shape]:
    return {name: Text(may_be_empty=True, numbers=True) for name in names}


def _name_has_a_part(name: Value) -> None:
    """Refuse a name that is only formatted (D/messages/contacts-messages; the sentence is ours)."""
    if not any(name.get(part) for part in _NAME_PARTS):
        raise invalid(
            f"Contact name needs formatted_name and at least one of {', '.join(_NAME_PARTS)}",
            f"The name has {', '.join(name)} only.",
        )


def _birthday_is_a_date(card: Value) -> None:
    """Refuse a birthday that is not written YYYY-MM-DD; the sentence is ours."""
    if card.get("birthday") and not _BIRTHDAY.fullmatch(card["birthday"]):
        raise invalid(
            "Contact birthday must be a date of the form YYYY-MM-DD",
            f"It came as {brief(card['birthday'])!r}.",
        )


def _records(*names: str) -> Items:
    return Items(of=Record(optional=_texts(*names)))


CARD = Record(
    required={
        "name": Record(
            required={"formatted_name": Text()},
            optional=_texts(*_NAME_PARTS),
            rules=(_name_has_a_part,),
        )
    },
    optional={
        "addresses": _records("street", "city", "state", "zip", "country", "country_code", "type"),
        "birthday": Text(may_be_empty=True),
        "emails": _records("email", "type"),
        "org": Record(optional=_texts("company", "department", "title")),
        "phones": _records("phone", "type", "wa_id"),
        "urls": _records("url", "type"),
    },
    rules=(_birthday_is_a_date,),
)


def _shown(cards: Any) -> str:
    return "[contacts] " + ", ".join(str(card["name"]["formatted_name"]) for card in cards)


CONTACTS = MessageKind(
    "contacts",
    Items(of=CARD, what="contacts", least=1, most=MOST_CARDS),
    _shown,
    f"{DOCS}/messages/contacts-messages",
)
