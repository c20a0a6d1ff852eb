"""Instants as webhooks write them."""

from __future__ import annotations

from datetime import datetime


def seconds(at: datetime) -> int:
    """Write an instant in whole seconds since 1970, fractions cut off; some members hold them as a string."""
    return int(at.timestamp())
