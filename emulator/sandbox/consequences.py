"""What follows from an event: what the journal says of it, and who has something to do then.

The webhooks that tell of it are in :mod:`emulator.wire.webhooks.fields`. ``Core.happen`` carries all of it
out inside the transaction in which the event happened: the line in the journal, the webhooks, and then the
listeners in the order of this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from emulator.domain.events import accounts, business_app, groups, messages, numbers, people, templates
from emulator.domain.events.event import Event
from emulator.domain.journal import Outcome
from emulator.domain.limits.throughput import PER_SECOND
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.domain.values import dataclass
from emulator.sandbox.transcript import one_line

E = TypeVar("E", bound=Event)


class Listener(StrEnum):
    """A service that has something to do when something happens, named by its module.

    The module is under ``emulator.sandbox``. The table :data:`CONSEQUENCES` says of which events each hears,
    and in which order.
    """

    MESSAGING_LIMIT = "limits.messaging_limit"
    THROUGHPUT = "limits.throughput"
    MARKETING_AUDIENCE = "people.marketing_audience"
    TEMPLATE_DELETION = "templates.deletion"
    UTILITY_ABUSE = "templates.category_abuse"
    PACING = "quality.pacing"
    QUALITY = "quality.scores"
    BLOCKS_AND_REPORTS = "people.blocks_and_reports"
    HABITUAL_ANSWERS = "messages.received.habitual_answers"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What the journal says of an event; its subject and its instant are those of the event.

    ``kind`` is one such as ``status`` or ``template``, ``cause`` the id of what caused it, ``details`` are
    JSON. ``outcome`` is for the log alone.
    """

    kind: str
    summary: str
    wa_id: str | None = None
    cause: str | None = None
    details: Mapping[str, object] | None = None
    outcome: Outcome = Outcome.NEUTRAL


@dataclass(frozen=True, slots=True)
class Consequence(Generic[E]):
    """What follows from one kind of event: a row of :data:`CONSEQUENCES`."""

    journal: Callable[[E], JournalLine] | None
    """Makes the journal's line of an event; ``None`` where the journal has a line of it already."""
    listeners: tuple[Listener, ...] = ()
    """The services that are called with it, in this order."""
    webhooks_first: bool = False
    """Whether its webhooks go before its journal line."""


def _status(status: MessageStatus) -> Callable[[messages.MessageEvent], JournalLine]:
    def line(event: messages.MessageEvent) -> JournalLine:
        who = event.person.wa_id if event.person else event.message.wa_id
        return JournalLine("status", str(status), who, event.message.id, outcome=Outcome.SUCCESS)

    return line


def _failed(event: messages.MessageFailed) -> JournalLine:
    error = event.error
    return JournalLine(
        "status",
        f"failed: {error.code} {error.title}",
        event.message.wa_id,
        event.message.id,
        {
            "code": error.code,
            "rule": error.rule,
            "hint": error.hint,
            "facts": dict(error.facts),
            "source": error.source,
        },
        Outcome.FAILURE,
    )


def _reported(event: messages.StatusReported) -> JournalLine:
    who = event.person.wa_id if event.person else event.message.wa_id
    return JournalLine("status", f"{event.status}, reported on purpose", who, event.message.id)


def _dropped(event: messages.MessageDropped) -> JournalLine:
    summary = f"dropped: it could not be delivered within {event.time_to_live:.15g} seconds"
    return JournalLine("status", summary, event.message.wa_id, event.message.id, outcome=Outcome.FAILURE)


def _received(event: messages.MessageReceived) -> JournalLine:
    summary = f"{event.person.name} wrote: {one_line(event.message.as_text)}"
    cause = event.message.cause_id or event.message.id
    return JournalLine("message", summary, event.person.wa_id, cause)


def _call_connected(event: people.CallConnected) -> JournalLine:
    summary = f"{event.person.name} calls {event.number.digits}"
    return JournalLine("message", summary, event.person.wa_id, event.call_id)


def _call_ended(event: people.CallEnded) -> JournalLine:
    summary = "nobody answered" if event.lasted is None else f"they spoke for {event.lasted}"
    return JournalLine("message", summary, event.person.wa_id, event.call_id)


def _echo(event: people.EchoSent) -> JournalLine:
    summary = f"{event.number.verified_name} wrote in the app: {one_line(event.text)}"
    return JournalLine("message", summary, event.person.wa_id, event.message_id)


def _marketing_preference(event: people.MarketingPreferenceChanged) -> JournalLine:
    what = "stopped" if event.stopped else "resumed"
    summary = f"{event.person.name} {what} marketing messages of {event.number.verified_name}"
    return JournalLine("person", summary, event.person.wa_id)


def _history(event: business_app.HistoryShared) -> JournalLine:
    chunk = event.chunk
    summary = f"chats are shared: phase {chunk.phase}, {chunk.messages} messages, {chunk.progress} %"
    return JournalLine("account", summary, cause=event.subject)


