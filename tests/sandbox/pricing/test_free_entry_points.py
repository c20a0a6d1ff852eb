"""From a click on an ad to 72 free hours, or to nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.messages import SPRING_SALE, order_shipped
from kit.pricing import conversations, lines, prices
from kit.sandboxes import begin, notes, send, statuses
from kit.times import HOUR, MICROSECOND
from kit.values import present

from emulator import Emulator, Sandbox
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.sandbox.errors import CannotDo

START = "2026-11-02T10:00:00"
FREE = (False, "PMP", "referral_conversion", "free_entry_point")
BILLED = (True, "PMP", "utility", "regular")


def entry(sandbox: Sandbox, person: str = SHEENA, number: str = PRODUCTION) -> EntryPoint | None:
    with sandbox.services.command() as store:
        return store.entry_points.get(number, person)


def test_the_documented_example(emulator: Emulator) -> None:
    """Clicked at ten, answered by a template at 22: free until 22 three days later, free-form until ten."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Can I get more info about this?")

    sandbox.clock.advance(12 * HOUR)
    send(sandbox, order_shipped())
    sandbox.clock.advance(12 * HOUR)
    send(sandbox, "Are you still there?")
    sandbox.clock.advance(60 * HOUR - MICROSECOND)
    send(sandbox, SPRING_SALE)
    sandbox.clock.advance(MICROSECOND)
    send(sandbox, order_shipped())
    sandbox.settle()

    opened = entry(sandbox)
    assert opened is not None
    assert opened.opened_at == datetime.fromisoformat("2026-11-02T22:00:00+00:00")
    assert opened.closes_at == datetime.fromisoformat("2026-11-05T22:00:00+00:00")
    assert statuses(sandbox) == ["read", "failed", "read", "read"]
    assert prices(inbox) == [FREE, FREE, BILLED]
    assert lines(sandbox) == [
        ("utility", "US", None, 1),
        ("referral_conversion", "US", "free_entry_point", 2),
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (24 * HOUR - MICROSECOND, FREE),
        (24 * HOUR, BILLED),
        (24 * HOUR + MICROSECOND, BILLED),
    ],
)
def test_an_answer_within_24_hours_opens_it(
    emulator: Emulator, after: timedelta, expected: tuple[object, ...]
) -> None:
    """Later there is none, and the template costs what it costs."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello")
    sandbox.clock.advance(after)

    send(sandbox, order_shipped())
    sandbox.settle()

    found = entry(sandbox)
    assert prices(inbox, "sent") == prices(inbox) == [expected]
    assert found is not None
    assert (found.opened_at is not None) is (expected is FREE)


@pytest.mark.parametrize(
    ("device", "opens"), [("android", True), ("ios", True), ("web", False), ("desktop", False)]
)
def test_only_telephones_count(emulator: Emulator, device: str, opens: bool) -> None:
    """On the web and the desktop the window opens, and no entry point."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello", device=device)

    send(sandbox, order_shipped())
    sandbox.settle()

    assert (prices(inbox) == [FREE]) is opens
    assert "referral" in inbox.values[0]["messages"][0]


def test_a_post_counts_like_an_ad(emulator: Emulator) -> None:
    """A call-to-action button of a page is the other way in."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.say(SHEENA, "Hello", referral={"source_type": "post"})

    send(sandbox, SPRING_SALE)
    sandbox.settle()

    assert prices(inbox) == [FREE]


def test_the_72_hours_begin_with_the_delivery(emulator: Emulator) -> None:
    """Of the first answer that arrives; its ``sent`` is told as free already."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.change(SHEENA, habits={"delivered_after": 3600, "read_after": 1})
    sandbox.people.click_ad(SHEENA, "Hello")

    send(sandbox, order_shipped())
    sandbox.settle()
    assert prices(inbox, "sent") == [FREE]
    assert present(entry(sandbox)).opened_at is None
    sandbox.clock.advance(HOUR)

    assert present(entry(sandbox)).opened_at == datetime.fromisoformat("2026-11-02T11:00:00+00:00")
    assert notes(sandbox, "message")[-1] == "a free entry point is open until 2026-11-05 11:00"


def test_they_may_begin_with_the_answer(emulator: Emulator) -> None:
    """As the newer page has it."""
    sandbox, _ = begin(emulator, START, free_entry_point_from="answer")
    sandbox.people.change(SHEENA, habits={"sent_after": 60, "delivered_after": 3600})
    sandbox.people.click_ad(SHEENA, "Hello")

    send(sandbox, order_shipped())
    sandbox.clock.advance(2 * HOUR)

    assert present(entry(sandbox)).opened_at == datetime.fromisoformat("2026-11-02T10:00:00+00:00")


def test_an_answer_that_never_arrives_opens_nothing(emulator: Emulator) -> None:
    """The phone is off."""
    sandbox, _ = begin(emulator, START)
    sandbox.people.change(SHEENA, habits={"delivered_after": None})
    sandbox.people.click_ad(SHEENA, "Hello")

    send(sandbox, order_shipped())
    sandbox.clock.advance(10 * HOUR)

    assert present(entry(sandbox)).opened_at is None
    assert lines(sandbox) == []


