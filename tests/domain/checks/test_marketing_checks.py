"""Who gets marketing, and who does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.facts import BEATRIZ_SANTOS as BEATRIZ
from kit.facts import LUCKY_NUMBER as NUMBER
from kit.facts import SHEENA_NELSON as SHEENA
from kit.facts import SendFacts, send_facts
from kit.times import MICROSECOND
from kit.times import MORNING as NOW

from emulator.domain.checks.audience import Audience
from emulator.domain.checks.marketing import WINDOW
from emulator.domain.errors import MessageError
from emulator.domain.messages.outbound import TemplateUse
from emulator.domain.people.relationship import Relationship
from emulator.domain.rules import LATER, check
from emulator.domain.windows import Window

PAUSED_SINCE = datetime(2025, 4, 1, tzinfo=UTC)
GERMAN = replace(NUMBER, digits="4930123456")
ANYBODY = Audience()
SALE = send_facts(
    at=NOW,
    number=NUMBER,
    wa_id=BEATRIZ.wa_id,
    content=TemplateUse("sale", "en_US"),
    person=BEATRIZ,
    audience=ANYBODY,
)
"""Marketing to somebody in Brazil, who breaks no rule."""


def outcome(tried: SendFacts = SALE, **audience: object) -> int | None:
    """The code a message fails with, for an audience of these facts."""
    if audience:
        tried = tried.but(audience=replace(ANYBODY, **audience))  # type: ignore[arg-type]
    try:
        check(tried, LATER)
    except MessageError as refusal:
        return refusal.code
    return None


def to(wa_id: str, **facts: object) -> SendFacts:
    return SALE.but(wa_id=wa_id, person=replace(BEATRIZ, wa_id=wa_id), **facts)


@pytest.mark.parametrize(
    ("wa_id", "expected"),
    [
        pytest.param("16505551234", 131049, id="California"),
        pytest.param("12125550107", 131049, id="New York"),
        pytest.param("18085550107", 131049, id="Hawaii"),
        pytest.param("14165550107", None, id="Toronto"),
        pytest.param("16045550107", None, id="Vancouver"),
        pytest.param("18765550107", None, id="Jamaica"),
        pytest.param("18095550107", None, id="Dominican Republic"),
        pytest.param("17875550107", None, id="Puerto Rico"),
        pytest.param("19995550107", None, id="no area code"),
        pytest.param("5511987654321", None, id="Brazil"),
        pytest.param("1650555123", None, id="a digit short"),
    ],
)
def test_marketing_is_not_delivered_to_area_codes_of_the_united_states(
    wa_id: str, expected: int | None
) -> None:
    """Canada and the Caribbean share the calling code and not the pause."""
    assert outcome(to(wa_id)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (PAUSED_SINCE - MICROSECOND, None),
        (PAUSED_SINCE, 131049),
        (PAUSED_SINCE + MICROSECOND, 131049),
    ],
)
def test_the_pause_began_in_april_2025(at: datetime, expected: int | None) -> None:
    """By the sandbox's clock."""
    assert outcome(to(SHEENA.wa_id, at=at)) == expected


def test_the_pause_can_be_switched_off() -> None:
    """For teams whose tests write to American numbers."""
    assert outcome(to(SHEENA.wa_id), us_paused=False) is None


def test_other_templates_go_to_the_united_states() -> None:
    """Utility and authentication have no audience."""
    assert outcome(to(SHEENA.wa_id, audience=None)) is None


def test_who_stopped_marketing_gets_none() -> None:
    """131050, before anything else is asked of them."""
    assert outcome(to(SHEENA.wa_id), stopped_at=NOW) == 131050


@pytest.mark.parametrize(("received", "expected"), [(1, None), (2, 131049), (3, 131049)])
def test_a_person_gets_so_much_marketing_and_no_more(received: int, expected: int | None) -> None:
    """The third of two."""
    assert outcome(limit=2, received=received) == expected


def test_marketing_counts_for_24_hours() -> None:
    """What a person got, and what failed; the sandbox counts both."""
    assert timedelta(hours=24) == WINDOW


def test_without_a_limit_a_person_gets_any_number() -> None:
    """As long as nobody knows the platform's."""
    assert outcome(received=1000, refused=1000) is None


@pytest.mark.parametrize(("refused", "expected"), [(1, None), (2, 131049), (3, 131049)])
def test_who_tries_again_and_again_has_to_wait(refused: int, expected: int | None) -> None:
    """Twice within 24 hours is again and again, even when the person could get more by now."""
    assert outcome(limit=2, received=0, refused=refused) == expected


@pytest.mark.parametrize("wa_id", ["4915123456789", "447700900123", "819012345678", "821012345678"])
def test_there_is_no_limit_in_some_countries(wa_id: str) -> None:
    """To people in Europe's economic area, the United Kingdom, Japan and South Korea."""
    assert outcome(to(wa_id), limit=1, received=5) is None


def test_there_is_no_limit_from_numbers_of_those_countries() -> None:
    """The business counts, too."""
    assert outcome(SALE.but(number=GERMAN), limit=1, received=5) is None


def test_an_experiment_keeps_people_from_marketing() -> None:
    """130472, unless a window is open or a free entry point."""
    opened = Window(NUMBER.id, BEATRIZ.wa_id, NOW)
    closed = replace(opened, last_inbound_at=NOW - timedelta(hours=24))

    assert outcome(held_out=True) == 130472
    assert outcome(SALE.but(window=closed), held_out=True) == 130472
    assert outcome(SALE.but(window=opened), held_out=True) is None
    assert outcome(held_out=True, free_entry=True) is None


def test_the_rules_come_in_the_platform_s_order() -> None:
    """Opt-out, the United States or too much, the experiment."""
    everything: dict[str, Any] = {"stopped_at": NOW, "limit": 1, "received": 1, "held_out": True}
    codes = [outcome(**everything)]
    for name in ("stopped_at", "limit"):
        everything[name] = None
        codes.append(outcome(**everything))

    assert codes == [131050, 131049, 130472]


def test_a_block_fails_before_marketing_is_asked_about() -> None:
    """131026 as a team may choose, 130403 for people whom the business has blocked."""
    blocked = Relationship(NUMBER.id, BEATRIZ.wa_id, blocked_number_at=NOW)
    blocking = Relationship(NUMBER.id, BEATRIZ.wa_id, blocked_person_at=NOW)
    unwanted = SALE.but(audience=Audience(stopped_at=NOW))

    assert outcome(unwanted.but(relationship=blocked, fails_when_blocked=True)) == 131026
    assert outcome(SALE.but(relationship=blocked)) is None
    assert outcome(unwanted.but(relationship=blocking)) == 130403
