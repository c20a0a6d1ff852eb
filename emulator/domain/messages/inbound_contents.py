"""The shapes of what people send, as webhooks show it; they are not those of what businesses send.

Sources: D/webhooks/reference/messages/location and contacts (2025; ``vcard`` and ``origin`` June 2026).
Everything about a card may be missing: it is what somebody's address book has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.shapes import Choice, Items, Number, Record, Text, Value

CONTACT_REQUEST, OTHER = "contact_request", "other"


def _texts(*names: str) -> dict[str, Text]:
    return {name: Text(may_be_empty=True) for name in names}


def _records(*names: str) -> Items:
    return Items(of=Record(optional=_texts(*names)))


PLACE = Record(
    required={"latitude": Number(), "longitude": Number()},
    optional=_texts("name", "address", "url"),
)
"""A dropped pin has its coordinates alone, a place that was picked a name, an address and a ``url``."""

CARD = Record(
    optional={
        "addresses": _records("street", "city", "state", "zip", "country", "country_code", "type"),
        "birthday": Text(),
        "emails": _records("email", "type"),
        "name": Record(
            optional=_texts("formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix")
        ),
        "org": Record(optional=_texts("company", "department", "title")),
        "phones": _records("phone", "wa_id", "user_id", "type"),
        "urls": _records("url", "type"),
        "vcard": Text(),
        "origin": Choice((CONTACT_REQUEST, OTHER)),
    },
)
CARDS = Items(of=CARD)


def check_place(place: Value) -> None:
    """Raise :class:`ValueError` for a point that no map has."""
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not -most <= float(place[name]) <= most:
            raise ValueError(f"location.{name} is from -{most} to {most}; got {place[name]}")


def check_cards(cards: Any) -> None:
    """Raise :class:`ValueError` for no card at all, and for a card that cannot be.

    The whole card (``vcard``) is there only for one that was shared, and not for one that a button asked for.
    """
    if not cards:
        raise ValueError("contacts needs at least one card")
    for card in cards:
        if not card:
            raise ValueError("a card has something: a name, say")
        if "vcard" in card and card.get("origin", OTHER) != OTHER:
            raise ValueError(f"a card of the origin {card['origin']} has no vcard")


def place_as_text(place: Value) -> str:
    """Write a place as one text: its name and address, or its coordinates."""
    about = ", ".join(str(place[key]) for key in ("name", "address") if place.get(key))
    return f"[location] {about or '{latitude}, {longitude}'.format_map(dict(place))}"


def cards_as_text(cards: Any) -> str:
    """Write cards as one text: whose they are."""
    return "[contacts] " + ", ".join(_whose(card) for card in cards)


def _whose(card: Mapping[str, Any]) -> str:
    name = card.get("name") or {}
    if shown := name.get("formatted_name") or " ".join(str(part) for part in name.values()):
        return str(shown)
    phones = [str(each["phone"]) for each in card.get("phones", ()) if each.get("phone")]
    return phones[0] if phones else "somebody"
