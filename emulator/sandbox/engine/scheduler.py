"""Move the clock and carry out what is due, in order.

Do the work, deliver its webhooks, wait for the answers. In a test that happens on the thread that calls
``settle()`` or ``advance()``; on a server the worker does it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import inf

from emulator.domain.journal import Outcome
from emulator.sandbox.clock import LAST_INSTANT, EndOfCalendar, TimeGoesForward, in_utc
from emulator.sandbox.core import Core
from emulator.sandbox.engine.advance import Advance, NotQuiet, OnStep, Progress
from emulator.sandbox.engine.jobs import Jobs
from emulator.sandbox.engine.turns import Turns
from emulator.sandbox.engine.waiting_receivers import WaitingReceivers
from emulator.sandbox.errors import NotKept, SandboxClosed
from emulator.sandbox.log_records import is_heard
from emulator.sandbox.media.links import Links
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.timeline import HOUSEKEEPING
from emulator.sandbox.webhooks.dispatcher import Dispatcher
from emulator.sandbox.webhooks.outcomes import Outcomes

log = logging.getLogger(__name__)

MOST_AT_ONE_INSTANT = 20_000
"""How many events and webhooks one instant may have before it is asked how many are still to come."""
MOST_RUNS_AT_ONE_INSTANT = 1_000
"""How often the jobs of other schedulers may be run at one instant."""
_STEPS_OF_A_MESSAGE = 6
"""Sent, delivered, read, and a webhook for each: what one pending thing may still bring."""
_INSTANT = "%Y-%m-%d %H:%M:%S"


class Scheduler:
    """Moves the clock of one sandbox, and carries out everything that is due on the way.

    One thread at a time moves it; others wait for their turn. Each event is a transaction of its own, and its
    webhooks are delivered outside every lock before the next one.
    """

    def __init__(self, core: Core, dispatcher: Dispatcher, outcomes: Outcomes, links: Links) -> None:
        self._core = core
        self._dispatcher, self._outcomes = dispatcher, outcomes
        self._links = links
        self._turns = Turns(core.closing)
        self._receivers = WaitingReceivers(dispatcher)
        self._moved_since: float | None = None
        self._carried_out = 0
        self._is_catching_up = False
        self.linger: Callable[[], object] | None = None
        """Called at each instant at which something was carried out, before time goes on from it."""
        self.jobs: list[Jobs] = []
        """Other schedulers, whose jobs are carried out on the way, each at its instant."""
        self.progress: Progress | None = None
        """How far the advance under way has come; ``None`` while nobody moves the clock."""

    @property
    def is_advancing(self) -> bool:
        """Whether somebody is moving the clock right now, by an advance or a settle."""
        return self._moved_since is not None

    @property
    def seconds_under_way(self) -> float:
        """For how many real seconds somebody has been moving the clock; 0 while nobody does."""
        since = self._moved_since
        return 0.0 if since is None else real_seconds() - since

    def settle(self) -> Advance:
        """Carry out everything that is due now and deliver its webhooks; no time passes.

        Returns what happened. Raises :class:`CalledFromReceiver` and :class:`NotQuiet`, and what a handler or
        a receiver raises.
        """
        return self._advance(lambda _: None)

    def advance_by(self, delta: timedelta, on_step: OnStep | None = None) -> Advance:
        """Let simulated time pass by ``delta``, event by event; returns what happened.

        ``on_step`` is called after each instant at which something was carried out. Raises
        :class:`TimeGoesForward` for a negative one, :class:`EndOfCalendar` for one past the calendar's end,
        and as :meth:`settle`.
        """

        def aim(now: datetime) -> datetime:
            try:
                instant = now + delta
            except OverflowError:
                raise EndOfCalendar(f"{delta} from now") from None
            if delta < timedelta(0):
                raise TimeGoesForward(now, instant)
            return _within_calendar(instant)

        return self._advance(aim, on_step)

    def advance_to(self, instant: datetime, on_step: OnStep | None = None) -> Advance:
        """Let simulated time pass until ``instant``, event by event; returns what happened.

        Raises :class:`TimeGoesForward` when it has passed, and as :meth:`advance_by`.
        """

        def aim(now: datetime) -> datetime:
            if in_utc(instant) < now:
                raise TimeGoesForward(now, instant)
            return _within_calendar(instant)

        return self._advance(aim, on_step)

    def advance_to_next(self) -> Advance:
        """Let simulated time pass until the next event or webhook is due, and carry it out.

        Returns what happened. When nothing is due, no time passes; housekeeping does not count. Raises as
        :meth:`settle`.
        """

        def aim(now: datetime) -> datetime | None:
            due = self._next_stop(besides=HOUSEKEEPING)
            return due and max(due, now)

        return self._advance(aim)

    def next_due(self, *, besides: Collection[str] = ()) -> datetime | None:
        """Find when the next event or webhook is due; ``None`` when nothing is.

        ``besides`` are kinds of work that do not count. Called inside ``store.reading()``.
        """
        store = self._core.store
        dues = (store.timeline.next_due(besides=besides), store.deliveries.next_due())
        return min((due for due in dues if due is not None), default=None)

    def carry_out_due(self, seconds: float = inf) -> bool:
        """Carry out the events that are due by now, for some real ``seconds`` at most.

        Their webhooks are left to the worker, which calls it. ``False`` when somebody else moves time, and so
        carries them out; :attr:`on_free` is called afterwards.
        """
        until = real_seconds() + seconds
        done = True
        while done and real_seconds() < until:
            with self._turns.taken_if_free() as is_mine:
                if not is_mine:
                    return False
                done = self._carry_out_one(self._core.clock.now()) or self._links.flush()
        return True

    @property
    def on_free(self) -> Callable[[], None] | None:
        """What is called when nobody moves time any more, after :meth:`carry_out_due` could not."""
        return self._turns.on_free

    @on_free.setter
    def on_free(self, call: Callable[[], None] | None) -> None:
        self._turns.on_free = call

    def catch_up(self) -> None:
        """Carry out the events that are due by now, before a command that comes after them. Needs the lock.

        On a clock that stands still the order of everything in the journal is then that of the commands, and
        not of the threads. A clock that runs has the order of its instants, and is left to the worker.
        """
        core = self._core
        if self._is_catching_up or not core.clock.stands:
            return
        self._is_catching_up = True
        try:
            now = core.clock.latest
            while (due := core.store.timeline.next_due()) is not None and due <= now:
                self._carry_out_one(now)
        except SandboxClosed:
            raise
        except Exception:
            return  # it is in the log and in the journal; the command that comes now is not to blame
        finally:
            self._is_catching_up = False

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keep everybody from carrying out due work inside the ``with`` block; waits for what is under way.

        Raises :class:`CalledFromReceiver` when the caller is the receiver that is waited for.
        """
        self._receivers.refuse_here()
        with self._turns.taken(self._receivers.look()):
            yield

    def _advance(self, aim: Callable[[datetime], datetime | None], on_step: OnStep | None = None) -> Advance:
        """Walk to where ``aim`` says, given the present instant; ``None`` stays and settles.

        It is asked when it is the caller's turn: each of several advances at once begins where another ended.
        """
        self._receivers.refuse_here()
        half = (
            self._core.settings.webhook_timeout.total_seconds() / 2
        )  # after all of it the webhook has failed
        look = self._receivers.look(half)
        with self._turns.taken(self._receivers.look()), self._advancing():
            advance, moved = self._walk(aim, on_step, look)
            if moved:
                with self._core.store.transaction():
                    self._core.store.facts.put("clock", self._core.clock.state())
            self._log(advance, moved)
        return advance

    def _log(self, advance: Advance, moved: bool) -> None:
        if is_heard() and (moved or advance.events or advance.deliveries):
            how = (
                f"advanced from {advance.since:{_INSTANT}} to {advance.until:{_INSTANT}}"
                if moved
                else "settled"
            )
            self._core.log("clock", f"{how}: {advance.counts}", at=advance.until)

    def _walk(
        self, aim: Callable[[datetime], datetime | None], on_step: OnStep | None, look: Callable[[], None]
    ) -> tuple[Advance, bool]:
        core = self._core
        with core.clock.held():
            with core.store.reading():
                first = core.store.journal.last()
            since = core.clock.now()
            target = aim(since)
            if target is not None:
                with core.command():
                    core.set_out()
            end = since if target is None else max(target, since)
            self.progress = progress = Progress(since, end)
            before, repeats = self._dispatcher.carried, 0
            while True:
                carried, now = progress.events + progress.deliveries, core.clock.now()
                self._quiet(now, progress, look, before)
                ran = self._run_jobs(now)
                if ran or progress.events + progress.deliveries > carried:
                    if on_step is not None:
                        on_step(progress, now)
                    if self.linger is not None:
                        self.linger()
                if progress.is_cancelled:
                    end = now
                    break
                end = max(end, core.clock.frozen_at() or end)  # somebody may have moved a freeze on meanwhile
                progress.until = end
                due = self._next_stop()
                if due is None or due > end:
                    break
                if ran and due <= now and (repeats := repeats + 1) > MOST_RUNS_AT_ONE_INSTANT:
                    raise NotQuiet(
                        f"jobs were run {repeats} times at {now.isoformat()} and more are due: does a job "
                        "put itself to the present, or does next_due() not go on after run()?"
                    )
                repeats = repeats if due <= now else 0
                core.clock.hold(max(due, core.clock.now()))
            core.clock.hold(end)
            with core.store.reading():
                happened = tuple(core.store.journal.select(after=first, limit=1000))
        return Advance(since, end, progress.events, progress.deliveries, happened), target is not None

    def _next_stop(self, *, besides: Collection[str] = ()) -> datetime | None:
        """When the timeline, a webhook or a job of another scheduler is due next; ``None``: nothing is."""
        with self._core.store.reading():
            due = self.next_due(besides=besides)
        dues = [due, *(jobs.next_due() for jobs in self.jobs)]
        return min((in_utc(each) for each in dues if each is not None), default=None)

    def _run_jobs(self, at: datetime) -> bool:
        """Carry out the jobs of other schedulers that are due; whether there were any."""
        ran = False
        for jobs in list(self.jobs):
            due = jobs.next_due()
            if due is not None and due <= at:
                jobs.run()
                ran = True
        return ran

    @contextmanager
    def _advancing(self) -> Iterator[None]:
        before = self._moved_since
        if before is None:
            self._moved_since = real_seconds()
        try:
            yield
        except Exception:
            self._core.closing.check()  # in a sandbox that is being closed everything fails
            raise
        finally:
            self._moved_since = before
            self.progress = None

    def _quiet(self, at: datetime, progress: Progress, look: Callable[[], None], started: int) -> None:
        """Carry out what is due ``at``, and what comes of it, until there is no more.

        ``started`` is how many attempts there were when the move began: a worker makes some between two
        looks.
        """
        carried = progress.deliveries
        before = started + carried
        first, had = self._carried_out, progress.events
        most, extended = MOST_AT_ONE_INSTANT, False
        while True:
            self._core.closing.check()
            self._dispatcher.flush(at, before + most, look)
            done = self._carry_out_one(at)
            rests = not done and not self._links.flush() and not self._waiting(at)
            rests = rests and not self._dispatcher.release()
            events = self._carried_out - first
            progress.events = had + events
            deliveries = self._dispatcher.carried - before
            progress.deliveries = carried + deliveries
            if rests:
                self._outcomes.write_down()
                return
            if events + deliveries < most:
                continue
            if extended:
                raise NotQuiet(
                    f"{events} events and {deliveries} webhooks at {at.isoformat()} and still no rest: does "
                    "the app answer its own statuses with new messages?"
                )
            most, extended = 2 * most + _STEPS_OF_A_MESSAGE * self._pending(at), True

    def _pending(self, at: datetime) -> int:
        with self._core.store.reading():
            return self._core.store.timeline.count(at) + self._core.store.deliveries.backlog(at)

    def _waiting(self, at: datetime) -> bool:
        with self._core.store.reading():
            due = self.next_due()
        return due is not None and due <= at

    def _carry_out_one(self, at: datetime) -> bool:
        core = self._core
        with core.store.reading():
            due = core.store.timeline.next_due()
        if due is None or due > at:
            return False
        try:
            with core.command():
                work = core.store.timeline.take(at)
                if work is not None:
                    core.handler(work.kind)(work)
                    self._carried_out += 1
        except (SandboxClosed, NotKept):  # what was not kept stays due, and is carried out once there is room
            raise
        except Exception:
            core.closing.check()
            with core.command():
                broken = core.store.timeline.take(at)
                if broken is not None:
                    core.note(
                        "warning",
                        broken.subject,
                        f"{broken.kind} could not be carried out",
                        at=broken.due,
                        outcome=Outcome.WARNING,
                    )
            log.exception("due work could not be carried out")
            raise
        return work is not None


def _within_calendar(instant: datetime) -> datetime:
    if instant > LAST_INSTANT:
        raise EndOfCalendar(instant.isoformat())
    return instant
