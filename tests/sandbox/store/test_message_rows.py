"""Rows of messages keep their size when a price comes, so that their pages are not split."""

from __future__ import annotations

from random import Random

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.times import MORNING

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.sandbox.store import Database
from emulator.sandbox.store.messages.messages import MessageTable

PRICE = {"billable": True, "model": "PMP", "category": "authentication", "type": "regular"}
ERROR = {"code": 131047, "title": "Re-engagement message"}
CONTENT = {"body": "Hello  "}


@pytest.fixture
def messages(database: Database) -> MessageTable:
    return MessageTable(database)


def written(number: int, *, outbound: bool = True) -> Message:
    status = MessageStatus.ACCEPTED if outbound else MessageStatus.RECEIVED
    return Message(
        f"wamid.{number}",
        PRODUCTION,
        SHEENA,
        outbound,
        type="text",
        status=status,
        at=MORNING,
        content=CONTENT,
    )


def size(database: Database) -> int:
    """Characters in the columns that change on the way of a message."""
    row = database.execute("SELECT status, content, pricing, error FROM messages").fetchone()
    return sum(len(each or "") for each in row)


def test_a_row_does_not_grow_when_the_price_comes(database: Database, messages: MessageTable) -> None:
    """Nor by what follows, but for the length of a status."""
    messages.add(written(1))
    before = size(database)

    messages.set_status("wamid.1", MessageStatus.SENT, pricing=PRICE)
    sent = size(database)
    messages.set_status("wamid.1", MessageStatus.DELIVERED)

    assert sent <= before
    assert size(database) <= before


def test_prices_that_come_in_any_order_split_no_pages(database: Database, messages: MessageTable) -> None:
    """Two thousand messages take as many pages as before, but for the index of those on the way."""
    for number in range(2000):
        messages.add(written(number))
    (before,) = database.execute("PRAGMA page_count").fetchone()

    for number in Random(1).sample(range(2000), 2000):
        messages.set_status(f"wamid.{number}", MessageStatus.SENT, pricing=PRICE)

    (after,) = database.execute("PRAGMA page_count").fetchone()
    database.execute("DROP INDEX messages_on_the_way")
    (of_index,) = database.execute("PRAGMA freelist_count").fetchone()
    assert after - before <= of_index


@pytest.mark.parametrize(
    ("error", "pricing"), [(None, PRICE), (ERROR, None)], ids=["with a price", "with an error"]
)
def test_the_room_goes_when_it_is_used(
    database: Database,
    messages: MessageTable,
    error: dict[str, object] | None,
    pricing: dict[str, object] | None,
) -> None:
    """The content stands alone, as it was; a price and an error are what is read."""
    messages.add(written(1))
    assert messages.read("wamid.1") == written(1)

    messages.set_status("wamid.1", MessageStatus.SENT, error, pricing)

    (content,) = database.execute("SELECT content FROM messages").fetchone()
    assert content == '{"body":"Hello  "}'
    assert messages.read("wamid.1") == written(1).changed(
        status=MessageStatus.SENT, error=error, pricing=pricing
    )


def test_a_status_alone_leaves_the_price_and_takes_the_error(messages: MessageTable) -> None:
    """As with a message that failed and is sent after all."""
    messages.add(written(1))
    messages.set_status("wamid.1", MessageStatus.FAILED, ERROR, PRICE)

    messages.set_status("wamid.1", MessageStatus.SENT)

    assert messages.read("wamid.1") == written(1).changed(status=MessageStatus.SENT, pricing=PRICE)


def test_messages_of_people_have_no_room(database: Database, messages: MessageTable) -> None:
    """They never have a price."""
    messages.add(written(1, outbound=False))

    (content,) = database.execute("SELECT content FROM messages").fetchone()

    assert content == '{"body":"Hello  "}'
