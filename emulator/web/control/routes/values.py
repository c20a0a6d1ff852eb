"""What the control API reads from a request, beyond plain JSON types."""

from __future__ import annotations

from datetime import UTC, datetime

from emulator.domain.instants import parse_instant


class BadRequest(ValueError):
    """A body or query of the control API that makes no sense; answered with 400 and this sentence."""


def moment(text: str) -> datetime:
    """Read an instant from ISO 8601 text; one without a zone is in UTC. Raises :class:`BadRequest`."""
    try:
        return parse_instant(text)
    except ValueError as problem:
        raise BadRequest(str(problem)) from None


def since_1970(text: str) -> datetime:
    """Read an instant from whole seconds since 1970, as webhooks write them; raises :class:`BadRequest`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise BadRequest(f"a timestamp is a number of seconds since 1970, in a text; got {text!r}")
    return datetime.fromtimestamp(int(text), UTC)


def whole(text: str, what: str = "delivery") -> int:
    """Read the number of a delivery, or of what ``what`` calls it, from a path.

    Raises :class:`LookupError` (404) for what is no number: nothing has such an id.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise LookupError(f"there is no {what} {text}")
    return int(text)
