"""Who a simulated person is and how they behave."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest
from kit.facts import SHEENA_NELSON

from emulator.domain.people.habits import CHANCES, Habits, habits_as_json, habits_from_json


def test_a_person_has_whatsapp_has_opted_in_and_reads() -> None:
    """What is not said about somebody is the ordinary case."""
    assert (SHEENA_NELSON.on_whatsapp, SHEENA_NELSON.opted_in, SHEENA_NELSON.locale) == (True, True, "en_US")
    assert SHEENA_NELSON.habits == Habits()
    assert SHEENA_NELSON.habits.reads


def test_a_change_makes_a_new_person() -> None:
    """Facts are frozen."""
    changed = SHEENA_NELSON.changed(opted_in=False)

    assert (SHEENA_NELSON.opted_in, changed.opted_in) == (True, False)
    with pytest.raises(FrozenInstanceError):
        SHEENA_NELSON.opted_in = False  # type: ignore[misc]


def test_somebody_at_once_takes_no_time_at_all() -> None:
    """Sent, delivered and read in the same instant."""
    assert Habits.at_once() == Habits(timedelta(0), timedelta(0), timedelta(0))


@pytest.mark.parametrize(
    "habits",
    [
        Habits(),
        Habits.at_once(),
        Habits(delivered_after=None),
        Habits(reads=False, read_after=timedelta(days=2)),
        Habits(sent_after=timedelta(milliseconds=1)),
        Habits(blocks=0.1, reports=0.25, stops=1.0),
    ],
)
def test_habits_survive_the_way_through_json(habits: Habits) -> None:
    """Durations in seconds, never as null, reading as a truth value."""
    assert habits_from_json(dict(habits_as_json(habits))) == habits


@pytest.mark.parametrize("habit", CHANCES)
def test_whoever_may_block_report_or_stop_complains(habit: str) -> None:
    """However seldom it is; whoever never does does not."""
    assert Habits().changed(**{habit: 0.001}).complains
    assert not Habits().changed(**{habit: 0.0}).complains


@pytest.mark.parametrize("habit", CHANCES)
@pytest.mark.parametrize(("chance", "taken"), [(-0.01, False), (0, True), (1, True), (1.01, False)])
def test_a_chance_is_between_zero_and_one(habit: str, chance: float, taken: bool) -> None:
    """Both ends included."""
    with (
        nullcontext()
        if taken
        else pytest.raises(ValueError, match=f"the habit {habit} is a number from 0 to 1; got")
    ):
        assert habits_from_json({habit: chance}) == Habits().changed(**{habit: float(chance)})


def test_habits_are_written_in_seconds() -> None:
    """As seeds and the control API write them."""
    assert habits_as_json(Habits(delivered_after=None)) == {
        "sent_after": 0.4,
        "delivered_after": None,
        "read_after": 6.0,
        "reads": True,
        "blocks": 0.0,
        "reports": 0.0,
        "stops": 0.0,
        "offline": [],
        "old_client": False,
        "answers": [],
    }


def test_what_is_not_said_about_habits_stays_as_it_was() -> None:
    """One habit is changed, the others are kept."""
    usual = Habits(sent_after=timedelta(seconds=3))

    assert habits_from_json({"reads": False}, usual) == usual.changed(reads=False)
