"""What becomes of an accepted message: the later rules pass or fail it, and it is sent, delivered and read.

Each step is due work on the timeline, and a status with its webhook.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain import rules
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.content.interactive.orders import Order
from emulator.domain.errors import MessageError
from emulator.domain.events.messages import (
    MessageDelivered,
    MessageDropped,
    MessageFailed,
    MessagePlayed,
    MessageRead,
    MessageSent,
    StatusReported,
)
from emulator.domain.faults.occasions import When
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.messages.outbound import FreeForm
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import Quote
from emulator.sandbox.core import Core
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.messages.context import FactSources
from emulator.sandbox.messages.delivery_context import DeliveryContext
from emulator.sandbox.messages.groups import GroupDelivery
from emulator.sandbox.people.absences import Absences
from emulator.sandbox.pricing.billing import Billing, reported_price
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

_LIFE = (DueKind.MESSAGE_FETCH, DueKind.MESSAGE_SEND, DueKind.MESSAGE_DELIVER, DueKind.MESSAGE_READ)


class MessageDelivery:
    """Carries out what was planned for an accepted message: it is sent, delivered and read, or it fails.

    It handles the due work ``message.send``, ``message.deliver`` and ``message.read``, each in a transaction
    of its own; the status, its webhook and what it costs follow in the same.
    """

    def __init__(
        self,
        core: Core,
        sources: FactSources,
        billing: Billing,
        faults: FaultInjection,
    ) -> None:
        self._core, self._store = core, core.store
        self._sources, self._billing, self._faults = sources, billing, faults
        core.on_due(DueKind.MESSAGE_SEND, self._leave)
        core.on_due(DueKind.MESSAGE_DELIVER, self._arrive)
        core.on_due(DueKind.MESSAGE_READ, self._be_read)
        self._become = {
            MessageStatus.DELIVERED: self._become_delivered,
            MessageStatus.READ: self._become_read,
            MessageStatus.PLAYED: self._become_played,
        }
        self._absences = Absences(core)
        self._groups = GroupDelivery(core, self._absences, self._reach, self._be_read_by)

    def _leave(self, work: DueWork) -> None:
        """Pass the later rules: the message is sent, or it has failed."""
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        context = DeliveryContext(self._sources, work, message, number, person)
        try:
            self._faults.later(message)
            rules.check(context, rules.LATER)
            outside = context.outside
            quote = self._billing.quote(message, number, person, work.due, outside=outside)
            if quote.pricing.billable:
                rules.check(context, (rules.PAYMENT,))
        except MessageError as refusal:
            self._fail(work.due, message, number, person, refusal)
            return
        self._keep_order(context)
        self._store.messages.set_status(message.id, MessageStatus.SENT, pricing=quote.pricing.as_json())
        self._core.happen(MessageSent(message, number, person, outside, quote, at=work.due))
        if isinstance(context.content, FreeForm) and context.content.kind.ends_with_sent:
            return
        if context.relationship is not None and context.relationship.blocked_number_at is not None:
            summary = "it will never arrive: the recipient has blocked the number"
            self._core.note("status", message.id, summary, at=work.due, wa_id=message.wa_id, cause=message.id)
            return
        if person is None:
            self._groups.leave(message, work.due)
        elif person.habits.delivered_after is not None:
            left = {"ttl": work.details["ttl"]} if "ttl" in work.details else None
            self._core.plan(
                work.due + person.habits.delivered_after, DueKind.MESSAGE_DELIVER, message.id, left
            )

    def _keep_order(self, context: DeliveryContext) -> None:
        content = context.content
        if not isinstance(content, FreeForm) or content.subtype not in ("order_details", "order_status"):
            return
        news = content.value["action"]["parameters"]
        order = context.order.updated(news) if context.order else Order(news["reference_id"])
        self._store.orders.put(context.number.id, context.wa_id, order)

    def _arrive(self, work: DueWork) -> None:
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        if "ttl" in work.details and work.due >= message.at + timedelta(seconds=work.details["ttl"]):
            self._core.happen(MessageDropped(message, number, person, work.details["ttl"], at=work.due))
            return
        if person is None:
            summary = "it will never arrive: nobody has the number any more"
            self._core.note("status", message.id, summary, at=work.due, wa_id=message.wa_id, cause=message.id)
            return
        if person.habits.offline and self._absences.put_off(work, person, message.at):
            return
        if message.may_become(MessageStatus.DELIVERED):
            self._become_delivered(message, number, person, work.due)
            try:
                self._faults.later(message, When.DELIVERED)
            except MessageError as refusal:
                self._fail(work.due, message, number, person, refusal)
                return
        if person.habits.reads:
            self._core.plan(work.due + person.habits.read_after, DueKind.MESSAGE_READ, message.id)

    def _be_read(self, work: DueWork) -> None:
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        if person is not None and person.habits.offline and self._absences.put_off(work, person):
            return
        if message.may_become(MessageStatus.READ):
            self._become_read(message, number, person, work.due)

    def _become_delivered(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime
    ) -> None:
        self._store.messages.set_status(message.id, MessageStatus.DELIVERED)
        self._reach(message, number, person, at)

    def _become_read(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime
    ) -> None:
        self._store.messages.set_status(message.id, MessageStatus.READ)
        self._be_read_by(message, number, person, at)

    def _become_played(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime
    ) -> None:
        self._store.messages.set_status(message.id, MessageStatus.PLAYED)
        self._core.happen(MessagePlayed(message, number, person, self._read_quote(message), at=at))

    def _reach(self, message: Message, number: BusinessNumber, person: Person | None, at: datetime) -> None:
        window = self._store.windows.get(number.id, message.wa_id)
        outside = window is None or not window.is_open(at)
        quote = self._billing.charge(message, number, person, at, outside=outside)
        self._core.happen(MessageDelivered(message, number, person, outside, quote, at=at))

    def _be_read_by(
        self, message: Message, number: BusinessNumber, person: Person | None, at: datetime
    ) -> None:
        self._core.happen(MessageRead(message, number, person, self._read_quote(message), at=at))

    def _read_quote(self, message: Message) -> Quote | None:
        """What ``read`` shows of the price, which ``delivered`` has shown already."""
        pricing = reported_price(message)
        return None if pricing is None or self._core.settings.pricing_told == "once" else Quote(pricing)

    def _load(self, work: DueWork) -> tuple[Message, BusinessNumber]:
        return self._of(work.subject)

    def _of(self, message_id: str) -> tuple[Message, BusinessNumber]:
        message = self._store.messages.get(message_id)
        assert message is not None
        number = self._store.accounts.number(message.phone_number_id)
        assert number is not None
        return message, number

    def fail(self, message_id: str, refusal: MessageError, at: datetime) -> None:
        """Have a message fail at an instant that was accepted and has not left, with the error ``refusal``.

        It causes the status ``failed`` with its webhook. Pacing calls it for messages that it held.
        """
        message, number = self._of(message_id)
        self._fail(at, message, number, self._store.people.get(message.wa_id), refusal)

    def read(self, message: Message, at: datetime) -> None:
        """Have a person read at an instant a message that has reached them, and not when it was planned.

        One in a group, and one that was read before, stays as it is.
        """
        if message.group_id is None and message.may_become(MessageStatus.READ):
            _, number = self._of(message.id)
            self._store.timeline.cancel(DueKind.MESSAGE_READ, message.id)
            self._become_read(message, number, self._store.people.get(message.wa_id), at)

    def play(self, message: Message, at: datetime) -> None:
        """Have a person listen at an instant to an audio that has reached them; it is read then, too."""
        _, number = self._of(message.id)
        person = self._store.people.get(message.wa_id)
        self.read(message, at)
        self._become_played(message, number, person, at)

    def report(self, message_id: str, status: MessageStatus, refusal: MessageError | None) -> None:
        """Report a status of a message now, whatever became of it before.

        Where the status may follow the present one the message has it from now on, else nothing but the
        webhook comes of it. A ``refusal`` is the error of ``failed``, which a message always keeps; what was
        planned for it is cancelled then.
        """
        message, number = self._of(message_id)
        person, at = self._store.people.get(message.wa_id), self._core.clock.now()
        become = self._become.get(status) if message.may_become(status) else None
        if refusal is not None:
            self._store.timeline.cancel_all(_LIFE, message_id)
            self._fail(at, message, number, person, refusal)
        elif become is not None:
            become(message, number, person, at)
        else:
            quote = self._read_quote(message)
            self._core.happen(StatusReported(message, number, person, status, quote, at=at))

    def _fail(
        self,
        at: datetime,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        refusal: MessageError,
    ) -> None:
        error = {"code": refusal.code, "title": refusal.title, "details": refusal.details}
        self._store.messages.set_status(message.id, MessageStatus.FAILED, error)
        self._core.happen(MessageFailed(message, number, person, refusal, at=at))
