"""What a list of chats asks of messages: of many people at once, with one question each."""

from __future__ import annotations

from collections.abc import Collection

from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.messages.message_rows import COLUMNS, message_of
from emulator.sandbox.store.rows import marks


class ChatTable:
    """The newest message of each of many people, and how many they have not read.

    ``wa_ids`` are those of people there are, at most some thousand: each is a parameter of the statement.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def last_messages(self, wa_ids: Collection[str]) -> dict[str, Message]:
        """Find the newest message in either direction of each of some people, by person."""
        rows = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE seq IN (SELECT (SELECT MAX(seq) FROM messages "
            f"WHERE messages.wa_id = people.wa_id) FROM people WHERE wa_id IN ({marks(wa_ids)}))",
            tuple(wa_ids),
        )
        return {message.wa_id: message for message in map(message_of, rows)}

    def unread(self, wa_ids: Collection[str], most: int) -> dict[str, int]:
        """Count what was delivered to each of some people and is not read, up to ``most``, by person.

        Messages in groups do not count.
        """
        rows = self._execute(
            "SELECT wa_id, (SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE status = 'delivered' "
            "AND messages.wa_id = people.wa_id LIMIT ?)) FROM people "
            f"WHERE wa_id IN ({marks(wa_ids)})",
            (most, *wa_ids),
        )
        return dict(rows.fetchall())
