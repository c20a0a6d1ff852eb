"""What the control API reads from a request, beyond plain JSON types."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.instants import parse_instant


class BadRequest(ValueError):
    """A body or query of the control API that makes no sense; answered with 400 and this sentence."""


def moment(text: str) -> datetime:
    """Read an instant from ISO 8601 text; one without a zone is in UTC. Raises :class:`BadRequest`."""
    try:
        return parse_instant(text)
    except ValueError as problem:
        raise BadRequest(str(problem)) from None


def whole(text: str, what: str = "delivery") -> int:
    """Read the number of a delivery, or of what ``what`` calls it, from a path.

    Raises :class:`LookupError` (404) for what is no number: nothing has such an id.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise LookupError(f"there is no {what} {text}")
    return int(text)
