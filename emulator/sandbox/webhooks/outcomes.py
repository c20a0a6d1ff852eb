"""What came of attempts to deliver webhooks: recorded with each delivery, and written into the journal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from emulator.domain.journal import Outcome
from emulator.domain.masking import masked
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt, outcome_of
from emulator.sandbox.core import Core
from emulator.sandbox.webhooks.latencies import Latencies

if TYPE_CHECKING:
    from emulator.sandbox.webhooks.spoiling import Spoiling

_STATUSES = b'"statuses":[{'
_STATUS = re.compile(rb'"status":"(\w+)"')
"""A status in a payload; in what people write the quotes would be escaped."""
_TO_WRITE = "outcomes_to_write"
"""The fact that is there while the journal lacks outcomes of attempts: when the first of them was made."""
_UNKNOWN = -1
"""No stamp of a database: the fact may be in it."""


class Outcomes:
    """Records each attempt, and what becomes of its delivery; the journal gets it at once or a little later.

    Those that the journal lacks are told by a fact of the sandbox, so that a process after this one can write
    them.
    """

    def __init__(self, core: Core, spoiling: Callable[[], Spoiling]) -> None:
        """``spoiling`` is asked for when there is an outcome to write, and not before."""
        self._core, self._spoiling = core, spoiling
        self.latencies = Latencies()
        self._unwritten: list[tuple[DeliveryAttempt, Delivery, str, str]] = []
        self._noted: int | None = None
        """The stamp of the database when it was told that outcomes are to be written; ``None``: it is not."""

    def forget(self) -> None:
        """Drop what is remembered: the sandbox has become another. Called under the lock."""
        self.latencies.forget()
        self._unwritten.clear()
        self._noted = _UNKNOWN

    def record(
        self,
        delivery: Delivery,
        url: str | None,
        status: int | None,
        problem: str | None,
        took: float,
        *,
        later: bool,
    ) -> None:
        """Record an attempt that has just been made, inside a transaction.

        ``url`` is where it went, ``None`` where there was no URL; ``status`` that of the answer, ``problem``
        what kept it from one, ``took`` its real seconds. ``later``: the journal gets it by
        :meth:`write_down`, and not at once. Nothing is recorded of a delivery that has been put back into the
        queue meanwhile.
        """
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
        if not later:
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
        """Write the outcomes that the journal lacks into it, those of earlier deliveries first.

        Called when nothing is due any more, and before somebody reads the journal.
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
