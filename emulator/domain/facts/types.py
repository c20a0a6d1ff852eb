"""The types of facts: how the values of each are written in JSON, and which are refused.

Each function makes the type of one fact. ``optional`` says that it may be ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from emulator.domain.instants import iso, parse_instant
from emulator.domain.values import dataclass

LONGEST = 1e9
"""The longest duration in seconds (some thirty years), exclusive."""
MOST_TEXT = 1000
"""Characters of a text, such as a name: every webhook and every answer may repeat it."""


class FactKind(StrEnum):
    """The kinds of values; the store has a column type for each, and the seed reader a way to read it."""

    TEXT = "text"
    DIGITS = "digits"
    WORD = "word"
    FLAG = "flag"
    WHOLE = "whole"
    SHARE = "share"
    DURATION = "duration"
    INSTANT = "instant"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class FactType:
    """How the values of a fact are written, read and checked, at every door."""

    kind: FactKind
    schema: Mapping[str, Any]
    """The JSON Schema of its values, as the OpenAPI document prints it."""
    read: Callable[[str, Any], Any]
    """From JSON, given the fact's name; raises :class:`ValueError` with a sentence for any other value."""
    show: Callable[[Any], Any] | None = None
    """To JSON; ``None``: the value itself."""
    make: Callable[[Any], Any] | None = None
    """Reads back what ``show`` wrote, unchecked; ``None``: the value itself."""
    words: tuple[str, ...] = ()
    """The values a word may have."""
    optional: bool = False
    """Whether it may be ``None``."""
    never: str | None = None
    """How a seed writes ``None``."""
    immutable: bool = True
    """Whether two nouns may share one value object."""


def text(
    *,
    optional: bool = False,
    null: bool = False,
    check: Callable[[str], object] | None = None,
    about: str | None = None,
) -> FactType:
    """Make the type of a text of up to :data:`MOST_TEXT` characters; with ``null`` it may be that in JSON.

    ``check`` raises :class:`ValueError` for a text that it cannot be; ``about`` describes it in the schema.
    """

    def read(name: str, value: Any) -> str | None:
        if value is None and null:
            return None
        if not isinstance(value, str):
            raise ValueError(f"{name} is a text; got {value!r}")
        if len(value) > MOST_TEXT:
            raise ValueError(f"{name} has up to {MOST_TEXT:,} characters; got {len(value):,}")
        if check is not None:
            check(value)
        return value

    schema = _schema("string", null, about) | {"maxLength": MOST_TEXT}
    return FactType(FactKind.TEXT, schema, read, optional=optional or null)


def digits(*, optional: bool = False, show: Callable[[str], str] | None = None) -> FactType:
    """Make the type of an id or a phone number: digits alone, in a string.

    ``show`` may write them in another way, such as a phone number with spaces.
    """

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
            raise ValueError(f"{name} is digits; got {value!r}")
        return value

    return FactType(FactKind.DIGITS, _schema("string"), read, show, optional=optional)


def one_of(words: Iterable[str], *, optional: bool = False) -> FactType:
    """Make the type of one of a few words, or of a member of an enumeration of words.

    In JSON it is the word, in Python a member of the enumeration where ``words`` is one.
    """
    known = tuple(map(str, words))
    make = words if isinstance(words, type) else None

    def read(name: str, value: Any) -> Any:
        if value not in known:
            raise ValueError(f"{name} is one of {', '.join(known)}; got {value!r}")
        return value if make is None else make(value)

    schema = _schema("string") | {"enum": list(known)}
    return FactType(FactKind.WORD, schema, read, make and str, make, known, optional)


def flag() -> FactType:
    """Make the type of a fact that is true or false; no other spelling is accepted in JSON."""

    def read(name: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false; got {value!r}")
        return value

    return FactType(FactKind.FLAG, _schema("boolean"), read)


def whole(*, optional: bool = False) -> FactType:
    """Make the type of a whole number; ``true`` and ``false`` are none."""

    def read(name: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{name} is a whole number; got {value!r}")
        return value

    return FactType(FactKind.WHOLE, _schema("integer"), read, optional=optional)


def share() -> FactType:
    """Make the type of a number from 0 to 1, both included, such as a probability."""

    def read(name: str, value: Any) -> float:
        if not _is_number(value) or not 0 <= value <= 1:
            raise ValueError(f"{name} is a number from 0 to 1; got {value!r}")
        return float(value)

    return FactType(FactKind.SHARE, _schema("number") | {"minimum": 0, "maximum": 1}, read)


def duration(*, never: str | None = None) -> FactType:
    """Make the type of a length of time: seconds in JSON, zero or more and below :data:`LONGEST`.

    ``never`` is the word by which a seed writes that it has no end, ``null`` in JSON and ``None`` in Python.
    """
    endless = never is not None

    def read(name: str, value: Any) -> timedelta | None:
        if value is None and endless:
            return None
        if not _is_number(value) or not 0 <= value < LONGEST:
            raise ValueError(f"{name} is a number of seconds, zero or more and below 10⁹; got {value!r}")
        return timedelta(seconds=value)

    schema = _schema("number", endless, "seconds") | {"minimum": 0}
    return FactType(FactKind.DURATION, schema, read, timedelta.total_seconds, optional=endless, never=never)


def instant(*, optional: bool = False) -> FactType:
    """Make the type of an instant: ISO 8601 in JSON, in UTC where no zone is given."""

    def read(name: str, value: Any) -> datetime:
        if not isinstance(value, str):
            raise ValueError(f"{name} is an instant such as 2026-11-03T10:00:00Z; got {value!r}")
        return parse_instant(value)

    schema = _schema("string") | {"format": "date-time"}
    return FactType(FactKind.INSTANT, schema, read, iso, optional=optional)


def json_value(
    make: Callable[[Any], Any],
    show: Callable[[Any], Any] | None = None,
    *,
    optional: bool = False,
    immutable: bool = True,
    array: bool = False,
    about: str | None = None,
) -> FactType:
    """Make the type of a value with a JSON form of its own, an object or an ``array``.

    ``make`` reads it, raising :class:`ValueError`; ``show`` writes it. ``immutable`` is false for values such
    as mappings, which no two nouns may share; ``about`` describes it in the schema.
    """
    return FactType(
        FactKind.JSON,
        _schema("array" if array else "object", about=about),
        lambda _, value: make(value),
        show,
        make,
        optional=optional,
        immutable=immutable,
    )


def _schema(kind: str, null: bool = False, about: str | None = None) -> dict[str, Any]:
    return {"type": [kind, "null"] if null else kind} | ({"description": about} if about else {})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
