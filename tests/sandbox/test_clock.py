"""Simulated time: how a clock runs, stands, follows a frozen process, and never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from kit.identities import SHEENA
from kit.receivers import listen
from kit.sandboxes import send
from kit.times import START, Wall, after, seconds

from emulator import Emulator, Sandbox, TimeGoesForward
from emulator.sandbox.clock import Clock, Mode

# standing and running


def test_a_frozen_clock_stands_still(wall: Wall) -> None:
    """However much real time passes."""
    clock = Clock(START)

    wall.pass_(3600)

    assert (clock.now(), clock.mode, clock.speed) == (START, Mode.FROZEN, None)


def test_a_running_clock_goes_with_the_wall_clock(wall: Wall) -> None:
    """From the instant it was given, not from the real one."""
    clock = Clock(START, speed=1.0)

    wall.pass_(5)

    assert (clock.now(), clock.mode, clock.speed) == (after(5), Mode.RUNNING, 1.0)


def test_a_clock_may_run_faster(wall: Wall) -> None:
    """The speed is simulated seconds a real one."""
    clock = Clock(START, speed=1000)

    wall.pass_(2)

    assert clock.now() == after(2000)


def test_a_clock_without_a_beginning_shows_the_real_time(wall: Wall) -> None:
    """Running or not."""
    assert [Clock().now(), Clock(speed=1.0).now()] == [wall.at, wall.at]


def test_a_change_of_speed_keeps_the_time(wall: Wall) -> None:
    """What was shown before goes on from there."""
    clock = Clock(START, speed=10)
    wall.pass_(1)

    clock.run(100)
    shown = [clock.now()]
    wall.pass_(1)
    shown.append(clock.now())

    assert shown == [after(10), after(110)]


def test_a_clock_stands_and_runs_again(wall: Wall) -> None:
    """Real time that passes while it stands does not count."""
    clock = Clock(START, speed=1.0)
    wall.pass_(5)

    clock.stand()
    wall.pass_(100)
    clock.run()
    wall.pass_(1)

    assert clock.now() == after(6)


def test_a_clock_stands_at_a_later_instant() -> None:
    """Standing may move it forward."""
    clock = Clock(START)

    clock.stand(after(60))

    assert clock.now() == after(60)


@pytest.mark.parametrize("speed", [0, -1, 1_000_001, float("nan")])
def test_impossible_speeds_are_refused(speed: float) -> None:
    """With the range that is possible."""
    clock = Clock(START)

    with pytest.raises(ValueError, match=r"above 0 and up to 1,000,000; got"):
        clock.run(speed)

    assert clock.mode is Mode.FROZEN


def test_a_running_clock_does_not_go_back_with_the_wall_clock(wall: Wall) -> None:
    """A corrected wall clock makes it wait, not repeat."""
    clock = Clock(START, speed=1.0)
    wall.pass_(10)
    shown = clock.now()

    wall.pass_(-8)

    assert clock.now() == shown == after(10)


def test_going_back_is_refused_and_names_the_way() -> None:
    """The refusal tells both instants, and that `reset` is what one may have meant."""
    clock = Clock(START)

    with pytest.raises(TimeGoesForward) as refused:
        clock.stand(after(-1))

    assert (refused.value.now, refused.value.asked) == (START, after(-1))
    assert str(refused.value) == (
        "it is 2026-10-05T09:00:00+00:00 in this sandbox and time only goes forward; "
        "2026-10-05T08:59:59+00:00 has passed. `reset` returns the sandbox to its beginning, a snapshot to "
        "where it was taken."
    )


def test_a_sandbox_refuses_to_go_back(sandbox: Sandbox) -> None:
    """By each of the ways that time is moved, and it stays where it is."""
    refusals = []
    for act in (
        lambda: sandbox.clock.advance(seconds(-1)),
        lambda: sandbox.clock.travel_to(after(-1)),
        lambda: sandbox.clock.freeze(after(-1)),
    ):
        with pytest.raises(TimeGoesForward, match="`reset` returns") as refused:
            act()
        refusals.append(refused.value.asked)

    assert refusals == [after(-1)] * 3
    assert sandbox.clock.now() == START


def test_an_advance_past_the_calendar_is_refused(sandbox: Sandbox) -> None:
    """A year after 9999 is a sentence, not a stack of arithmetic."""
    with pytest.raises(ValueError, match="past the end of the calendar"):
        sandbox.clock.advance(timedelta(days=3_000_000))


def test_no_time_at_all_may_pass_in_a_running_sandbox(emulator: Emulator) -> None:
    """Advancing by nothing is no step back, although the clock has moved since it was read."""
    running = emulator.create("running", at=START, speed=1000.0)

    happened = running.clock.advance(timedelta(0))

    assert happened.until >= happened.since >= START


def test_running_and_freezing_a_sandbox(wall: Wall, emulator: Emulator) -> None:
    """The facade's words for it; freezing at an instant walks there."""
    sandbox = emulator.create(at=START, speed=None)
    told: list[object] = [sandbox.clock.mode]

    sandbox.clock.run(60)
    wall.pass_(2)
    told.append(sandbox.clock.now())
    sandbox.clock.freeze(after(600))
    wall.pass_(2)
    told += [sandbox.clock.mode, sandbox.clock.now()]

    assert told == [Mode.FROZEN, after(120), Mode.FROZEN, after(600)]


