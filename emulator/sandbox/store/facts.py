"""Single facts of a sandbox, and the counters its ids are drawn from."""

from __future__ import annotations

import json
from typing import Any

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.memory import Memory


class FactTable:
    """Single facts of a sandbox as named JSON values, and named counters that ids are drawn from.

    Counters are remembered, since every id moves one.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._counters = Memory[str, int](database)

    def get(self, name: str) -> Any:
        """Read the value of a fact, parsed from JSON; ``None`` when it was never stored, or ``null`` was.

        Facts are single values of a sandbox, such as its seed, settings, clock and receiver.
        """
        row = self._execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, name: str, value: object) -> None:
        """Store the value of a fact as JSON; it replaces the one there is."""
        self._execute(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )

    def remove(self, name: str) -> None:
        """Forget a fact; one that was never stored is none already."""
        self._execute("DELETE FROM facts WHERE name = ?", (name,))

    def counted(self, name: str) -> int:
        """Read how far the counter ``name`` has come, without moving it; 0 before the first :meth:`count`."""
        known = self._counters.answers
        if name not in known:
            row = self._execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
            known[name] = row[0] if row else 0
        return known[name]

    def count(self, name: str) -> int:
        """Move the counter ``name`` on by one and return it: 1, 2, 3, …

        Inside a transaction: a roll-back takes it back, so that what was never made has used no number.
        """
        value = self.counted(name) + 1
        self._execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (name, value))
        self._counters.answers[name] = value
        return value
