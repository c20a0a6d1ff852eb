"""The table of due work: what will happen later, in due order."""

from __future__ import annotations

import json
from bisect import insort_right
from collections.abc import Collection, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from emulator.domain.values import dataclass
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros

_COLUMNS = "seq, due, kind, subject, details, wa_id"
AHEAD = 64
"""How many pieces of work are read ahead at once."""


@dataclass(frozen=True, slots=True)
class DueWork:
    """One thing to do at one instant: its kind, what it is about, and what its handler needs to know."""

    seq: int
    due: datetime
    kind: str
    subject: str
    details: Mapping[str, Any]
    """What was stored with it, parsed from JSON; empty without any."""
    wa_id: str | None = None
    """Whose work it is, where it is that of one person; it goes with them to another number."""

    @property
    def whose(self) -> str:
        """The ``wa_id`` of the person whose work it is, for kinds that are always a person's."""
        assert self.wa_id is not None
        return self.wa_id


_due = attrgetter("due")


def _work(row: tuple[Any, ...]) -> DueWork:
    seq, due, kind, subject, details, wa_id = row
    return DueWork(
        seq, from_micros(due), kind, subject, {} if details == "{}" else json.loads(details), wa_id
    )


class TimelineTable:
    """Due work; what is due first comes first, and in one instant what was planned first.

    It is part of the state: a snapshot has it, and a server that is started again goes on with it. What is
    due first is read ahead, since each piece of work is asked for before and after the one before it.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._execute = database, database.execute
        self._ahead: list[DueWork] = []
        """What is due first, in order: all that there is of the table up to the last of them."""
        self._is_all = False
        """Whether there is nothing in the table besides."""
        self._stamp: int | None = None
        """The stamp of the database at which it was read; ``None`` before the first look."""

    def plan(
        self,
        due: datetime,
        kind: str,
        subject: str,
        details: Mapping[str, object] | None = None,
        wa_id: str | None = None,
    ) -> None:
        """Store work of a kind about ``subject``, due at an instant; ``details`` have to be JSON.

        ``wa_id`` is the person whose work it is, where it is that of one. Services call
        :meth:`~emulator.sandbox.core.Core.plan`, which knows whether somebody carries the kind out.
        """
        row = to_micros(due), kind, subject, compact(details) if details else "{}", wa_id
        seq = self._execute(
            "INSERT INTO timeline (due, kind, subject, details, wa_id) VALUES (?, ?, ?, ?, ?)", row
        ).lastrowid
        ahead = self._ahead
        if self._is_all or (ahead and due < ahead[-1].due):
            assert seq is not None
            insort_right(ahead, _work((seq, *row)), key=_due)
            if len(ahead) > 2 * AHEAD:
                del ahead[AHEAD:]
                self._is_all = False

    def next_due(self, *, besides: Collection[str] = ()) -> datetime | None:
        """Find when the first work is due; ``besides`` are kinds that do not count.

        ``None`` when there is none.
        """
        if not besides:
            first = self._first()
            return None if first is None else first.due
        row = self._execute(
            f"SELECT due FROM timeline WHERE kind NOT IN ({_marks(besides)}) ORDER BY due, seq LIMIT 1",
            tuple(besides),
        ).fetchone()
        return row and from_micros(row[0])

    def take(self, at: datetime) -> DueWork | None:
        """Remove and return the first work that is due ``at`` an instant; ``None`` when none is.

        Called in the transaction that carries it out: when that is rolled back, the work is there again.
        """
        work = self._first()
        if work is None or work.due > at:
            return None
        self._execute("DELETE FROM timeline WHERE seq = ?", (work.seq,))
        del self._ahead[0]
        return work

    def _first(self) -> DueWork | None:
        """What is due first: as it was read ahead, unless that does not hold any more or is used up."""
        if self._stamp != self._database.stamp or not (self._ahead or self._is_all):
            rows = self._execute(f"SELECT {_COLUMNS} FROM timeline ORDER BY due, seq LIMIT {AHEAD}")
            self._ahead = [_work(row) for row in rows]
            self._is_all, self._stamp = len(self._ahead) < AHEAD, self._database.stamp
        return self._ahead[0] if self._ahead else None

    def _forget(self) -> None:
        """Read anew at the next look what is due first."""
        self._ahead, self._is_all, self._stamp = [], False, None

    def count(self, at: datetime) -> int:
        """Count the work that is due ``at`` an instant and not carried out."""
        row = self._execute("SELECT COUNT(*) FROM timeline WHERE due <= ?", (to_micros(at),)).fetchone()
        return int(row[0])

    def cancel(self, kind: str, subject: str) -> None:
        """Cancel all work of one kind about ``subject``, whenever it is due; without any nothing changes."""
        self.cancel_all((kind,), subject)

    def cancel_all(self, kinds: Collection[str], subject: str) -> None:
        """Cancel the work of all these kinds about ``subject``; without any nothing changes."""
        self._execute(
            f"DELETE FROM timeline WHERE subject = ? AND kind IN ({_marks(kinds)})", (subject, *kinds)
        )
        self._ahead = [work for work in self._ahead if work.subject != subject or work.kind not in kinds]

    def hasten(self, wa_id: str, due: datetime) -> None:
        """Have the work that waits for a person's phone, as ``put_off`` of its details says, be due earlier.

        The order among it stays.
        """
        self._forget()
        self._execute(
            "UPDATE timeline SET due = ? WHERE wa_id = ? AND json_extract(details, '$.put_off')",
            (to_micros(due), wa_id),
        )

    def move(self, wa_id: str, to: str, *, dropped: Collection[str]) -> None:
        """Let the work about a person go with them to another number; that of some kinds is ``dropped``."""
        self._forget()
        self._execute(
            f"DELETE FROM timeline WHERE wa_id = ? AND kind IN ({_marks(dropped)})", (wa_id, *dropped)
        )
        self._execute("UPDATE timeline SET wa_id = ? WHERE wa_id = ?", (to, wa_id))

    def all(self, limit: int = -1) -> list[DueWork]:
        """List all work, in the order in which it will be carried out; ``limit`` keeps the first of it."""
        rows = self._execute(f"SELECT {_COLUMNS} FROM timeline ORDER BY due, seq LIMIT ?", (limit,))
        return [_work(row) for row in rows]


def _marks(values: Collection[str]) -> str:
    """A placeholder for each of some values."""
    return ", ".join("?" * len(values))
