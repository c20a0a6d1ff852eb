"""Groups: made for the sandbox, and what becomes of a message in one, participant by participant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.groups import GroupCreated, GroupJoined, GroupSuspensionChanged
from emulator.domain.messages.groups import Group, check
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.people.absences import Absences
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

OnReached = Callable[[Message, BusinessNumber, Person, datetime], None]
"""Called when a message has reached a participant, or was read by one.

The message, the number, the person, the instant.
"""


class Groups:
    """Makes the groups of a sandbox, inside the caller's transaction."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def make(self, number: BusinessNumber, subject: str, people: list[Person]) -> Group:
        """Make a group of a business number and ``people``, with an id and digits of its own.

        Reported by ``group_lifecycle_update``, and that each of them has joined by its invite link by
        ``group_participants_update``. Raises :class:`ValueError` for a subject or a number of people that the
        platform would not take, and for somebody who is not on WhatsApp.
        """
        participants = tuple(person.wa_id for person in people)
        check(subject, participants)
        for person in people:
            if not person.on_whatsapp:
                raise ValueError(f"{person.name} is not on WhatsApp")
        group_id, digits = self._core.ids.group(number.digits)
        group = Group(group_id, number.id, digits, subject, participants)
        self._store.groups.put(group)
        now = self._core.clock.now()
        request_id, link = self._core.ids.group_request()
        self._core.happen(GroupCreated(group, number, request_id, link, at=now))
        for person in people:
            self._core.happen(GroupJoined(group, number, person, at=now))
        return group

    def suspend(self, group_id: str, suspended: bool) -> Group:
        """Suspend a group, or end that; reported by ``group_status_update`` where it changes.

        Raises :class:`LookupError` for an id that is not there.
        """
        group = self._store.groups.get(group_id)
        if group is None:
            raise LookupError(f"there is no group {group_id}")
        if group.suspended is suspended:
            return group
        self._store.groups.put(group := replace(group, suspended=suspended))
        number = lookup.number_by_id(self._store.accounts, group.phone_number_id)
        self._core.happen(GroupSuspensionChanged(group, number, at=self._core.clock.now()))
        return group


class GroupDelivery:
    """Carries a message to everybody in its group.

    Each participant receives and reads it by their own habits. It handles the due work ``group.deliver`` and
    ``group.read``. The message itself is delivered, or read, when all participants have come so far; every
    participant causes a webhook.
    """

    def __init__(self, core: Core, absences: Absences, deliver: OnReached, read: OnReached) -> None:
        self._core, self._store, self._absences = core, core.store, absences
        self._say = {MessageStatus.DELIVERED: deliver, MessageStatus.READ: read}
        core.on_due(DueKind.GROUP_DELIVER, self._arrive)
        core.on_due(DueKind.GROUP_READ, self._be_read)

    def leave(self, message: Message, at: datetime) -> None:
        """Plan when each participant of the group receives a message that was sent ``at`` an instant.

        Somebody whose phone stays off (``delivered_after`` is ``None``), or whose WhatsApp is too old, never
        does.
        """
        for person in self._people(message):
            if person.habits.delivered_after is not None and not person.habits.old_client:
                due = at + person.habits.delivered_after
                self._core.plan(due, DueKind.GROUP_DELIVER, message.id, wa_id=person.wa_id)

    def _arrive(self, work: DueWork) -> None:
        person = self._come(work, MessageStatus.DELIVERED)
        if person is not None and person.habits.reads:
            due = work.due + person.habits.read_after
            self._core.plan(due, DueKind.GROUP_READ, work.subject, wa_id=person.wa_id)

    def _be_read(self, work: DueWork) -> None:
        self._come(work, MessageStatus.READ)

    def _come(self, work: DueWork, status: MessageStatus) -> Person | None:
        """One participant has come so far; the message itself when all of them have."""
        message = self._store.messages.get(work.subject)
        person = self._store.people.get(work.whose)
        if message is None or person is None:
            return None
        kept_since = message.at if status is MessageStatus.DELIVERED else None
        if person.habits.offline and self._absences.put_off(work, person, kept_since):
            return None
        come = self._store.groups.receive(message.id, person.wa_id, status)
        if come is None:
            return None  # they have read it before, by an act
        if come == len(self._people(message)) and message.may_become(status):
            self._store.messages.set_status(message.id, status)
        number = self._store.accounts.number(message.phone_number_id)
        assert number is not None
        self._say[status](message, number, person, work.due)
        return person

    def _people(self, message: Message) -> list[Person]:
        group = self._store.groups.get(message.group_id or "")
        found = (self._store.people.get(wa_id) for wa_id in (group.participants if group else ()))
        return [person for person in found if person is not None]
