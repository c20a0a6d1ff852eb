"""The services of one sandbox, one of each, built in one place; namespaces are thin over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.sandbox.accounts.enforcement import Enforcement
from emulator.sandbox.accounts.registration import Registration
from emulator.sandbox.clock import Clock
from emulator.sandbox.closing import Closing
from emulator.sandbox.core import Core
from emulator.sandbox.engine.backpressure import Backpressure
from emulator.sandbox.engine.scheduler import Scheduler
from emulator.sandbox.engine.worker import Worker
from emulator.sandbox.expectations.expectations import Expectations
from emulator.sandbox.expectations.waiting import Changes
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.limits.api_usage import ApiUsage
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Throughput
from emulator.sandbox.media.files import MediaFiles
from emulator.sandbox.media.links import Links
from emulator.sandbox.messages.business_app import BusinessApp
from emulator.sandbox.messages.calls import Calls
from emulator.sandbox.messages.causes import Causes
from emulator.sandbox.messages.context import FactSources
from emulator.sandbox.messages.delivery import MessageDelivery
from emulator.sandbox.messages.echoes import Echoes
from emulator.sandbox.messages.groups import Groups
from emulator.sandbox.messages.outbound import Outbound
from emulator.sandbox.messages.received.answers import Answers
from emulator.sandbox.messages.received.habitual_answers import HabitualAnswers
from emulator.sandbox.messages.received.inbound import InboundMessages
from emulator.sandbox.messages.received.number_changes import NumberChanges
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.messages.received.revisions import Revisions
from emulator.sandbox.messages.status_reports import StatusReports
from emulator.sandbox.people.absences import Absences
from emulator.sandbox.people.block_list import BlockList
from emulator.sandbox.people.blocks_and_reports import BlocksAndReports
from emulator.sandbox.people.people import PeopleDirectory
from emulator.sandbox.pricing.billing import Billing
from emulator.sandbox.pricing.terms import PricingTerms
from emulator.sandbox.quality.feedback import FeedbackCounts
from emulator.sandbox.quality.pacing import Pacing
from emulator.sandbox.quality.scores import QualityScores
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.media.blobs import Blobs
from emulator.sandbox.templates.library import Library
from emulator.sandbox.templates.service import TemplateLifecycle
from emulator.sandbox.templates.upsert import Upsert
from emulator.sandbox.webhooks.dispatcher import Dispatcher
from emulator.sandbox.webhooks.firing import Firing
from emulator.sandbox.webhooks.publisher import Publisher
from emulator.sandbox.webhooks.receivers import Receivers
from emulator.sandbox.webhooks.spoiling import Spoiling
from emulator.sandbox.webhooks.subscriptions import Subscriptions


class Services:
    """One of each service of a sandbox, over one database and one clock.

    The doors (web, cli, testing) do not use it: they ask the namespaces of the sandbox.
    """

    def __init__(
        self, name: str, database: Database, clock: Clock, path: Path | None, receivers: Receivers
    ) -> None:
        self.name = name
        self.store = Store(database)
        self.core = core = Core(self.store, clock, Closing(name))
        self.faults = FaultInjection(core)
        self.spoiling = Spoiling(core, self.faults)
        self.publisher = Publisher(
            self.store, core.note, lambda: core.settings.webhook_order == "ordered", self.spoiling.queue
        )
        core.publish = self.publisher.publish
        self.receivers = receivers
        self.blobs = Blobs(path and path.with_suffix(".files"))
        self.media = MediaFiles(core, self.blobs)
        self.links = links = Links(core, receivers.client)
        throughput, self.messaging_limit = Throughput(core), MessagingLimit(core)
        sources = FactSources(core, throughput, self.messaging_limit)
        delivery = MessageDelivery(core, sources, Billing(core), self.faults)
        self.status_reports = StatusReports(core, delivery)
        self.templates = TemplateLifecycle(core)
        feedback = FeedbackCounts(core)
        pacing = Pacing(core, links, self.templates, feedback, delivery.fail)
        causes = Causes(core)
        self.outbound = Outbound(core, links, sources, throughput, self.messaging_limit, pacing, causes)
        self.reception = reception = Reception(core, self.faults)
        self.inbound = InboundMessages(core, self.outbound, reception)
        self.answers = Answers(core, reception)
        self.echoes = Echoes(core, reception)
        self.business_app = BusinessApp(core, reception)
        self.calls = Calls(core, reception)
        self.revisions = Revisions(core, reception)
        self.terms = PricingTerms(core)
        self.block_list = BlockList(core)
        quality = QualityScores(core, self.templates, pacing, feedback)
        self.blocks_and_reports = BlocksAndReports(core, quality)
        self.library = Library(self.templates)
        self.upsert = Upsert(core, self.templates)
        self.subscriptions = Subscriptions(core, receivers)
        self.people = PeopleDirectory(core)
        self.number_changes = NumberChanges(core, reception)
        self.habitual_answers = HabitualAnswers(
            core,
            delivery,
            reception,
            self.inbound,
            self.answers,
            self.blocks_and_reports,
            self.number_changes,
        )
        self.absences = Absences(core)
        self.groups = Groups(core)
        self.enforcement = Enforcement(core)
        self.registration = Registration(core)
        self.api_usage = ApiUsage(core)
        self.firing = Firing(core, self.people)
        self.dispatcher = Dispatcher(core, receivers, self.spoiling, causes)
        self.scheduler = Scheduler(core, self.dispatcher, links)
        self.backpressure = Backpressure(core, self.scheduler, self.dispatcher)
        self.worker = Worker(core, self.scheduler, self.dispatcher)
        self.changes = Changes(core)
        self.expectations = Expectations(core, self.scheduler, self.dispatcher, self.changes)

    @contextmanager
    def command(self) -> Iterator[Store]:
        """Do several things in one transaction under the lock; gives the ``with`` block the store.

        See :meth:`Core.command`.
        """
        with self.core.command():
            yield self.store

    def forget(self) -> None:
        """Drop what every service remembers of a database that has been replaced.

        Called after a reset and a restore, under the lock, before anything else happens in the sandbox.
        """
        self.core.forget()
        self.publisher.forget()
        self.dispatcher.forget()
        self.links.forget()
        self.expectations.forget()
        self.habitual_answers.forget()
