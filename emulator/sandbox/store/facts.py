"""Single facts of a sandbox, and the counters its ids are drawn from."""

from __future__ import annotations

import json
from typing import Any

from emulator.sandbox.store.database import Database


class FactTable:
    """Named JSON values and named counters."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, name: str) -> Any:
        row = self._execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, name: str, value: object) -> None:
        self._execute(
            "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )

    def counted(self, name: str) -> int:
        """How far the counter ``name`` has come."""
        row = self._execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def count(self, name: str) -> int:
        """The next number of the counter ``name``, from 1."""
        row = self._execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 "
            "RETURNING value",
            (name,),
        ).fetchone()
        return int(row[0])
