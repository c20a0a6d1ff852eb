"""Instants as people and JSON write them: ISO 8601, in UTC unless they name another zone."""

from __future__ import annotations

from datetime import UTC, datetime


def parse_instant(text: str, like: str = "2026-11-03T10:00:00Z") -> datetime:
    """Read an ISO 8601 instant such as ``2026-11-03T10:00:00Z``; one without a time zone is in UTC.

    Raises :class:`ValueError` for what is none and for one outside the calendar; its sentence shows ``like``
    as an example.
    """
    try:
        return in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no instant; write one like {like}") from None


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; one without a time zone is in UTC already."""
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def iso(instant: datetime) -> str:
    """An instant in UTC as ``2026-11-02T09:00:00Z``, with microseconds only where there are some."""
    return instant.isoformat().replace("+00:00", "Z")


def maybe_iso(instant: datetime | None) -> str | None:
    """An instant as :func:`iso` writes it; ``None`` stays."""
    return None if instant is None else iso(instant)
