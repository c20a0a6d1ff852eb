"""What the rules may ask about a message: the facts around it, when it is accepted and when it is delivered.

A context has an attribute for each fact that a rule of its phase names. What is at hand is set when the
context is made; everything else is a property that looks the fact up, at most once and only when a rule asks
for it, so a message pays for no fact that it has no use for. A new fact is one property here, with the name
and the type that the rule gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.checks.audience import Audience
from emulator.domain.checks.content import ShownFile
from emulator.domain.content.interactive import calls
from emulator.domain.content.interactive.orders import Order
from emulator.domain.content.kinds import KINDS
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.limits.throughput import Reservation
from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import Message
from emulator.domain.messages.marketing_endpoint import MarketingRoute
from emulator.domain.messages.outbound import Content, FreeForm, Send, TemplateUse
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.phones import aliases
from emulator.domain.shapes import FileUse
from emulator.domain.templates.template import Template
from emulator.domain.windows import Window
from emulator.sandbox.core import Core
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Reservations, Throughput
from emulator.sandbox.people.marketing_audience import MarketingAudiences
from emulator.sandbox.store.media.media import Looked
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category_abuse import utility_left

Value = TypeVar("Value")


class looked_up(Generic[Value]):  # noqa: N801  (a decorator, as property is)
    """A property that is looked up once and then stands in the context like any other attribute.

    What :func:`functools.cached_property` does, without the lock that it takes until Python 3.12: a context
    belongs to one command, which holds the lock of its sandbox.
    """

    def __init__(self, look_up: Callable[[Any], Value]) -> None:
        self._look_up, self._name, self.__doc__ = look_up, look_up.__name__, look_up.__doc__

    def __get__(self, context: Any, owner: type) -> Value:
        value = context.__dict__[self._name] = self._look_up(context)
        return value


class FactSources:
    """What the facts of a message are looked up in."""

    def __init__(self, core: Core, throughput: Throughput, messaging_limit: MessagingLimit) -> None:
        self.core, self.store = core, core.store
        self.throughput, self.messaging_limit = throughput, messaging_limit
        self.audiences = MarketingAudiences(core)


class SendContext:
    """What is known of a message in both phases."""

    at: datetime
    """When it was accepted, in both phases."""
    number: BusinessNumber
    wa_id: str
    """The person's number, or the id of the group."""
    content: Content
    person: Person | None
    """``None`` for a group, and for a number that nobody has."""
    direct: bool
    """Whether it is sent directly: it makes a template of itself, and needs no window."""

    def __init__(
        self,
        sources: FactSources,
        at: datetime,
        number: BusinessNumber,
        wa_id: str,
        content: Content,
        person: Person | None,
        *,
        direct: bool,
    ) -> None:
        self._sources, self._store = sources, sources.store
        self.at, self.number, self.wa_id = at, number, wa_id
        self.content, self.person, self.direct = content, person, direct

    @looked_up
    def waba(self) -> Waba | None:
        """The account that the number belongs to."""
        return self._store.accounts.waba(self.number.waba_id)

    def _messaging_limit(self, window: Window | None, at: datetime) -> MessagingLimitUse | None:
        if self.person is None or (window is not None and window.is_open(self.at)):
            return None
        return self._sources.messaging_limit.use(self.number, self.person.wa_id, at)


class AcceptanceContext(SendContext):
    """A message that somebody asks to send now: what :data:`emulator.domain.rules.AT_ONCE` may ask."""

    group: Group | None
    """The group it is written in, instead of to a person."""
    by_user_id: bool
    """Whether the recipient was given by a business-scoped user id alone."""
    identity_key_hash: str | None
    """What the caller expects the recipient's identity to be."""

    def __init__(
        self,
        sources: FactSources,
        number: BusinessNumber,
        wa_id: str,
        command: Send,
        person: Person | None,
        at: datetime,
        group: Group | None,
    ) -> None:
        super().__init__(
            sources, at, number, wa_id, command.content, person, direct=command.direct is not None
        )
        self._command, self.group = command, group
        self.by_user_id, self.identity_key_hash = command.to is None, command.identity_key_hash

    @looked_up
    def window(self) -> Window | None:
        """Their customer service window, open or closed."""
        return self._store.windows.get(self.number.id, self.wa_id)

    @looked_up
    def allowed(self) -> bool:
        """Whether the recipient is on the allow-list of a test number."""
        if not self.number.is_test:
            return True
        return not set(aliases(self.wa_id)).isdisjoint(self._store.accounts.allowed(self.number.id))

    @looked_up
    def template(self) -> Template | None:
        """The template of that name and language, whatever its status."""
        use = self.content
        if not isinstance(use, TemplateUse):
            return None
        return self._store.templates.find(self.number.waba_id, use.name, use.language)

    @looked_up
    def reservations(self) -> Reservations:
        """What it takes of the throughput and of the pair rate."""
        to = None if self.group else self.wa_id
        return self._sources.throughput.reserve(self.number, to, self.at)

    @property
    def throughput(self) -> Reservation | None:
        """What it takes of the number's throughput, where that is limited."""
        return self.reservations[0]

    @property
    def pair_rate(self) -> Reservation | None:
        """What it takes of what the number may send to this person, where that is limited."""
        return self.reservations[1]

    @looked_up
    def messaging_limit(self) -> MessagingLimitUse | None:
        """How many people the portfolio has reached, where one more may be too many."""
        return self._messaging_limit(self.window, self.at)

    @looked_up
    def route(self) -> MarketingRoute:
        """By which endpoint it came, and what the account has to say about marketing by it."""
        settings = self._sources.core.settings
        return MarketingRoute(
            self._command.marketing_version, settings.marketing_by == "any", settings.marketing_sync
        )

    @looked_up
    def asked_to_call(self) -> tuple[datetime, ...]:
        """When this number asked this person for permission to call, as far as that counts."""
        content = self.content
        if not isinstance(content, FreeForm) or content.subtype != "call_permission_request":
            return ()
        since = self.at - max(window for window, _ in calls.PERMISSION_REQUEST_LIMITS)
        return self._store.messages.sent_of(self.number.id, self.wa_id, "interactive", content.subtype, since)

    def remembered(self, files: Iterable[FileUse]) -> dict[str, object]:
        """What the later rules must know of this moment: the window, files, how long the message may wait."""
        last = self.window and self.window.last_inbound_at.isoformat()
        details: dict[str, object] = {"last_inbound_at": last}
        if shown := [{"kind": use.kind, "id": use.id, "link": use.link} for use in files]:
            details["files"] = shown
        if says_how_long := self._command.direct or self.template:
            details["ttl"] = says_how_long.time_to_live.total_seconds()
        return details


