"""Which conversation a message belonged to, while conversations were priced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from kit.times import HOUR, MICROSECOND

from emulator.domain.pricing.conversations import (
    Conversation,
    category_of_new_conversation,
    conversation_for,
    counts_as_free,
)
from emulator.domain.pricing.prices import era_on

OPENED = datetime(2025, 3, 3, 9, tzinfo=UTC)
ERA = era_on(date(2025, 3, 3))
FIRST = era_on(date(2023, 3, 3))


def conversation(category: str, after: timedelta = timedelta(0)) -> Conversation:
    return Conversation(category, category).opened(OPENED + after)


@pytest.mark.parametrize(
    ("after", "joins"),
    [
        (timedelta(hours=24) - MICROSECOND, True),
        (timedelta(hours=24), False),
        (timedelta(hours=24) + MICROSECOND, False),
    ],
)
@pytest.mark.parametrize("category", ["marketing", "service"])
def test_a_conversation_lasts_24_hours(category: str, after: timedelta, joins: bool) -> None:
    """A message at its end begins another one."""
    open_one = conversation("marketing")

    found = conversation_for(category, [open_one], OPENED + after, ERA)

    assert found == (open_one if joins else None)


def test_a_template_belongs_to_a_conversation_of_its_category() -> None:
    """A marketing conversation has no place for a utility template."""
    several = [conversation("marketing"), conversation("utility")]

    assert conversation_for("utility", several, OPENED + HOUR, ERA) == several[1]
    assert conversation_for("authentication", several, OPENED + HOUR, ERA) is None


def test_a_free_form_message_belongs_to_whatever_is_open() -> None:
    """The documented example: a list sent in a marketing conversation opens no service conversation."""
    marketing = conversation("marketing")
    later = conversation("utility", HOUR)

    assert conversation_for("service", [marketing], OPENED + HOUR, ERA) == marketing
    assert conversation_for("service", [later, marketing], OPENED + 2 * HOUR, ERA) == later
    assert conversation_for("service", [marketing, later], OPENED + 2 * HOUR, ERA) == later
    assert conversation_for("service", [], OPENED, ERA) is None


def test_a_message_joins_one_that_is_on_its_way() -> None:
    """Two templates in one instant are one conversation, not two."""
    on_its_way = Conversation("c", "marketing")

    assert conversation_for("marketing", [on_its_way], OPENED, ERA) == on_its_way
    assert conversation_for("service", [on_its_way, conversation("utility")], OPENED, ERA) == conversation(
        "utility"
    )


@pytest.mark.parametrize(
    ("window_open", "expected"), [(True, "user_initiated"), (False, "business_initiated")]
)
def test_before_june_2023_the_window_gave_a_conversation_its_category(
    window_open: bool, expected: str
) -> None:
    """And every message belonged to the one that was open."""
    assert category_of_new_conversation("marketing", FIRST, window_open=window_open) == expected
    assert conversation_for("utility", [conversation(expected)], OPENED + HOUR, FIRST) == conversation(
        expected
    )


def test_since_june_2023_a_conversation_has_the_category_of_its_message() -> None:
    """The window has no say in it."""
    assert category_of_new_conversation("marketing", ERA, window_open=True) == "marketing"


@pytest.mark.parametrize(
    ("day", "category", "expected"),
    [
        (date(2023, 5, 31), "business_initiated", True),
        (date(2023, 5, 31), "user_initiated", True),
        (date(2023, 6, 1), "marketing", False),
        (date(2023, 6, 1), "service", True),
        (date(2024, 10, 31), "service", True),
        (date(2024, 11, 1), "service", False),
    ],
)
def test_the_free_thousand_covers_all_then_service_then_is_not_needed(
    day: date, category: str, expected: bool
) -> None:
    """Since November 2024 service is free without counting."""
    assert counts_as_free(category, era_on(day)) is expected
