"""One isolated universe: accounts, people, clock, messages, webhooks. The facade every door calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from emulator.domain.accounts.apps import App
from emulator.domain.messages.lifecycle import Message
from emulator.domain.phones import displayed
from emulator.domain.settings import Settings, from_json
from emulator.sandbox.accounts.enforcement import Enforcement
from emulator.sandbox.accounts.registration import Registration
from emulator.sandbox.acts import Acts
from emulator.sandbox.blueprint import Blueprint
from emulator.sandbox.clock import Clock
from emulator.sandbox.core import Core
from emulator.sandbox.engine.scheduler import Advance, OnStep, Scheduler
from emulator.sandbox.engine.worker import Worker
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.limits.api_usage import ApiUsage
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Throughput
from emulator.sandbox.media.files import MediaFiles
from emulator.sandbox.media.links import Links
from emulator.sandbox.messages.calls import Calls
from emulator.sandbox.messages.context import SendContexts
from emulator.sandbox.messages.delivery import MessageDelivery
from emulator.sandbox.messages.groups import Groups
from emulator.sandbox.messages.inbound import InboundMessages
from emulator.sandbox.messages.outbound import Outbound
from emulator.sandbox.messages.revisions import Revisions
from emulator.sandbox.people.block_list import BlockList
from emulator.sandbox.people.blocks_and_reports import BlocksAndReports
from emulator.sandbox.people.people import PeopleDirectory
from emulator.sandbox.pricing.billing import Billing
from emulator.sandbox.pricing.terms import PricingTerms
from emulator.sandbox.quality.feedback import FeedbackCounts
from emulator.sandbox.quality.pacing import Pacing
from emulator.sandbox.quality.scores import QualityScores
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.blobs import Blobs
from emulator.sandbox.templates.library import Library
from emulator.sandbox.templates.service import TemplateLifecycle
from emulator.sandbox.templates.upsert import Upsert
from emulator.sandbox.timeline import HOUSEKEEPING
from emulator.sandbox.transcript import transcript
from emulator.sandbox.webhooks.dispatcher import Dispatcher
from emulator.sandbox.webhooks.receiver import Receiver
from emulator.sandbox.webhooks.receivers import Receivers
from emulator.sandbox.webhooks.subscriptions import Subscriptions

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
        self.fault_injection = FaultInjection(core)
        self._blobs = Blobs(path and path.with_suffix(".files"))
        self.filing = MediaFiles(core, self._blobs)
        self._links = links = Links(core, allow_public=receivers.allow_public)
        throttling, self.reaching = Throughput(core), MessagingLimit(core)
        attempts = SendContexts(core, throttling, self.reaching)
        fates = MessageDelivery(core, attempts, Billing(core), self.fault_injection)
        self.reviewing = TemplateLifecycle(core)
        feedbacks = FeedbackCounts(core)
        pacing = Pacing(core, links, self.reviewing, feedbacks, fates.fail)
        self.sending = Outbound(core, links, attempts, throttling, self.reaching, pacing)
        self.receiving = InboundMessages(core, self.sending, self.fault_injection)
        self.calling = Calls(core, self.receiving)
        self.revising = Revisions(core, self.receiving)
        self.rating = PricingTerms(core)
        self.blocking = BlockList(core)
        quality = QualityScores(core, self.reviewing, pacing, feedbacks)
        self.opinions = BlocksAndReports(core, quality)
        self.library = Library(self.reviewing)
        self.upserting = Upsert(core, self.reviewing)
        self.subscribing = Subscriptions(core, receivers)
        self.peopling = PeopleDirectory(core)
        self.grouping = Groups(core)
        self.enforcing = Enforcement(core)
        self.registering = Registration(core)
        self.metering = ApiUsage(core)
        self.courier = Dispatcher(core, receivers)
        self.conductor = Scheduler(core, self.courier, links)
        self.pump = Worker(core, self.conductor, self.courier)
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

    def settle(self) -> Advance:
        """Do everything that is due now and deliver its webhooks."""
        return self.conductor.settle()

    def advance(self, delta: timedelta, on_step: OnStep | None = None) -> Advance:
        """Let time pass, event by event; ``on_step`` hears how far it is, at each instant with an event.

        Raises :class:`ValueError` for a negative duration.
        """
        try:
            return self.conductor.advance_by(delta, on_step)
        finally:
            self._wake()

    def travel_to(self, instant: datetime, on_step: OnStep | None = None) -> Advance:
        """Let time pass until ``instant``; ``on_step`` hears how far it is."""
        try:
            return self.conductor.advance_to(instant, on_step)
        finally:
            self._wake()

    def advance_to_next(self) -> Advance:
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
