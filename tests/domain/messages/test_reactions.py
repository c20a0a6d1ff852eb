"""What can be reacted to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA
from kit.times import MORNING

from emulator.domain.emojis import is_emoji
from emulator.domain.errors import MessageError
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.reactions import MAX_TARGET_AGE, check_target

PERSON, NUMBER = SHEENA, PRODUCTION
TARGET = Message(
    id="wamid.1",
    phone_number_id=NUMBER,
    wa_id=PERSON,
    outbound=False,
    type="text",
    status=MessageStatus.RECEIVED,
    at=MORNING - timedelta(days=1),
)


@pytest.mark.parametrize(
    "target",
    [
        TARGET,
        replace(TARGET, outbound=True, status=MessageStatus.READ),
        replace(TARGET, at=MORNING - MAX_TARGET_AGE + timedelta(microseconds=1)),
    ],
    ids=["what they wrote", "what they were sent", "almost too old"],
)
def test_a_message_of_the_thread_can_be_reacted_to(target: Message) -> None:
    """For 30 days, in either direction."""
    check_target(target, PERSON, NUMBER, MORNING)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (None, "there is no such message"),
        (replace(TARGET, wa_id=PABLO), "there is no such message"),
        (replace(TARGET, phone_number_id="1"), "there is no such message"),
        (replace(TARGET, type="reaction"), "it is a reaction itself"),
        (replace(TARGET, status=MessageStatus.FAILED), "it has failed"),
        (replace(TARGET, at=MORNING - MAX_TARGET_AGE), "more than 30 days ago"),
    ],
    ids=["nothing", "another person's", "another number's", "a reaction", "failed", "too old"],
)
def test_nothing_else_can_be_reacted_to(target: Message | None, reason: str) -> None:
    """131009, whose hint says why."""
    with pytest.raises(MessageError) as refused:
        check_target(target, PERSON, NUMBER, MORNING)

    assert (refused.value.code, refused.value.details) == (131009, "Parameter Invalid")
    assert reason in (refused.value.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        *("👍", "👍🏽", "❤", "❤️", "1️⃣", "#️⃣", "1\u20e3", "Ⓜ️", "🇧🇷", "👩‍👩‍👧"),
        *("👍" * 40, "❤️" * 20),
    ],
)
def test_an_emoji_is_a_symbol(text: str) -> None:
    """Of one character or of several; digits of keycaps and letters that are shown as one count, too."""
    assert is_emoji(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "ok", "7", "!", "é"),
        *("👍a", "👍1", "👍 ", "👍\u2028"),
        *("❤️ ", "1️⃣\n", "1\u20e3 "),
        *("👍" * 41, "❤️" * 20 + "!"),
    ],
)
def test_what_is_written_is_no_emoji(text: str) -> None:
    """Letters, digits and spaces, also beside one; nor is it longer than 40 characters."""
    assert not is_emoji(text)


def test_a_message_is_too_old_after_thirty_days() -> None:
    """As the platform says."""
    assert timedelta(days=30) == MAX_TARGET_AGE
