"""People who change their phone number: they keep their account, and the businesses hear of it."""

from __future__ import annotations

from dataclasses import replace

from emulator.domain.events.people import UserIdChanged
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.phones import country_of, digits_of
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.people.hearing import check_is_there
from emulator.sandbox.timeline import DueKind

_ABOUT_THE_OLD_CHAT = (DueKind.PERSON_ANSWERS, DueKind.PERSON_MINDS)
"""What nobody does any more about messages to a number they no longer have."""
_MARK = "\u200e"
"""The left-to-right mark that stands before the old and behind the new number (captured in June 2023)."""


class NumberChanges:
    """Gives people another number, inside the caller's transaction and at the present time.

    Source: D/webhooks/reference/messages/system (11 August 2026).
    """

    def __init__(self, core: Core, reception: Reception) -> None:
        self._core, self._store, self._reception = core, core.store, reception

    def change(self, person: Person, number: str) -> Person:
        """Have a person change to another phone ``number``; returns them as they are then.

        Every business number they have written to or called hears of it, and the first one where they never
        did, but none that they have blocked: by a ``system`` message from the old number, and by
        ``user_id_update``, as the user id is another one, too. Blocks, opt-outs and groups go with them;
        messages and windows stay with the old number, which nobody has any more. Raises
        :class:`~emulator.sandbox.errors.CannotDo` for somebody who is not on WhatsApp and for a number that
        is taken, also for their own.
        """
        check_is_there(person)
        wa_id = digits_of(number)
        if (owner := self._store.people.get(wa_id)) is not None:
            raise CannotDo(f"{wa_id} is {owner.name}'s number already")
        changed = person.changed(wa_id=wa_id, user_id=self._core.ids.user(country_of(wa_id)))
        told = [self._tell(person, changed, number_id) for number_id in self._known_to(person)]
        self._store.people.rename(person.wa_id, changed)
        self._store.relationships.rename(person.wa_id, wa_id)
        self._store.timeline.move(person.wa_id, wa_id, dropped=_ABOUT_THE_OLD_CHAT)
        for group in self._store.groups.all():
            if person.wa_id in group.participants:
                members = tuple(wa_id if each == person.wa_id else each for each in group.participants)
                self._store.groups.put(replace(group, participants=members))
        for message in told:
            business = self._reception.number(message.phone_number_id)
            now = self._core.clock.now()
            self._core.happen(UserIdChanged(changed, business, person.user_id, at=now))
        summary = f"{person.name} changed their number from {person.wa_id}"
        self._core.note("person", wa_id, summary, wa_id=wa_id)
        return changed

    def _known_to(self, person: Person) -> list[str]:
        """The ids of the business numbers that hear of the person's change."""
        numbers = [number.id for number in self._store.accounts.numbers()]
        windows = self._store.windows.of(person.wa_id, numbers)
        known = [window.phone_number_id for window in windows] or numbers[:1]
        return [each for each in known if not self._has_blocked(person, each)]

    def _has_blocked(self, person: Person, phone_number_id: str) -> bool:
        relationship = self._store.relationships.get(phone_number_id, person.wa_id)
        return relationship is not None and relationship.blocked_number_at is not None

    def _tell(self, before: Person, after: Person, phone_number_id: str) -> Message:
        system = {
            "body": f"User {before.name} changed from {_MARK}{before.wa_id} to {after.wa_id}{_MARK}",
            "wa_id": after.wa_id,
            "type": "user_changed_number",
            "user_id": after.user_id,
        }
        business = self._reception.number(phone_number_id)
        return self._reception.receive(before, business, INBOUND_KINDS["system"], system)
