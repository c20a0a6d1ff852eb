"""Occasions: where a fault may strike, and what is known there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from emulator.domain.values import dataclass


class When(StrEnum):
    """Where a fault strikes. The first four are also where an error of the catalogue is reported."""

    SYNC = "sync"
    ASYNC = "async"
    DELIVERED = "delivered"
    INBOUND = "inbound"
    DOWNLOAD = "download"
    WEBHOOK = "webhook"


PLACES: Mapping[When, str] = {
    When.SYNC: "in the answer to a call of the Graph API",
    When.ASYNC: "in a `failed` status: the call is answered with 200, and the message fails later",
    When.DELIVERED: "in a `failed` status that follows `delivered`: one device of the person got the "
    "message, another did not",
    When.INBOUND: "in what a person writes: it reaches the business as an `unsupported` message",
    When.DOWNLOAD: "in the answer to a download: the bytes behind the URL of a media id",
    When.WEBHOOK: "in the delivery of a webhook",
}
"""Each place in words."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something a fault may strike: a call, a message on its way, a download, a webhook.

    ``when`` says which, ``at`` is its simulated instant. What is not known of it, or is not there, is
    ``None``; no condition about that holds.
    """

    when: When
    at: datetime
    wa_id: str | None = None
    """Whom a message goes to, who writes, or whom a webhook is about."""
    phone_number_id: str | None = None
    edge: str | None = None
    """The edge of a call; ``""`` is the node itself."""
    method: str | None = None
    type: str | None = None
    """The type of the message."""
    text: str | None = None
    """The words of the message."""
    template: str | None = None
    """The name of its template."""
    field: str | None = None
    """The field of a webhook."""
    message_status: str | None = None
    """The status that a webhook reports."""
