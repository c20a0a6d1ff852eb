"""How long the messages of a template may wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from kit.templates import template
from kit.times import MICROSECOND

from emulator.domain.templates.template import CODES_ARE_SHORT_LIVED_SINCE

TEN_MINUTES = timedelta(minutes=10)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("late", "lives"), [(-MICROSECOND, MONTH), (timedelta(0), TEN_MINUTES), (MICROSECOND, TEN_MINUTES)]
)
def test_codes_live_ten_minutes_since_october_2024(late: timedelta, lives: timedelta):
    """Those of older templates live a month."""
    at = CODES_ARE_SHORT_LIVED_SINCE + late

    made = template(category="AUTHENTICATION").changed(created_at=at)

    assert datetime(2024, 10, 23, tzinfo=UTC) == CODES_ARE_SHORT_LIVED_SINCE
    assert (made.lives, made.is_short_lived) == (lives, lives == TEN_MINUTES)


@pytest.mark.parametrize(("seconds", "lives"), [(-1, MONTH), (30, timedelta(seconds=30))])
@pytest.mark.parametrize("late", [-MICROSECOND, MICROSECOND])
def test_a_template_that_says_how_long_is_taken_at_its_word(late: timedelta, seconds: int, lives: timedelta):
    """However old it is."""
    made = template(category="AUTHENTICATION", message_send_ttl_seconds=seconds)

    assert made.changed(created_at=CODES_ARE_SHORT_LIVED_SINCE + late).lives == lives


def test_other_templates_always_lived_a_month():
    """Utility and marketing."""
    assert {template(category=category).lives for category in ("UTILITY", "MARKETING")} == {MONTH}
