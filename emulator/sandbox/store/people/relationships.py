"""The tables of how people and business numbers stand.

Blocks in both directions, opt-outs, typing, and block list versions. A pair between whom nothing happened
has no row.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from emulator.domain.people.relationship import Relationship
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import maybe_from_micros, maybe_to_micros, to_micros
from emulator.sandbox.store.memory import Memory
from emulator.sandbox.store.rows import marks

_COLUMNS = (
    "phone_number_id, wa_id, blocked_number_at, stopped_marketing_at, blocked_person_at, "
    "answered_marketing_at, typing_until"
)


def _relationship(row: tuple[Any, ...]) -> Relationship:
    return Relationship(row[0], row[1], *map(maybe_from_micros, row[2:]))


class RelationshipTable:
    """How people and business numbers stand: blocks in both directions, opt-outs, and answers to marketing.

    A pair between whom nothing happened has no row. Remembered, since every message asks.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[tuple[str, str], Relationship | None](database)
        self._typed = Memory[str, bool](database)

    @property
    def anybody_typed(self) -> bool:
        """Whether any typing indicator may still be shown: so that a send need not look for one to end."""
        known = self._typed.answers
        if "anybody" not in known:
            row = self._execute(
                "SELECT 1 FROM relationships WHERE typing_until IS NOT NULL LIMIT 1"
            ).fetchone()
            known["anybody"] = row is not None
        return known["anybody"]

    def get(self, phone_number_id: str, wa_id: str) -> Relationship | None:
        """Find how a number and a person stand; ``None`` when nothing ever happened between them."""
        known, pair = self._memory.answers, (phone_number_id, wa_id)
        if pair not in known:
            row = self._execute(
                f"SELECT {_COLUMNS} FROM relationships WHERE phone_number_id = ? AND wa_id = ?", pair
            ).fetchone()
            known[pair] = row and _relationship(row)
        return known[pair]

    def rename(self, wa_id: str, to: str) -> None:
        """Give everything between a person and the numbers to another ``wa_id``, which has nothing yet."""
        self._execute("UPDATE relationships SET wa_id = ? WHERE wa_id = ?", (to, wa_id))
        self._memory.answers.clear()

    def put(self, relationship: Relationship) -> None:
        """Store how a number and a person stand; it replaces what is there.

        A change of a block by the business also wants :meth:`mark_changed`.
        """
        self._execute(
            "INSERT INTO relationships VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (phone_number_id, wa_id) "
            "DO UPDATE SET blocked_number_at = excluded.blocked_number_at, "
            "stopped_marketing_at = excluded.stopped_marketing_at, "
            "blocked_person_at = excluded.blocked_person_at, "
            "answered_marketing_at = excluded.answered_marketing_at, typing_until = excluded.typing_until",
            (
                relationship.phone_number_id,
                relationship.wa_id,
                maybe_to_micros(relationship.blocked_number_at),
                maybe_to_micros(relationship.stopped_marketing_at),
                maybe_to_micros(relationship.blocked_person_at),
                maybe_to_micros(relationship.answered_marketing_at),
                maybe_to_micros(relationship.typing_until),
            ),
        )
        self._memory.answers.pop((relationship.phone_number_id, relationship.wa_id), None)
        if relationship.typing_until is not None:
            self._typed.answers["anybody"] = True

    def of(self, wa_id: str) -> list[Relationship]:
        """List how a person stands to every number, in the order of the numbers' ids."""
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM relationships WHERE wa_id = ? ORDER BY phone_number_id", (wa_id,)
        )
        return [_relationship(row) for row in rows]

    def of_each(self, wa_ids: Collection[str]) -> dict[str, tuple[Relationship, ...]]:
        """List how some people stand to every number, as :meth:`of` does, by person; most have none."""
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM relationships WHERE wa_id IN ({marks(wa_ids)})", tuple(wa_ids)
        )
        found: dict[str, tuple[Relationship, ...]] = {}
        for each in sorted(map(_relationship, rows), key=lambda each: each.phone_number_id):
            found[each.wa_id] = (*found.get(each.wa_id, ()), each)
        return found

    def blocked_by(self, phone_number_id: str, start: int, limit: int) -> list[str]:
        """List a page of the people whom a number has blocked, the longest blocked first.

        It begins at place ``start`` (from 0) and has at most ``limit``; of two blocked in one instant the
        lower ``wa_id`` comes first.
        """
        rows = self._execute(
            "SELECT wa_id FROM relationships WHERE phone_number_id = ? AND blocked_person_at IS NOT NULL "
            "ORDER BY blocked_person_at, wa_id LIMIT ? OFFSET ?",
            (phone_number_id, limit, start),
        )
        return [row[0] for row in rows]

    def count_blocked_by(self, phone_number_id: str) -> int:
        """Count the people whom a number has blocked."""
        row = self._execute(
            "SELECT COUNT(*) FROM relationships WHERE phone_number_id = ? AND blocked_person_at IS NOT NULL",
            (phone_number_id,),
        ).fetchone()
        return int(row[0])

    def version(self, phone_number_id: str) -> int:
        """Read the version of a number's block list; 0 before its first change."""
        row = self._execute(
            "SELECT version FROM block_lists WHERE phone_number_id = ?", (phone_number_id,)
        ).fetchone()
        return int(row[0]) if row else 0

    def mark_changed(self, phone_number_id: str, at: datetime) -> None:
        """Give a number's block list a new version.

        The instant in microseconds, or one more than the old version. So it grows with every change, also
        with several in one instant; cursors of the old version are refused then.
        """
        self._execute(
            "INSERT INTO block_lists VALUES (?, ?) ON CONFLICT (phone_number_id) DO UPDATE SET "
            "version = MAX(version + 1, excluded.version)",
            (phone_number_id, to_micros(at)),
        )
