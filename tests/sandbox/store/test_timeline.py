"""What will happen later, in the order in which it will."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from kit.times import START, after

from emulator.sandbox.store import Database
from emulator.sandbox.store.timeline import AHEAD, TimelineTable


@pytest.fixture
def timeline(database: Database) -> TimelineTable:
    return TimelineTable(database)


def taken(timeline: TimelineTable, at: float) -> list[str]:
    """Everything that is due ``at`` so many seconds."""
    found = []
    while (work := timeline.take(after(at))) is not None:
        found.append(work.subject)
    return found


def test_an_empty_timeline_has_nothing_due(timeline: TimelineTable) -> None:
    """Neither now nor ever."""
    assert (timeline.next_due(), timeline.take(after(1e6)), timeline.all()) == (None, None, [])


def test_what_is_due_first_comes_first(timeline: TimelineTable) -> None:
    """In whatever order it was planned."""
    for due in (3, 1, 2):
        timeline.plan(after(due), "kind", f"at {due}")

    assert taken(timeline, 10) == ["at 1", "at 2", "at 3"]


def test_in_one_instant_what_was_planned_first_comes_first(timeline: TimelineTable) -> None:
    """Even when something earlier was planned in between."""
    for due, subject in ((5, "a"), (1, "early"), (5, "b"), (5, "c")):
        timeline.plan(after(due), "kind", subject)

    assert taken(timeline, 10) == ["early", "a", "b", "c"]


def test_an_instant_is_due_when_it_is_reached(timeline: TimelineTable) -> None:
    """Not a microsecond before."""
    timeline.plan(after(1), "kind", "it")

    assert [taken(timeline, 0.999999), taken(timeline, 1)] == [[], ["it"]]


def test_work_is_taken_once_and_whole(timeline: TimelineTable) -> None:
    """With its kind, its subject, its instant and its details."""
    timeline.plan(START, "message.send", "wamid.1", {"pricing": {"billable": True}})

    work = timeline.take(START)

    assert work is not None
    assert (work.due, work.kind, work.subject) == (START, "message.send", "wamid.1")
    assert work.details == {"pricing": {"billable": True}}
    assert timeline.take(START) is None


def test_the_next_instant_is_the_earliest(timeline: TimelineTable) -> None:
    """Whatever was planned last."""
    timeline.plan(after(9), "kind", "late")
    timeline.plan(after(4), "kind", "early")

    assert timeline.next_due() == after(4)


def test_cancelled_work_does_not_happen(timeline: TimelineTable) -> None:
    """Of one kind and one subject; everything else stays."""
    for kind, subject in (("read", "1"), ("read", "2"), ("send", "1")):
        timeline.plan(START, kind, subject)

    timeline.cancel("read", "1")

    assert [(work.kind, work.subject) for work in timeline.all()] == [("read", "2"), ("send", "1")]


def test_when_work_is_due_is_told_after_every_change(timeline: TimelineTable) -> None:
    """What was told before is remembered only as long as it holds."""
    told = [timeline.next_due()]
    for due, subject in ((5, "a"), (3, "b"), (4, "c"), (2, "d")):
        timeline.plan(after(due), "kind", subject)
        told.append(timeline.next_due())
    timeline.take(after(10))
    told.append(timeline.next_due())
    timeline.cancel("kind", "b")
    told.append(timeline.next_due())
    timeline.cancel_all(["kind"], "c")
    told.append(timeline.next_due())

    assert told == [None, *map(after, (5, 3, 3, 2, 3, 4, 5))]
    assert timeline.next_due(besides=["kind"]) is None
    assert timeline.next_due() == after(5)


def test_work_that_is_hastened_or_moved_is_due_as_it_stands_then(timeline: TimelineTable) -> None:
    """Also where it had been read ahead: a phone that is on again gets what waits for it now."""
    timeline.plan(after(9), "deliver", "a", {"put_off": True}, "1555")
    timeline.plan(after(9), "deliver", "of another", {"put_off": True}, "1444")
    timeline.plan(after(9), "answer", "on its way", wa_id="1555")
    told = [timeline.next_due()]
    timeline.hasten("1555", after(2))
    told.append(timeline.next_due())
    timeline.plan(after(1), "read", "b", wa_id="1555")
    told.append(timeline.next_due())
    timeline.move("1555", "1666", dropped=["read"])
    told.append(timeline.next_due())

    assert told == [after(9), after(2), after(1), after(2)]
    assert [(work.due, work.subject, work.wa_id) for work in timeline.all()] == [
        (after(2), "a", "1666"),
        (after(9), "of another", "1444"),
        (after(9), "on its way", "1666"),
    ]


def test_work_that_was_taken_back_is_due_as_before(database: Database, timeline: TimelineTable) -> None:
    """A transaction that is undone leaves nothing of what was told inside it."""
    timeline.plan(after(5), "kind", "a")
    told = [timeline.next_due()]

    with suppress(KeyError), database.transaction():
        timeline.take(after(5))
        timeline.plan(after(1), "kind", "b")
        told.append(timeline.next_due())
        raise KeyError

    assert [*told, timeline.next_due()] == [after(5), after(1), after(5)]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_ahead_is_what_stands_in_the_table(
    database: Database, timeline: TimelineTable, seed: int
) -> None:
    """However work is planned, taken, cancelled and taken back: the first of the table is taken first."""
    chance = Random(seed)

    def change() -> None:
        what = chance.randrange(8)
        if what < 4:
            for _ in range(chance.choice((1, 3, AHEAD))):
                timeline.plan(after(chance.randrange(9)), chance.choice("ab"), chance.choice("xyz"), {"n": 1})
        elif what == 4:
            timeline.cancel(chance.choice("ab"), chance.choice("xyz"))
        else:
            for _ in range(chance.choice((1, 2, AHEAD, 2 * AHEAD))):
                before = timeline.all()
                at = after(chance.randrange(9))
                due = [work for work in before[:1] if work.due <= at]
                assert timeline.take(at) == (due[0] if due else None)
                assert timeline.all() == before[len(due) :]

    for _ in range(60):
        if chance.random() < 0.3:
            with suppress(KeyError), database.transaction():
                change()
                raise KeyError
        change()
        assert timeline.next_due() == min((work.due for work in timeline.all()), default=None)
