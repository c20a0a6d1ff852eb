"""The kinds of message that client libraries send, what each becomes, and which are still to come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from emulator import Sandbox

NOT_YET: Mapping[str, str] = {}
"""What the emulator does not know yet, and why: the rows and tests that need it are skipped."""


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """What must be found in the sandbox when a message of this kind was sent."""

    type: str
    shows: str
    """A piece of it that every library sends alike."""
    becomes: str = "read"


QUESTION = "Which plant shall it be?"
"""The body of everything that is interactive."""

KINDS: Mapping[str, ExpectedMessage] = {
    "text": ExpectedMessage("text", "See https://example.com"),
    "template": ExpectedMessage("template", "Good news, Sheena! Your order 860198 has left our greenhouse"),
    "image": ExpectedMessage("image", "A fern"),
    "video": ExpectedMessage("video", "How to water it"),
    "audio": ExpectedMessage("audio", "/birds.mp3"),
    "voice": ExpectedMessage("audio", "/note.ogg"),
    "document": ExpectedMessage("document", "prices.pdf"),
    "sticker": ExpectedMessage("sticker", "/cactus.webp"),
    "location": ExpectedMessage("location", "1 Hacker Way"),
    "contacts": ExpectedMessage("contacts", "Pablo Morales"),
    "reaction": ExpectedMessage("reaction", "🌵", becomes="sent"),
    "removal": ExpectedMessage("reaction", "", becomes="sent"),
    **{
        name: ExpectedMessage("interactive", QUESTION)
        for name in (
            "buttons",
            "list",
            "cta_url",
            "flow",
            "product",
            "product_list",
            "catalog_message",
            "location_request",
            "contact_request",
            "call_permission",
            "voice_call",
            "address",
            "carousel",
        )
    },
}


def kind_of(row: str) -> str:
    """The kind of a row; more than one row of a kind are told apart as ``buttons: under a picture``."""
    return row.partition(":")[0]


def rows(table: Iterable[str]) -> list[Any]:
    """The rows of a table as parameters of a test."""
    return [pytest.param(row, marks=needs(kind_of(row)), id=row) for row in table]


def needs(feature: str) -> pytest.MarkDecorator:
    """Marks what waits for a feature of the emulator."""
    return pytest.mark.skipif(feature in NOT_YET, reason=f"{feature}: {NOT_YET.get(feature)}")


def ready(table: Iterable[str]) -> list[str]:
    """The rows of a table that the emulator knows."""
    return [row for row in table if kind_of(row) not in NOT_YET]


def expected(row: str) -> tuple[str, str, str]:
    """Type, status and the piece of text that :func:`arrived` finds for a row."""
    kind = KINDS[kind_of(row)]
    return kind.type, kind.becomes, kind.shows


def arrived(sandbox: Sandbox, row: str, message_id: Any) -> tuple[str, str, str]:
    """What became of the message of a row: its type, its status, and what it shows.

    A client that returns refusals has one in the place of the id.
    """
    message = next((message for message in sandbox.messages.all() if message.id == message_id), None)
    if message is None:
        return "", "not sent", str(message_id)
    seen = f"{message.text} {json.dumps(message.content, ensure_ascii=False)}"
    shows = KINDS[kind_of(row)].shows
    return message.type, str(message.status), shows if shows in seen else seen
