"""``sandbox.webhooks``: where webhooks go, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from emulator.domain.masking import masked
from emulator.domain.values import dataclass
from emulator.domain.webhooks.deliveries import answer_in_words
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.callbacks import Callbacks
from emulator.sandbox.namespaces.renamed import FormerlySpoiling
from emulator.sandbox.store.deliveries import STATES
from emulator.sandbox.webhooks.receiver import DeliveryProblem
from emulator.wire import signing

if TYPE_CHECKING:
    from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt


_NO_END = 2**62
"""More than the number of any delivery."""


@dataclass(frozen=True, slots=True)
class ForgedAnswer:
    """What an app answered to a webhook that the platform never sent."""

    status: int | None
    """The HTTP status; ``None`` when no answer came."""
    problem: str | None
    """What went wrong, such as what the app raised; ``None`` when nothing did."""

    def __str__(self) -> str:
        return answer_in_words(self.status, self.problem)


class WebhooksNamespace(FormerlySpoiling, Callbacks):
    """The webhooks of a sandbox: what became of each delivery, those sent on purpose, and where all go."""

    # deliveries

    def all(
        self,
        state: str | None = None,
        limit: int = -1,
        *,
        after: int | None = None,
        before: int | None = None,
    ) -> list[Delivery]:
        """List deliveries in the order they were made: those in a ``state``, or with ``None`` all.

        A state is ``waiting``, ``delivered`` or ``failed``. ``limit`` keeps the newest that many, or the
        oldest of those made ``after`` the delivery with a number (from 0); -1 keeps all. ``before`` keeps
        those made earlier than one. Each has the exact bytes that are signed and sent.
        """
        with self._store.reading():
            found = self._store.deliveries.select(state, limit, after=after, before=before)
            return [self._addressed(each) for each in found]

    @property
    def dropped(self) -> int:
        """How many deliveries are gone, old ones that were over: see the setting ``keep_deliveries``."""
        return self._store.deliveries.retention.dropped

    def get(self, delivery_id: int) -> Delivery:
        """Find one delivery by its number, with its state and when it is due next.

        Raises :class:`LookupError` for a number that is not there.
        """
        with self._store.reading():
            delivery = self._store.deliveries.get(delivery_id)
            if delivery is None:
                raise LookupError(f"there is no delivery {delivery_id}")
            return self._addressed(delivery)

    def attempts(self, delivery_id: int) -> list[DeliveryAttempt]:
        """List every attempt of a delivery, the first one first; an unknown number has none.

        Each has its instant, and the status that was answered or the problem that was met.
        """
        with self._store.reading():
            return self._store.deliveries.attempts(delivery_id)

    def latency(self, delivery_id: int, attempt: int) -> timedelta | None:
        """How long a receiver took for an attempt, in real time, whatever came of it; the first is 1.

        ``None`` for one that was not made, that went nowhere, that is not among the latest 10,000, or that
        another process made: it is measured, and not a part of the sandbox's state.
        """
        return self._services.outcomes.latencies.of(delivery_id, attempt)

    def headers(self, delivery: Delivery) -> dict[str, str]:
        """Build the headers that a delivery is sent with, its signatures by the secret of its app."""
        with self._store.reading():
            app = lookup.app(self._store.accounts, delivery.app_id)
        return signing.headers(delivery.body, app.secret)

    def redeliver(self, delivery_id: int) -> Delivery:
        """Put a delivery back in the queue, due now, whatever became of it: its bytes are sent once more.

        It goes out when the sandbox settles, or by the worker, to the URL that its app has then. Returns the
        delivery. Raises :class:`LookupError` for a number that is not there.
        """
        with self._core.command():
            delivery, now = self.get(delivery_id), self._core.clock.now()
            self._store.deliveries.settle(delivery.id, "waiting", now, delivery.attempts)
            self._core.note("webhook", f"delivery:{delivery.id}", "will be delivered again")
            return self.get(delivery_id)

    def redeliver_all(
        self, state: str | None = None, *, first: int | None = None, last: int | None = None
    ) -> list[int]:
        """Put many deliveries back in the queue, due now, as :meth:`redeliver` does with one.

        Those in a ``state``, such as ``failed``, and with a number from ``first`` to ``last``; what is left
        out is no bound. Returns their numbers. Raises :class:`ValueError` for a state that there is not, and
        when nothing is said.
        """
        if state is not None and state not in STATES:
            raise ValueError(f"a delivery is {', '.join(STATES)}; not {state!r}")
        if (state, first, last) == (None, None, None):
            raise ValueError("say which webhooks: a state, or the numbers of the first and the last")
        with self._core.command():
            begin, end = 1 if first is None else first, _NO_END if last is None else last
            found = self._store.deliveries.requeue(self._core.clock.now(), state, begin, end)
            if found:
                subject = f"delivery:{found[0]}"
                self._core.note("webhook", subject, f"{len(found):,} webhooks will be delivered again")
            return found

    def relieve(self) -> None:
        """Let the calling thread wait a moment while the sandbox is behind with its webhooks.

        At most 20 real milliseconds while more than 64 webhooks are due, and at most a second while somebody
        has been moving the clock for more than one: a stream of calls does not keep time from its end. A
        server calls it after API calls. It waits only where a worker carries the webhooks.
        """
        self._services.backpressure.wait()

    def _addressed(self, delivery: Delivery) -> Delivery:
        """One that waits with the URL it would go to now."""
        from emulator.sandbox.webhooks.publisher import present_url

        url = present_url(self._store.accounts, delivery) if delivery.state == "waiting" else None
        return delivery if url is None else replace(delivery, url=masked(url))

    # what nothing in the sandbox is the cause of

    def samples(self) -> dict[str, tuple[str, ...]]:
        """Map every webhook field to the names of its documented samples; () where only its name is known."""
        from emulator.sandbox.webhooks.firing import documented
        from emulator.wire.webhooks.fields import FIELDS

        return {field: tuple(documented(field)) for field in FIELDS}

    def fire(
        self,
        field: str,
        value: Mapping[str, Any] | None = None,
        *,
        sample: str | None = None,
        to: str | None = None,
        person: str | None = None,
    ) -> Mapping[str, Any]:
        """Send a webhook of any ``field`` of which nothing is the cause; returns its ``value``.

        Without a ``value`` it is that of the documented ``sample`` (default: the first one of the field),
        with the business number ``to`` (default: the first), the ``person`` with that ``wa_id`` (default: the
        first) and the sandbox's newest template in it. It goes to every app that is subscribed to the field,
        when the sandbox settles. Raises :class:`ValueError` for a field or a sample that there is not, and
        :class:`LookupError` for somebody who is not there.
        """
        with self._core.command():
            return self._services.firing.fire(field, value, sample=sample, to=to, person=person)

    def forge(self, body: bytes, *, secret: str | None) -> ForgedAnswer:
        """Post bytes to the callback of the first app that the platform never sent; returns its answer.

        They are signed with a ``secret`` that is not the app's, or with ``None`` not at all. Nothing is tried
        again, and no delivery has them. Raises :class:`LookupError` when the app has no callback.
        """
        with self._store.reading():
            app = lookup.app(self._store.accounts)
        url, receiver = self.receiver()
        sent = signing.headers(body, secret or "")
        if secret is None:
            sent = {name: value for name, value in sent.items() if not name.startswith("X-Hub-")}
        timeout = self._core.settings.webhook_timeout.total_seconds()
        try:
            answer = ForgedAnswer(receiver.post(url, body, sent, timeout), None)
        except DeliveryProblem as problem:
            self._core.closing.check()
            answer = ForgedAnswer(problem.status, str(problem))
        with self._core.command():
            self._core.note("webhook", f"app:{app.id}", f"a forged webhook to {masked(url)}: {answer}")
        return answer
