"""The table of messages in both directions, in the order they came to be, with their status and price."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, maybe_from_micros, to_micros
from emulator.sandbox.store.memory import Memory
from emulator.sandbox.store.messages.message_rows import COLUMNS, MARKS, message_of, row_of
from emulator.sandbox.store.rows import marks

REMEMBERED = 1000
"""How many messages are remembered: those between two of their steps, and not their whole history."""


class MessageTable:
    """Every message of the sandbox in both directions, in the order they came to be.

    Each question has an index, so that its cost does not grow with the number of messages. The latest that
    were asked for are remembered, since each step of a message asks for it.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[str, Message | None](database, REMEMBERED)

    def _remember(self, message_id: str, **facts: Any) -> None:
        """Note what has been written of a message, if it is remembered."""
        known = self._memory.answers
        message = known.pop(message_id, None)
        if message is not None:
            known[message_id] = message.changed(**facts)

    def add(self, message: Message) -> None:
        """Store a new message, in either direction, after those that there are.

        One that is on its way is remembered as it was given: its next step asks for it.
        """
        self._execute(
            f"INSERT INTO messages ({COLUMNS}) VALUES ({MARKS})",
            row_of(message),
        )
        if message.outbound:
            self._memory.answers[message.id] = message
        else:
            self._memory.answers.pop(message.id, None)

    def get(self, message_id: str) -> Message | None:
        """Find a message by its wamid, with its status, price and error as they stand.

        ``None`` when there is none. What it holds is shared and must not be changed; see :meth:`read`.
        """
        known = self._memory.answers
        if message_id not in known:
            known[message_id] = self.read(message_id)
        return known[message_id]

    def read(self, message_id: str) -> Message | None:
        """Find a message as :meth:`get` does, for somebody who may change what it holds."""
        row = self._execute(f"SELECT {COLUMNS} FROM messages WHERE id = ?", (message_id,)).fetchone()
        return row and message_of(row)

    def set_pricing(self, message_id: str, pricing: Mapping[str, object]) -> None:
        """Set the price that is reported of a message, as the JSON that a status shows.

        The delivery may change it once more; see :meth:`Billing.charge`.
        """
        self._execute("UPDATE messages SET pricing = ? WHERE id = ?", (json.dumps(pricing), message_id))
        self._remember(message_id, pricing=pricing)

    def set_status(
        self,
        message_id: str,
        status: MessageStatus,
        error: Mapping[str, object] | None = None,
        pricing: Mapping[str, object] | None = None,
    ) -> None:
        """Set the status of a message, and its error; ``None`` removes an error.

        ``pricing`` is what :meth:`set_pricing` takes, ``None`` leaves the price. Whether the status may
        follow the present one is checked by the caller.
        """
        if pricing or error:
            self._execute(
                "UPDATE messages SET status = ?, error = ?, pricing = COALESCE(?, pricing), "
                "content = rtrim(content) WHERE id = ?",
                (status, error and json.dumps(error), pricing and json.dumps(pricing), message_id),
            )
        else:
            self._execute("UPDATE messages SET status = ?, error = NULL WHERE id = ?", (status, message_id))
        self._remember(message_id, status=status, error=error, **({"pricing": pricing} if pricing else {}))

    def mark_deleted(self, message_id: str, at: datetime) -> None:
        """Remember that the person has deleted a message they wrote; the row stays."""
        micros = to_micros(at)
        self._execute("UPDATE messages SET deleted_at = ? WHERE id = ?", (micros, message_id))
        self._remember(message_id, deleted_at=from_micros(micros))

    def set_edited(self, message_id: str, text: str) -> None:
        """Remember what the person has changed the text or caption of a message to; its content stays."""
        self._execute("UPDATE messages SET edited_text = ? WHERE id = ?", (text, message_id))
        self._remember(message_id, edited_text=text)

    def mark_inbound_read(self, phone_number_id: str, wa_id: str, message_id: str) -> None:
        """Mark an inbound message as read, and those that the same person wrote to the number before it.

        Later ones stay unread. That the message was written to the number is checked by the caller.
        """
        self._execute(
            "UPDATE messages SET status = 'read' WHERE status = 'received' AND wa_id = ? "
            "AND phone_number_id = ? AND seq <= (SELECT seq FROM messages WHERE id = ?)",
            (wa_id, phone_number_id, message_id),
        )
        self._memory.answers.clear()

    def undelivered_of(self, template_id: str, since: datetime) -> datetime | None:
        """Find when the newest message of a template was accepted that is still on its way.

        Among those accepted after ``since``; ``None`` when there is none. Failed and dropped ones are not on
        their way.
        """
        row = self._execute(
            "SELECT MAX(at) FROM messages WHERE template_id = ? AND at > ? "
            "AND status IN ('accepted', 'sent')",
            (template_id, to_micros(since)),
        ).fetchone()
        return maybe_from_micros(row[0])

    def delivered_to(self, wa_id: str, phone_number_id: str | None) -> list[Message]:
        """List what was delivered to a person and not read yet, oldest first.

        Of one number, or with ``None`` of all. Messages in groups are not in it: participants read those one
        by one.
        """
        rows = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE status = 'delivered' AND wa_id = ? "
            "AND phone_number_id = COALESCE(?, phone_number_id) ORDER BY seq",
            (wa_id, phone_number_id),
        )
        return [message_of(row) for row in rows]

    def on_the_way(self, phone_number_id: str, wa_id: str) -> list[str]:
        """List the ids of what a number has sent a person and what has not arrived, oldest first.

        A block by the person cancels their delivery; accepted ones that have not left yet are not in it.
        """
        rows = self._execute(
            "SELECT id FROM messages WHERE wa_id = ? AND phone_number_id = ? AND outbound "
            "AND status = 'sent' ORDER BY seq",
            (wa_id, phone_number_id),
        )
        return [row[0] for row in rows]

    def newest_to(self, phone_number_id: str, wa_id: str, *, arrived: bool = False) -> Message | None:
        """Find the newest message of a number to a person.

        With ``arrived`` among those that were delivered, read or played.
        """
        which = "outbound AND status IN ('delivered', 'read', 'played')" if arrived else "outbound"
        row = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE wa_id = ? AND phone_number_id = ? AND {which} "
            "ORDER BY seq DESC LIMIT 1",
            (wa_id, phone_number_id),
        ).fetchone()
        return row and message_of(row)

    def count_arrived(self, phone_number_id: str, wa_id: str, most: int) -> int:
        """Count what a number has sent that reached a person, or everybody in a group, up to ``most``."""
        row = self._execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE wa_id = ? AND phone_number_id = ? "
            "AND outbound AND status IN ('delivered', 'read', 'played') ORDER BY seq LIMIT ?)",
            (wa_id, phone_number_id, most),
        ).fetchone()
        return int(row[0])

    def count_written(self, phone_number_id: str, wa_id: str, since: datetime, most: int) -> int:
        """Count what a person wrote to a number after ``since``, among their newest ``most`` messages."""
        row = self._execute(
            "SELECT COUNT(*) FROM (SELECT at FROM messages WHERE wa_id = ? AND phone_number_id = ? "
            "AND NOT outbound ORDER BY seq DESC LIMIT ?) WHERE at > ?",
            (wa_id, phone_number_id, most, to_micros(since)),
        ).fetchone()
        return int(row[0])

    def interactive_sent(
        self, phone_number_id: str, wa_id: str, kind: str, since: datetime
    ) -> tuple[datetime, ...]:
        """List when a number sent a person ``interactive`` messages of a kind, after ``since``.

        The newest first; failed ones do not count. The kind is the type within the content, such as
        ``call_permission_request``.
        """
        rows = self._execute(
            "SELECT at FROM messages WHERE wa_id = ? AND phone_number_id = ? AND outbound "
            "AND type = 'interactive' AND at > ? AND status <> 'failed' "
            "AND json_extract(content, '$.type') = ? ORDER BY at DESC, seq DESC",
            (wa_id, phone_number_id, to_micros(since), kind),
        )
        return tuple(from_micros(at) for (at,) in rows)

    def reaction_to(self, wa_id: str, message_id: str) -> Message | None:
        """Find the newest reaction of a person to a message, or its removal; ``None`` without one."""
        row = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE wa_id = ? AND NOT outbound AND type = 'reaction' "
            "AND json_extract(content, '$.message_id') = ? ORDER BY seq DESC LIMIT 1",
            (wa_id, message_id),
        ).fetchone()
        return row and message_of(row)

    def select(
        self,
        *,
        wa_id: str | None = None,
        wa_ids: Collection[str] | None = None,
        phone_number_id: str | None = None,
        outbound: bool | None = None,
        group_id: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int = -1,
    ) -> list[Message]:
        """List messages, oldest first: those that fit every filter that is given.

        ``wa_ids`` are the forms of one number, or several people; ``group_id`` is a group, and empty for what
        was written in none. ``after`` is the wamid of a message that they came after, and empty for the
        beginning; ``before`` of one that they came before. ``limit`` keeps the newest ones, or with ``after``
        the oldest; -1 is no limit.
        """
        conditions, values = _filters(
            {"wa_id": wa_id, "phone_number_id": phone_number_id, "outbound": outbound}, {"wa_id": wa_ids}
        )
        if group_id:
            conditions.append("group_id = ?")
            values.append(group_id)
        elif group_id is not None:
            conditions.append("group_id IS NULL")
        if after is not None:
            conditions.append("seq > COALESCE((SELECT seq FROM messages WHERE id = ?), 0)")
            values.append(after)
        if before is not None:
            conditions.append("seq < (SELECT seq FROM messages WHERE id = ?)")
            values.append(before)
        where, direction = " AND ".join(conditions) or "TRUE", "DESC" if after is None else "ASC"
        rows = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE {where} ORDER BY seq {direction} LIMIT ?",
            (*values, limit),
        ).fetchall()
        return [message_of(row) for row in (reversed(rows) if after is None else rows)]

    def each(
        self,
        *,
        wa_ids: Collection[str] | None = None,
        outbound: bool | None = None,
        statuses: Collection[str] | None = None,
        after: int = 0,
        besides: Collection[str] = (),
    ) -> Iterator[Message]:
        """Go through messages, oldest first: those that fit every filter that is given.

        They are read as far as the caller goes, who holds the lock meanwhile. What they hold is shared and
        must not be changed; see :meth:`read`. ``after`` is a number that :meth:`number_of` gives; ``besides``
        are ids of messages that are passed over.
        """
        conditions, values = _filters({"outbound": outbound}, {"wa_id": wa_ids, "status": statuses})
        rows = self._execute(
            f"SELECT {COLUMNS} FROM messages WHERE {' AND '.join(['seq > ?', *conditions])} ORDER BY seq",
            (after, *values),
        )
        known = self._memory.answers
        return (known.get(row[0]) or message_of(row) for row in rows if row[0] not in besides)

    def sent_after(self, number: int) -> Iterator[tuple[int, str, str]]:
        """Go through what the business sent after a message: the number of each, its wamid and its status."""
        return self._execute(
            "SELECT seq, id, status FROM messages WHERE seq > ? AND outbound ORDER BY seq", (number,)
        )

    def number_of(self, message_id: str) -> int:
        """Read the number of a message, which grows from one to the next; 0 when there is none."""
        row = self._execute("SELECT seq FROM messages WHERE id = ?", (message_id,)).fetchone()
        return row[0] if row else 0

    def count(self) -> int:
        """Count all messages, in both directions."""
        return int(self._execute("SELECT COUNT(*) FROM messages").fetchone()[0])


def _filters(
    equal: Mapping[str, object], among: Mapping[str, Collection[str] | None]
) -> tuple[list[str], list[object]]:
    """Write the conditions of the filters that are given, by column, and list their values."""
    given = {column: value for column, value in equal.items() if value is not None}
    conditions, values = [f"{column} = ?" for column in given], list(given.values())
    for column, several in among.items():
        if several is not None:
            conditions.append(f"{column} IN ({marks(several)})")
            values += several
    return conditions, values