def _history_file(event: business_app.HistoryFileShared) -> JournalLine:
    summary = f"the {event.message.type} of {event.message.at:%Y-%m-%d %H:%M:%S} is shared"
    return JournalLine("message", summary, event.person.wa_id, event.subject)


def _app_contact(event: business_app.AppContactChanged) -> JournalLine:
    what = f"saved as {event.full_name}" if event.full_name else "removed"
    summary = f"{event.person.name} is {what} in the app of {event.number.verified_name}"
    return JournalLine("person", summary, event.person.wa_id)


def _group_created(event: groups.GroupCreated) -> JournalLine:
    return JournalLine("message", f"the group {event.group.subject} was made", cause=event.subject)


def _suspension(event: groups.GroupSuspensionChanged) -> JournalLine:
    what = "is suspended" if event.group.suspended else "is no longer suspended"
    return JournalLine("message", f"the group {event.group.subject} {what}", cause=event.subject)


def _template(summary: Callable[[E], str]) -> Callable[[E], JournalLine]:
    return lambda event: JournalLine("template", summary(event), cause=event.subject)


def _account(summary: Callable[[E], str]) -> Callable[[E], JournalLine]:
    return lambda event: JournalLine("account", summary(event))


def _account_itself(summary: Callable[[E], str]) -> Callable[[E], JournalLine]:
    """The account, or what belongs to it, is the cause, too."""
    return lambda event: JournalLine("account", summary(event), cause=event.subject)


def _restricted(event: accounts.AccountRestricted) -> str:
    return f"restricted: {', '.join(each.type for each in event.restrictions)}"


def _payment_method(event: accounts.PaymentMethodChanged) -> str:
    return "has a payment method" if event.waba.has_payment_method else "has no payment method"


def _number_facts(event: numbers.NumberChanged) -> str:
    return ", ".join(f"{name} {value}" for name, value in event.facts.items()) or "nothing changes"


def _per_second(event: numbers.ThroughputRaised) -> int:
    return PER_SECOND[event.number.throughput]


