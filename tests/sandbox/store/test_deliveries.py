"""When the next webhook is due: asked after every event, and so remembered while nothing is written."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from kit.times import MORNING

from emulator.domain.webhooks.deliveries import DeliveryAttempt, MadeWebhook
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.deliveries import DeliveryTable

LATER = MORNING + timedelta(minutes=5)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def deliveries(database: Database) -> DeliveryTable:
    """Its deliveries, which have been asked once: none is due."""
    table = DeliveryTable(database)
    assert table.backlog(MORNING) == 0
    return table


def add(deliveries: DeliveryTable, *, due_after: timedelta = timedelta(0)) -> int:
    """Store a webhook made this morning."""
    due = MORNING + due_after
    return deliveries.add(
        MadeWebhook("app", "waba", "number", "16505551234", "http://x", "messages", b"{}", MORNING, due)
    )


def test_a_webhook_that_is_made_is_due_at_once(deliveries: DeliveryTable) -> None:
    """The earlier answer holds no longer."""
    add(deliveries)

    assert deliveries.next_due() == MORNING
    assert deliveries.backlog(MORNING - MOMENT) == 0
    assert deliveries.backlog(MORNING) == 1


@pytest.mark.parametrize(("most", "counted"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (-1, 3)])
def test_as_many_are_counted_as_are_asked_for(deliveries: DeliveryTable, most: int, counted: int) -> None:
    """Who only asks whether there is one need not wait for all to be counted."""
    for _ in range(3):
        add(deliveries)

    assert deliveries.backlog(MORNING, most) == counted


def test_one_that_waits_is_due_at_its_instant(deliveries: DeliveryTable) -> None:
    """Not a microsecond earlier, whenever it was asked before."""
    add(deliveries, due_after=timedelta(minutes=5))

    assert [deliveries.backlog(at) for at in (MORNING, LATER - MOMENT, LATER)] == [0, 0, 1]
    assert [deliveries.backlog(at) for at in (LATER - MOMENT, MORNING)] == [0, 0]


def test_one_that_is_tried_again_is_due_again(deliveries: DeliveryTable) -> None:
    """So is one that was settled, and is sent once more."""
    number = add(deliveries)
    deliveries.settle(number, "delivered", MORNING, 1)
    assert deliveries.backlog(LATER) == 0

    deliveries.settle(number, "waiting", LATER, 1)

    assert [deliveries.backlog(at) for at in (LATER - MOMENT, LATER)] == [0, 1]


def test_one_that_is_held_back_is_due_later(deliveries: DeliveryTable) -> None:
    """When an earlier one about the same person has failed and the order is kept."""
    first = deliveries.get(add(deliveries))
    add(deliveries)
    assert first is not None
    assert deliveries.backlog(MORNING) == 2

    deliveries.settle(first.id, "waiting", LATER, 1)
    deliveries.hold_later(first, LATER)

    assert [deliveries.backlog(at) for at in (MORNING, LATER - MOMENT, LATER)] == [0, 0, 2]


def test_what_was_rolled_back_is_remembered_no_more(database: Database, deliveries: DeliveryTable) -> None:
    """The delivery that was settled in vain is due as before."""
    number = add(deliveries)
    seen = []

    def settle_in_vain() -> None:
        with database.transaction():
            deliveries.settle(number, "delivered", MORNING, 1)
            seen.append(deliveries.backlog(MORNING))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        settle_in_vain()

    assert [*seen, deliveries.backlog(MORNING)] == [0, 1]


def test_another_state_of_the_sandbox_has_its_own(database: Database, deliveries: DeliveryTable) -> None:
    """As after a reset or a restored snapshot."""
    with closing(Database()) as other:
        add(DeliveryTable(other))
        database.copy_from(other)

    assert deliveries.backlog(MORNING) == 1


def test_the_first_that_waits_is_the_one_that_is_due_first(deliveries: DeliveryTable) -> None:
    """Of those in one instant the one that was made first; before its instant there is none."""
    later, first, second = (add(deliveries, due_after=after) for after in (2 * MOMENT, MOMENT, MOMENT))

    found = [deliveries.waiting(MORNING + after) for after in (timedelta(0), MOMENT)]

    assert [each and each.id for each in found] == [None, first]
    for number, next_one in ((first, second), (second, None)):
        deliveries.settle(number, "delivered", MORNING, 1)
        one = deliveries.waiting(MORNING + MOMENT)
        assert (one and one.id) == next_one
    last = deliveries.waiting(MORNING + 2 * MOMENT)
    assert last is not None
    assert last.id == later


def test_an_attempt_is_kept_only_if_the_delivery_is_as_it_was(deliveries: DeliveryTable) -> None:
    """One that was put back in the queue meanwhile is sent once more, and has no attempt."""
    number = add(deliveries)
    before = deliveries.get(number)
    assert before is not None
    attempt = DeliveryAttempt(number, 1, MORNING, 200, None)
    deliveries.settle(number, "waiting", LATER, 0)

    was_stored = deliveries.record(before, attempt, "delivered", MORNING, "http://y")
    in_between = (deliveries.get(number), deliveries.attempts(number))
    now = in_between[0]
    assert now is not None
    is_stored = deliveries.record(now, attempt, "delivered", MORNING, "http://y")

    after = deliveries.get(number)
    assert after is not None
    assert (was_stored, now.state, now.url, in_between[1]) == (False, "waiting", "http://x", [])
    assert (is_stored, after.state, after.attempts, after.url) == (True, "delivered", 1, "http://y")
    assert deliveries.attempts(number) == [attempt]
