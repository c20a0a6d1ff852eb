"""Deliver webhooks: outside every lock, again and again for seven days of simulated time.

They go out in the order in which they were made. One that has failed is overtaken by later ones while it
waits for its next attempt, as on the platform; the setting ``webhook_order`` keeps the order of those about
one person.

Only the status 200 counts as delivered, redirects do not. What becomes of the others is said by
:mod:`emulator.domain.webhooks.deliveries` and recorded by :mod:`emulator.sandbox.webhooks.outcomes`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Condition, Lock, get_ident
from typing import TYPE_CHECKING

from emulator.domain.webhooks.deliveries import Delivery
from emulator.sandbox.core import Core
from emulator.sandbox.errors import NotKept
from emulator.sandbox.messages.causes import Causes
from emulator.sandbox.real_time import real_seconds
from emulator.sandbox.webhooks.outcomes import Outcomes
from emulator.sandbox.webhooks.raised import described
from emulator.sandbox.webhooks.receiver import DeliveryProblem
from emulator.sandbox.webhooks.receivers import Receivers

if TYPE_CHECKING:
    from emulator.sandbox.webhooks.spoiling import Spoiling

_INBOUND = b'"messages":[{'
LOOK = 0.05
"""Real seconds after which one who waits looks whether waiting still makes sense."""
SHORTEST_PATIENCE = 0.5
"""Real seconds a webhook may take at least before its receiver is thought to wait for a call of its own."""
_UNKNOWN = -1
"""No stamp of a database."""


class Dispatcher:
    """Delivers webhooks, one at a time and in the order they were made, outside every lock.

    Only the status 200 is success; what failed is tried again at growing intervals for seven days of
    simulated time. A worker's thread does so by itself, or else whoever flushes.
    """

    def __init__(
        self,
        core: Core,
        receivers: Receivers,
        spoiling: Callable[[], Spoiling],
        causes: Causes,
        outcomes: Outcomes,
    ) -> None:
        """``spoiling`` is asked for when there is something to deliver, and not before."""
        self._core, self._spoiling, self._causes, self._outcomes = core, spoiling, causes, outcomes
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
        raised: BaseException | None = None
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
            problem, raised = f"the receiver raised {described(found)}", found
        finally:
            took = real_seconds() - begun
            self._causes.end(token)
            self._carrying = self._begun = None
        try:
            with self._core.command():
                if generation == self._generation:
                    self._outcomes.record(delivery, url, status, problem, took, later=self._writes_later)
                if raised is None:
                    self.carried += 1  # whoever finds no backlog any more finds this attempt counted
                    self.inbound_carried += _INBOUND in delivery.body
            if raised is not None:
                raise raised
        finally:
            raised = None  # it holds this frame
        if self._has_worker:
            with self._idle:
                self._idle.notify_all()
        return True

    @property
    def _writes_later(self) -> bool:
        """Whether the journal gets outcomes when nothing is due any more.

        Where a worker makes attempts beside other callers, and the clock stands still, which of them was over
        when tells nothing.
        """
        return self._has_worker and self._core.clock.stands

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
            self._outcomes.forget()

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
