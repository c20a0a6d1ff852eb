"""The table of the journal: everything that happened, each entry with its cause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from emulator.domain.journal import JournalEntry
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros
from emulator.sandbox.store.retention import AT_ONCE, Retention
from emulator.sandbox.store.rows import literally

_COLUMNS = "seq, at, kind, subject, wa_id, cause, summary, details"
_CHAIN = """
  WITH RECURSIVE
    causes(id) AS (
      SELECT ? UNION SELECT cause FROM causes JOIN journal ON subject = id
      WHERE EXISTS (SELECT 1 FROM journal AS of_cause WHERE of_cause.subject = journal.cause)
    ),
    chain(id) AS (SELECT id FROM causes UNION SELECT subject FROM chain JOIN journal ON cause = id)
  SELECT id FROM chain
"""
"""What an id is a consequence of, as far as the journal tells of it, and all consequences of that."""
_REFUSED = "json_extract(details, '$.code') IS NOT NULL"
OUTCOMES = {
    "accepted": f"kind = 'call' AND NOT ({_REFUSED}) AND json_extract(details, '$.fault') IS NULL",
    "refused": f"kind = 'call' AND {_REFUSED}",
    "failed": "kind = 'status'",
    "unsupported": "json_extract(details, '$.rule') = 'not_emulated'",
    "fault": "json_extract(details, '$.fault') IS NOT NULL",
}
"""How a call may have ended, each with its condition: ``failed`` is accepted first and fails later."""
LOOKED_AT = 50_000
"""How many entries one search for calls looks at: so it takes some tens of ms, whatever there is."""
_LAST = 2**63 - 1


class JournalTable:
    """The journal of a sandbox. It belongs to the state: a snapshot has it, a reset empties it."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self.retention = Retention("journal", database)

    def write(
        self,
        at: datetime,
        kind: str,
        subject: str,
        summary: str,
        *,
        wa_id: str | None = None,
        cause: str | None = None,
        details: str = "{}",
    ) -> None:
        """Add an entry about ``subject``, numbered after the newest.

        ``details`` are the compact JSON text of an object, ``cause`` is an id.
        """
        entry = self._execute(
            "INSERT INTO journal (at, kind, subject, wa_id, cause, summary, details) VALUES (?,?,?,?,?,?,?)",
            (to_micros(at), kind, subject, wa_id, cause, summary, details),
        )
        self.retention.hold(entry.lastrowid, self.drop)

    def drop(self, up_to: int) -> int:
        """Remove the oldest entries up to a number, which is among them; returns how many.

        At most :data:`~emulator.sandbox.store.retention.AT_ONCE`.
        """
        return self._execute(
            "DELETE FROM journal WHERE seq <= MIN(?, (SELECT MIN(seq) FROM journal) + ?)",
            (up_to, AT_ONCE - 1),
        ).rowcount

    def last(self) -> int:
        """Read the number of the newest entry, 0 when there is none; :meth:`select` goes on after it."""
        return int(self._execute("SELECT COALESCE(MAX(seq), 0) FROM journal").fetchone()[0])

    def first_of(self, subject: str) -> int:
        """Read the number of the first entry about a subject, 0 when there is none."""
        row = self._execute("SELECT MIN(seq) FROM journal WHERE subject = ?", (subject,)).fetchone()
        return int(row[0] or 0)

    def refused_after(self, number: int) -> list[int]:
        """List the numbers of the entries after one that tell of calls that were refused, oldest first."""
        rows = self._execute(
            f"SELECT seq FROM journal WHERE kind = 'call' AND seq > ? AND {_REFUSED} ORDER BY seq", (number,)
        )
        return [row[0] for row in rows]

    def latest(self) -> datetime | None:
        """Read the instant of the newest entry; ``None`` when there is none."""
        row = self._execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return row and from_micros(row[0])

    def select(
        self,
        *,
        kind: str | None = None,
        wa_id: str | None = None,
        subject: str | None = None,
        cause: str | None = None,
        chain: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        after: int = 0,
        before: int | None = None,
        newest: bool = False,
        limit: int = -1,
    ) -> list[JournalEntry]:
        """List entries, oldest first: those that fit every filter that is given.

        ``chain`` is an id: those about it, about what led to it, and about all that came of that. ``since``
        is an instant, inclusive, ``until`` one that is not; ``after`` and ``before`` are numbers of entries,
        exclusive. With ``newest`` the newest come first. ``limit`` keeps the first of what is left, and -1
        all.
        """
        conditions, values = ["seq > ?"], list[object]([after])
        for column, value in (("kind", kind), ("wa_id", wa_id), ("subject", subject), ("cause", cause)):
            if value is not None:
                conditions.append(f"{column} = ?")
                values.append(value)
        if chain is not None:
            conditions.append(f"subject IN ({_CHAIN})")
            values.append(chain)
        if since is not None:
            conditions.append("at >= ?")
            values.append(to_micros(since))
        if until is not None:
            conditions.append("at < ?")
            values.append(to_micros(until))
        if before is not None:
            conditions.append("seq < ?")
            values.append(before)
        order = "seq DESC" if newest else "seq"
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM journal WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?",
            (*values, limit),
        )
        return [_entry(row) for row in rows]

    def calls(
        self,
        *,
        outcome: str | None = None,
        edge: str | None = None,
        code: int | None = None,
        wa_id: str | None = None,
        search: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> tuple[list[JournalEntry], int | None]:
        """List calls of the Graph API, and failures of what they were accepted for, the newest first.

        Returns those that fit every filter that is given, up to ``limit``, and the number ``before`` which
        the next search goes on; ``None`` when nothing is left. One search looks at :data:`LOOKED_AT` entries
        at most, so it may find fewer, or none, and yet there are more. ``outcome`` is a key of
        :data:`OUTCOMES`, ``edge`` the last part of the path, ``search`` a part of the path, of what was sent
        or of what was answered, in any case.
        """
        newest = before or _LAST
        top = self._execute("SELECT MAX(seq) FROM journal WHERE seq < ?", (newest,)).fetchone()[0] or 0
        lowest = max(0, top - LOOKED_AT)
        conditions = ["(+kind = 'call' OR (+kind = 'status' AND details <> '{}'))"]  # by seq, not by an index
        values: list[object] = []
        if outcome is not None:
            conditions.append(OUTCOMES[outcome])
        for condition, value in (
            ("wa_id = ?", wa_id),
            ("json_extract(details, '$.code') = ?", code),
            ("json_extract(details, '$.path') LIKE ? ESCAPE '!'", edge and f"%/{literally(edge)}"),
            ("summary || details LIKE ? ESCAPE '!'", search and f"%{literally(search)}%"),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM journal WHERE seq < ? AND seq > ? AND {' AND '.join(conditions)} "
            "ORDER BY seq DESC LIMIT ?",
            (newest, lowest, *values, limit + 1),
        ).fetchall()
        found = [_entry(row) for row in rows[:limit]]
        if len(rows) > limit:
            return found, found[-1].seq
        oldest = self._execute("SELECT MIN(seq) FROM journal").fetchone()[0] or 0
        return found, lowest + 1 if lowest >= oldest > 0 else None


def _entry(row: Sequence[Any]) -> JournalEntry:
    return JournalEntry(
        row[0], from_micros(row[1]), row[2], row[3], row[4], row[5], row[6], json.loads(row[7])
    )
