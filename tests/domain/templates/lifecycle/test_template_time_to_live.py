"""How long the messages of a template may wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.templates import template

from emulator.domain.templates.template import AUTHENTICATION_TTL_SINCE

MICROSECOND = timedelta(microseconds=1)
TEN_MINUTES = timedelta(minutes=10)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("late", "expected"), [(-MICROSECOND, MONTH), (timedelta(0), TEN_MINUTES), (MICROSECOND, TEN_MINUTES)]
)
def test_authentication_messages_wait_ten_minutes_since_october_2024(
    late: timedelta, expected: timedelta
) -> None:
    """Those of older templates wait 30 days."""
    at = AUTHENTICATION_TTL_SINCE + late

    made = template(category="AUTHENTICATION").changed(created_at=at)

    assert datetime(2024, 10, 23, tzinfo=UTC) == AUTHENTICATION_TTL_SINCE
    assert (made.time_to_live, made.has_short_ttl) == (expected, expected == TEN_MINUTES)


@pytest.mark.parametrize(("seconds", "expected"), [(-1, MONTH), (30, timedelta(seconds=30))])
@pytest.mark.parametrize("late", [-MICROSECOND, MICROSECOND])
def test_a_validity_period_of_the_template_always_counts(
    late: timedelta, seconds: int, expected: timedelta
) -> None:
    """However old it is."""
    made = template(category="AUTHENTICATION", message_send_ttl_seconds=seconds)

    assert made.changed(created_at=AUTHENTICATION_TTL_SINCE + late).time_to_live == expected


def test_other_messages_wait_thirty_days() -> None:
    """Utility and marketing."""
    assert {template(category=category).time_to_live for category in ("UTILITY", "MARKETING")} == {MONTH}
