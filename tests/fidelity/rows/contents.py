"""Texts, places, contact cards, reactions and pins: their members and limits."""

from __future__ import annotations

from typing import Any

from fidelity.rows.row import (
    RECORDINGS,
    Area,
    Basis,
    accepted,
    complaint,
    message,
    row,
    text,
    value,
)
from kit.identities import SHEENA

CARD = {"name": {"formatted_name": "Sheena Nelson", "first_name": "Sheena"}}


def place(**members: Any) -> dict[str, Any]:
    return message("location", {"latitude": 37.48, "longitude": -122.15, **members})


def cards(*found: Any) -> dict[str, Any]:
    return message("contacts", list(found))


def pin(**members: Any) -> dict[str, Any]:
    return message("pin", {"message_id": "wamid.1", **members})


TEXTS = Area(
    "Texts",
    (
        row(
            "`text.body` is required and not empty.",
            Basis.REPORTED,
            "public issues",
            complaint(message("text", {}), "The parameter text['body'] is required."),
            complaint(text(""), "The parameter text['body'] is required."),
        ),
        row(
            "`text.body` is a string; a number is not taken for one.",
            Basis.REPORTED,
            "public issues",
            complaint(text(7), "Param text['body'] must be a string."),
        ),
        row(
            "A text has at most 4,096 characters.",
            Basis.DOCUMENTED,
            "D/messages/text-messages",
            accepted(text("x" * 4096)),
            complaint(text("x" * 4097), "Param text['body'] must be at most 4096 characters long."),
            unsure="the sentence is inferred",
        ),
        row(
            "`preview_url` is a truth value.",
            Basis.DOCUMENTED,
            "D/messages/text-messages",
            accepted(message("text", {"body": "https://example.com", "preview_url": True})),
            complaint(
                message("text", {"body": "Hello", "preview_url": "perhaps"}),
                "Param text['preview_url'] must be a boolean.",
            ),
        ),
    ),
)

PLACES_AND_PEOPLE = Area(
    "Places and contact cards",
    (
        row(
            "A place has a latitude and a longitude, perhaps a name and an address.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(place(name="nacho", address="141 cooper street")),
            accepted(message("location", {"longitude": 45.4215, "latitude": 75.6972})),
            complaint(
                message("location", {"latitude": 1}), "The parameter location['longitude'] is required."
            ),
            complaint(
                message("location", {"longitude": 1}), "The parameter location['latitude'] is required."
            ),
        ),
        row(
            "Latitude and longitude may be numbers or strings.",
            Basis.DOCUMENTED,
            "the platform's OpenAPI file, October 2025",
            accepted(place(latitude="37.48", longitude="-122.15")),
            complaint(place(latitude="north"), "Param location['latitude'] must be a number."),
        ),
        row(
            "A place is on Earth.",
            Basis.INFERRED,
            "",
            value(place(latitude=90.5), "Location latitude is out of range. Min value: -90, Max value: 90"),
            value(
                place(longitude=-181), "Location longitude is out of range. Min value: -180, Max value: 180"
            ),
        ),
        row(
            "`contacts` is an array of cards, each with all of its documented members.",
            Basis.DOCUMENTED,
            "D/messages/contacts-messages",
            accepted(
                cards(
                    {
                        **CARD,
                        "addresses": [{"street": "1 Lucky Shrub Way", "zip": "94025", "type": "Office"}],
                        "birthday": "1987-06-05",
                        "emails": [{"email": "sheena@example.com", "type": "Work"}],
                        "org": {"company": "Lucky Shrub", "title": "Botanist"},
                        "phones": [{"phone": "+1 650 555 1234", "type": "Home", "wa_id": SHEENA}],
                        "urls": [{"url": "https://example.com", "type": "Company"}],
                    }
                )
            ),
            complaint(message("contacts", CARD), "Param contacts must be an array."),
            complaint(cards("Sheena"), "Param contacts[0] must be a JSON object."),
            complaint(cards(CARD, {**CARD, "age": 7}), 'Unexpected key "age" on param "contacts[1]".'),
        ),
        row(
            "A card has a name with `formatted_name` and at least one of its parts.",
            Basis.DOCUMENTED,
            "D/messages/contacts-messages",
            complaint(cards({}), "The parameter contacts[0]['name'] is required."),
            complaint(
                cards({"name": {"first_name": "Sheena"}}),
                "The parameter contacts[0]['name']['formatted_name'] is required.",
            ),
            value(
                cards({"name": {"formatted_name": "Sheena"}}),
                "Contact name needs formatted_name and at least one of first_name, last_name, middle_name, "
                "suffix, prefix",
            ),
            unsure="the last sentence is inferred",
        ),
        row(
            "A birthday is written `YYYY-MM-DD`.",
            Basis.DOCUMENTED,
            "D/messages/contacts-messages",
            value(
                cards({**CARD, "birthday": "5 June 1987"}),
                "Contact birthday must be a date of the form YYYY-MM-DD",
            ),
            unsure="the sentence is inferred",
        ),
        row(
            "A message has 1 to 257 contacts.",
            Basis.DOCUMENTED,
            "D/messages/contacts-messages",
            accepted(cards(*[CARD] * 257)),
            value(
                cards(*[CARD] * 258),
                "Invalid contacts count. Min allowed contacts: 1, Max allowed contacts: 257",
            ),
            value(cards(), "Invalid contacts count. Min allowed contacts: 1, Max allowed contacts: 257"),
            unsure="the OpenAPI file says 5; the sentence is inferred",
        ),
    ),
)

REACTIONS_AND_PINS = Area(
    "Reactions and pins",
    (
        row(
            "A reaction names a message and an emoji.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                message(
                    "reaction",
                    {
                        "message_id": "wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI2REVCOTdDQkIyMTcyQUQ1MkUA",
                        "emoji": "🕐",
                    },
                )
            ),
            complaint(
                message("reaction", {"emoji": "🕐"}), "The parameter reaction['message_id'] is required."
            ),
            complaint(
                message("reaction", {"message_id": "wamid.1"}),
                "The parameter reaction['emoji'] is required.",
            ),
        ),
        row(
            "An empty emoji takes a reaction back.",
            Basis.DOCUMENTED,
            "D/messages/reaction-messages",
            accepted(message("reaction", {"message_id": "wamid.1", "emoji": ""})),
        ),
        row(
            "A pin is `pin` or `unpin`, and names a message.",
            Basis.DOCUMENTED,
            "D/groups/groups-messaging",
            complaint(pin(type="stick"), "Param pin['type'] must be one of {PIN, UNPIN} - got \"stick\"."),
            complaint(message("pin", {"type": "unpin"}), "The parameter pin['message_id'] is required."),
        ),
        row(
            "A message is pinned for 1 to 30 days.",
            Basis.DOCUMENTED,
            "D/groups/groups-messaging",
            *(
                value(
                    pin(type="pin", expiration_days=days),
                    "expiration_days is out of range. Min value: 1, Max value: 30",
                )
                for days in (0, 31)
            ),
            value(pin(type="pin"), "expiration_days is required to pin a message"),
            complaint(
                pin(type="pin", expiration_days="soon"), "Param pin['expiration_days'] must be an integer."
            ),
            unsure="the sentences are inferred",
        ),
    ),
)
