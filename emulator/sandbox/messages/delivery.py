"""What becomes of a message after the answer: it is sent, delivered and read, or it fails."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain import rules
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.messages.content import FreeForm
from emulator.domain.messages.interactive.orders import Order
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import Quote
from emulator.sandbox.core import Core
from emulator.sandbox.events import Delivered, Dropped, Failed, Read, Sent
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.messages.context import DeliveryContext, FactSources
from emulator.sandbox.messages.groups import GroupDelivery
from emulator.sandbox.pricing.billing import Billing, told_of
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.webhooks.publisher import Publisher
from emulator.wire.webhooks.envelope import MESSAGES
from emulator.wire.webhooks.messages import status as told_status


class MessageDelivery:
    """Carries out what was planned for a message, and tells the integrator."""

    def __init__(
        self,
        core: Core,
        outbox: Publisher,
        sources: FactSources,
        billing: Billing,
        faults: FaultInjection,
    ) -> None:
        self._core, self._store, self._outbox = core, core.store, outbox
        self._sources, self._billing, self._faults = sources, billing, faults
        core.handlers["message.send"] = self._leave
        core.handlers["message.deliver"] = self._arrive
        core.handlers["message.read"] = self._be_read
        self._groups = GroupDelivery(core, self._tell_of_participant)

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
        self._billing.agree(message, quote)
        self._tell(work, message, number, person, MessageStatus.SENT, quote)
        self._core.happen(Sent(message, number, person, work.due, outside))
        if isinstance(context.content, FreeForm) and context.content.kind.ends_with_sent:
            return
        if context.relationship is not None and context.relationship.blocked_number_at is not None:
            told = "it will never arrive: the recipient has blocked the number"
            self._core.note("status", message.id, told, at=work.due, wa_id=message.wa_id, cause=message.id)
            return
        if person is None:
            self._groups.leave(message, work.due)
        elif person.habits.delivered_after is not None:
            left = {"ttl": work.details["ttl"]} if "ttl" in work.details else None
            self._core.plan(work.due + person.habits.delivered_after, "message.deliver", message.id, left)

    def _keep_order(self, context: DeliveryContext) -> None:
        content = context.content
        if not isinstance(content, FreeForm) or content.subtype not in ("order_details", "order_status"):
            return
        told = content.value["action"]["parameters"]
        order = context.order.updated(told) if context.order else Order(told["reference_id"])
        self._store.orders.put(context.number.id, context.wa_id, order)

    def _arrive(self, work: DueWork) -> None:
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        if "ttl" in work.details and work.due >= message.at + timedelta(seconds=work.details["ttl"]):
            self._core.note(
                "status",
                message.id,
                f"dropped: it could not be delivered within {work.details['ttl']:g} seconds",
                at=work.due,
                wa_id=message.wa_id,
                cause=message.id,
            )
            self._core.happen(Dropped(message, number, person, work.due))
            return
        if message.may_become(MessageStatus.DELIVERED):
            self._store.messages.set_status(message.id, MessageStatus.DELIVERED)
            self._reach(message, number, person, work.due)
        if person is not None and person.habits.reads:
            self._core.plan(work.due + person.habits.read_after, "message.read", message.id)

    def _be_read(self, work: DueWork) -> None:
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        if self._tell(work, message, number, person, MessageStatus.READ, self._read_quote(message)):
            self._core.happen(Read(message, number, person, work.due))

    def _reach(self, message: Message, number: BusinessNumber, person: Person | None, at: datetime) -> None:
        window = self._store.windows.get(number.id, message.wa_id)
        outside = window is None or not window.is_open(at)
        quote = self._billing.charge(message, number, person, at, outside=outside)
        self._publish(message, number, person, MessageStatus.DELIVERED, at, quote)
        self._core.happen(Delivered(message, number, person, at, outside))

    def _read_quote(self, message: Message) -> Quote | None:
        """What ``read`` tells of money, after ``delivered`` has told it."""
        told = told_of(message)
        return None if told is None or self._core.settings.pricing_told == "once" else Quote(told)

    def _tell_of_participant(
        self, message: Message, status: MessageStatus, at: datetime, person: Person | None
    ) -> None:
        number = self._store.accounts.number(message.phone_number_id)
        assert number is not None
        if status is MessageStatus.DELIVERED:
            self._reach(message, number, person, at)
        else:
            self._publish(message, number, person, status, at, self._read_quote(message))
            self._core.happen(Read(message, number, person, at))

    def _load(self, work: DueWork) -> tuple[Message, BusinessNumber]:
        return self._of(work.subject)

    def _of(self, message_id: str) -> tuple[Message, BusinessNumber]:
        message = self._store.messages.get(message_id)
        assert message is not None
        number = self._store.accounts.number(message.phone_number_id)
        assert number is not None
        return message, number

    def _tell(
        self,
        work: DueWork,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        status: MessageStatus,
        quote: Quote | None,
    ) -> bool:
        """Tell the integrator; ``False`` when the message is past that."""
        if not message.may_become(status):
            return False
        self._store.messages.set_status(message.id, status)
        self._publish(message, number, person, status, work.due, quote)
        return True

    def _publish(
        self,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        status: MessageStatus,
        at: datetime,
        quote: Quote | None,
    ) -> None:
        who = person.wa_id if person else message.wa_id
        self._core.note("status", message.id, str(status), at=at, wa_id=who, cause=message.id)
        self._outbox.publish(
            MESSAGES,
            number.waba_id,
            lambda version: told_status(
                number, person, message, status, at, quote=quote, webhook_version=version
            ),
            at,
            cause=message.id,
            number=number,
        )

    def fail(self, message_id: str, refusal: MessageError, at: datetime) -> None:
        """Have a message fail that was accepted and has not left."""
        message, number = self._of(message_id)
        self._fail(at, message, number, self._store.people.get(message.wa_id), refusal)

    def _fail(
        self,
        at: datetime,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        refusal: MessageError,
    ) -> None:
        told = {"code": refusal.code, "title": refusal.title, "details": refusal.details}
        self._store.messages.set_status(message.id, MessageStatus.FAILED, told)
        self._core.note(
            "status",
            message.id,
            f"failed: {refusal.code} {refusal.title}",
            at=at,
            wa_id=message.wa_id,
            cause=message.id,
            details={
                "code": refusal.code,
                "rule": refusal.rule,
                "hint": refusal.hint,
                "facts": dict(refusal.facts),
                "source": refusal.source,
            },
        )
        self._outbox.publish(
            MESSAGES,
            number.waba_id,
            lambda version: told_status(
                number,
                person,
                message,
                MessageStatus.FAILED,
                at,
                error=refusal,
                webhook_version=version,
            ),
            at,
            cause=message.id,
            number=number,
        )
        self._core.happen(Failed(message, number, person, at, refusal))
