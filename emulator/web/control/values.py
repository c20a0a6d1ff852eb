"""What the control API reads from a request, beyond plain JSON types."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.instants import parse_instant


class BadRequest(ValueError):
    """A body or query of the control API that makes no sense."""


def moment(text: str) -> datetime:
    """An instant as ISO 8601; without a zone it is UTC."""
    try:
        return parse_instant(text)
    except ValueError as problem:
        raise BadRequest(str(problem)) from None


def whole(text: str, what: str = "delivery") -> int:
    """The number of a delivery, or of something else. Raises :class:`LookupError` for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise LookupError(f"there is no {what} {text}")
    return int(text)
