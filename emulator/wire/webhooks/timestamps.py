"""Instants as webhooks write them."""

from __future__ import annotations

from datetime import datetime


def seconds(at: datetime) -> int:
    """Whole seconds since 1970; some members hold them as a string."""
    return int(at.timestamp())