# held


def test_a_held_clock_shows_one_instant(wall: Wall) -> None:
    """While work is carried out, everybody sees the instant of the work."""
    clock = Clock(START, speed=1.0)

    with clock.held():
        wall.pass_(5)
        shown = [clock.now()]
        clock.hold(after(60))
        wall.pass_(5)
        shown.append(clock.now())

    assert shown == [START, after(60)]


def test_a_clock_runs_on_from_where_it_was_held(wall: Wall) -> None:
    """Held further than it had run, it goes on from there."""
    clock = Clock(START, speed=1.0)
    with clock.held():
        clock.hold(after(3600))

    wall.pass_(1)

    assert clock.now() == after(3601)


def test_a_clock_that_was_held_shortly_loses_no_time(wall: Wall) -> None:
    """Real time that passed meanwhile counts."""
    clock = Clock(START, speed=1.0)

    with clock.held():
        wall.pass_(5)

    assert clock.now() == after(5)


def test_holding_nests(wall: Wall) -> None:
    """The inner end does not let go."""
    clock = Clock(START, speed=1.0)

    with clock.held():
        with clock.held():
            clock.hold(after(10))
        wall.pass_(100)

        assert clock.now() == after(10)


def test_a_held_clock_does_not_go_back() -> None:
    """Nor may one that is not held be moved so."""
    clock = Clock(START)

    with clock.held(), pytest.raises(TimeGoesForward):
        clock.hold(after(-1))
    with pytest.raises(TimeGoesForward):
        clock.hold(after(1))

    assert clock.now() == START


# kept and taken up


def test_a_kept_running_clock_counts_the_time_in_between(wall: Wall) -> None:
    """As a server does that was stopped for a minute."""
    clock, later = Clock(START, speed=10), Clock()
    wall.pass_(1)
    kept = clock.state()
    wall.pass_(60)

    later.restore(kept)

    assert (later.now(), later.speed) == (after(610), 10)


def test_a_rebased_running_clock_goes_on_from_where_it_was(wall: Wall) -> None:
    """As a snapshot does, whenever it is taken up."""
    clock, later = Clock(START, speed=10), Clock()
    wall.pass_(1)
    kept = clock.state(rebased=True)
    wall.pass_(60)

    later.restore(kept)
    wall.pass_(1)

    assert later.now() == after(20)


def test_restoring_may_go_back() -> None:
    """It is the only way in which a clock may."""
    clock = Clock(START)
    kept = clock.state()
    clock.stand(after(3600))

    clock.restore(kept)

    assert (clock.now(), clock.mode) == (START, Mode.FROZEN)


def test_a_clock_taken_up_again_is_not_behind_what_happened(wall: Wall) -> None:
    """It goes on from there, as it went."""
    running, frozen = Clock(START, speed=2.0), Clock(START)

    running.not_before(after(60))
    frozen.not_before(after(60))
    wall.pass_(5)

    assert [running.now(), frozen.now()] == [after(70), after(60)]


def test_beginning_again_is_beginning_as_before(wall: Wall) -> None:
    """A clock that ran from an instant runs from it again."""
    clock = Clock(START, speed=2.0)
    wall.pass_(50)
    clock.stand(after(1000))

    with clock.beginning_again():
        pass
    wall.pass_(1)

    assert (clock.now(), clock.speed) == (after(2), 2.0)


@pytest.mark.parametrize(
    ("speed", "instant", "expected"),
    [(None, 0, 0.0), (None, 5, None), (10, 50, 5.0), (10, -50, 0.0)],
    ids=["due on a standing clock", "never on a standing clock", "later", "overdue"],
)
def test_how_long_the_real_world_waits(
    wall: Wall, speed: int | None, instant: int, expected: float | None
) -> None:
    """What the pump sleeps for."""
    clock = Clock(START, speed=speed)

    assert clock.real_seconds_until(after(instant)) == expected


# following


def test_a_clock_follows_a_frozen_process() -> None:
    """It hears of `tick` and `move_to` at once."""
    clock = Clock(follow=True)

    with freeze_time("2026-10-05 09:00:00") as frozen:
        shown = [clock.now()]
        frozen.tick(60)
        shown.append(clock.now())
        frozen.move_to("2026-10-05 10:00:00")
        shown.append(clock.now())
        mode = clock.mode

    assert shown == [START, after(60), after(3600)]
    assert mode is Mode.FOLLOWING


def test_a_clock_that_does_not_follow_is_not_moved() -> None:
    """Following is asked for."""
    clock = Clock(START)

    with freeze_time("2027-01-01"):
        shown = clock.now(), clock.mode

    assert shown == (START, Mode.FROZEN)


