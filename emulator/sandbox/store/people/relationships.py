"""How people and business numbers stand to each other, one row a pair that is not indifferent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulator.domain.people.relationship import Relationship
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import maybe_from_micros, maybe_to_micros, to_micros

_COLUMNS = (
    "phone_number_id, wa_id, blocked_number_at, stopped_marketing_at, blocked_person_at, "
    "answered_marketing_at"
)


def _relationship(row: tuple[Any, ...]) -> Relationship:
    return Relationship(row[0], row[1], *map(maybe_from_micros, row[2:]))


class RelationshipTable:
    """Blocks in both directions, and who stopped marketing."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, phone_number_id: str, wa_id: str) -> Relationship | None:
        row = self._execute(
            f"SELECT {_COLUMNS} FROM relationships WHERE phone_number_id = ? AND wa_id = ?",
            (phone_number_id, wa_id),
        ).fetchone()
        return row and _relationship(row)

    def put(self, relationship: Relationship) -> None:
        self._execute(
            "INSERT INTO relationships VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (phone_number_id, wa_id) "
            "DO UPDATE SET blocked_number_at = excluded.blocked_number_at, "
            "stopped_marketing_at = excluded.stopped_marketing_at, "
            "blocked_person_at = excluded.blocked_person_at, "
            "answered_marketing_at = excluded.answered_marketing_at",
            (
                relationship.phone_number_id,
                relationship.wa_id,
                maybe_to_micros(relationship.blocked_number_at),
                maybe_to_micros(relationship.stopped_marketing_at),
                maybe_to_micros(relationship.blocked_person_at),
                maybe_to_micros(relationship.answered_marketing_at),
            ),
        )

    def of(self, wa_id: str) -> list[Relationship]:
        """How a person stands to every number, oldest ids first."""
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM relationships WHERE wa_id = ? ORDER BY phone_number_id", (wa_id,)
        )
        return [_relationship(row) for row in rows]

    def blocked_by(self, phone_number_id: str, start: int, limit: int) -> list[str]:
        """Some of the people a number has blocked, those of longest standing first."""
        rows = self._execute(
            "SELECT wa_id FROM relationships WHERE phone_number_id = ? AND blocked_person_at IS NOT NULL "
            "ORDER BY blocked_person_at, wa_id LIMIT ? OFFSET ?",
            (phone_number_id, limit, start),
        )
        return [row[0] for row in rows]

    def count_blocked_by(self, phone_number_id: str) -> int:
        row = self._execute(
            "SELECT COUNT(*) FROM relationships WHERE phone_number_id = ? AND blocked_person_at IS NOT NULL",
            (phone_number_id,),
        ).fetchone()
        return int(row[0])

    def version(self, phone_number_id: str) -> int:
        """Which state of a number's block list this is; 0 before its first change."""
        row = self._execute(
            "SELECT version FROM block_lists WHERE phone_number_id = ?", (phone_number_id,)
        ).fetchone()
        return int(row[0]) if row else 0

    def mark_changed(self, phone_number_id: str, at: datetime) -> None:
        """Give a block list a new version: the instant of the change, or one more than the old version."""
        self._execute(
            "INSERT INTO block_lists VALUES (?, ?) ON CONFLICT (phone_number_id) DO UPDATE SET "
            "version = MAX(version + 1, excluded.version)",
            (phone_number_id, to_micros(at)),
        )
