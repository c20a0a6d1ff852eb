"""People, and the windows they have opened."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from emulator.domain.people.habits import Habits, habits_as_json, habits_from_json
from emulator.domain.people.person import Person
from emulator.domain.windows import Window
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

_COLUMNS = "wa_id, name, user_id, locale, opted_in, on_whatsapp, habits, identity_key_hash"


@lru_cache(maxsize=256)
def _habits(stored: str) -> Habits:
    return habits_from_json(json.loads(stored))


def _person(row: tuple[Any, ...]) -> Person:
    wa_id, name, user_id, locale, opted_in, on_whatsapp, habits, identity_key_hash = row
    return Person(
        wa_id,
        name,
        user_id,
        locale,
        bool(opted_in),
        bool(on_whatsapp),
        _habits(habits),
        identity_key_hash,
    )


class PeopleTable:
    """The simulated users."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def put(self, person: Person) -> None:
        self._execute(
            "INSERT INTO people SELECT ?, ?, ?, ?, ?, ?, ?, ?, (SELECT COUNT(*) FROM people) WHERE TRUE "
            "ON CONFLICT (wa_id) DO UPDATE SET name = excluded.name, locale = excluded.locale, "
            "opted_in = excluded.opted_in, on_whatsapp = excluded.on_whatsapp, habits = excluded.habits, "
            "identity_key_hash = excluded.identity_key_hash",
            (
                person.wa_id,
                person.name,
                person.user_id,
                person.locale,
                person.opted_in,
                person.on_whatsapp,
                json.dumps(habits_as_json(person.habits)),
                person.identity_key_hash,
            ),
        )

    def get(self, wa_id: str) -> Person | None:
        row = self._execute(f"SELECT {_COLUMNS} FROM people WHERE wa_id = ?", (wa_id,)).fetchone()
        return row and _person(row)

    def by_user_id(self, user_id: str) -> Person | None:
        row = self._execute(f"SELECT {_COLUMNS} FROM people WHERE user_id = ?", (user_id,)).fetchone()
        return row and _person(row)

    def find(self, wa_ids: Iterable[str]) -> Person | None:
        """The first person who has one of the numbers."""
        return next((person for wa_id in wa_ids if (person := self.get(wa_id))), None)

    def all(self) -> list[Person]:
        return [_person(row) for row in self._execute(f"SELECT {_COLUMNS} FROM people ORDER BY place")]


class WindowTable:
    """When each person last wrote to each number."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def restart(self, phone_number_id: str, wa_id: str, at: datetime) -> None:
        self._execute(
            "INSERT INTO windows VALUES (?, ?, ?) ON CONFLICT (phone_number_id, wa_id) DO UPDATE SET "
            "last_inbound_at = excluded.last_inbound_at",
            (phone_number_id, wa_id, to_micros(at)),
        )

    def get(self, phone_number_id: str, wa_id: str) -> Window | None:
        row = self._execute(
            "SELECT last_inbound_at FROM windows WHERE phone_number_id = ? AND wa_id = ?",
            (phone_number_id, wa_id),
        ).fetchone()
        return row and Window(phone_number_id, wa_id, from_micros(row[0]))

    def all(self) -> list[Window]:
        rows = self._execute("SELECT * FROM windows ORDER BY last_inbound_at DESC, phone_number_id, wa_id")
        return [Window(number, wa_id, from_micros(last)) for number, wa_id, last in rows]
