"""What will happen later, in due order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

HOUSEKEEPING = "template.idle"
"""The kind of work that nobody waits for: there is always one, a year ahead."""


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

    def next_due(self, *, besides: str = "") -> datetime | None:
        """When the first thing is due; ``besides`` is a kind that does not count."""
        row = self._execute(
            "SELECT due FROM timeline WHERE kind <> ? ORDER BY due, seq LIMIT 1", (besides,)
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
        self._execute("DELETE FROM timeline WHERE kind = ? AND subject = ?", (kind, subject))

    def cancel_family(self, family: str, subject: str) -> None:
        """Call off everything about ``subject`` whose kind begins with ``family`` and a dot."""
        self._execute("DELETE FROM timeline WHERE subject = ? AND kind LIKE ? || '.%'", (subject, family))

    def all(self) -> list[DueWork]:
        rows = self._execute("SELECT seq, due, kind, subject, details FROM timeline ORDER BY due, seq")
        return [DueWork(seq, from_micros(due), kind, s, json.loads(d)) for seq, due, kind, s, d in rows]
