"""The statuses of messages that a business has sent, each from the event that reports it."""

from __future__ import annotations

from collections.abc import Callable

from emulator.domain.events.messages import (
    MessageDelivered,
    MessageFailed,
    MessagePlayed,
    MessageRead,
    MessageSent,
    StatusReported,
)
from emulator.domain.messages.lifecycle import MessageStatus
from emulator.wire.webhooks.field import Payload
from emulator.wire.webhooks.messages import status

Priced = MessageSent | MessageDelivered | MessageRead | MessagePlayed
"""An event of a message that goes well, which may have a price."""


def of(became: MessageStatus) -> Callable[[Priced, int], Payload]:
    """Make what builds the value of a status from its event, for a webhook version."""
    return lambda event, version: _value(event, became, version)


def reported(event: StatusReported, version: int) -> Payload:
    """Build the value of a status that was reported by hand, for a webhook version."""
    return _value(event, event.status, version)


def failed(event: MessageFailed, version: int) -> Payload:
    """Build the value of the status ``failed`` with its error, for a webhook version."""
    number, person, message = event.number, event.person, event.message
    became = MessageStatus.FAILED
    return status(number, person, message, became, event.at, error=event.error, webhook_version=version)


def _value(event: Priced | StatusReported, became: MessageStatus, version: int) -> Payload:
    number, person, message = event.number, event.person, event.message
    return status(number, person, message, became, event.at, quote=event.quote, webhook_version=version)
