"""The query of ``GET /{waba_id}/message_templates``."""

from __future__ import annotations

from datetime import UTC, datetime

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.filters import TemplateFilter
from emulator.wire.parameters import Parameter

CATEGORIES = ("AUTHENTICATION", "MARKETING", "UTILITY")
QUALITY_SCORES = ("GREEN", "RED", "UNKNOWN", "YELLOW")
SOURCES = ("AUTO_GENERATED", "MANUAL")
STATUSES = (
    "APPROVED",
    "ARCHIVED",
    "DELETED",
    "DISABLED",
    "IN_APPEAL",
    "LIMIT_EXCEEDED",
    "PAUSED",
    "PENDING",
    "PENDING_DELETION",
    "REJECTED",
)
"""What may be asked for, by the fields of Meta's business SDK (2026), with some that no template here has."""


def read_filter(query: Parameter) -> TemplateFilter:
    """Read the filters of a list of templates; values of a fixed set may be written in any case.

    ``since`` and ``until`` are seconds since 1970 or ISO dates, in UTC unless they say otherwise. Raises
    ``(#100)`` for a date that is none, and for a value outside its set.
    """
    return TemplateFilter(
        _word(query, "name"),
        _word(query, "content"),
        _word(query, "name_or_content"),
        _choices(query, "category", CATEGORIES),
        _choices(query, "status", STATUSES),
        _choices(query, "quality_score", QUALITY_SCORES),
        query.get("language").strings(),
        _choices(query, "source", SOURCES),
        _instant(query, "since"),
        _instant(query, "until"),
    )


def _word(query: Parameter, name: str) -> str | None:
    given = query.get(name)
    return None if given.absent else given.string()


def _choices(query: Parameter, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    given = query.get(name)
    return tuple(Parameter(each, given.path).one_of(known) for each in given.strings())


def _instant(query: Parameter, name: str) -> datetime | None:
    """A second since 1970, or a day such as ``2026-11-02``."""
    given = query.get(name)
    if given.absent:
        return None
    text = given.string()
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        raise bad_parameter(
            f"Param {given} must be a valid date.", hint="Write it as YYYY-MM-DD, or in seconds since 1970."
        ) from None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
