"""Which route a marketing template may take."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from emulator.domain.errors import MessageError
from emulator.domain.messages.marketing_endpoint import MarketingRoute, check
from emulator.domain.templates.template import CATEGORIES, Status, Template

MADE = datetime(2026, 11, 2, 9, tzinfo=UTC)
SALE = Template("1", "2", "sale", "en_US", "MARKETING", Status.APPROVED, (), MADE)
TEN_MINUTES = timedelta(minutes=10)


def code(template: Template, route: MarketingRoute, at: datetime = MADE) -> int | None:
    """The code of the refusal, ``None`` when there is none."""
    try:
        check(template, route, at)
    except MessageError as refused:
        return refused.code
    return None


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize(
    ("route", "marketing", "others"),
    [
        (MarketingRoute(), None, None),
        (MarketingRoute(messages_takes_marketing=False), 131063, None),
        (MarketingRoute(22), None, 131055),
        (MarketingRoute(23), None, 134100),
        (MarketingRoute(26), None, 134100),
        (MarketingRoute(24, messages_takes_marketing=False), None, 134100),
        (MarketingRoute(24, sync_delay=TEN_MINUTES), 134101, 134100),
        (MarketingRoute(sync_delay=TEN_MINUTES), None, None),
    ],
)
def test_category_and_route_decide(
    category: str, route: MarketingRoute, marketing: int | None, others: int | None
) -> None:
    """A row a route: what error a marketing template gets, and what any other."""
    expected = marketing if category == "MARKETING" else others

    assert code(replace(SALE, category=category), route) == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [(timedelta(0), 134101), (TEN_MINUTES - timedelta(microseconds=1), 134101), (TEN_MINUTES, None)],
)
@pytest.mark.parametrize("changed", [None, MADE + timedelta(days=3)])
def test_a_template_is_known_some_time_after_its_last_change(
    after: timedelta, expected: int | None, changed: datetime | None
) -> None:
    """To the microsecond; one that never changed since it was made."""
    template = replace(SALE, last_updated_at=changed)

    assert code(template, MarketingRoute(24, sync_delay=TEN_MINUTES), (changed or MADE) + after) == expected
