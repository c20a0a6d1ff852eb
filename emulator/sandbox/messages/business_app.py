"""What a business does in the WhatsApp Business app beside writing: it shares chats, and keeps contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from emulator.domain.accounts import app_sync
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.business_app import (
    AppContact,
    AppContactChanged,
    AppContactsShared,
    HistoryDeclined,
    HistoryFileShared,
    HistoryShared,
)
from emulator.domain.instants import iso
from emulator.domain.messages.chat_history import (
    USUAL_CHUNK,
    HistoryChunk,
    Thread,
    chunks,
    has_file,
    past_message,
)
from emulator.domain.messages.inbound_kinds import Written, names
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.messages.received.reception import Reception

CONTACTS_AT_ONCE = 100
"""How many contacts one webhook shares; how many the platform does is not documented."""
_ADDRESSES = ("link", "url")
"""Where a file could be had when its message was new."""


class BusinessApp:
    """Shares the chats and the contacts of a number (coexistence), inside the caller's transaction."""

    def __init__(self, core: Core, reception: Reception) -> None:
        self._core, self._store, self._reception = core, core.store, reception

    def share(
        self,
        number: str | None = None,
        chats: Sequence[tuple[Person, Sequence[Mapping[str, Any]]]] | None = None,
        size: int = USUAL_CHUNK,
    ) -> list[HistoryChunk]:
        """Share the chats of a number (default: the first), each chunk by a webhook ``history``.

        ``chats`` are texts with people, as :func:`~emulator.domain.messages.chat_history.past_message` reads
        them; without them they are the conversations that the sandbox has. Messages older than 180 days are
        not shared. Each file of the last 14 days follows by a webhook of its own, unless it has expired.
        Raises :class:`ValueError` for a message that cannot be, and a ``size`` below 1.
        """
        business, now = self._reception.number(number), self._core.clock.now()
        threads = self._stored(business) if chats is None else self._written(business, chats)
        made = chunks(threads, now, size)
        for chunk in made:
            self._core.happen(HistoryShared(business, chunk, at=now))
        for person, messages in threads:
            for message in messages:
                if (content := self._file(message, now)) is not None:
                    self._core.happen(HistoryFileShared(person, business, message, content, at=now))
        return made

    def _file(self, message: Message, now: datetime) -> dict[str, object] | None:
        """What is told of the file of a message; ``None`` where it is not shared, or the sandbox has none."""
        if message.type not in names(Written.FILE) or not has_file(message.at, now):
            return None
        media = self._store.media.get(str(message.content.get("id")), now)
        if media is None:
            return None
        about = {name: value for name, value in message.content.items() if name not in _ADDRESSES}
        return about | media.in_webhooks

    def decline(self, number: str | None = None) -> None:
        """Share no chats of a number (default: the first); the app learns that by error 2593109."""
        business = self._reception.number(number)
        self._core.happen(HistoryDeclined(business, at=self._core.clock.now()))

    def connect(self, number: BusinessNumber) -> None:
        """Note that a number has come to the app now: from now on it can be asked for what it has."""
        known = self._known(number)
        self._keep(number, {**known, "since": iso(self._core.clock.now()), "asked": []})

    def synchronise(self, phone_number_id: str, sync_type: str) -> str:
        """Ask the app of a number for its contacts or its chats, which follow at once; returns an id.

        Raises what :func:`~emulator.domain.accounts.app_sync.check` raises.
        """
        number, now = self._reception.number(phone_number_id), self._core.clock.now()
        known = self._known(number)
        began = known["since"] or self._store.facts.get("begun")
        app_sync.check(
            sync_type,
            on_business_app=number.on_business_app,
            since=began and datetime.fromisoformat(began),
            asked=known["asked"],
            at=now,
        )
        self._keep(number, {**known, "asked": [*known["asked"], sync_type]})
        if sync_type == app_sync.CONTACTS:
            self._share_contacts(number, known["contacts"])
        elif self._core.settings.shared_history == "declined":
            self.decline(number.id)
        else:
            self.share(number.id)
        return self._core.ids.app_sync()

    def _share_contacts(self, number: BusinessNumber, called: Mapping[str, Sequence[str] | None]) -> None:
        """Share everybody but those who were removed, by the names they were given, some at a time."""
        people = [each for each in self._store.people.all() if called.get(each.wa_id, ()) is not None]
        contacts = [AppContact(each, *(called.get(each.wa_id) or _names(each.name))) for each in people]
        for begin in range(0, len(contacts), CONTACTS_AT_ONCE):
            part = tuple(contacts[begin : begin + CONTACTS_AT_ONCE])
            self._core.happen(AppContactsShared(number, part, at=self._core.clock.now()))

    def _known(self, number: BusinessNumber) -> dict[str, Any]:
        """What is known of the app of a number: since when, what it was asked for, and its contacts."""
        usual: dict[str, Any] = {"since": None, "asked": [], "contacts": {}}
        return self._store.facts.get(f"business_app:{number.id}") or usual

    def _keep(self, number: BusinessNumber, known: Mapping[str, Any]) -> None:
        self._store.facts.put(f"business_app:{number.id}", known)

    def save(
        self, person: Person, full_name: str, first_name: str | None = None, number: str | None = None
    ) -> None:
        """Save a person among the contacts of the app, or change their name there."""
        self._change(person, _names(full_name, first_name), number)

    def remove(self, person: Person, number: str | None = None) -> None:
        """Remove a person from the contacts of the app."""
        self._change(person, None, number)

    def _change(self, person: Person, names: tuple[str, str] | None, number: str | None) -> None:
        business, now = self._reception.number(number), self._core.clock.now()
        known = self._known(business)
        self._keep(business, {**known, "contacts": {**known["contacts"], person.wa_id: names}})
        self._core.happen(AppContactChanged(person, business, *(names or (None, None)), at=now))

    def _stored(self, number: BusinessNumber) -> list[Thread]:
        """The conversations with people that the sandbox has, who wrote first first."""
        found: dict[str, list[Message]] = {}
        for message in self._store.messages.select(phone_number_id=number.id):
            if message.group_id is None:
                found.setdefault(message.wa_id, []).append(message)
        people = ((self._store.people.get(wa_id), messages) for wa_id, messages in found.items())
        return [(person, tuple(messages)) for person, messages in people if person is not None]

    def _written(
        self, number: BusinessNumber, chats: Sequence[tuple[Person, Sequence[Mapping[str, Any]]]]
    ) -> list[Thread]:
        now, threads = self._core.clock.now(), list[Thread]()
        for person, values in chats:
            past = sorted((past_message(value, now) for value in values), key=lambda each: each.at)
            messages = tuple(
                Message(
                    self._id(person, each.by_business),
                    number.id,
                    person.wa_id,
                    each.by_business,
                    "text",
                    MessageStatus(each.status),
                    each.at,
                    {"body": each.text},
                    as_text=each.text,
                )
                for each in past
            )
            threads.append((person, messages))
        return threads

    def _id(self, person: Person, by_business: bool) -> str:
        if by_business:
            return self._core.ids.outbound(person.digits_in_ids)
        return self._core.ids.inbound(person.digits_in_ids, person.device)


def _names(full_name: str, first_name: str | None = None) -> tuple[str, str]:
    """How a contact is called, in full and by the first name, which is by default the first word of it."""
    return full_name, first_name or full_name.partition(" ")[0]
