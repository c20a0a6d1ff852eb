"""How the values of steps are read, each with a complaint that names file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.facts.facts import facts_of
from emulator.domain.instants import parse_instant
from emulator.domain.people.answers.answer import answers_as_json, answers_from_json
from emulator.domain.people.habits import HABITS, Habits, habits_as_json
from emulator.domain.people.person import Person
from emulator.sandbox.seeds.facts import blame, read_facts
from emulator.sandbox.seeds.files import Spot

Read = Callable[[Spot], Any]
_NAMED = ("wa_id", "name")
_FACTS = tuple(
    name for name, fact in facts_of(Person).items() if isinstance(fact.seed, str) and name not in _NAMED
)
"""What may be said of a person beside their number and their habits."""


def nothing(spot: Spot) -> None:
    """Read no value."""
    if spot.value is not None:
        spot.wrong(f"this step has no value, got {spot.value!r}")


def text(spot: Spot) -> str:
    """Read a text; a number counts as its digits."""
    if isinstance(spot.value, int | float) and not isinstance(spot.value, bool):
        return str(spot.value)
    return spot.text()


def duration(spot: Spot) -> timedelta:
    """Read a duration such as ``5 minutes``; seconds without a unit."""
    if spot.value is None:
        spot.wrong("expected a duration such as 5 minutes, got nothing")
    return timedelta(seconds=spot.seconds(0))


def moment(spot: Spot) -> datetime | timedelta:
    """Read an instant, or a duration from the beginning of the scenario."""
    if isinstance(spot.value, datetime):
        instant = spot.instant()
        assert instant is not None
        return instant
    if isinstance(spot.value, str):
        try:
            return parse_instant(spot.value)
        except ValueError:
            pass
    return duration(spot)


def instant(spot: Spot) -> datetime:
    """Read an instant."""
    found = spot.instant()
    if found is None:
        spot.wrong("expected an instant such as 2026-11-02T09:00:00Z, got nothing")
    return found


def whole(spot: Spot) -> int:
    """Read a whole number."""
    if not isinstance(spot.value, int) or isinstance(spot.value, bool):
        spot.wrong(f"expected a whole number, got {spot.value!r}")
    return spot.value


def mapping(spot: Spot) -> Mapping[str, Any]:
    """Read a mapping with any keys."""
    return dict(spot.table().value)


def table(members: Mapping[str, Read], *, required: tuple[str, ...] = (), short: str | None = None) -> Read:
    """Make what reads a mapping with these ``members``, of which some are ``required``.

    A value that is no mapping is the member ``short``.
    """

    def read(spot: Spot) -> Mapping[str, Any]:
        if short is not None and spot.value is not None and not isinstance(spot.value, dict):
            return {short: members[short](spot)}
        if spot.value is None and not required:
            return {}
        spot.table(*members)
        for name in required:
            spot.require(name)
        return {str(name): members[str(name)](each) for name, each in spot.inside.items()}

    return read


def person(spot: Spot) -> Mapping[str, Any]:
    """Read facts and habits of a person, side by side as in a seed; returned as the control API has them."""
    if spot.value is None:
        return {}
    spot.table("number", *_FACTS, *HABITS)
    read_facts(spot, Person, besides=_NAMED)
    habits = habits_as_json(Habits(**read_facts(spot, Habits)))
    return {str(name): habits.get(str(name), each.value) for name, each in spot.inside.items()}


def rules(spot: Spot) -> Any:
    """Read a list of rules by which a person answers."""
    try:
        return answers_as_json(answers_from_json(spot.value))
    except ValueError as problem:
        return blame(spot, str(problem))


def maybe(read: Read) -> Read:
    """Make what reads a value, or ``None`` where there is none."""
    return lambda spot: None if spot.value is None else read(spot)
