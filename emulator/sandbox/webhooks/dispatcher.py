"""Deliver webhooks: outside every lock, again and again for seven days of simulated time.

They go out in the order in which they were made. One that has failed is overtaken by later ones while it
waits for its next attempt, as on the platform; the setting ``webhook_order`` keeps the order of those about
one person.

Only the status 200 counts as delivered, redirects do not. What becomes of the others is said by
:mod:`emulator.domain.webhooks.deliveries`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from threading import Condition, Lock, get_ident
from typing import TYPE_CHECKING

from emulator.domain.journal import Outcome
from emulator.domain.masking import masked
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt, outcome_of
from emulator.sandbox.core import Core
from emulator.sandbox.errors import NotKept
from emulator.sandbox.messages.causes import Causes
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.latencies import Latencies
from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem
from emulator.sandbox.webhooks.receivers import Receivers

if TYPE_CHECKING:
    from emulator.sandbox.webhooks.spoiling import Spoiling

_INBOUND = b'"messages":[{'
_STATUSES = b'"statuses":[{'
_STATUS = re.compile(rb'"status":"(\w+)"')
"""A status in a payload; in what people write the quotes would be escaped."""
LOOK = 0.05
"""Real seconds after which one who waits looks whether waiting still makes sense."""
SHORTEST_PATIENCE = 0.5
"""Real seconds a webhook may take at least before its receiver is thought to wait for a call of its own."""
_TO_WRITE = "outcomes_to_write"
"""The fact that is there while the journal lacks outcomes of attempts: when the first of them was made."""
_UNKNOWN = -1
"""No stamp of a database: the fact may be in it."""


class Dispatcher:
    """Delivers webhooks, one at a time and in the order they were made, outside every lock.

    Only the status 200 is success; what failed is tried again at growing intervals for seven days of
    simulated time. A worker's thread does so by itself, or else whoever flushes.
    """

    def __init__(
        self, core: Core, receivers: Receivers, spoiling: Callable[[], Spoiling], causes: Causes
    ) -> None:
        """``spoiling`` is asked for when there is something to deliver, and not before."""
        self._core, self._spoiling, self._causes = core, spoiling, causes
        self.receivers = receivers
        lock = Lock()
        self._idle = Condition(lock)
        self._rested = Condition(lock)
        self._rests = 0
        """How often nothing was left to deliver, or waiting for that made no sense any more."""
        self._carrying: int | None = None
        self._begun: float | None = None
        """The real second at which the attempt under way began."""
        self._has_worker = False
        self._generation = 0
        self._addressees: dict[tuple[str, str, str | None, str], tuple[str | None, str]] = {}
        self._addressed_at = _UNKNOWN
        """The stamp of the database at which the addressees were looked up."""
        self._longest = 0.0
        self.latencies = Latencies()
        self._unwritten: list[tuple[DeliveryAttempt, Delivery, str, str]] = []
        self._noted: int | None = None
        """The stamp of the database when it was told that outcomes are to be written; ``None``: it is not."""
        self.carried = 0
        """How many attempts have been made so far."""
        self.inbound_carried = 0
        """How many of them were messages that people had sent."""
        core.closing.on_begin(receivers.abort)
        core.closing.on_begin(self._wake)

    @property
    def is_here(self) -> bool:
        """Whether the calling thread is delivering a webhook right now: the call comes from its receiver."""
        return self._carrying == get_ident()

    @property
    def under_way(self) -> int | None:
        """The number of the attempt that is being made right now, counted from 0.

        ``None`` when there is none.
        """
        return None if self._carrying is None else self.carried

    @property
    def seconds_under_way(self) -> float:
        """For how many real seconds the attempt that is being made has been made; 0 when there is none."""
        begun = self._begun
        return 0.0 if begun is None else real_seconds() - begun

    def patience(self, shortest: float) -> float:
        """Real seconds after which a webhook takes longer than any that was answered, and than ``shortest``.

        At most the setting ``webhook_timeout``: after that it has failed.
        """
        most = self._core.settings.webhook_timeout.total_seconds()
        return min(most, max(shortest, 2 * self._longest))

    @property
    def has_worker(self) -> bool:
        """Whether a thread of its own carries the deliveries."""
        return self._has_worker

    def employ(self, worker: bool) -> None:
        """Leave deliveries to a thread that calls :meth:`carry_one`, or with ``False`` to whoever flushes."""
        self._has_worker = worker
        self._wake()

    def carry_one(self, at: datetime) -> bool:
        """Attempt the first delivery that is due ``at`` an instant, and record its outcome.

        ``False`` when none is. Waits for the receiver up to the setting ``webhook_timeout``, outside every
        lock. What the receiver raises beyond :class:`~emulator.sandbox.webhooks.receiver.DeliveryProblem` is
        recorded and raised.
        """
        with self._core.store.reading():
            generation = self._generation
            delivery = self._core.store.deliveries.waiting(at)
            if delivery is not None:
                url, secret = self._addressee(delivery)
                unsigned = self._spoiling().unsigned(delivery, delivery.attempts + 1)
        if delivery is None:
            if self._has_worker:  # somebody may be waiting for it
                self._wake()
            return False
        if (why := self._core.store.database.probe()) is not None:
            raise NotKept(why)  # it would be sent again and again, and no attempt be remembered
        self._carrying = get_ident()
        self._begun = begun = real_seconds()
        token = self._causes.begin(delivery)
        status: int | None = None
        problem: str | None = None
        try:
            if url is None:
                raise DeliveryProblem(f"app {delivery.app_id} has no callback URL")
            headers = self._spoiling().signed(unsigned, delivery.body, secret)
            status = self.receivers.of(url).post(
                url, delivery.body, headers, self._core.settings.webhook_timeout.total_seconds()
            )
            self._longest = max(self._longest, real_seconds() - begun)
        except DeliveryProblem as found:
            self._core.closing.check()
            status, problem = found.status, str(found)
        except BaseException as found:
            self._core.closing.check()
            took = real_seconds() - begun
            with self._core.command():
                if generation == self._generation:
                    self._record(delivery, url, None, f"the receiver raised {described(found)}", took)
            raise
        finally:
            took = real_seconds() - begun
            self._causes.end(token)
            self._carrying = self._begun = None
        with self._core.command():
            if generation == self._generation:
                self._record(delivery, url, status, problem, took)
            self.carried += 1  # whoever finds no backlog any more finds this attempt counted
            self.inbound_carried += _INBOUND in delivery.body
        if self._has_worker:
            with self._idle:
                self._idle.notify_all()
        return True

    def _addressee(self, delivery: Delivery) -> tuple[str | None, str]:
        """The URL a webhook goes to now, and the secret it is signed with."""
        if self._addressed_at != (stamp := self._core.store.database.stamp):
            self._addressees.clear()
            self._addressed_at = stamp
        key = delivery.app_id, delivery.waba_id, delivery.phone_number_id, delivery.field
        found = self._addressees.get(key)
        if found is None:
            from emulator.sandbox.webhooks.publisher import present_url

            app = self._core.store.accounts.app(delivery.app_id)
            found = present_url(self._core.store.accounts, delivery), app.secret if app else ""
            self._addressees[key] = found
        return found

    def forget(self) -> None:
        """Let an attempt that is under way record nothing: the sandbox has become another.

        After a reset or a restore the delivery it belongs to is not there any more, or is a different one of
        that number.
        """
        with self._core.store.reading():
            self._generation += 1
            self.latencies.forget()
            self._unwritten.clear()
            self._noted = _UNKNOWN

    def release(self) -> bool:
        """Queue webhooks that were held back and not overtaken; says whether there were any."""
        return self._spoiling().release()

    def rest(self) -> None:
        """Close all idle connections, so that a receiver with a single thread has it free for others."""
        self.receivers.rest()

    def tidy(self) -> float | None:
        """Close connections that were idle for long enough.

        Returns after how many real seconds to do so again; ``None`` when there is none.
        """
        return self.receivers.tidy()

    def flush(self, at: datetime, most: int, look: Callable[[], None] | None = None) -> None:
        """Attempt every delivery that is due ``at`` an instant.

        Return then, or when ``carried`` reaches ``most``. Where a worker has been employed its thread does
        it, and this waits for it; else the calling thread does, and closes idle connections at the end.
        ``look`` is called every :data:`LOOK` real seconds of waiting; what it raises ends the wait.
        """
        while self.carried < most:
            self._core.closing.check()
            if not self._has_worker:
                if not self.carry_one(at):
                    break
            elif not self._wait_for_worker(at, look):
                break
        if not self._has_worker:
            self.rest()

    def _wait_for_worker(self, at: datetime, look: Callable[[], None] | None) -> bool:
        """Wait for :data:`LOOK` at most, until the worker rests; ``False`` when nothing is due already."""
        with self._idle:
            rests = self._rests
        if not self._backlog(at):
            return False
        self._core.tell()
        with self._idle:
            rested = self._rested.wait_for(lambda: self._rests != rests, LOOK)
        if not rested and look is not None:
            look()
        return True

    def is_behind(self, most: int) -> bool:
        """Whether more than ``most`` deliveries are due; never in a sandbox that is being closed."""
        with self._core.store.reading():
            if self._core.closing.has_begun:
                return False
            return self._core.store.deliveries.backlog(self._core.clock.now(), most + 1) > most

    def wait_for_one(self, seconds: float) -> None:
        """Wait until the next attempt is over, at most for some real ``seconds``."""
        with self._idle:
            self._idle.wait(seconds)

    def _wake(self) -> None:
        """Have everybody look who waits for an attempt, or for all of them."""
        with self._idle:
            self._rests += 1
            self._idle.notify_all()
            self._rested.notify_all()

    def _backlog(self, at: datetime) -> int:
        with self._core.store.reading():
            return self._core.store.deliveries.backlog(at, 1)

    def _record(
        self, delivery: Delivery, url: str | None, status: int | None, problem: str | None, took: float
    ) -> None:
        core, deliveries = self._core, self._core.store.deliveries
        attempt = DeliveryAttempt(
            delivery.id, delivery.attempts + 1, core.clock.now(), status, masked(problem) if problem else None
        )
        became = outcome_of(delivery, attempt)
        to = delivery.url if url is None else _shown(url)
        if not deliveries.record(delivery, attempt, became.state, became.due, to):
            return  # it shall be sent once more
        if url is not None:
            self.latencies.note(delivery.id, attempt.number, took)
        is_ordered = core.settings.webhook_order == "ordered"
        if became.state == "waiting" and delivery.wa_id is not None and is_ordered:
            deliveries.hold_later(delivery, became.due)
        summary = became.sentence(url)
        self._unwritten.append((attempt, delivery, "nowhere" if url is None else to, summary))
        core.log("webhook", summary, subject=f"delivery:{delivery.id}", outcome=became.outcome)
        if not (self._has_worker and core.clock.stands):
            self.write_down()
        elif self._noted != core.store.database.stamp:
            core.store.facts.put(_TO_WRITE, self._unwritten[0][0].at.isoformat())
            self._noted = core.store.database.stamp

    def take_up(self) -> None:
        """Write the outcomes that a process before could not write any more, because it was killed.

        Called inside a transaction, when a kept sandbox is opened.
        """
        since = self._core.store.facts.get(_TO_WRITE)
        if since is None:
            return
        self._noted = _UNKNOWN
        made = None if since is True else datetime.fromisoformat(since)  # a file of before says only that
        for delivery, attempt in self._core.store.deliveries.unwritten(made):
            summary = outcome_of(delivery, attempt).sentence(delivery.url)
            self._unwritten.append((attempt, delivery, delivery.url, summary))
        self.write_down()

    def write_down(self) -> None:
        """Write the outcomes of attempts into the journal, those of earlier deliveries first.

        Where a worker makes them beside other callers, and the clock stands still, that is done when nothing
        is due any more, or somebody reads the journal: which of them was over when tells nothing.
        """
        if not self._unwritten:
            return
        with self._core.command():
            outcomes, self._unwritten = self._unwritten, []
            if self._noted is not None:
                self._core.store.facts.remove(_TO_WRITE)
                self._noted = None
            outcomes.sort(key=lambda each: (each[0].delivery_id, each[0].number))
            for attempt, delivery, url, summary in outcomes:
                self._core.note(
                    "webhook",
                    f"delivery:{attempt.delivery_id}",
                    summary,
                    at=attempt.at,
                    wa_id=delivery.wa_id,
                    cause=delivery.cause,
                    details={
                        "attempt": attempt.number,
                        "field": delivery.field,
                        "url": url,
                        "status": attempt.status,
                        "problem": attempt.problem,
                        **_reported(delivery),
                        **self._spoiling().described(delivery, attempt.number),
                    },
                    is_logged=True,
                )
                if attempt.succeeded and self._spoiling().unsigned(delivery, attempt.number) is not None:
                    self._core.note(
                        "webhook",
                        f"delivery:{attempt.delivery_id}",
                        "was taken, though its signature is not the platform's",
                        at=attempt.at,
                        outcome=Outcome.WARNING,
                    )


def _reported(delivery: Delivery) -> dict[str, object]:
    """Which status of its message a delivery reports; empty where it reports none, or several."""
    found = _STATUS.findall(delivery.body) if _STATUSES in delivery.body else []
    return {"reports": found[0].decode()} if len(found) == 1 else {}


@lru_cache(64)
def _shown(url: str) -> str:
    """A URL as records show it."""
    return str(masked(url))
