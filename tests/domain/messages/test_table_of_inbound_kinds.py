"""What people send is a table: each kind says how it is written, reads, is shown, and what it opens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.domain.content.kinds import KINDS
from emulator.domain.media import Media
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS, WRITTEN_AS_JSON, Written, names
from emulator.domain.windows import DISPUTED, OPENS, USUAL, Opens, opens

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
STILL = Media("1", "2", "image/webp", "00", 1, AT, AT)
MOVING = Media("1", "2", "image/webp", "00", 1, AT, AT, head=b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\x02")

READS: dict[str, tuple[Any, str]] = {
    "text": ({"body": "Hello"}, "Hello"),
    "image": ({"caption": "A fern", "id": "1"}, "[image] A fern"),
    "audio": ({"id": "1"}, "[audio]"),
    "video": ({"caption": "Watering", "id": "1"}, "[video] Watering"),
    "document": ({"filename": "prices.pdf", "caption": "Ours"}, "[document] prices.pdf Ours"),
    "sticker": ({"id": "1"}, "[sticker]"),
    "location": ({"latitude": 37.5, "longitude": -122.1}, "[location] 37.5, -122.1"),
    "contacts": ([{"name": {"formatted_name": "Pablo Morales"}}], "[contacts] Pablo Morales"),
    "order": (
        {"product_items": [{"quantity": 2, "product_retailer_id": "fern"}], "text": "Soon"},
        "[order] 2 × fern Soon",
    ),
    "reaction": ({"message_id": "wamid.1", "emoji": "🌵"}, "[reaction] 🌵"),
    "removed_reaction": ({"message_id": "wamid.1"}, "[reaction removed]"),
    "button": ({"payload": "no", "text": "No, thanks"}, "No, thanks"),
    "interactive": ({"type": "list_reply", "list_reply": {"id": "f", "title": "Fern"}}, "Fern"),
    "unsupported": ({"errors": [], "type": "edit"}, ""),
    "edit": ({"message": {"type": "image", "image": {"caption": "A palm"}}}, "A palm"),
    "revoke": ({"original_message_id": "wamid.1"}, ""),
    "request_welcome": ({}, "[opens the chat]"),
    "system": ({"body": "User changed from 1 to 2"}, "User changed from 1 to 2"),
}
"""The content of a message of each kind, and how it reads."""


def test_every_kind_is_read_here() -> None:
    """One that is added gets a line in this table."""
    assert list(READS) == list(INBOUND_KINDS)


@pytest.mark.parametrize("name", READS)
def test_a_message_reads_as_one_text(name: str) -> None:
    """In lists, in the transcript and in a search."""
    content, reads = READS[name]

    assert INBOUND_KINDS[name].as_text(content) == reads


def test_people_write_words_files_and_what_is_written_as_json() -> None:
    """In this order, in complaints and in the schema of the control API."""
    assert names(Written.WORDS, Written.FILE, Written.JSON) == (
        "text",
        "image",
        "audio",
        "video",
        "document",
        "sticker",
        "location",
        "contacts",
        "order",
    )


def test_what_is_written_as_json_has_a_shape_of_its_own() -> None:
    """Not that of what a business sends; replies can be written so, too, and nothing else has a shape."""
    shapes = {name: kind.shape for name, kind in INBOUND_KINDS.items() if kind.shape is not None}

    assert (
        tuple(shapes)
        == WRITTEN_AS_JSON
        == (
            *names(Written.JSON),
            "button",
            "interactive",
            "unsupported",
            "request_welcome",
        )
    )
    assert [name for name in shapes if name in KINDS and shapes[name] is KINDS[name].shape] == []


def test_captions_and_bodies_are_words_that_can_be_edited() -> None:
    """An audio and a sticker have none."""
    assert {name: kind.words for name, kind in INBOUND_KINDS.items() if kind.words} == {
        "text": "body",
        "image": "caption",
        "video": "caption",
        "document": "caption",
    }


def test_only_a_document_tells_its_filename() -> None:
    """Of other files a phone sends none."""
    assert [name for name, kind in INBOUND_KINDS.items() if kind.has_filename] == ["document"]


@pytest.mark.parametrize(
    ("name", "media", "voice", "expected"),
    [
        ("image", STILL, True, {}),
        ("audio", STILL, True, {"voice": True}),
        ("audio", STILL, False, {"voice": False}),
        ("sticker", STILL, False, {"animated": False}),
        ("sticker", MOVING, False, {"animated": True}),
    ],
)
def test_the_members_of_a_file(name: str, media: Media, voice: bool, expected: dict[str, object]) -> None:
    """An audio says whether it is a voice note, a sticker whether it moves."""
    assert INBOUND_KINDS[name].about_file(media, voice) == expected


def test_a_reaction_that_is_taken_back_has_the_type_of_a_reaction() -> None:
    """Two acts, one type; every other kind has its own name."""
    others = {name: kind.type for name, kind in INBOUND_KINDS.items() if kind.type != name}

    assert others == {"removed_reaction": "reaction"}


def test_the_errors_of_an_unsupported_message_stand_beside_its_type() -> None:
    """Of no other kind anything does."""
    beside = {name: kind.beside for name, kind in INBOUND_KINDS.items() if kind.beside}

    assert beside == {"unsupported": ("errors",)}


@pytest.mark.parametrize("name", INBOUND_KINDS)
def test_the_table_decides_over_the_window(name: str) -> None:
    """Always, never, or as the setting says; the setting knows those that no source speaks of."""
    how = OPENS.get(name, Opens.ALWAYS)

    assert opens(name, ()) is (how is Opens.ALWAYS)
    assert opens(name, DISPUTED) is (how is not Opens.NEVER)
    assert opens(name) is (how is Opens.ALWAYS or name in USUAL)


def test_only_acts_open_windows() -> None:
    """What is said of one holds for an act that there is."""
    assert set(OPENS) <= set(INBOUND_KINDS)


def test_the_setting_knows_what_is_disputed() -> None:
    """In the order in which it shows them."""
    assert DISPUTED == (
        "reaction",
        "removed_reaction",
        "unsupported",
        "edit",
        "revoke",
        "request_welcome",
    )
    assert USUAL == ("reaction", "removed_reaction", "unsupported")
