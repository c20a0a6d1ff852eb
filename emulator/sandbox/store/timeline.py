"""What will happen later, in due order."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class DueWork:
    """One thing to do at one instant."""

    seq: int
    due: datetime
    kind: str
    subject: str
    details: Mapping[str, Any]


class TimelineTable:
    """Due work; what is due first comes first, and in one instant what was planned first."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def plan(
        self, due: datetime, kind: str, subject: str, details: Mapping[str, object] | None = None
    ) -> None:
        self._execute(
            "INSERT INTO timeline (due, kind, subject, details) VALUES (?, ?, ?, ?)",
            (to_micros(due), kind, subject, compact(details) if details else "{}"),
        )

    def next_due(self, *, besides: Collection[str] = ()) -> datetime | None:
        """When the first thing is due; ``besides`` are kinds that do not count."""
        others = tuple(besides) or ("",)
        row = self._execute(
            f"SELECT due FROM timeline WHERE kind NOT IN ({_marks(others)}) ORDER BY due, seq LIMIT 1", others
        ).fetchone()
        return row and from_micros(row[0])

    def take(self, at: datetime) -> DueWork | None:
        """Remove and return the first thing that is due ``at``."""
        row = self._execute(
            "DELETE FROM timeline WHERE seq = (SELECT seq FROM timeline WHERE due <= ? ORDER BY due, seq "
            "LIMIT 1) RETURNING seq, due, kind, subject, details",
            (to_micros(at),),
        ).fetchone()
        return row and DueWork(row[0], from_micros(row[1]), row[2], row[3], json.loads(row[4]))

    def count(self, at: datetime) -> int:
        """How much is due ``at``."""
        row = self._execute("SELECT COUNT(*) FROM timeline WHERE due <= ?", (to_micros(at),)).fetchone()
        return int(row[0])

    def cancel(self, kind: str, subject: str) -> None:
        """Call off the work of one kind about ``subject``."""
        self._execute("DELETE FROM timeline WHERE kind = ? AND subject = ?", (kind, subject))

    def cancel_all(self, kinds: Collection[str], subject: str) -> None:
        """Call off the work of all these kinds about ``subject``."""
        self._execute(
            f"DELETE FROM timeline WHERE subject = ? AND kind IN ({_marks(kinds)})", (subject, *kinds)
        )

    def all(self) -> list[DueWork]:
        rows = self._execute("SELECT seq, due, kind, subject, details FROM timeline ORDER BY due, seq")
        return [DueWork(seq, from_micros(due), kind, s, json.loads(d)) for seq, due, kind, s, d in rows]


def _marks(values: Collection[str]) -> str:
    """A placeholder for each of some values."""
    return ", ".join("?" * len(values))