def test_what_was_sent_before_the_click_is_no_answer(emulator: Emulator) -> None:
    """It arrives after it, and costs."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.change(SHEENA, habits={"delivered_after": 3600})
    send(sandbox, order_shipped())
    sandbox.clock.advance(HOUR / 2)

    sandbox.people.click_ad(SHEENA, "Hello")
    sandbox.clock.advance(HOUR)

    assert prices(inbox) == [BILLED]
    assert present(entry(sandbox)).opened_at is None


def test_it_belongs_to_a_number_and_a_person(emulator: Emulator) -> None:
    """Another number's messages cost, and so do those to somebody else."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello")
    send(sandbox, order_shipped())

    send(sandbox, order_shipped(), to=PABLO)
    send(sandbox, order_shipped(), from_=TEST)
    sandbox.settle()

    assert sorted(prices(inbox)) == sorted([FREE, BILLED, BILLED])


def test_another_click_begins_anew_only_when_it_is_over(emulator: Emulator) -> None:
    """While it is open a click changes nothing; afterwards it is another chance, with an id of its own."""
    sandbox, _ = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello")
    send(sandbox, order_shipped())
    sandbox.settle()
    first = entry(sandbox)
    assert first is not None

    sandbox.clock.advance(72 * HOUR - MICROSECOND)
    sandbox.people.click_ad(SHEENA, "Hello again")
    assert entry(sandbox) == first
    sandbox.clock.advance(MICROSECOND)
    sandbox.people.click_ad(SHEENA, "And again")

    again = entry(sandbox)
    assert again is not None
    assert again.opened_at is None
    assert again.id != first.id


def test_a_second_click_before_any_answer_gives_another_24_hours(emulator: Emulator) -> None:
    """Under the same id."""
    sandbox, inbox = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello")
    first = entry(sandbox)
    sandbox.clock.advance(23 * HOUR)
    sandbox.people.click_ad(SHEENA, "Hello?")
    sandbox.clock.advance(23 * HOUR)

    send(sandbox, SPRING_SALE)
    sandbox.settle()

    assert prices(inbox) == [FREE]
    assert present(entry(sandbox)).id == present(first).id


@pytest.mark.parametrize(
    ("category", "version", "expected"),
    [("referral_conversion", 23, "referral_conversion"), ("own", 24, "marketing")],
)
def test_its_statuses_tell_one_conversation_in_every_version(
    emulator: Emulator, category: str, version: int, expected: str
) -> None:
    """The only one that is told from version 24 on; the category of its price is a setting."""
    sandbox, inbox = begin(emulator, START, version=version, free_entry_point_category=category)
    sandbox.people.click_ad(SHEENA, "Hello")

    send(sandbox, SPRING_SALE)
    sandbox.settle()
    sandbox.clock.advance(HOUR)
    send(sandbox, SPRING_SALE)
    sandbox.settle()

    told = [status["conversation"] for status in inbox.statuses]
    assert set(conversations(inbox)) == {present(entry(sandbox)).id}
    assert {each["origin"]["type"] for each in told} == {"referral_conversion"}
    assert prices(inbox)[0][2] == expected
    assert [each["expiration_timestamp"] for each in told if "expiration_timestamp" in each] == [
        "1793872800",
        "1793872800",
    ]


def test_most_sandboxes_never_look_for_one(emulator: Emulator) -> None:
    """A send makes no statement about entry points while nobody has clicked an ad."""
    sandbox, _ = begin(emulator, START)
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello")
    sandbox.settle()
    seen = count()
    sandbox.services.store.database.connection.set_trace_callback(
        lambda statement: next(seen) if "entry_points" in statement else None
    )

    send(sandbox, "Hello")
    sandbox.settle()

    sandbox.services.store.database.connection.set_trace_callback(None)
    assert next(seen) == 0


def test_after_a_reset_nobody_has_clicked(emulator: Emulator) -> None:
    """And a snapshot brings the click back."""
    sandbox, _ = begin(emulator, START)
    sandbox.people.click_ad(SHEENA, "Hello")
    kept = sandbox.snapshot()

    sandbox.reset()
    assert entry(sandbox) is None
    sandbox.restore(kept)
    assert entry(sandbox) is not None


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"device": "fridge"}, "people write on android, ios, web, desktop; not 'fridge'"),
        ({"referral": {"source_type": "page"}}, "source_type is one of ad, post"),
    ],
)
def test_an_ad_that_cannot_be_is_explained(emulator: Emulator, more: dict[str, Any], complaint: str) -> None:
    """And nothing was written."""
    sandbox, _ = begin(emulator, START)

    with pytest.raises(CannotDo, match=complaint):
        sandbox.people.click_ad(SHEENA, "Hello", **more)

    assert sandbox.messages.all() == []


def test_an_ad_leads_into_no_group(emulator: Emulator) -> None:
    """It leads to the business."""
    sandbox, _ = begin(emulator, START)
    group = sandbox.groups.make("Plants", SHEENA)

    with pytest.raises(CannotDo, match="not into a group"):
        sandbox.people.say(SHEENA, "Hello", group=group.id, referral={"source_type": "ad"})
