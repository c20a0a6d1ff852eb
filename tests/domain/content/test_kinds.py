"""The kinds of messages: what a person sees of each, which files they name, what their table says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.domain.content.interactive import TYPES as INTERACTIVE_TYPES
from emulator.domain.content.kinds import KINDS
from emulator.domain.errors import DOCS, MessageError
from emulator.domain.messages.outbound import TYPES, FreeForm, text
from emulator.domain.shapes import FileUse, Items, Record, Shape, Variant

PHOTO = "https://example.com/a.png"
CARDS: list[Any] = [{"name": {"formatted_name": name}} for name in ("Sheena Nelson", "Pablo Morales")]


def body(kind: str, action: Any, **parts: Any) -> dict[str, Any]:
    return {"type": kind, "body": {"text": "Choose"}, "action": action, **parts}


SHOWN: list[tuple[str, Any, str]] = [
    ("text", {"body": "Hello"}, "Hello"),
    ("image", {"link": PHOTO}, "[image]"),
    ("image", {"link": PHOTO, "caption": "A plant"}, "[image] A plant"),
    ("image", {"link": PHOTO, "caption": ""}, "[image]"),
    ("audio", {"id": "1", "voice": True}, "[audio]"),
    ("document", {"id": "1", "filename": "a.pdf", "caption": "Bill"}, "[document] a.pdf Bill"),
    ("sticker", {"id": "1"}, "[sticker]"),
    ("location", {"latitude": 37.5, "longitude": -122}, "[location] 37.5, -122"),
    (
        "location",
        {"latitude": 1, "longitude": 2, "name": "Lucky Shrub", "address": "1 Hacker Way"},
        "[location] Lucky Shrub, 1 Hacker Way",
    ),
    ("contacts", CARDS, "[contacts] Sheena Nelson, Pablo Morales"),
    ("reaction", {"message_id": "1", "emoji": "🌱"}, "[reaction] 🌱"),
    ("reaction", {"message_id": "1", "emoji": ""}, "[reaction removed]"),
    ("pin", {"type": "pin", "message_id": "1"}, "[pinned]"),
    ("pin", {"type": "unpin", "message_id": "1"}, "[unpinned]"),
    (
        "interactive",
        body(
            "button",
            {"buttons": [{"type": "reply", "reply": {"id": name, "title": name}} for name in ("Yes", "No")]},
            header={"type": "text", "text": "Visit"},
            footer={"text": "Lucky Shrub"},
        ),
        "Visit\nChoose\nLucky Shrub\n[Yes] [No]",
    ),
    (
        "interactive",
        body("list", {"button": "Menu", "sections": []}, header={"type": "image", "image": {"id": "1"}}),
        "[image]\nChoose\n[Menu]",
    ),
    (
        "interactive",
        body("cta_url", {"name": "cta_url", "parameters": {"display_text": "Go", "url": PHOTO}}),
        "Choose\n[Go]",
    ),
    (
        "interactive",
        body("flow", {"name": "flow", "parameters": {"flow_cta": "Book!"}}),
        "Choose\n[Book!]",
    ),
    ("interactive", {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "2"}}, ""),
]


@pytest.mark.parametrize(("kind", "value", "shown"), SHOWN)
def test_a_message_is_one_text_for_whoever_looks(kind: str, value: Any, shown: str) -> None:
    """Its words, and what has none by its kind in brackets."""
    assert FreeForm(KINDS[kind], value).as_text == shown


@pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "sticker"])
def test_a_file_message_names_its_file(kind: str) -> None:
    """With its kind and the place of the object that names it."""
    assert FreeForm(KINDS[kind], {"id": "1"}).files == (FileUse(kind, (kind,), id="1"),)


def test_the_files_of_an_interactive_message_are_those_of_header_and_cards() -> None:
    """Each with its whole path."""
    header = FreeForm(
        KINDS["interactive"],
        body("button", {"buttons": []}, header={"type": "video", "video": {"link": PHOTO}}),
    )
    card = {"type": "cta_url", "card_index": 0, "header": {"type": "image", "image": {"id": "1"}}}
    carousel = FreeForm(KINDS["interactive"], body("carousel", {"cards": [{**card, "action": {}}]}))

    assert header.files == (FileUse("video", ("interactive", "header", "video"), link=PHOTO),)
    assert carousel.files == (
        FileUse("image", ("interactive", "action", "cards", 0, "header", "image"), id="1"),
    )


def test_a_text_can_be_made_in_one_word() -> None:
    """With a preview or without."""
    assert (text("Hello").value, text("Hello", preview_url=True).value) == (
        {"body": "Hello"},
        {"body": "Hello", "preview_url": True},
    )


def test_content_is_checked_against_the_limits_of_its_kind() -> None:
    """131009."""
    with pytest.raises(MessageError) as refused:
        FreeForm(KINDS["image"], {"link": PHOTO, "caption": "x" * 1025}).check()

    assert refused.value.details == "Caption is too long. Max length is 1024"


def test_every_kind_is_a_type_of_the_platform() -> None:
    """Beside them there are templates, and two types that no page describes."""
    assert {name.upper() for name in KINDS} | {"TEMPLATE", "GIF", "LINK_PREVIEW"} == set(TYPES)
    assert [name for name, kind in KINDS.items() if kind.name != name] == []


def test_every_kind_names_its_page() -> None:
    """In Meta's documentation."""
    assert [name for name, kind in KINDS.items() if not kind.source.startswith(f"{DOCS}/")] == []


def test_what_may_be_sent_to_a_group() -> None:
    """D/groups/groups-messaging: texts, files and pins, nothing interactive."""
    assert {name for name, kind in KINDS.items() if kind.in_groups} == (
        {"text", "image", "audio", "video", "document", "sticker", "pin"}
    )


def test_kinds_without_a_status_after_sent() -> None:
    """D/messages/reaction-messages."""
    assert {name for name, kind in KINDS.items() if kind.ends_with_sent} == {"reaction", "pin"}


@pytest.mark.parametrize("name", INTERACTIVE_TYPES)
def test_the_cases_of_a_variant_say_which_they_are(name: str) -> None:
    """Every case has the member that decides, and takes no other word for it than its own."""
    for variant in variants(INTERACTIVE_TYPES[name]):
        for case, record in variant.cases.items():
            assert record.required[variant.on].words == (case,)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", KINDS)
def test_every_rule_says_what_it_refuses(name: str) -> None:
    """Its first sentence is printed in the documentation."""
    found = [rule.__doc__ or "" for record in records(KINDS[name].shape) for rule in record.rules]

    assert [sentence for sentence in found if not sentence.startswith("Refuse ")] == []


def inside(shape: Shape) -> Iterator[Shape]:
    """A shape and all that it is made of."""
    yield shape
    below: tuple[Shape, ...] = ()
    match shape:
        case Items(of=of):
            below = (of,)
        case Record():
            below = tuple(shape.members.values())
        case Variant(cases=cases):
            below = tuple(cases.values())
    for each in below:
        yield from inside(each)


def variants(shape: Shape) -> Iterator[Variant]:
    return (each for each in inside(shape) if isinstance(each, Variant))


def records(shape: Shape) -> Iterator[Record]:
    return (each for each in inside(shape) if isinstance(each, Record))
