"""Messages as rows: the columns of their table, and the way from a message to a row and back."""

from __future__ import annotations

import json
from typing import Any

from emulator.domain.messages.causes import CauseBasis
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.instants import from_micros, maybe_from_micros, maybe_to_micros, to_micros
from emulator.sandbox.store.rows import marks

COLUMNS = (
    "id, phone_number_id, wa_id, outbound, type, status, at, content, category, text, context_id, "
    "callback_data, pricing, error, group_id, template_id, "
    "direct, referral, context, deleted_at, cause_id, cause_basis, edited_text, revises_id"
)
MARKS = marks(COLUMNS.split(","))
"""As many as there are columns: the place of what :func:`row_of` lists."""

ROOM = " " * 84
"""Blanks behind the content of an outbound message without a price, which go when its price or error comes.

So its row hardly grows. In a row that grows among others SQLite splits the page; and in memory, a split that
puts pages into another order has the commit walk through every page of the database.
"""


def message_of(row: tuple[Any, ...]) -> Message:
    """Make the message of one row of :data:`COLUMNS`."""
    return Message(
        id=row[0],
        phone_number_id=row[1],
        wa_id=row[2],
        outbound=bool(row[3]),
        type=row[4],
        status=MessageStatus(row[5]),
        at=from_micros(row[6]),
        content=json.loads(row[7]),
        category=row[8],
        as_text=row[9],
        context_id=row[10],
        callback_data=row[11],
        pricing=row[12] and json.loads(row[12]),
        error=row[13] and json.loads(row[13]),
        group_id=row[14],
        template_id=row[15],
        direct=bool(row[16]),
        referral=row[17] and json.loads(row[17]),
        context=row[18] and json.loads(row[18]),
        deleted_at=maybe_from_micros(row[19]),
        cause_id=row[20],
        cause_basis=row[21] and CauseBasis(row[21]),
        edited_text=row[22],
        revises_id=row[23],
    )


def row_of(message: Message) -> tuple[object, ...]:
    """List what the columns of :data:`COLUMNS` have for a message."""
    return (
        message.id,
        message.phone_number_id,
        message.wa_id,
        message.outbound,
        message.type,
        message.status,
        to_micros(message.at),
        compact(message.content) + (ROOM if message.outbound and message.pricing is None else ""),
        message.category,
        message.as_text,
        message.context_id,
        message.callback_data,
        message.pricing and json.dumps(message.pricing),
        message.error and json.dumps(message.error),
        message.group_id,
        message.template_id,
        message.direct,
        message.referral and json.dumps(message.referral),
        message.context and json.dumps(message.context),
        maybe_to_micros(message.deleted_at),
        message.cause_id,
        message.cause_basis,
        message.edited_text,
        message.revises_id,
    )
