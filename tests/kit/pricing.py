"""What a message cost: as its statuses say it, and as the report of the sandbox says it."""

from __future__ import annotations

from typing import Any

from emulator import Sandbox
from kit.receivers import Inbox


def prices(inbox: Inbox, status: str = "delivered") -> list[tuple[Any, ...]]:
    """``(billable, model, category, type)`` of every status of one kind, in order."""
    members = ("billable", "pricing_model", "category", "type")
    return [
        tuple(each["pricing"].get(name) for name in members)
        for each in inbox.statuses
        if each["status"] == status
    ]


def conversations(inbox: Inbox, status: str = "delivered") -> list[str]:
    """The conversation's id of every status of one kind, in order."""
    return [each["conversation"]["id"] for each in inbox.statuses if each["status"] == status]


def lines(sandbox: Sandbox) -> list[tuple[str, str, str | None, int]]:
    """The report: ``(category, country, free, messages)``."""
    return [(line.category, line.country, line.free, line.messages) for line in sandbox.pricing.costs().lines]
