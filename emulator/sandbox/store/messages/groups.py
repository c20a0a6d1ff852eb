"""Groups, and who has received and read what was written to them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from emulator.domain.messages.groups import Group, Receipt
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.rows import LAST, marks

_COLUMNS = "id, phone_number_id, digits, subject, participants, suspended"


def _group(row: tuple[Any, ...]) -> Group:
    group_id, phone_number_id, digits, subject, participants, suspended = row
    return Group(group_id, phone_number_id, digits, subject, tuple(json.loads(participants)), bool(suspended))


class GroupTable:
    """Every group of the sandbox, and which participant has received and read which message."""

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def put(self, group: Group) -> None:
        """Store a group.

        Of a known one the subject, the participants and whether it is suspended are replaced. Its number and
        its digits stay: wamids are made of them.
        """
        self._execute(
            f"INSERT INTO groups ({_COLUMNS}, place) VALUES (?, ?, ?, ?, ?, ?, ({LAST} groups)) "
            "ON CONFLICT (id) DO UPDATE SET "
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
        """Find a group by its id; ``None`` when there is none."""
        row = self._execute(f"SELECT {_COLUMNS} FROM groups WHERE id = ?", (group_id,)).fetchone()
        return row and _group(row)

    def all(self, *, after: str | None = None, limit: int = -1) -> list[Group]:
        """List every group in the order in which they were made.

        ``after``: only those that were made after this id; ``limit`` keeps the first of them, -1 all.
        """
        rows = self._execute(
            f"SELECT {_COLUMNS} FROM groups WHERE place > COALESCE((SELECT place FROM groups WHERE id = ?), "
            "-1) ORDER BY place LIMIT ?",
            (after, limit),
        )
        return [_group(row) for row in rows]

    def has_received(self, message_id: str, wa_id: str) -> bool:
        """Say whether a message written in a group has come to a participant, read or not."""
        row = self._execute(
            "SELECT 1 FROM receipts WHERE message_id = ? AND wa_id = ? LIMIT 1", (message_id, wa_id)
        ).fetchone()
        return row is not None

    def receipts(self, message_ids: Collection[str]) -> dict[str, dict[str, Receipt]]:
        """Find how far messages have come with each participant they have reached, by message and person."""
        rows = self._execute(
            f"SELECT message_id, wa_id, status FROM receipts WHERE message_id IN ({marks(message_ids)}) "
            "ORDER BY message_id, status, wa_id",  # delivered, then read
            tuple(message_ids),
        )
        found: dict[str, dict[str, Receipt]] = {}
        for message_id, wa_id, status in rows:
            found.setdefault(message_id, {})[wa_id] = Receipt(wa_id, MessageStatus(status))
        return found

    def receive(self, message_id: str, wa_id: str, status: MessageStatus) -> int | None:
        """Note that a participant has come to ``status`` (``delivered`` or ``read``) with a message.

        Returns how many participants have come so far, this one too; ``None`` when it was noted before.
        """
        is_new = self._execute(
            "INSERT INTO receipts VALUES (?, ?, ?) ON CONFLICT (message_id, status, wa_id) DO NOTHING",
            (message_id, wa_id, status),
        ).rowcount
        if not is_new:
            return None
        row = self._execute(
            "SELECT COUNT(*) FROM receipts WHERE message_id = ? AND status = ?", (message_id, status)
        ).fetchone()
        return int(row[0])
