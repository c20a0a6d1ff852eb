"""The services of one sandbox, one of each, built in one place; namespaces are thin over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from emulator.sandbox.closing import Closing
from emulator.sandbox.core import Core
from emulator.sandbox.parts import Parts
from emulator.sandbox.store import Store
from emulator.sandbox.store.media.blobs import Blobs

if TYPE_CHECKING:
    from emulator.domain.events.event import Event
    from emulator.sandbox.accounts.enforcement import Enforcement
    from emulator.sandbox.accounts.registration import Registration
    from emulator.sandbox.clock import Clock
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
    from emulator.sandbox.parts import Table
    from emulator.sandbox.people.absences import Absences
    from emulator.sandbox.people.block_list import BlockList
    from emulator.sandbox.people.blocks_and_reports import BlocksAndReports
    from emulator.sandbox.people.people import PeopleDirectory
    from emulator.sandbox.pricing.billing import Billing
    from emulator.sandbox.pricing.terms import PricingTerms
    from emulator.sandbox.quality.feedback import FeedbackCounts
    from emulator.sandbox.quality.pacing import Pacing
    from emulator.sandbox.quality.scores import QualityScores
    from emulator.sandbox.store import Database
    from emulator.sandbox.templates.library import Library
    from emulator.sandbox.templates.service import TemplateLifecycle
    from emulator.sandbox.templates.upsert import Upsert
    from emulator.sandbox.webhooks.dispatcher import Dispatcher
    from emulator.sandbox.webhooks.firing import Firing
    from emulator.sandbox.webhooks.outcomes import Outcomes
    from emulator.sandbox.webhooks.publisher import Publisher
    from emulator.sandbox.webhooks.receivers import Receivers
    from emulator.sandbox.webhooks.spoiling import Spoiling
    from emulator.sandbox.webhooks.subscriptions import Subscriptions

_FORGETFUL = ("publisher", "dispatcher", "links", "expectations", "habitual_answers")
"""The services that remember something of a database."""
_OWNERS = {
    "messages.groups": "delivery",
    "people.marketing_audience": "sources",
    "templates.appeals": "templates",
    "templates.archival": "templates",
    "templates.category": "templates",
    "templates.category_abuse": "templates",
    "templates.deletion": "templates",
    "templates.pauses": "templates",
    "templates.submission": "templates",
}
"""The service that each module is a part of which carries out due work or listens to events, and is none."""


class Services(Parts):
    """One of each service of a sandbox, over one database and one clock, made when it is first needed.

    The doors (web, cli, testing) do not use it: they ask the namespaces of the sandbox.
    """

    PARTS: ClassVar[Table] = {
        "faults": ("faults:FaultInjection", "core"),
        "spoiling": ("webhooks.spoiling:Spoiling", "core", "faults"),
        "publisher": ("webhooks.publisher:Publisher", "store", "core.note", "is_ordered", "spoiling.queue"),
        "media": ("media.files:MediaFiles", "core", "blobs"),
        "links": ("media.links:Links", "core", "receivers.client"),
        "throughput": ("limits.throughput:Throughput", "core"),
        "messaging_limit": ("limits.messaging_limit:MessagingLimit", "core"),
        "sources": ("messages.context:FactSources", "core", "throughput", "messaging_limit"),
        "billing": ("pricing.billing:Billing", "core"),
        "delivery": ("messages.delivery:MessageDelivery", "core", "sources", "billing", "faults"),
        "status_reports": ("messages.status_reports:StatusReports", "core", "delivery"),
        "templates": ("templates.service:TemplateLifecycle", "core"),
        "feedback": ("quality.feedback:FeedbackCounts", "core"),
        "pacing": ("quality.pacing:Pacing", "core", "links", "templates", "feedback", "delivery.fail"),
        "causes": ("messages.causes:Causes", "core"),
        "outbound": (
            "messages.outbound:Outbound",
            "core",
            "links",
            "sources",
            "throughput",
            "messaging_limit",
            "pacing",
            "causes",
        ),
        "reception": ("messages.received.reception:Reception", "core", "faults"),
        "inbound": ("messages.received.inbound:InboundMessages", "core", "outbound", "reception"),
        "answers": ("messages.received.answers:Answers", "core", "reception"),
        "echoes": ("messages.echoes:Echoes", "core", "reception"),
        "business_app": ("messages.business_app:BusinessApp", "core", "reception"),
        "calls": ("messages.calls:Calls", "core", "reception"),
        "revisions": ("messages.received.revisions:Revisions", "core", "reception"),
        "terms": ("pricing.terms:PricingTerms", "core"),
        "block_list": ("people.block_list:BlockList", "core"),
        "quality": ("quality.scores:QualityScores", "core", "templates", "pacing", "feedback"),
        "blocks_and_reports": ("people.blocks_and_reports:BlocksAndReports", "core", "quality"),
        "library": ("templates.library:Library", "templates"),
        "upsert": ("templates.upsert:Upsert", "core", "templates"),
        "subscriptions": ("webhooks.subscriptions:Subscriptions", "core", "receivers"),
        "people": ("people.people:PeopleDirectory", "core"),
        "number_changes": ("messages.received.number_changes:NumberChanges", "core", "reception"),
        "habitual_answers": (
            "messages.received.habitual_answers:HabitualAnswers",
            "core",
            "delivery",
            "reception",
            "inbound",
            "answers",
            "blocks_and_reports",
            "number_changes",
        ),
        "absences": ("people.absences:Absences", "core"),
        "groups": ("messages.groups:Groups", "core"),
        "enforcement": ("accounts.enforcement:Enforcement", "core"),
        "registration": ("accounts.registration:Registration", "core"),
        "api_usage": ("limits.api_usage:ApiUsage", "core"),
        "firing": ("webhooks.firing:Firing", "core", "people"),
        "outcomes": ("webhooks.outcomes:Outcomes", "core", "spoiling_later"),
        "dispatcher": (
            "webhooks.dispatcher:Dispatcher",
            "core",
            "receivers",
            "spoiling_later",
            "causes",
            "outcomes",
        ),
        "scheduler": ("engine.scheduler:Scheduler", "core", "dispatcher", "outcomes", "links"),
        "backpressure": ("engine.backpressure:Backpressure", "core", "scheduler", "dispatcher"),
        "worker": ("engine.worker:Worker", "core", "scheduler", "dispatcher"),
        "changes": ("expectations.waiting:Changes", "core"),
        "expectations": (
            "expectations.expectations:Expectations",
            "core",
            "scheduler",
            "outcomes",
            "changes",
        ),
    }
    faults: FaultInjection
    spoiling: Spoiling
    publisher: Publisher
    media: MediaFiles
    links: Links
    throughput: Throughput
    messaging_limit: MessagingLimit
    sources: FactSources
    billing: Billing
    delivery: MessageDelivery
    status_reports: StatusReports
    templates: TemplateLifecycle
    feedback: FeedbackCounts
    pacing: Pacing
    causes: Causes
    outbound: Outbound
    reception: Reception
    inbound: InboundMessages
    answers: Answers
    echoes: Echoes
    business_app: BusinessApp
    calls: Calls
    revisions: Revisions
    terms: PricingTerms
    block_list: BlockList
    quality: QualityScores
    blocks_and_reports: BlocksAndReports
    library: Library
    upsert: Upsert
    subscriptions: Subscriptions
    people: PeopleDirectory
    number_changes: NumberChanges
    habitual_answers: HabitualAnswers
    absences: Absences
    groups: Groups
    enforcement: Enforcement
    registration: Registration
    api_usage: ApiUsage
    firing: Firing
    outcomes: Outcomes
    dispatcher: Dispatcher
    scheduler: Scheduler
    backpressure: Backpressure
    worker: Worker
    changes: Changes
    expectations: Expectations

    def __init__(
        self, name: str, database: Database, clock: Clock, path: Path | None, receivers: Receivers
    ) -> None:
        super().__init__()
        self.name = name
        self.store = Store(database)
        self.core = core = Core(self.store, clock, Closing(name))
        core.publish, core.make_owner = self._publish, self._make_owner
        core.at_first(lambda: self.templates.archival.watch())
        self.receivers = receivers
        self.blobs = Blobs(path and path.with_suffix(".files"))

    def _publish(self, event: Event) -> None:
        self.core.publish = self.publisher.publish
        self.core.publish(event)

    def spoiling_later(self) -> Spoiling:
        """Make what spoils webhooks, or find it, for a part that does not need it to be made itself."""
        return self.spoiling

    def is_ordered(self) -> bool:
        """Say whether webhooks about a person wait for an earlier one that has failed."""
        return self.core.settings.webhook_order == "ordered"

    def _make_owner(self, module: str) -> None:
        """Make the service of a module, which registers what it carries out and hears of."""
        getattr(self, _OWNERS.get(module) or _NAMES[module])

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
        for service in self.made(_FORGETFUL):
            service.forget()


_NAMES = {home.partition(":")[0]: name for name, (home, *_) in Services.PARTS.items()}
"""By its module the name of each service."""
