"""Which state of a message may follow which."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from kit.identities import PRODUCTION, SHEENA

from emulator.domain.messages.lifecycle import Message, MessageStatus

ACCEPTED, SENT, DELIVERED, READ, PLAYED, FAILED, RECEIVED = MessageStatus
ALLOWED = {
    (ACCEPTED, SENT),
    (ACCEPTED, FAILED),
    (SENT, DELIVERED),
    (SENT, READ),
    (SENT, FAILED),
    (DELIVERED, READ),
    (DELIVERED, FAILED),
    (READ, PLAYED),
    (RECEIVED, READ),
}


@pytest.mark.parametrize(("now", "then"), list(product(MessageStatus, repeat=2)))
def test_a_message_goes_forward_only(now: MessageStatus, then: MessageStatus) -> None:
    """accepted → sent → delivered → read → played; delivery may be skipped, and reading ends the danger."""
    message = Message("wamid.1", PRODUCTION, SHEENA, True, "text", now, datetime(2026, 11, 2, tzinfo=UTC))

    assert message.may_become(then) is ((now, then) in ALLOWED)


def test_statuses_are_spelled_as_webhooks_spell_them() -> None:
    """Small letters."""
    assert [str(status) for status in MessageStatus] == [
        "accepted",
        "sent",
        "delivered",
        "read",
        "played",
        "failed",
        "received",
    ]
