"""Which templates a list shows: each condition alone, all of them together, and the ends of a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.times import DAY, MICROSECOND, MORNING

from emulator.domain.templates.filters import TemplateFilter
from emulator.domain.templates.template import AUTO_GENERATED, Status, Template

BODY = {"type": "BODY", "text": "Your Fern is ready."}
FERN = Template("1", "2", "order_ready", "en_US", "UTILITY", Status.APPROVED, (BODY,), MORNING)
SALE = Template(
    "3",
    "2",
    "summer",
    "de",
    "MARKETING",
    Status.REJECTED,
    ({"type": "BODY", "text": "Alles Grüne muß raus."},),
    MORNING + DAY,
    quality_score="RED",
    source=AUTO_GENERATED,
)


def test_without_conditions_all_are_shown() -> None:
    """In their order."""
    assert TemplateFilter().select([SALE, FERN]) == [SALE, FERN]


@pytest.mark.parametrize(
    "conditions",
    [
        {"name": "summer"},
        {"content": "GRÜNE muß"},
        {"name_or_content": "SUMM"},
        {"name_or_content": "raus"},
        {"category": ("MARKETING",)},
        {"category": ("AUTHENTICATION", "MARKETING")},
        {"status": ("REJECTED",)},
        {"quality_score": ("RED", "YELLOW")},
        {"language": ("de",)},
        {"source": (AUTO_GENERATED,)},
        {"since": MORNING + DAY},
        {"since": MORNING + MICROSECOND},
    ],
    ids=lambda conditions: " ".join(conditions),
)
def test_each_condition_leaves_what_meets_it(conditions: dict[str, Any]) -> None:
    """Words are looked for without regard to case."""
    assert TemplateFilter(**conditions).select([FERN, SALE]) == [SALE]


@pytest.mark.parametrize(
    "conditions",
    [
        {"name": "summe"},
        {"content": "order_ready"},
        {"name_or_content": "winter"},
        {"since": MORNING + DAY + MICROSECOND},
        {"until": MORNING - MICROSECOND},
        {"name": "summer", "language": ("en_US",)},
        {"category": ("MARKETING",), "status": ("APPROVED",)},
        {"name": "order_ready", "since": MORNING + MICROSECOND},
    ],
    ids=lambda conditions: " ".join(conditions),
)
def test_what_misses_one_condition_is_not_shown(conditions: dict[str, Any]) -> None:
    """A name is whole, a content is not the name; all conditions have to be met."""
    assert TemplateFilter(**conditions).select([FERN, SALE]) == []


def test_both_ends_of_a_time_belong_to_it() -> None:
    """To the microsecond."""
    exactly = TemplateFilter(since=MORNING, until=MORNING)

    shown = [
        exactly.admits(replace(FERN, created_at=MORNING + late))
        for late in (-MICROSECOND, 0 * DAY, MICROSECOND)
    ]

    assert shown == [False, True, False]
