"""The rules of a template's life, each at the instant before, at and after its boundary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.times import DAY, HOUR, MICROSECOND

from emulator.domain.templates.history import NO_HISTORY, TemplateHistory
from emulator.domain.templates.lifecycle import (
    appeals,
    archival,
    category_change,
    pauses,
    quotas,
    utility_abuse,
)
from emulator.domain.templates.lifecycle.category_change import CategoryChange
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import AUTO_GENERATED, Status, Template

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)


def template(
    status: Status = Status.APPROVED,
    category: str = "UTILITY",
    *,
    history: TemplateHistory = NO_HISTORY,
    **facts: Any,
) -> Template:
    return Template("1", "2", "order_ready", "en_US", category, status, (), NOW, history=history, **facts)


def test_a_life_is_kept_whole() -> None:
    """What is written down is read back; what never happened is not written."""
    history = TemplateHistory(active_at=NOW, pause_cause="pacing", paused_at=NOW + MICROSECOND)

    assert TemplateHistory.from_json(history.as_json()) == history
    assert NO_HISTORY.as_json() == {}


# pauses


def test_low_quality_pauses_twice_and_then_disables() -> None:
    """Three hours, six hours, the end."""
    assert [pauses.pause_after(count) for count in range(3)] == [
        ("FIRST_PAUSE", timedelta(hours=3)),
        ("SECOND_PAUSE", timedelta(hours=6)),
        None,
    ]


@pytest.mark.parametrize(
    ("waited", "may"), [(-MICROSECOND, False), (timedelta(0), True), (MICROSECOND, True)]
)
def test_what_pacing_paused_may_be_unpaused_after_five_minutes(waited: timedelta, may: bool) -> None:
    """To the microsecond."""
    paused = template(Status.PAUSED, history=TemplateHistory(paused_at=NOW, pause_cause="pacing"))

    assert (pauses.why_not_unpaused(paused, NOW + timedelta(minutes=5) + waited) is None) is may


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (template(), "The template is not paused: its status is APPROVED."),
        (
            template(Status.PAUSED, history=TemplateHistory(paused_at=NOW, pause_cause="quality")),
            "The template was paused for its quality and will be unpaused by itself.",
        ),
    ],
)
def test_no_other_pause_is_ended_by_the_business(given: Template, why: str) -> None:
    """And none that is not there."""
    assert pauses.why_not_unpaused(given, NOW + DAY) == why


# archiving


@pytest.mark.parametrize(
    ("active", "idle"),
    [
        (datetime(2026, 10, 5, 12, tzinfo=UTC), datetime(2027, 10, 5, 12, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2029, 2, 28, tzinfo=UTC)),
        (datetime(2027, 3, 1, tzinfo=UTC), datetime(2028, 3, 1, tzinfo=UTC)),
    ],
)
def test_idle_is_what_was_not_used_for_twelve_calendar_months(active: datetime, idle: datetime) -> None:
    """A leap day is followed by the last of February."""
    assert archival.idle_at(active) == idle


@pytest.mark.parametrize("status", list(Status))
def test_whatever_is_not_on_its_way_out_grows_idle(status: Status) -> None:
    """By hand only approved and rejected ones can be archived."""
    given = template(status)

    assert archival.is_archived_when_idle(given) is (status not in ("PENDING_DELETION", "ARCHIVED"))
    assert (archival.why_not_archived(given) is None) is (status in ("APPROVED", "REJECTED"))
    assert (archival.why_not_unarchived(given) is None) is (status == "ARCHIVED")


@pytest.mark.parametrize("given", [template(is_sample=True), template(source=AUTO_GENERATED)])
def test_what_cannot_be_deleted_is_not_archived(given: Template) -> None:
    """Samples, and what Direct Send made."""
    assert not archival.is_archived_when_idle(given)
    assert archival.why_not_archived(given) == "This template can't be archived"


def test_a_template_that_is_not_there_is_neither_archived_nor_unarchived() -> None:
    """The sentence is the same."""
    assert archival.why_not_archived(None) == archival.why_not_unarchived(None) == "Template not found"


def test_the_documented_reason_why_one_is_not_archived() -> None:
    """Word for word."""
    assert archival.why_not_archived(template(Status.PAUSED)) == (
        "Only approved or rejected templates can be archived"
    )


# appeals


def test_an_archived_template_is_kept_for_four_weeks_and_a_call_names_a_hundred() -> None:
    """As documented; the sandbox counts both."""
    assert (archival.ARCHIVED_FOR, archival.MOST_PER_CALL) == (28 * DAY, 100)


@pytest.mark.parametrize(("late", "may"), [(-MICROSECOND, True), (timedelta(0), False), (MICROSECOND, False)])
@pytest.mark.parametrize(
    "given",
    [
        template(Status.REJECTED, history=TemplateHistory(decided_at=NOW)),
        template(category="MARKETING", history=TemplateHistory(category_changed_at=NOW)),
        template(category="MARKETING"),
    ],
    ids=["rejected", "changed", "created"],
)
def test_an_appeal_is_filed_within_sixty_days(given: Template, late: timedelta, may: bool) -> None:
    """Of the rejection, of the change of the category, or of the creation."""
    assert (appeals.why_not_appealed(given, NOW + 60 * DAY + late) is None) is may


def test_an_appeal_of_an_approved_template_is_about_its_category() -> None:
    """One of a rejected template is about the rejection."""
    assert appeals.asks_for_category(template(category="MARKETING"))
    assert not appeals.asks_for_category(template(Status.REJECTED))


def test_a_change_that_is_to_come_may_be_appealed_until_it_does() -> None:
    """However old the template is."""
    noticed = template(correct_category="MARKETING")

    assert appeals.why_not_appealed(noticed, NOW + 1000 * DAY) is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (template(), "order_ready is APPROVED and UTILITY: there is nothing to appeal"),
        (template(Status.PAUSED, "MARKETING"), "order_ready is PAUSED and MARKETING: there is nothing"),
        (template(Status.REJECTED, "AUTHENTICATION"), "only UTILITY and MARKETING templates"),
        (template(Status.REJECTED, history=TemplateHistory(appealed_at=NOW)), "has been appealed already"),
    ],
)
def test_not_everything_can_be_appealed(given: Template, why: str) -> None:
    """The reason names the template."""
    assert why in (appeals.why_not_appealed(given, NOW) or "")


# second thoughts about the category


@pytest.mark.parametrize(
    ("current", "correct", "warned", "expected"),
    [
        ("UTILITY", "MARKETING", False, CategoryChange(NOW + DAY, "MARKETING")),
        ("UTILITY", "MARKETING", True, CategoryChange(NOW, "MARKETING")),
        ("MARKETING", "UTILITY", False, CategoryChange(NOW, "UTILITY")),
        ("UTILITY", "AUTHENTICATION", True, CategoryChange(datetime(2026, 11, 1, tzinfo=UTC), None)),
    ],
)
def test_a_wrong_category_is_put_right(
    current: str, correct: str, warned: bool, expected: CategoryChange
) -> None:
    """A day later, at once for whoever was warned; hidden codes are rejected next month."""
    assert category_change.category_change(current, correct, NOW, warned=warned) == expected


def test_the_next_month_begins_where_the_account_is() -> None:
    """And after December comes January."""
    changed = category_change.category_change(
        "MARKETING",
        "AUTHENTICATION",
        datetime(2026, 12, 5, tzinfo=UTC),
        warned=False,
        timezone="America/Sao_Paulo",
    )

    assert changed == CategoryChange(datetime(2027, 1, 1, 3, tzinfo=UTC), None)


@pytest.mark.parametrize(("day", "instant"), [(15, False), (16, True), (17, True)])
def test_the_notice_falls_away_since_april_2025(day: int, instant: bool) -> None:
    """For whoever was warned."""
    at = datetime(2025, 4, day, tzinfo=UTC)

    assert category_change.category_change("UTILITY", "MARKETING", at, warned=True).due == (
        at if instant else at + DAY
    )


@pytest.mark.parametrize(("day", "taken"), [(8, False), (9, True), (10, True)])
def test_utility_is_taken_as_marketing_since_april_2025(day: int, taken: bool) -> None:
    """Before that the request had to allow it."""
    at = datetime(2025, 4, day, tzinfo=UTC)

    assert category_change.becomes_marketing(at, allowed=False) is taken
    assert category_change.becomes_marketing(at, allowed=True)


# abuse


@pytest.mark.parametrize(
    ("late", "held"), [(-MICROSECOND, True), (timedelta(0), False), (MICROSECOND, False)]
)
def test_a_cap_and_a_restriction_last_seven_days(late: timedelta, held: bool) -> None:
    """To the microsecond; both go with a warning that stays."""
    limited, restricted = UtilityAbuse().limited(NOW), UtilityAbuse().restricted(NOW)

    assert limited.is_limited(NOW + 7 * DAY + late) is held
    assert restricted.is_restricted(NOW + 7 * DAY + late) is held
    assert (limited.is_warned, restricted.is_warned) == (True, True)


@pytest.mark.parametrize(
    "abuse",
    [
        UtilityAbuse().restricted(NOW - 20 * DAY).restricted(NOW),
        UtilityAbuse().restricted(NOW, portfolio=True),
    ],
    ids=["again", "portfolio"],
)
def test_a_restriction_that_repeats_or_spreads_lasts_thirty_days(abuse: UtilityAbuse) -> None:
    """To the microsecond."""
    assert abuse.is_restricted(NOW + 30 * DAY - MICROSECOND)
    assert not abuse.is_restricted(NOW + 30 * DAY)


def test_what_is_lifted_leaves_the_warning_and_the_count() -> None:
    """The next restriction is a repeated one."""
    lifted = UtilityAbuse().restricted(NOW).lifted()

    assert (lifted.is_restricted(NOW), lifted.is_warned) == (False, True)
    assert lifted.restricted(NOW).restricted_until == NOW + 30 * DAY


def test_every_fifth_template_found_is_a_step() -> None:
    """Of the ladder; on its last rung one stays."""
    steps = {found: utility_abuse.step_after(found) for found in range(22)}

    assert {found: step for found, step in steps.items() if step} == {
        5: "warning",
        10: "rate_limit",
        15: "restriction",
        20: "restriction",
    }


def test_what_is_over_is_dropped_and_what_is_not_stays() -> None:
    """Each by its own end; a microsecond before it still stands."""
    both = UtilityAbuse().limited(NOW - DAY).restricted(NOW)
    cap_ends, restriction_ends = NOW + 6 * DAY, NOW + 7 * DAY

    left = [
        (each.limited_until, each.restricted_until, each.is_warned)
        for each in map(
            both.without_expired,
            (cap_ends - MICROSECOND, cap_ends, restriction_ends - MICROSECOND, restriction_ends),
        )
    ]

    assert left == [
        (cap_ends, restriction_ends, True),
        (None, restriction_ends, True),
        (None, restriction_ends, True),
        (None, None, True),
    ]


def test_an_earlier_warning_keeps_its_instant() -> None:
    """Whatever follows it."""
    warned = UtilityAbuse().warned(NOW)

    assert warned.warned(NOW + DAY) == warned
    assert warned.limited(NOW + DAY).warned_at == NOW


def test_a_cap_counts_messages_of_a_day_and_a_step_templates_of_a_month() -> None:
    """The lengths of time that the sandbox counts in."""
    assert (utility_abuse.CAP_WINDOW, utility_abuse.STEP_WINDOW) == (DAY, 30 * DAY)


# how many


@pytest.mark.parametrize(
    ("verified", "named", "most"),
    [(False, True, 250), (True, False, 250), (True, True, 6000), (False, False, 250)],
)
def test_a_verified_portfolio_with_a_named_number_has_more_templates(
    verified: bool, named: bool, most: int
) -> None:
    """Both it takes."""
    assert quotas.most_templates(verified=verified, has_approved_name=named) == most


def test_an_account_creates_a_hundred_templates_an_hour() -> None:
    """As documented; the sandbox counts them."""
    assert (quotas.CREATIONS, quotas.CREATIONS_WITHIN) == (100, HOUR)


def test_too_many_creations_are_refused_as_too_many_calls() -> None:
    """The sentence is the observed one, the hint says what it is about."""
    error = quotas.too_many_creations("1", most=100, used=100)

    assert error.message.startswith(
        "(#80008) There have been too many calls to this WhatsApp Business account."
    )
    assert error.hint is not None
    assert "template_creations" in error.hint
