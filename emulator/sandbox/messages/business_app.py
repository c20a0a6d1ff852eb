"""What a business does in the WhatsApp Business app beside writing: it shares chats, and keeps contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.business_app import (
    AppContactChanged,
    HistoryDeclined,
    HistoryFileShared,
    HistoryShared,
)
from emulator.domain.messages.chat_history import (
    FILES_WITHIN,
    USUAL_CHUNK,
    HistoryChunk,
    Thread,
    chunks,
    past_message,
)
from emulator.domain.messages.inbound_kinds import Written, names
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.sandbox.core import Core
from emulator.sandbox.messages.received.reception import Reception

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
        if message.type not in names(Written.FILE) or now - message.at > FILES_WITHIN:
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

    def save(
        self, person: Person, full_name: str, first_name: str | None = None, number: str | None = None
    ) -> None:
        """Save a person among the contacts of the app, or change their name there."""
        self._change(person, full_name, first_name or full_name.partition(" ")[0], number)

    def remove(self, person: Person, number: str | None = None) -> None:
        """Remove a person from the contacts of the app."""
        self._change(person, None, None, number)

    def _change(self, person: Person, full_name: str | None, first: str | None, number: str | None) -> None:
        business, now = self._reception.number(number), self._core.clock.now()
        self._core.happen(AppContactChanged(person, business, full_name, first, at=now))

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
