"""What the value of a column may be: functions that raise :class:`ValueError` about any other value.

Columns of nouns follow from the facts that the nouns declare (:func:`of_fact`); the others are put together
of the functions here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.domain.facts.types import LONGEST, FactKind, FactType
from emulator.sandbox.clock import LAST_INSTANT
from emulator.sandbox.store.instants import to_micros

Check = Callable[[Any], object]
"""Raises :class:`ValueError`, with what was expected, for a value that this version cannot read."""

MOST = 2**53
"""The largest number: JSON readers everywhere understand it, and SQLite's own numbers end far above it."""
FIRST_INSTANT = datetime(100, 1, 1, tzinfo=UTC)
"""The earliest instant of a snapshot, so that every duration before it has a beginning."""
_LATEST = LAST_INSTANT + timedelta(days=366 * 100)
"""The latest one: what is planned at the end of the calendar is due after it."""
_SHOWN = 60
"""How many characters of a refused value are shown."""


def shown(value: object) -> str:
    """A value as a sentence shows it: short."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def refused(expected: str, value: object) -> ValueError:
    """The error about a value: what it is expected to be, and what it is."""
    return ValueError(f"is not {expected}, but {shown(value)}")


def text(value: Any) -> None:
    """Accept a text."""
    if not isinstance(value, str):
        raise refused("a text", value)


def filled(value: Any) -> None:
    """Accept a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise refused("a text", value)


def digits(value: Any) -> None:
    """Accept an id or a number in digits."""
    if not (isinstance(value, str) and value.isascii() and value.isdigit()):
        raise refused("an id in digits", value)


def flag(value: Any) -> None:
    """Accept 0 and 1, as the database keeps ``False`` and ``True``."""
    if value not in (0, 1) or not isinstance(value, int):
        raise refused("0 or 1", value)


def boolean(value: Any) -> None:
    """Accept ``true`` and ``false`` of JSON."""
    if not isinstance(value, bool):
        raise refused("true or false", value)


def data(value: Any) -> None:
    """Accept bytes."""
    if not isinstance(value, bytes):
        raise refused("bytes", value)


def instant(value: Any) -> None:
    """Accept microseconds since 1970 within the calendar."""
    whole(value, least=to_micros(FIRST_INSTANT), most=to_micros(_LATEST))


def written_instant(value: Any) -> None:
    """Accept an instant in ISO 8601 with its time zone, within the calendar."""
    text(value)
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise refused("an instant", value) from None
    if found.tzinfo is None or not FIRST_INSTANT <= found <= _LATEST:
        raise refused("an instant of the calendar in a time zone", value)


def seconds(value: Any) -> None:
    """Accept a length of time in seconds, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LONGEST:
        raise refused("a number of seconds, zero or more", value)


def link(value: Any) -> None:
    """Accept an address of ``http`` or ``https``; whether it leads anywhere shows when it is called."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise refused("an http(s) address", value)


def whole(value: Any, least: int = 0, most: int = MOST) -> None:
    """Accept a whole number from ``least`` to ``most``."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise refused(f"a whole number from {least} to {most}", value)


def number(least: float, most: float) -> Check:
    """Accept a number from ``least`` to ``most``."""

    def check(value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise refused(f"a number from {least} to {most}", value)

    return check


def between(least: int, most: int) -> Check:
    """Accept a whole number from ``least`` to ``most``."""
    return lambda value: whole(value, least, most)


def one_of(words: Iterable[str]) -> Check:
    """Accept one of a few words."""
    known = frozenset(map(str, words))

    def check(value: Any) -> None:
        if not isinstance(value, str) or value not in known:
            raise refused(
                f"one of {', '.join(sorted(known)) if len(known) < 20 else 'the known words'}", value
            )

    return check


def matching(pattern: str, expected: str) -> Check:
    """Accept a text that fits a pattern whole."""
    compiled = re.compile(pattern)

    def check(value: Any) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise refused(expected, value)

    return check


def maybe(check: Check) -> Check:
    """Accept ``NULL`` as well."""
    return lambda value: None if value is None else check(value)


def both(one: Check, other: Check) -> Check:
    """Accept what two checks accept."""

    def check(value: Any) -> None:
        one(value)
        other(value)

    return check


# JSON


def json_text(check: Check) -> Check:
    """Accept JSON text whose value another check accepts."""
    return lambda value: check(loaded(value))


def loaded(value: Any) -> Any:
    """The value of a JSON text; raises :class:`ValueError` for text that every reader would stumble over."""
    text(value)
    try:
        found = json.loads(value)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise refused("JSON", value) from None
    return found


def mapping(value: Any) -> None:
    """Accept any JSON object."""
    if not isinstance(value, dict):
        raise refused("a JSON object", value)


def array(of: Check) -> Check:
    """Accept a JSON array whose elements another check accepts."""

    def check(value: Any) -> None:
        if not isinstance(value, list | tuple):
            raise refused("a JSON array", value)
        for place, each in enumerate(value):
            _within(f"[{place}]", of, each)

    return check


def members(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *,
    others: bool = False,
) -> Check:
    """Accept a JSON object with these members; with ``others`` there may be more."""
    needed, known = required or {}, {**(required or {}), **(optional or {})}

    def check(value: Any) -> None:
        mapping(value)
        for name in needed:
            if name not in value:
                raise ValueError(f"has no {name!r}")
        for name, each in value.items():
            if name in known:
                _within(f".{name}", known[name], each)
            elif not others:
                raise ValueError(f"has {name!r}, which this version does not know")

    return check


def _within(where: str, check: Check, value: Any) -> None:
    try:
        check(value)
    except ValueError as problem:
        words = str(problem)
        joint = "" if words.startswith((".", "[")) else " "
        raise ValueError(f"{where}{joint}{words}") from None


# facts of nouns


def of_fact(of: FactType) -> Check:
    """The check of the column of a fact, as its noun declares it."""
    check = _of_kind(of)
    return maybe(check) if of.optional else check


def _of_kind(of: FactType) -> Check:
    match of.kind:
        case FactKind.FLAG:
            return flag
        case FactKind.INSTANT:
            return instant
        case FactKind.WHOLE:
            return between(-1, MOST)
        case FactKind.DURATION:
            return between(0, int(LONGEST * 1_000_000))
        case FactKind.JSON:
            return json_text(lambda value: _as_it_is_written(of, value))
        case _:
            return lambda value: _as_it_is_read(of, value)


def _as_it_is_read(of: FactType, value: Any) -> None:
    try:
        of.read("it", value)
    except ValueError as problem:
        raise ValueError(f"cannot be read: {problem}") from None


def _as_it_is_written(of: FactType, value: Any) -> None:
    """What this version would read, it would write in the same way; anything else it does not understand."""
    assert of.make is not None
    try:
        made = of.make(value)
        written = made if of.show is None else of.show(made)
        again = json.loads(json.dumps(written))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as problem:
        raise ValueError(f"cannot be read ({type(problem).__name__}: {problem}): {shown(value)}") from None
    if not _same(again, value):
        raise ValueError(f"is read as {shown(again)}, but is {shown(value)}")


def _same(one: Any, other: Any) -> bool:
    """Equality that tells ``1`` from ``true``."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other