CONSEQUENCES: Mapping[type[Event], Consequence[Any]] = {
    # messages
    messages.MessageSent: Consequence(
        _status(MessageStatus.SENT), (Listener.MESSAGING_LIMIT, Listener.UTILITY_ABUSE)
    ),
    messages.MessageDelivered: Consequence(
        _status(MessageStatus.DELIVERED),
        (
            Listener.MESSAGING_LIMIT,
            Listener.MARKETING_AUDIENCE,
            Listener.TEMPLATE_DELETION,
            Listener.QUALITY,
            Listener.BLOCKS_AND_REPORTS,
            Listener.HABITUAL_ANSWERS,
        ),
    ),
    messages.MessageRead: Consequence(_status(MessageStatus.READ), (Listener.QUALITY,)),
    messages.MessagePlayed: Consequence(_status(MessageStatus.PLAYED)),
    messages.StatusReported: Consequence(_reported),
    messages.MessageFailed: Consequence(_failed, (Listener.MARKETING_AUDIENCE, Listener.TEMPLATE_DELETION)),
    messages.MessageDropped: Consequence(_dropped, (Listener.TEMPLATE_DELETION,)),
    messages.MessageReceived: Consequence(_received, (Listener.THROUGHPUT, Listener.MARKETING_AUDIENCE)),
    # people
    people.CallConnected: Consequence(_call_connected),
    people.CallEnded: Consequence(_call_ended),
    people.EchoSent: Consequence(_echo),
    people.UserIdChanged: Consequence(None),
    people.MarketingPreferenceChanged: Consequence(_marketing_preference),
    # groups
    groups.GroupCreated: Consequence(_group_created),
    groups.GroupJoined: Consequence(None),
    groups.GroupSuspensionChanged: Consequence(_suspension),
    # templates
    templates.TemplateStatusChanged: Consequence(
        _template(lambda event: f"{event.template.name} is {event.template.status}"),
        (Listener.PACING, Listener.QUALITY),
    ),
    templates.TemplateDeleted: Consequence(_template(lambda event: f"{event.template.name} was deleted")),
    templates.TemplateFlagged: Consequence(
        _template(lambda event: f"{event.template.name} is flagged"), webhooks_first=True
    ),
    templates.TemplateComponentsChanged: Consequence(None),
    templates.TemplateCategoryNoticed: Consequence(
        _template(lambda event: f"{event.template.name} should be {event.correct}")
    ),
    templates.TemplateCategoryChanged: Consequence(
        _template(
            lambda event: f"{event.template.name} is {event.template.category}, no longer {event.previous}"
        )
    ),
    templates.TemplateEditedCategoryApproved: Consequence(None),
    templates.TemplateQualityChanged: Consequence(
        _template(
            lambda event: (
                f"the quality of {event.template.name} went from {event.before} to "
                f"{event.template.quality_score}"
            )
        )
    ),
    # accounts
    accounts.AccountRestricted: Consequence(_account(_restricted)),
    accounts.AccountRestrictionsLifted: Consequence(
        _account(lambda event: f"lifted: {', '.join(event.types) or 'nothing'}")
    ),
    accounts.AccountRestrictionsEnded: Consequence(
        _account(lambda event: f"no longer restricted: {', '.join(event.types)}")
    ),
    accounts.AccountReviewed: Consequence(
        _account(lambda event: f"the review of the account: {event.decision}")
    ),
    accounts.PaymentMethodChanged: Consequence(_account(_payment_method)),
    accounts.InternationalRateStarted: Consequence(
        _account_itself(lambda event: f"{event.waba.name} pays authentication-international")
    ),
    accounts.PrimaryLocationFound: Consequence(
        _account_itself(lambda event: f"{event.waba.name} is in {event.country}")
    ),
    accounts.UtilityAbuseChanged: Consequence(
        _account_itself(lambda event: f"the account {event.waba_id} {event.change.meaning}")
    ),
    # the WhatsApp Business app
    business_app.HistoryShared: Consequence(_history),
    business_app.HistoryFileShared: Consequence(_history_file),
    business_app.HistoryDeclined: Consequence(_account_itself(lambda _: "chats are not shared")),
    business_app.AppContactsShared: Consequence(
        _account_itself(lambda event: f"{len(event.contacts)} contacts are shared")
    ),
    business_app.AppContactChanged: Consequence(_app_contact),
    # numbers
    numbers.NumberChanged: Consequence(_account(_number_facts)),
    numbers.WebhookFired: Consequence(
        lambda event: JournalLine("webhook", f"{event.field} is sent on purpose", cause=event.subject)
    ),
    numbers.NumberQualityChanged: Consequence(
        _account_itself(
            lambda event: (
                f"the quality of {event.number.verified_name} went from {event.before} to {event.reached}"
            )
        )
    ),
    numbers.NumberFlagged: Consequence(None),
    numbers.DisplayNameRequested: Consequence(
        _account(lambda event: f"the display name {event.name!r} is asked for")
    ),
    numbers.DisplayNameReviewed: Consequence(
        _account(lambda event: f"the display name {event.name!r}: {event.decision}")
    ),
    numbers.PinChanged: Consequence(_account(lambda _: "has another PIN")),
    numbers.MaintenanceBegun: Consequence(
        _account(lambda event: f"in maintenance until {event.until.isoformat()}")
    ),
    numbers.ThroughputRaised: Consequence(
        _account(lambda event: f"the throughput is {_per_second(event):,} messages a second now")
    ),
    # portfolios
    accounts.MessagingLimitRaised: Consequence(
        _account(lambda event: f"the messaging limit is {event.portfolio.tier} now")
    ),
    accounts.MessagingLimitNotRaised: Consequence(
        _account(lambda event: f"limits cannot be increased: {event.outcome}")
    ),
    accounts.BusinessVerificationDecided: Consequence(
        _account(lambda event: f"the business is {event.portfolio.verification}")
    ),
}
"""Every class of events with what follows from it; an event without a row cannot happen."""


@dataclass(slots=True)
class Listeners:
    """The handlers of one sandbox that are called when something happens."""

    handlers: dict[type[Event], dict[Listener, Callable[[Any], None]]] = field(default_factory=dict)
    make_owner: Callable[[str], None] = lambda _: None
    """Makes the service of a module, which adds its handlers here; by default they are all there."""

    def add(self, event: type[E], listener: Listener, handler: Callable[[E], None]) -> None:
        """Have a listener's ``handler`` called with every event of a class.

        Raises :class:`ValueError` for a listener that the table does not name there, and for a second handler
        of one.
        """
        if listener not in CONSEQUENCES[event].listeners:
            raise ValueError(f"{listener.value} is no listener of {event.__name__}")
        known = self.handlers.setdefault(event, {})
        if listener in known:
            raise ValueError(f"{listener.value} listens to {event.__name__} already")
        known[listener] = handler

    def consequence_of(self, event: Event) -> Consequence[Any]:
        """Find what follows from an event, in the table :data:`CONSEQUENCES`."""
        return CONSEQUENCES[type(event)]

    def tell(self, event: Event) -> None:
        """Call every handler of an event's class, in the order of the table; what one raises is raised."""
        kind = type(event)
        for listener in CONSEQUENCES[kind].listeners:
            self._handler(kind, listener)(event)

    def _handler(self, kind: type[Event], listener: Listener) -> Callable[[Any], None]:
        try:
            return self.handlers[kind][listener]
        except KeyError:  # it has not had anything to do yet
            self.make_owner(listener.value)
        return self.handlers[kind][listener]