def test_the_innermost_freeze_counts() -> None:
    """As it does for the process itself."""
    clock = Clock(follow=True)

    with freeze_time("2026-10-05 09:00:00"):
        shown = [clock.now()]
        with freeze_time("2026-10-05 09:00:30"):
            shown.append(clock.now())

    assert shown == [START, after(30)]


def test_looking_does_not_advance_a_freeze_that_ticks_by_itself() -> None:
    """Only the test's own looks at the time move it."""
    clock = Clock(follow=True)

    with freeze_time("2026-10-05 09:00:00", auto_tick_seconds=15):
        looks = [clock.now() for _ in range(5)]
        own = [datetime.now(UTC), datetime.now(UTC)]
        looks.append(clock.now())

    assert own == [START, after(15)]
    assert looks == [START] * 5 + [after(30)]


def test_a_freeze_that_runs_is_followed() -> None:
    """A ticking freeze moves by itself, and the clock with it."""
    clock = Clock(follow=True)

    with freeze_time("2026-10-05 09:00:00", tick=True):
        first, second = clock.now(), clock.now()

    assert START <= first <= second < after(60)


def test_a_freeze_may_begin_in_the_past_before_anything_happened(emulator: Emulator) -> None:
    """The sandbox has no history that could be contradicted."""
    sandbox = emulator.create(follow=True, speed=None)

    with freeze_time("2020-02-29 12:00:00"):
        message = sandbox.people.say(SHEENA, "Hello")

    assert message.at == datetime(2020, 2, 29, 12, tzinfo=UTC)


def test_a_freeze_that_begins_in_the_past_of_something_is_refused(emulator: Emulator) -> None:
    """Going back names `reset`, for whatever is asked of the sandbox."""
    sandbox = emulator.create(at=START, follow=True, speed=None)
    sandbox.people.say(SHEENA, "Hello")

    with (
        freeze_time("2020-02-29 12:00:00"),
        pytest.raises(TimeGoesForward, match="`reset` returns the sandbox to its beginning"),
    ):
        sandbox.people.say(SHEENA, "Hello again")

    assert [message.text for message in sandbox.messages.all()] == ["Hello"]


def test_a_beginning_that_fails_changes_nothing() -> None:
    """The clock goes on from where it was, with its history."""
    clock = Clock(START, speed=None)
    clock.stand(after(1000))
    clock.has_history = True

    with pytest.raises(OSError, match="full"), clock.beginning_again():
        raise OSError("full")

    assert (clock.now(), clock.has_history) == (after(1000), True)


def test_a_reset_begins_at_the_freeze(emulator: Emulator) -> None:
    """It is what the refusal above tells one to do, so it works there."""
    sandbox = emulator.create(at=START, follow=True, speed=None)
    sandbox.people.say(SHEENA, "Hello")

    with freeze_time("2020-02-29 12:00:00"):
        sandbox.reset()
        message = sandbox.people.say(SHEENA, "Hello again")

    assert message.at == datetime(2020, 2, 29, 12, tzinfo=UTC)


def test_an_advance_moves_the_frozen_process_along(emulator: Emulator) -> None:
    """The receiver and the test see the simulated instant as their own time."""
    sandbox = emulator.create(follow=True, speed=None)

    with freeze_time("2026-10-05 09:00:00"):
        inbox = listen(sandbox)
        own = []
        sandbox.people.say(SHEENA, "Hello")
        own.append(datetime.now(UTC))
        sandbox.clock.advance(timedelta(minutes=10))
        own.append(datetime.now(UTC))

    assert own == [START, after(600)]
    assert inbox.times == [(0.0, "text Hello")]


def test_a_tick_is_caught_up_with_by_settling(emulator: Emulator) -> None:
    """What fell due by the test's own tick is carried out, each thing at its instant."""
    sandbox = emulator.create(follow=True, speed=None)

    with freeze_time("2026-10-05 09:00:00") as frozen:
        inbox = listen(sandbox)
        sandbox.people.say(SHEENA, "Hello")
        sandbox.settle()
        send(sandbox, "Hello back")
        frozen.tick(60)
        sandbox.settle()

    assert [int(status["timestamp"]) - int(START.timestamp()) for status in inbox.statuses] == [0, 1, 7]


def test_a_clock_stays_where_a_freeze_left_it(emulator: Emulator) -> None:
    """When the freeze has ended it does not fall back to an earlier time."""
    sandbox = emulator.create(follow=True, speed=None)
    with freeze_time("2040-01-01"):
        sandbox.people.say(SHEENA, "Hello")

    assert sandbox.clock.now() == datetime(2040, 1, 1, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    """A sandbox that begins at a naive instant would fail at its first message."""
    with Emulator() as emulator, pytest.raises(ValueError, match="time zone"):
        emulator.create(at=datetime(2026, 10, 5, 9), speed=None)
