"""Bodies of interactive messages, for the rows about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fidelity.rows.row import LINK, message

HEADER = {"type": "text", "text": "I am the header!"}
FOOTER = {"text": "I am the footer!"}
TYPES = (
    "{BUTTON, LIST, PRODUCT, PRODUCT_LIST, CATALOG_MESSAGE, CAROUSEL, CTA_URL, LOCATION_REQUEST_MESSAGE, "
    "ADDRESS_MESSAGE, FLOW, VOICE_CALL, CALL_PERMISSION_REQUEST, REQUEST_CONTACT_INFO, ORDER_DETAILS, "
    "ORDER_STATUS}"
)
ACTION = "interactive['action']"


def interactive(kind: str, action: Any, **parts: Any) -> dict[str, Any]:
    """An interactive message with a body; a part that is ``None`` is left out."""
    whole = {"type": kind, "body": {"text": "I am the body!"}, "action": action, **parts}
    return message("interactive", {name: part for name, part in whole.items() if part is not None})


def named(kind: str, parameters: Any = None, *, name: str | None = None, **parts: Any) -> dict[str, Any]:
    """One whose action repeats the type's name."""
    action = {"name": name or kind} | ({} if parameters is None else {"parameters": parameters})
    return interactive(kind, action, **parts)


def reply(place: int = 1, **members: str) -> dict[str, Any]:
    return {
        "type": "reply",
        "reply": {"id": f"button_{place}", "title": f"This is button {place}!", **members},
    }


def buttons(*found: Any, **parts: Any) -> dict[str, Any]:
    return interactive("button", {"buttons": list(found or [reply()])}, **parts)


def rows_of(count: int, **members: str) -> list[dict[str, str]]:
    return [{"id": f"row_{place}", "title": f"I am row {place}", **members} for place in range(count)]


def listed(*sections: Any, button: str = "I am the button CTA", **parts: Any) -> dict[str, Any]:
    found = list(sections or [{"rows": rows_of(1)}])
    return interactive("list", {"button": button, "sections": found}, **parts)


def cta(**parameters: Any) -> dict[str, Any]:
    return named("cta_url", {"display_text": "See dates", "url": "https://example.com", **parameters})


def counted(what: str, least: int, most: int) -> str:
    return f"Invalid {what} count. Min allowed {what}: {least}, Max allowed {what}: {most}"


def lengths(what: str, most: int) -> str:
    return f"{what} length invalid. Min length: 1, Max length: {most}"


BUTTONS_PAGE = "D/messages/interactive-reply-buttons-messages"
LIST_PAGE = "D/messages/interactive-list-messages"
LIMIT = "the sentence is inferred"


def products(*counts: int, **parts: Any) -> dict[str, Any]:
    sections = [
        {
            "title": f"Section {place}",
            "product_items": [{"product_retailer_id": f"{place}-{item}"} for item in range(count)],
        }
        for place, count in enumerate(counts)
    ]
    parts = {"header": HEADER, **parts}
    return interactive("product_list", {"catalog_id": "1", "sections": sections}, **parts)


def media_card(place: int, **members: Any) -> dict[str, Any]:
    return {
        "card_index": place,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": LINK}},
        "body": {"text": "A plant"},
        "action": {"name": "cta_url", "parameters": {"display_text": "Buy", "url": "https://example.com"}},
        **members,
    }


def product_card(place: int, catalog: str = "1") -> dict[str, Any]:
    return {
        "card_index": place,
        "type": "product",
        "action": {"product_retailer_id": f"{place}", "catalog_id": catalog},
    }


def carousel(cards: Iterable[Any], **parts: Any) -> dict[str, Any]:
    return interactive("carousel", {"cards": list(cards)}, **parts)
