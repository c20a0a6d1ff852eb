"""Blocks, reports and opt-outs by people against a business number, asked for or by their habits.

They count for the quality of the number and of its templates.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulator.domain import ids
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.messages import MessageDelivered
from emulator.domain.events.people import MarketingPreferenceChanged
from emulator.domain.messages.lifecycle import ARRIVED, Message
from emulator.domain.people.habits import CHANCES
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.quality.scores import WINDOW
from emulator.sandbox import lookup
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.people.hearing import Hearing
from emulator.sandbox.people.marketing_audience import is_marketing
from emulator.sandbox.quality.feedback import BLOCKED, REPORTED
from emulator.sandbox.quality.scores import QualityScores
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind


class BlocksAndReports:
    """What people do about a business they do not like: block it, report it, and stop its marketing.

    Asked for, or out of habit: for each template message that is delivered to a person their chances are
    drawn, and they act when they would have read it (the due work ``person.minds``). It counts for the
    quality of the number and the template. Methods are called inside the caller's transaction; ``at`` is the
    present by default.
    """

    def __init__(self, core: Core, quality: QualityScores) -> None:
        self._core, self._store, self._quality = core, core.store, quality
        self._hearing = Hearing(core)
        core.listen(MessageDelivered, Listener.BLOCKS_AND_REPORTS, self._perhaps_mind)
        core.on_due(DueKind.PERSON_MINDS, self._mind)

    def relationship(self, person: Person, number: BusinessNumber) -> Relationship:
        """Find how a person and a number stand to each other.

        Where nothing ever happened, a relationship without instants.
        """
        known = self._store.relationships.get(number.id, person.wa_id) or Relationship(
            number.id, person.wa_id
        )
        return known.as_of(self._core.clock.now())

    def block(self, person: Person, number: BusinessNumber, at: datetime | None = None) -> Relationship:
        """Have a person block a number.

        What is on its way to them, and what it sends from now on, never arrives. It counts against the
        number, and against the template of the last message that came from it in the last seven days. No
        webhook is sent. A second block changes nothing.
        """
        at = at or self._core.clock.now()
        relationship = self.relationship(person, number)
        if relationship.blocked_number_at is not None:
            return relationship
        relationship = self._change(relationship, blocked_number_at=at)
        for message_id in self._store.messages.on_the_way(number.id, person.wa_id):
            self._store.timeline.cancel(DueKind.MESSAGE_DELIVER, message_id)
        self._note(person, f"{person.name} blocked {number.verified_name}", at)
        last = self._store.messages.newest_to(number.id, person.wa_id, arrived=True)
        recent = last if last is not None and last.at > at - WINDOW else None
        self._quality.complain(BLOCKED, person.wa_id, number, recent, at)
        return relationship

    def unblock(self, person: Person, number: BusinessNumber) -> Relationship:
        """Have a person take a block back now; what was sent meanwhile stays lost.

        Without a block nothing changes.
        """
        relationship = self.relationship(person, number)
        if relationship.blocked_number_at is None:
            return relationship
        self._note(person, f"{person.name} unblocked {number.verified_name}", self._core.clock.now())
        return self._change(relationship, blocked_number_at=None)

    def report(
        self,
        person: Person,
        number: BusinessNumber,
        message_id: str | None = None,
        at: datetime | None = None,
    ) -> Message | None:
        """Have a person report a message that reached them, or with ``None`` just the number.

        Returns the message. It counts against the number, and against the message's template. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for a message that has not reached them.
        """
        at = at or self._core.clock.now()
        message = None if message_id is None else self._received(person, message_id)
        what = number.verified_name if message is None else f"message {message.id}"
        self._note(person, f"{person.name} reported {what}", at, message_id)
        key = f"{person.wa_id}:{message.id if message else ''}"
        self._quality.complain(REPORTED, key, number, message, at)
        return message

    def newest_of(self, person: Person, template_name: str) -> Message:
        """Find the newest message of a template that reached a person, among the newest 200 sent to them.

        Raises :class:`~emulator.sandbox.errors.CannotDo` when there is none.
        """
        for message in reversed(self._store.messages.select(wa_id=person.wa_id, outbound=True, limit=200)):
            arrived = message.type == "template" and message.status in ARRIVED
            if arrived and message.content["name"] == template_name:
                return message
        raise CannotDo(f"no message of the template {template_name} has reached {person.name}")

    def stop_marketing(
        self, person: Person, number: BusinessNumber, *, stopped: bool = True, at: datetime | None = None
    ) -> Relationship:
        """Have a person stop the marketing messages of a number, or with ``stopped=False`` want them again.

        Reported by ``user_preferences``, unless the business cannot hear; where it is so already, nothing
        changes. Returns the relationship.
        """
        at = at or self._core.clock.now()
        relationship = self.relationship(person, number)
        if (relationship.stopped_marketing_at is not None) is stopped:
            return relationship
        if (unheard := self._hearing.why_not(person, number)) is None:
            self._core.happen(MarketingPreferenceChanged(person, number, stopped, at=at))
        else:
            done = "stopped" if stopped else "resumed"
            self._hearing.note(person, person.wa_id, f"{done} marketing messages", unheard)
        return self._change(relationship, stopped_marketing_at=at if stopped else None)

    def _perhaps_mind(self, event: MessageDelivered) -> None:
        """Draw what a person makes of a template message; they act on it when they would have read it."""
        message, person = event.message, event.person
        if person is None or message.type != "template" or not person.habits.complains:
            return
        acts = [
            habit
            for habit in CHANCES
            if (chance := getattr(person.habits, habit)) > 0
            and ids.chance(self._core.ids.draw(f"{habit}:{person.wa_id}")) < chance
            and (habit != "stops" or is_marketing(message))
        ]
        if acts:
            due = event.at + person.habits.read_after
            self._core.plan(due, DueKind.PERSON_MINDS, message.id, {"acts": acts}, wa_id=person.wa_id)

    def _mind(self, work: DueWork) -> None:
        message = self._store.messages.get(work.subject)
        person = self._store.people.get(work.whose)
        if message is None or person is None:
            return
        number = lookup.number_by_id(self._store.accounts, message.phone_number_id)
        acts = work.details["acts"]
        if "reports" in acts:
            self.report(person, number, message.id, work.due)
        if "stops" in acts:
            self.stop_marketing(person, number, at=work.due)
        if "blocks" in acts:
            self.block(person, number, work.due)

    def _received(self, person: Person, message_id: str) -> Message:
        message = self._store.messages.get(message_id)
        mine = message is not None and message.outbound
        if message is None or not mine or not self._has_reached(message, person):
            raise CannotDo(f"no message {message_id} has reached {person.name}")
        return message

    def _has_reached(self, message: Message, person: Person) -> bool:
        if message.group_id is not None:
            return self._store.groups.has_received(message.id, person.wa_id)
        return message.wa_id == person.wa_id and message.status in ARRIVED

    def _change(self, relationship: Relationship, **facts: Any) -> Relationship:
        changed = relationship.changed(**facts)
        self._store.relationships.put(changed)
        return changed

    def _note(self, person: Person, summary: str, at: datetime, cause: str | None = None) -> None:
        self._core.note("person", person.wa_id, summary, at=at, wa_id=person.wa_id, cause=cause)
