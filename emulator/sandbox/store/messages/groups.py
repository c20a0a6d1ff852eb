"""Groups, and who has received and read what was written to them."""

from __future__ import annotations

import json
from typing import Any

from emulator.domain.messages.groups import Group
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.sandbox.store.database import Database

_COLUMNS = "id, phone_number_id, digits, subject, participants, suspended"


def _group(row: tuple[Any, ...]) -> Group:
    group_id, phone_number_id, digits, subject, participants, suspended = row
    return Group(group_id, phone_number_id, digits, subject, tuple(json.loads(participants)), bool(suspended))


class GroupTable:
    """Every group of the sandbox."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def put(self, group: Group) -> None:
        self._execute(
            f"INSERT INTO groups ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "subject = excluded.subject, participants = excluded.participants, "
            "suspended = excluded.suspended",
            (
                group.id,
                group.phone_number_id,
                group.digits,
                group.subject,
                json.dumps(group.participants),
                group.suspended,
            ),
        )

    def get(self, group_id: str) -> Group | None:
        row = self._execute(f"SELECT {_COLUMNS} FROM groups WHERE id = ?", (group_id,)).fetchone()
        return row and _group(row)

    def all(self) -> list[Group]:
        return [_group(row) for row in self._execute(f"SELECT {_COLUMNS} FROM groups ORDER BY digits")]

    def has_received(self, message_id: str, wa_id: str) -> bool:
        """Whether a message has come to a participant."""
        row = self._execute(
            "SELECT 1 FROM receipts WHERE message_id = ? AND wa_id = ? LIMIT 1", (message_id, wa_id)
        ).fetchone()
        return row is not None

    def receive(self, message_id: str, wa_id: str, status: MessageStatus) -> int:
        """Note how far a participant has come; returns how many have come so far, too."""
        self._execute(
            "INSERT INTO receipts VALUES (?, ?, ?) ON CONFLICT (message_id, status, wa_id) DO NOTHING",
            (message_id, wa_id, status),
        )
        row = self._execute(
            "SELECT COUNT(*) FROM receipts WHERE message_id = ? AND status = ?", (message_id, status)
        ).fetchone()
        return int(row[0])
