"""Conversations, while they were what is priced: the newest of each category."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.pricing.conversations import Conversation
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import maybe_from_micros, maybe_to_micros, to_micros


class ConversationTable:
    """Conversations, while they were what is priced.

    Of a number and a person the newest one of each category.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def put(self, phone_number_id: str, wa_id: str, conversation: Conversation) -> None:
        """Store a conversation of a number and a person; it replaces the one of its category.

        One without ``opened_at`` is announced only: its first delivery opens it.
        """
        self._execute(
            "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (phone_number_id, wa_id, category) DO UPDATE SET id = excluded.id, "
            "opened_at = excluded.opened_at, closes_at = excluded.closes_at",
            (
                phone_number_id,
                wa_id,
                conversation.category,
                conversation.id,
                maybe_to_micros(conversation.opened_at),
                maybe_to_micros(conversation.closes_at),
            ),
        )

    def of(self, phone_number_id: str, wa_id: str) -> list[Conversation]:
        """List the conversations of a number and a person by category; those that are over are in it.

        One without ``opened_at`` has been reported by a ``sent`` status and not begun by a delivery yet.
        """
        rows = self._execute(
            "SELECT id, category, opened_at, closes_at FROM conversations "
            "WHERE phone_number_id = ? AND wa_id = ? ORDER BY category",
            (phone_number_id, wa_id),
        )
        return [
            Conversation(id_, category, maybe_from_micros(opened), maybe_from_micros(closes))
            for id_, category, opened, closes in rows
        ]

    def close(self, phone_number_id: str, wa_id: str, at: datetime) -> None:
        """Close every open conversation of a number and a person at an instant.

        One that has not begun never will.
        """
        self._execute(
            "UPDATE conversations SET opened_at = COALESCE(opened_at, :at), "
            "closes_at = MIN(COALESCE(closes_at, :at), :at) "
            "WHERE phone_number_id = :phone_number_id AND wa_id = :wa_id",
            {"phone_number_id": phone_number_id, "wa_id": wa_id, "at": to_micros(at)},
        )
