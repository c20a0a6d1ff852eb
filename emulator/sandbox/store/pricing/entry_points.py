"""Clicks on ads, and the free entry points they became."""

from __future__ import annotations

from typing import Any

from emulator.domain.pricing.entry_points import EntryPoint
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, maybe_from_micros, maybe_to_micros, to_micros


def _entry_point(row: tuple[Any, ...]) -> EntryPoint:
    number, wa_id, conversation_id, clicked_at, opened_at = row
    return EntryPoint(number, wa_id, conversation_id, from_micros(clicked_at), maybe_from_micros(opened_at))


class EntryPointTable:
    """The newest click on an ad of each person towards each number, and the free entry point it became."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._execute = database.execute
        self._empty_at: int | None = None
        """The stamp of the database at which nobody had clicked an ad: most sandboxes never need a look."""

    def put(self, entry: EntryPoint) -> None:
        """Store a click, or what became of it; it replaces the one of the same number and person."""
        self._empty_at = None
        self._execute(
            "INSERT INTO entry_points VALUES (?, ?, ?, ?, ?) ON CONFLICT (phone_number_id, wa_id) DO UPDATE "
            "SET id = excluded.id, clicked_at = excluded.clicked_at, opened_at = excluded.opened_at",
            (
                entry.phone_number_id,
                entry.wa_id,
                entry.id,
                to_micros(entry.clicked_at),
                maybe_to_micros(entry.opened_at),
            ),
        )

    def get(self, phone_number_id: str, wa_id: str) -> EntryPoint | None:
        """Find the newest click of a person towards a number; ``None`` when there is none.

        Every message asks, and most sandboxes have no click: while nobody has clicked an ad it is answered
        from memory.
        """
        if self._empty_at == self._database.stamp:
            return None
        row = self._execute(
            "SELECT * FROM entry_points WHERE phone_number_id = ? AND wa_id = ?", (phone_number_id, wa_id)
        ).fetchone()
        if row is None and self._execute("SELECT 1 FROM entry_points LIMIT 1").fetchone() is None:
            self._empty_at = self._database.stamp
        return row and _entry_point(row)

    def all(self) -> dict[tuple[str, str], EntryPoint]:
        """Map (phone number id, ``wa_id``) to the newest click of each."""
        found = map(_entry_point, self._execute("SELECT * FROM entry_points"))
        return {(entry.phone_number_id, entry.wa_id): entry for entry in found}
