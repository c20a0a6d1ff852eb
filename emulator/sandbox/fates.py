"""What becomes of a message after the answer: it is sent, delivered and read, or it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from emulator.domain import pricing, rules
from emulator.domain.accounts import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.messages.content import Content, FreeForm, TemplateUse
from emulator.domain.messages.interactive.orders import Order
from emulator.domain.messages.kinds import KINDS
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people import Person
from emulator.domain.rules import Attempt, ShownFile
from emulator.domain.windows import Window
from emulator.sandbox.core import Core
from emulator.sandbox.grouping import GroupFates
from emulator.sandbox.outbox import Outbox
from emulator.sandbox.store.media import Looked
from emulator.sandbox.store.timeline import DueWork
from emulator.wire import webhooks


class Fates:
    """Carries out what was planned for a message, and tells the integrator."""

    def __init__(self, core: Core, outbox: Outbox) -> None:
        self._core, self._store, self._outbox = core, core.store, outbox
        core.handlers["message.send"] = self._leave
        core.handlers["message.deliver"] = self._arrive
        core.handlers["message.read"] = self._be_read
        self._groups = GroupFates(core, self._tell_of_participant)

    def _leave(self, work: DueWork) -> None:
        """Pass the later rules: the message is sent, or it has failed."""
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        attempt = self._attempt(work, message, number, person)
        try:
            self._core.faulting.later(message)
            rules.check(attempt, rules.LATER)
        except MessageError as refusal:
            self._fail(work, message, number, person, refusal)
            return
        self._keep_order(attempt)
        price = self._price(message, number, attempt, work.due)
        self._store.messages.set_pricing(message.id, asdict(price))
        self._tell(work, message, number, person, MessageStatus.SENT, price)
        if isinstance(attempt.content, FreeForm) and attempt.content.kind.ends_with_sent:
            return
        if person is None:
            self._groups.leave(message, work.due)
        elif person.habits.delivered_after is not None:
            left = {"ttl": work.details["ttl"]} if "ttl" in work.details else None
            self._core.plan(work.due + person.habits.delivered_after, "message.deliver", message.id, left)

    def _attempt(
        self, work: DueWork, message: Message, number: BusinessNumber, person: Person | None
    ) -> Attempt:
        last = work.details["last_inbound_at"]
        content = _content(message)
        reaction = content.value if message.type == "reaction" and isinstance(content, FreeForm) else None
        return Attempt(
            message.at,
            number,
            message.wa_id,
            content,
            person=person,
            direct="direct" in work.details,
            name_taken="direct" in work.details and message.template_id is None,
            window=Window(number.id, message.wa_id, datetime.fromisoformat(last)) if last else None,
            files=tuple(self._shown(file, message.at) for file in work.details.get("files", ())),
            target=self._store.messages.get(reaction["message_id"]) if reaction else None,
            order=self._order(number, message.wa_id, content),
            group=self._store.groups.get(message.group_id) if message.group_id else None,
        )

    def _shown(self, file: Mapping[str, Any], at: datetime) -> ShownFile:
        if file["link"] is None:
            media = self._store.media.get(file["id"], at)
            return ShownFile(file["kind"], media.file if media else None)
        looked = self._store.media.link(file["link"]) or Looked(None, None)
        return ShownFile(file["kind"], looked.file, looked.problem)

    def _order(self, number: BusinessNumber, wa_id: str, content: Content) -> Order | None:
        if not isinstance(content, FreeForm) or content.subtype != "order_status":
            return None
        return self._store.orders.get(number.id, wa_id, content.value["action"]["parameters"]["reference_id"])

    def _keep_order(self, attempt: Attempt) -> None:
        content = attempt.content
        if not isinstance(content, FreeForm) or content.subtype not in ("order_details", "order_status"):
            return
        told = content.value["action"]["parameters"]
        order = attempt.order.after(told) if attempt.order else Order(told["reference_id"])
        self._store.orders.put(attempt.number.id, attempt.wa_id, order)

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
            return
        self._tell(work, message, number, person, MessageStatus.DELIVERED, _pricing(message))
        if person is not None and person.habits.reads:
            self._core.plan(work.due + person.habits.read_after, "message.read", message.id)

    def _be_read(self, work: DueWork) -> None:
        message, number = self._load(work)
        person = self._store.people.get(message.wa_id)
        self._tell(work, message, number, person, MessageStatus.READ, _pricing(message))

    def _tell_of_participant(
        self, message: Message, status: MessageStatus, at: datetime, person: Person | None
    ) -> None:
        number = self._store.accounts.number(message.phone_number_id)
        assert number is not None
        self._publish(message, number, person, status, at, _pricing(message))

    def _load(self, work: DueWork) -> tuple[Message, BusinessNumber]:
        message = self._store.messages.get(work.subject)
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
        price: pricing.Pricing | None,
    ) -> None:
        if not message.may_become(status):
            return
        self._store.messages.set_status(message.id, status)
        self._publish(message, number, person, status, work.due, price)

    def _publish(
        self,
        message: Message,
        number: BusinessNumber,
        person: Person | None,
        status: MessageStatus,
        at: datetime,
        price: pricing.Pricing | None,
    ) -> None:
        who = person.wa_id if person else message.wa_id
        self._core.note("status", message.id, str(status), at=at, wa_id=who, cause=message.id)
        self._outbox.publish(
            webhooks.MESSAGES,
            number.waba_id,
            lambda version: webhooks.status(
                number, person, message, status, at, pricing=price, webhook_version=version
            ),
            at,
            cause=message.id,
            number=number,
        )

    def _fail(
        self,
        work: DueWork,
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
            at=work.due,
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
            webhooks.MESSAGES,
            number.waba_id,
            lambda version: webhooks.status(
                number,
                person,
                message,
                MessageStatus.FAILED,
                work.due,
                error=refusal,
                webhook_version=version,
            ),
            work.due,
            cause=message.id,
            number=number,
        )

    def _price(
        self, message: Message, number: BusinessNumber, attempt: Attempt, at: datetime
    ) -> pricing.Pricing:
        waba = self._store.accounts.waba(number.waba_id)
        there = at.astimezone(ZoneInfo(waba.timezone if waba else "UTC"))
        served = 0
        if message.category == pricing.SERVICE:
            served = self._store.facts.count(f"service:{number.id}:{there:%Y-%m}") - 1
        usual = pricing.price(
            message.category,
            there.date(),
            window_open=attempt.window is not None and attempt.window.is_open(attempt.at),
            service_messages=served,
        )
        return usual if attempt.group is None else pricing.in_group(usual)


def _content(message: Message) -> Content:
    """What was sent, as far as later rules look at it."""
    if message.type == "template":
        return TemplateUse(message.content["name"], message.content["language"]["code"])
    return FreeForm(KINDS[message.type], message.content)


def _pricing(message: Message) -> pricing.Pricing | None:
    return pricing.Pricing(**message.pricing) if message.pricing else None
