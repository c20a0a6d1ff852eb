"""When a person's phone is off: nothing reaches it meanwhile, and everything at once when it is on again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from emulator.domain.instants import in_utc, iso, parse_instant
from emulator.domain.quoting import did_you_mean
from emulator.domain.values import dataclass

KEPT_FOR = timedelta(days=30)
"""How long the platform keeps a message for a phone that is off; then it is dropped."""
Moment = datetime | time
"""An instant, or a time of every day."""
_KEYS = ("from", "until")
_LIKE = "an instant such as 2026-11-02T22:00:00Z, or a time of every day such as '22:00'"


@dataclass(frozen=True, slots=True)
class Offline:
    """A time in which a phone is off: from ``start`` on, until ``end``, at which it is on again.

    Both are instants, or both are times of every day, in UTC unless they say otherwise; an ``end`` that is
    not after ``start`` is on the next day then. From an instant without an ``end`` on it stays off.
    """

    start: Moment
    end: Moment | None = None

    @property
    def is_daily(self) -> bool:
        """Whether it comes again every day."""
        return isinstance(self.start, time)

    def ends(self, at: datetime) -> datetime | None:
        """Say when the phone is on again that is off at an instant: at that very instant where it is on.

        ``None``: it stays off.
        """
        if isinstance(self.start, datetime):
            assert not isinstance(self.end, time)
            is_on = at < self.start or (self.end is not None and at >= self.end)
            return at if is_on else self.end
        assert isinstance(self.end, time)
        zone = self.start.tzinfo or UTC
        local = at.astimezone(zone)
        for days in (-1, 0):
            day = local.date() + timedelta(days=days)
            begins = datetime.combine(day, self.start, zone)
            ends = datetime.combine(day, self.end, zone)
            if ends <= begins:
                ends += timedelta(days=1)
            if begins <= local < ends:
                return in_utc(ends)
        return at


def back_at(periods: Iterable[Offline], at: datetime) -> datetime | None:
    """Say when a phone is on that may be off at an instant: at that very instant where it is on.

    ``None``: not within :data:`KEPT_FOR`.
    """
    known, back = tuple(periods), at
    while True:
        later = back
        for period in known:
            ends = period.ends(later)
            if ends is None or ends - at >= KEPT_FOR:
                return None
            later = ends
        if later == back:
            return back
        back = later


def periods_from_json(values: Any) -> tuple[Offline, ...]:
    """Read the times in which a phone is off: a list of objects with ``from`` and ``until``.

    Raises :class:`ValueError` with a sentence that begins with the place of what is wrong.
    """
    if not isinstance(values, list | tuple):
        raise ValueError(f": expected a list, got {values!r}")
    found = []
    for place, value in enumerate(values):
        try:
            found.append(value if isinstance(value, Offline) else _period(value))
        except ValueError as problem:
            raise ValueError(f"[{place}]{problem}") from None
    return tuple(found)


def periods_as_json(periods: Iterable[Offline]) -> list[dict[str, object]]:
    """Write the times in which a phone is off as :func:`periods_from_json` reads them."""
    return [
        {"from": _shown(each.start), "until": None if each.end is None else _shown(each.end)}
        for each in periods
    ]


def _period(value: Any) -> Offline:
    if not isinstance(value, Mapping):
        raise ValueError(f": expected an object with from and until, got {value!r}")
    for key in value:
        if key not in _KEYS:
            meant = did_you_mean(str(key), _KEYS) or "; there are from and until"
            raise ValueError(f": there is no {key}{meant}")
    if value.get("from") is None:
        raise ValueError(": from is missing")
    start = _moment("from", value["from"])
    end = None if value.get("until") is None else _moment("until", value["until"])
    if isinstance(start, time):
        return Offline(start, _end_of_day(start, end))
    if end is not None and (isinstance(end, time) or end <= start):
        raise ValueError(f".until: expected an instant after {iso(start)}, got {value['until']!r}")
    return Offline(start, end)


def _end_of_day(start: time, end: Moment | None) -> time:
    """Check the time of day at which a phone is on again; without a zone it is in that of ``start``."""
    if not isinstance(end, time):
        raise ValueError(
            ".until: expected a time of the day, too; a phone that stays off has delivered_after: never"
        )
    end = end if end.tzinfo is not None else end.replace(tzinfo=start.tzinfo)
    if (start.utcoffset() or timedelta()) != (end.utcoffset() or timedelta()):
        raise ValueError(".until: has another time zone than from")
    if start == end:
        raise ValueError(".until: is the same as from; a phone that stays off has delivered_after: never")
    return end


def _moment(key: str, value: Any) -> Moment:
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        for read in (_time_of_day, parse_instant):
            try:
                return read(value)
            except ValueError:
                continue
    quotes = " (YAML wants a time of the day in quotes)" if isinstance(value, int) else ""
    raise ValueError(f".{key}: expected {_LIKE}; got {value!r}{quotes}")


def _time_of_day(text: str) -> time:
    if text[2:3] != ":":
        raise ValueError(text)
    return time.fromisoformat(text)


def _shown(moment: Moment) -> str:
    return iso(moment) if isinstance(moment, datetime) else moment.isoformat()
