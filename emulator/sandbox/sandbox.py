"""One isolated universe: accounts, people, clock, messages, webhooks. The facade every door calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from emulator.domain.accounts import App
from emulator.domain.messages.lifecycle import Message
from emulator.domain.phones import displayed
from emulator.domain.settings import Settings, from_json
from emulator.sandbox.acts import Acts
from emulator.sandbox.attempts import Attempts
from emulator.sandbox.billing import Billing
from emulator.sandbox.blocking import Blocking
from emulator.sandbox.blueprint import Blueprint
from emulator.sandbox.calling import Calling
from emulator.sandbox.clock import Clock
from emulator.sandbox.conductor import Conductor, Happened, OnStep
from emulator.sandbox.core import Core
from emulator.sandbox.courier import Courier
from emulator.sandbox.enforcing import Enforcing
from emulator.sandbox.fates import Fates
from emulator.sandbox.feedback import Feedbacks
from emulator.sandbox.filing import Filing
from emulator.sandbox.grouping import Grouping
from emulator.sandbox.library import Library
from emulator.sandbox.links import Links
from emulator.sandbox.metering import Metering
from emulator.sandbox.opinions import Opinions
from emulator.sandbox.outbox import Outbox
from emulator.sandbox.pacing import Pacing
from emulator.sandbox.peopling import Peopling
from emulator.sandbox.pump import Pump
from emulator.sandbox.quality import Quality
from emulator.sandbox.rating import Rating
from emulator.sandbox.reaching import Reaching
from emulator.sandbox.receiver import Receiver
from emulator.sandbox.receivers import Receivers
from emulator.sandbox.receiving import Receiving
from emulator.sandbox.registering import Registering
from emulator.sandbox.reviewing import Reviewing
from emulator.sandbox.revising import Revising
from emulator.sandbox.sending import Sending
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.blobs import Blobs
from emulator.sandbox.store.timeline import HOUSEKEEPING
from emulator.sandbox.subscribing import Subscribing
from emulator.sandbox.throttling import Throttling
from emulator.sandbox.transcript import transcript
from emulator.sandbox.upserting import Upserting

_ITS_OWN = ("made_from", "beginning", "receiver")
"""Facts that stay when a sandbox becomes another: what a reset returns to, and who was connected."""
IN_PROCESS = "http://receiver.invalid"
"""The host of receivers that are reached without a socket."""


class Sandbox(Acts):
    """A universe made from a seed.

    Every act is one transaction: it happens whole or not at all. Acts may come from any thread.
    """

    def __init__(
        self,
        name: str,
        blueprint: Blueprint,
        clock: Clock,
        *,
        path: Path | None = None,
        receivers: Receivers | None = None,
    ) -> None:
        """Make a sandbox from ``blueprint``, or take up the one that is kept in the file ``path``."""
        self.name = name
        self.blueprint = blueprint
        self.clock = clock
        self.database = Database(path, like=blueprint.database)
        self.store = Store(self.database)
        self.core = core = Core(self.store, clock)
        receivers = receivers or Receivers()
        self._receivers = receivers
        self._outbox = outbox = Outbox(core)
        self._blobs = Blobs(path and path.with_suffix(".files"))
        self.filing = Filing(core, self._blobs)
        self._links = links = Links(core, allow_public=receivers.allow_public)
        throttling, self.reaching = Throttling(core), Reaching(core, outbox)
        attempts = Attempts(core, throttling, self.reaching)
        fates = Fates(core, outbox, attempts, Billing(core))
        self.reviewing = Reviewing(core, outbox)
        feedbacks = Feedbacks(core)
        pacing = Pacing(core, links, self.reviewing, feedbacks, fates.fail)
        self.sending = Sending(core, links, attempts, throttling, self.reaching, pacing)
        self.receiving = Receiving(core, outbox, self.sending)
        self.calling = Calling(core, outbox, self.receiving)
        self.revising = Revising(core, self.receiving)
        self.rating = Rating(core, outbox)
        self.blocking = Blocking(core)
        quality = Quality(core, outbox, self.reviewing, pacing, feedbacks)
        self.opinions = Opinions(core, outbox, quality)
        self.library = Library(self.reviewing)
        self.upserting = Upserting(core, self.reviewing)
        self.subscribing = Subscribing(core, receivers)
        self.peopling = Peopling(core)
        self.grouping = Grouping(core)
        self.enforcing = Enforcing(core, outbox)
        self.registering = Registering(core, outbox)
        self.metering = Metering(core)
        self.courier = Courier(core, receivers)
        self.conductor = Conductor(core, self.courier, links)
        self.pump = Pump(core, self.conductor, self.courier)
        with self.store.transaction():
            kept = self.store.facts.get("clock")
            if kept is None:
                self.store.facts.put("clock", clock.state())
                self.store.facts.put("beginning", clock.beginning)
            else:
                clock.beginning = self.store.facts.get("beginning")
                clock.restore(kept)
                clock.not_before(self.store.journal.latest())
                clock.has_history = self.store.journal.last() > 0
                self._blobs.sweep(self.store.media.names)

    @contextmanager
    def command(self) -> Iterator[Store]:
        """Do several things as one: under the lock, in one transaction."""
        with self.core.command():
            yield self.store

    # identity

    def identity(self) -> dict[str, Any]:
        """Ids and credentials: what an integrator's configuration needs."""
        with self.store.reading():
            app = self.app
            subscription = self.store.accounts.subscription(app.id)
            return {
                "id": self.name,
                "app_id": app.id,
                "app_secret": app.secret,
                "access_token": self.store.facts.get("access_token"),
                "verify_token": subscription.verify_token if subscription else "",
                "business_id": self.store.accounts.portfolios()[0].id,
                "waba_id": self.store.accounts.wabas()[0].id,
                "numbers": [
                    {
                        "phone_number_id": number.id,
                        "display_phone_number": displayed(number.digits),
                        "kind": number.kind,
                    }
                    for number in self.store.accounts.numbers()
                ],
                "webhook_url": subscription.callback_url if subscription else None,
            }

    @property
    def app(self) -> App:
        """The app whose token and secret the integrator uses."""
        return self.store.accounts.apps()[0]

    @property
    def settings(self) -> Settings:
        return self.core.settings

    def change_settings(self, **values: Any) -> Settings:
        """Change switches for as long as the sandbox is not reset; see :class:`Settings`.

        Durations are timedeltas or seconds. Raises :class:`ValueError` for a name or value there is not.
        """
        with self.core.command():
            self.core.change_settings(from_json(values, self.core.settings))
        return self.core.settings

    # time

    def settle(self) -> Happened:
        """Do everything that is due now and deliver its webhooks."""
        return self.conductor.settle()

    def advance(self, delta: timedelta, on_step: OnStep | None = None) -> Happened:
        """Let time pass, event by event; ``on_step`` hears how far it is, at each instant with an event.

        Raises :class:`ValueError` for a negative duration.
        """
        try:
            return self.conductor.advance_by(delta, on_step)
        finally:
            self._wake()

    def travel_to(self, instant: datetime, on_step: OnStep | None = None) -> Happened:
        """Let time pass until ``instant``; ``on_step`` hears how far it is."""
        try:
            return self.conductor.advance_to(instant, on_step)
        finally:
            self._wake()

    def advance_to_next(self) -> Happened:
        """Let time pass until the next thing that is due."""
        try:
            return self.conductor.advance_to_next()
        finally:
            self._wake()

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, after walking to ``at`` if that is given."""
        if at is not None:
            self.conductor.advance_to(at)
        self._change_clock(self.clock.stand)

    def run(self, speed: float = 1.0) -> None:
        """Let the clock run, ``speed`` simulated seconds a real one."""
        self._change_clock(lambda: self.clock.run(speed))

    def next_due(self) -> datetime | None:
        """When the next thing is due; that idle templates are looked for once a year does not count."""
        with self.store.reading():
            return self.conductor.next_due(besides=HOUSEKEEPING)

    def _change_clock(self, change: Callable[[], None]) -> None:
        change()
        with self.core.command():
            self.core.note("clock", self.name, f"the clock is {self.clock.mode}")
            self.store.facts.put("clock", self.clock.state())

    def _wake(self) -> None:
        self.core.tell()

    # webhooks

    def connect(self, url: str | None, receiver: Receiver | None = None, fields: Iterable[str] = ()) -> None:
        """Send the webhooks to ``url``, or to a receiver in this process; a reset keeps it so.

        Those of ``fields`` come beside those that the app hears of already. Raises :class:`ValueError` for a
        URL or a field that is none.
        """
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError(f"a receiver's URL begins with http:// or https://, got {url!r}")
        if receiver is not None and url is not None:
            self._receivers.connect(url, receiver)
        with self.core.command():
            self.store.facts.put("receiver", url)
            self.subscribing.connect(self.app, url)
            if more := tuple(fields):
                self.subscribing.hear(self.app, more)

    def subscribe(self, *fields: str) -> None:
        """Have the app hear of more webhook fields. Raises :class:`ValueError` for one there is not."""
        with self.core.command():
            self.subscribing.hear(self.app, fields)

    def redeliver(self, delivery_id: int) -> None:
        """Send a webhook once more, the same bytes. Raises :class:`LookupError`."""
        with self.core.command():
            delivery = self.store.deliveries.get(delivery_id)
            if delivery is None:
                raise LookupError(f"there is no delivery {delivery_id}")
            now = self.clock.now()
            self.store.deliveries.settle(delivery.id, "waiting", now, delivery.attempts)
            self.core.note("webhook", f"delivery:{delivery.id}", "will be delivered again")

    # state

    def reset(self) -> None:
        """Return to the seed: state, ids and time of the beginning; a connected receiver stays."""
        self._become(self.blueprint.database, None)

    def snapshot(self) -> bytes:
        """The whole state, with the time, as the bytes of a SQLite file."""
        with self.store.reading():
            return self.database.image({"clock": self.clock.state(rebased=True)}, self._blobs.all())

    def restore(self, snapshot: bytes) -> None:
        """Become what a snapshot holds; going on from there gives what it gave then.

        Raises :class:`~emulator.sandbox.store.database.NotASnapshot`; then nothing has changed.
        """
        self._become(None, snapshot)

    def _become(self, database: Database | None, snapshot: bytes | None) -> None:
        with self.conductor.paused(), self.store.reading():
            own = {name: self.store.facts.get(name) for name in _ITS_OWN}
            if database is not None:
                self.database.copy_from(database)
                self._blobs.empty()
            elif snapshot is not None:
                self.database.load(snapshot)
                self._blobs.empty()
                with self.store.transaction():
                    self.store.media.unpack(self._blobs)
            self.clock.has_history = False
            self.core.forget()
            self.courier.forget()
            self._links.forget()
            self._outbox.forget()
            with self.core.command():
                for name, value in own.items():
                    if value is not None:
                        self.store.facts.put(name, value)
                kept = self.store.facts.get("clock")
                if kept is None:
                    self.clock.begin_again()
                    self.store.facts.put("clock", self.clock.state())
                else:
                    self.clock.restore(kept)
                self.clock.has_history = self.store.journal.last() > 0
                if own["receiver"] is not None and snapshot is None:
                    self.subscribing.connect(self.app, own["receiver"])

    # looking

    def messages(self, **filters: Any) -> list[Message]:
        with self.store.reading():
            return self.store.messages.select(**filters)

    def transcript(self) -> str:
        """The conversations in simulated time, a line a message."""
        with self.store.reading():
            return transcript(self.store)

    def close(self) -> None:
        """Stop the threads, close the database, and take away files that are not kept."""
        self.pump.stop()
        self.database.close()
        self._blobs.close()

    def forget_files(self) -> None:
        """Take away the files that are kept beside the database."""
        self._blobs.clear()
