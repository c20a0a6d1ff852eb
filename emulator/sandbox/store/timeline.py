"""The table of due work: what will happen later, in due order."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from emulator.domain.values import dataclass
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DueWork:
    """One thing to do at one instant: its kind, what it is about, and what its handler needs to know."""

    seq: int
    due: datetime
    kind: str
    subject: str
    details: Mapping[str, Any]
    """What was stored with it, parsed from JSON; empty without any."""


def _work(row: tuple[Any, ...]) -> DueWork:
    seq, due, kind, subject, details = row
    return DueWork(seq, from_micros(due), kind, subject, {} if details == "{}" else json.loads(details))


class TimelineTable:
    """Due work; what is due first comes first, and in one instant what was planned first.

    It is part of the state: a snapshot has it, and a server that is started again goes on with it.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._execute = database, database.execute
        self._earliest: tuple[int, datetime] | None = None
        """When the first work is due, and the stamp of the database at which that was looked up."""

    def plan(
        self, due: datetime, kind: str, subject: str, details: Mapping[str, object] | None = None
    ) -> None:
        """Store work of a kind about ``subject``, due at an instant; ``details`` have to be JSON.

        Services call :meth:`~emulator.sandbox.core.Core.plan`, which knows whether somebody carries the kind
        out.
        """
        self._execute(
            "INSERT INTO timeline (due, kind, subject, details) VALUES (?, ?, ?, ?)",
            (to_micros(due), kind, subject, compact(details) if details else "{}"),
        )
        if self._earliest is not None:
            stamp, earliest = self._earliest
            self._earliest = stamp, min(earliest, due)

    def next_due(self, *, besides: Collection[str] = ()) -> datetime | None:
        """Find when the first work is due; ``besides`` are kinds that do not count.

        ``None`` when there is none. It is asked before and after every command of a server, and so remembered
        until work is taken away.
        """
        stamp = self._database.stamp
        if not besides and self._earliest is not None and self._earliest[0] == stamp:
            return None if self._earliest[1] == _NEVER else self._earliest[1]
        others = tuple(besides) or ("",)
        row = self._execute(
            f"SELECT due FROM timeline WHERE kind NOT IN ({_marks(others)}) ORDER BY due, seq LIMIT 1", others
        ).fetchone()
        due = row and from_micros(row[0])
        if not besides:
            self._earliest = stamp, due or _NEVER
        return due

    def take(self, at: datetime) -> DueWork | None:
        """Remove and return the first work that is due ``at`` an instant; ``None`` when none is.

        Called in the transaction that carries it out: when that is rolled back, the work is there again.
        """
        self._earliest = None
        row = self._execute(
            "DELETE FROM timeline WHERE seq = (SELECT seq FROM timeline WHERE due <= ? ORDER BY due, seq "
            "LIMIT 1) RETURNING seq, due, kind, subject, details",
            (to_micros(at),),
        ).fetchone()
        return row and _work(row)

    def count(self, at: datetime) -> int:
        """Count the work that is due ``at`` an instant and not carried out."""
        row = self._execute("SELECT COUNT(*) FROM timeline WHERE due <= ?", (to_micros(at),)).fetchone()
        return int(row[0])

    def cancel(self, kind: str, subject: str) -> None:
        """Cancel all work of one kind about ``subject``, whenever it is due; without any nothing changes."""
        self._earliest = None
        self._execute("DELETE FROM timeline WHERE kind = ? AND subject = ?", (kind, subject))

    def cancel_all(self, kinds: Collection[str], subject: str) -> None:
        """Cancel the work of all these kinds about ``subject``; without any nothing changes."""
        self._earliest = None
        self._execute(
            f"DELETE FROM timeline WHERE subject = ? AND kind IN ({_marks(kinds)})", (subject, *kinds)
        )

    def hasten(self, wa_id: str, due: datetime) -> None:
        """Have the work that waits for a person's phone, as ``offline`` of its details says, be due earlier.

        The order among it stays.
        """
        self._earliest = None
        self._execute(
            "UPDATE timeline SET due = ? WHERE json_extract(details, '$.offline') = ?",
            (to_micros(due), wa_id),
        )

    def move(self, wa_id: str, to: str, *, dropped: Collection[str]) -> None:
        """Let the work about a person go with them to another number; that of some kinds is ``dropped``."""
        self._earliest = None
        self._execute(
            f"DELETE FROM timeline WHERE kind IN ({_marks(dropped)}) "
            "AND json_extract(details, '$.wa_id') = ?",
            (*dropped, wa_id),
        )
        for member in ("$.wa_id", "$.offline"):
            self._execute(
                "UPDATE timeline SET details = json_set(details, ?1, ?2) "
                "WHERE json_extract(details, ?1) = ?3",
                (member, to, wa_id),
            )

    def all(self, limit: int = -1) -> list[DueWork]:
        """List all work, in the order in which it will be carried out; ``limit`` keeps the first of it."""
        rows = self._execute(
            "SELECT seq, due, kind, subject, details FROM timeline ORDER BY due, seq LIMIT ?", (limit,)
        )
        return [_work(row) for row in rows]


def _marks(values: Collection[str]) -> str:
    """A placeholder for each of some values."""
    return ", ".join("?" * len(values))
