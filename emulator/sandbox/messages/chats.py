"""The chats of people: how the conversation of each with the business stands, with few questions for many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from emulator.domain.messages.chats import MOST_UNREAD, Chat
from emulator.domain.people.person import Person
from emulator.sandbox.store import Store
from emulator.sandbox.store.rows import in_parts


def chats_of(store: Store, people: Sequence[Person], at: datetime) -> Iterator[Chat]:
    """Find the chats of people as they stand ``at`` an instant, in the order of the people.

    It asks four questions for every :data:`~emulator.sandbox.store.rows.AT_ONCE` of them.
    """
    for some in in_parts(people):
        yield from _chats(store, some, at)


def _chats(store: Store, people: Sequence[Person], at: datetime) -> Iterator[Chat]:
    wa_ids = [person.wa_id for person in people]
    windows = store.windows.last_of_each(wa_ids, [number.id for number in store.accounts.numbers()])
    relationships = store.relationships.of_each(wa_ids)
    unread, last = store.chats.unread(wa_ids, MOST_UNREAD), store.chats.last_messages(wa_ids)
    for person in people:
        wa_id = person.wa_id
        standing = tuple(each.as_of(at) for each in relationships.get(wa_id, ()))
        yield Chat(person, windows.get(wa_id), standing, unread[wa_id], last.get(wa_id))
