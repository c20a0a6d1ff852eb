"""Instants as the database keeps them: microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Convert an instant with a time zone to microseconds since 1970 in UTC, as the database keeps it."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Convert microseconds since 1970 in UTC to an instant in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def maybe_to_micros(instant: datetime | None) -> int | None:
    """Convert an instant as :func:`to_micros` does.

    ``None`` stays ``None``, which is NULL in the database.
    """
    return None if instant is None else to_micros(instant)


def maybe_from_micros(micros: int | None) -> datetime | None:
    """Convert microseconds as :func:`from_micros` does.

    ``None``, which is NULL in the database, stays ``None``.
    """
    return None if micros is None else from_micros(micros)
