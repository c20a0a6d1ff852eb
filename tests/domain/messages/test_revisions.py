"""What a person may still do to a message of theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.identities import SHEENA
from kit.times import MICROSECOND

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.revisions import edited, revoked

WROTE = datetime(2026, 11, 2, 9, tzinfo=UTC)
QUARTER, SIXTY_HOURS = timedelta(minutes=15), timedelta(hours=60)


def message(kind: str = "text", content: object = None, context_id: str | None = None) -> Message:
    return Message(
        "wamid.X",
        "1",
        SHEENA,
        False,
        kind,
        MessageStatus.RECEIVED,
        WROTE,
        content or {"body": "Helo"},
        context_id=context_id,
    )


def test_an_edit_shows_the_whole_message_with_its_new_words() -> None:
    """And what it was an answer to."""
    assert edited(message(context_id="wamid.M0"), "Hello", WROTE) == {
        "original_message_id": "wamid.X",
        "message": {"context": {"id": "wamid.M0"}, "type": "text", "text": {"body": "Hello"}},
    }


def test_of_a_picture_the_caption_is_edited() -> None:
    """The file stays."""
    changed = edited(message("image", {"id": "1", "caption": "Her"}), "Here", WROTE)

    assert changed["message"] == {"type": "image", "image": {"id": "1", "caption": "Here"}}


def test_a_place_cannot_be_edited() -> None:
    """There are no words in it."""
    with pytest.raises(ValueError, match="only text, image, video, document can be edited, not location"):
        edited(message("location", {"latitude": 1}), "There", WROTE)


def test_edits_end_after_15_minutes_and_deletions_after_60_hours() -> None:
    """The microsecond before is in time."""
    assert edited(message(), "Hello", WROTE + QUARTER - MICROSECOND)
    assert revoked(message(), WROTE + SIXTY_HOURS - MICROSECOND) == {"original_message_id": "wamid.X"}

    for late in (timedelta(0), MICROSECOND):
        with pytest.raises(ValueError, match="for 15 minutes"):
            edited(message(), "Hello", WROTE + QUARTER + late)
        with pytest.raises(ValueError, match="for two days"):
            revoked(message(), WROTE + SIXTY_HOURS + late)