class DeliveryContext(SendContext):
    """A message that was accepted and is about to leave: what :data:`emulator.domain.rules.LATER` may ask."""

    def __init__(
        self,
        sources: FactSources,
        work: DueWork,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
    ) -> None:
        super().__init__(
            sources, message.at, number, message.wa_id, _content(message), person, direct=message.direct
        )
        self._message, self._details, self._due = message, work.details, work.due

    @looked_up
    def window(self) -> Window | None:
        """Their window as it was when the message was accepted."""
        last = self._details["last_inbound_at"]
        return Window(self.number.id, self.wa_id, datetime.fromisoformat(last)) if last else None

    @property
    def outside(self) -> bool:
        """Whether no window was open when the message was accepted."""
        return self.window is None or not self.window.is_open(self.at)

    @looked_up
    def group(self) -> Group | None:
        """The group it is written in, instead of to a person."""
        group_id = self._message.group_id
        return self._store.groups.get(group_id) if group_id else None

    @looked_up
    def relationship(self) -> Relationship | None:
        """Who of the two has blocked the other; ``None`` in a group."""
        if self._message.group_id is not None:
            return None
        return self._store.relationships.get(self.number.id, self.wa_id)

    @property
    def fails_when_blocked(self) -> bool:
        """Whether a message fails that the recipient will not have, instead of never arriving."""
        return self._sources.core.settings.when_blocked != "silent"

    @property
    def name_taken(self) -> bool:
        """Whether the name that a direct message asks for its template is another one's."""
        return self.direct and self._message.template_id is None

    @looked_up
    def utility_left(self) -> int | None:
        """How many utility messages the account may still send today; ``None`` while they are not capped."""
        if self._message.category != "UTILITY":
            return None
        return utility_left(self._sources.core, self.number.waba_id, self._due)

    @looked_up
    def files(self) -> tuple[ShownFile, ...]:
        """The files that it shows, as they were uploaded or found behind their links."""
        return tuple(self._shown(file) for file in self._details.get("files", ()))

    @looked_up
    def audience(self) -> Audience | None:
        """What is known of the recipient of a marketing template."""
        return self._sources.audiences.of(self._message, self.number, self.relationship, self._due)

    @looked_up
    def target(self) -> Message | None:
        """The message that a reaction is about."""
        content = self.content
        if self._message.type != "reaction" or not isinstance(content, FreeForm):
            return None
        return self._store.messages.get(content.value["message_id"])

    @looked_up
    def order(self) -> Order | None:
        """The order that a new status is about, as it stands."""
        content = self.content
        if not isinstance(content, FreeForm) or content.subtype != "order_status":
            return None
        reference = content.value["action"]["parameters"]["reference_id"]
        return self._store.orders.get(self.number.id, self.wa_id, reference)

    @looked_up
    def messaging_limit(self) -> MessagingLimitUse | None:
        """How many people the portfolio has reached, where one more may be too many."""
        return self._messaging_limit(self.window, self._due)

    def _shown(self, file: Mapping[str, Any]) -> ShownFile:
        if file["link"] is None:
            media = self._store.media.get(file["id"], self.at)
            return ShownFile(file["kind"], media.file if media else None)
        looked = self._store.media.link(file["link"]) or Looked(None, None)
        return ShownFile(file["kind"], looked.file, looked.problem)


def _content(message: Message) -> Content:
    """What was sent, as far as later rules look at it."""
    if message.type == "template":
        return TemplateUse(message.content["name"], message.content["language"]["code"])
    return FreeForm(KINDS[message.type], message.content)
