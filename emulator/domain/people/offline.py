"""When a person's phone is off: nothing reaches it meanwhile, and everything at once when it is on again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from emulator.domain.durations import parse_duration
from emulator.domain.instants import in_utc, iso, parse_instant
from emulator.domain.places import check_names, read_at, read_list
from emulator.domain.values import dataclass

KEPT_FOR = timedelta(days=30)
"""How long the platform keeps a message for a phone that is off; then it is dropped."""
Moment = datetime | time | timedelta
"""An instant, a time of every day, or how long after the beginning."""
_KEYS = ("from", "until", "after", "for")
_LIKE = "an instant such as 2026-11-02T22:00:00Z, or a time of every day such as '22:00'"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offline:
    """A time in which a phone is off: from ``start`` on, until ``end``, at which it is on again.

    Both are instants, or both are times of every day, in UTC unless they say otherwise; an ``end`` that is
    not after ``start`` is on the next day then. Or both are lengths of time from when somebody is given the
    habit. But for times of the day there may be no ``end``: it stays off.
    """

    start: Moment
    end: Moment | None = None

    @property
    def is_relative(self) -> bool:
        """Whether it is given by lengths of time, which :meth:`counted_from` makes instants of."""
        return isinstance(self.start, timedelta)

    def counted_from(self, at: datetime) -> Offline:
        """Count its lengths of time from an instant; a time that has none stays as it is."""
        if not isinstance(self.start, timedelta):
            return self
        assert self.end is None or isinstance(self.end, timedelta)
        return Offline(at + self.start, None if self.end is None else at + self.end)

    @property
    def is_daily(self) -> bool:
        """Whether it comes again every day."""
        return isinstance(self.start, time)

    def ends(self, at: datetime) -> datetime | None:
        """Find when the phone is on again, from an instant on: at once where it is not off then.

        ``None``: it stays off. Only for a time that is not :attr:`is_relative`.
        """
        assert not isinstance(self.start, timedelta)
        if isinstance(self.start, datetime):
            assert self.end is None or isinstance(self.end, datetime)
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
    """Find the first instant, from ``at`` on, at which a phone is on that is off in some ``periods``.

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
    """Read the times in which a phone is off: a list of objects with some of four members.

    They begin at ``from``, an instant or a time of every day, or ``after`` a length of time; with neither at
    once. They end at ``until``, or have lasted ``for`` a length of time. Raises :class:`ValueError` with a
    sentence that begins with the place of what is wrong.
    """
    return read_list(values, "times", _period)


def periods_as_json(periods: Iterable[Offline]) -> list[dict[str, object]]:
    """Write the times in which a phone is off as :func:`periods_from_json` reads them."""
    return [_as_json(each) for each in periods]


def _as_json(period: Offline) -> dict[str, object]:
    start, end = period.start, period.end
    if isinstance(start, timedelta):
        assert end is None or isinstance(end, timedelta)
        lasts = None if end is None else (end - start).total_seconds()
        return {"after": start.total_seconds(), "for": lasts}
    assert not isinstance(end, timedelta)
    return {"from": _shown(start), "until": None if end is None else _shown(end)}


def _period(value: Any) -> Offline:
    if isinstance(value, Offline):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f": expected an object such as {{after: 2 hours, for: 1 day}}, got {value!r}")
    check_names(value, _KEYS)
    said = {key: value[key] for key in _KEYS if value.get(key) is not None}
    if not said.keys() & {"from", "after", "for"}:
        raise ValueError(": when it begins is missing: from, or after; or for, which alone begins at once")
    for one, other in (("from", "after"), ("until", "for"), ("until", "after")):
        if one in said and other in said:
            raise ValueError(f".{other}: cannot be beside {one}")
    lasts = read_at(".for: ", _length, said["for"]) if "for" in said else None
    if "from" not in said:
        start = read_at(".after: ", parse_duration, said.get("after", 0))
        return Offline(start, None if lasts is None else start + lasts)
    return _from(_moment("from", said["from"]), lasts, said.get("until"))


def _from(start: datetime | time, lasts: timedelta | None, until: Any) -> Offline:
    """A time that begins at an instant or at a time of every day."""
    end = None if until is None else _moment("until", until)
    if isinstance(start, time):
        if lasts is not None:
            return Offline(start, _after(start, lasts))
        return Offline(start, _end_of_day(start, end))
    if lasts is not None:
        try:
            return Offline(start, start + lasts)
        except OverflowError:
            raise ValueError(f".for: {lasts} after {iso(start)} is no instant") from None
    if end is not None and (isinstance(end, time) or end <= start):
        raise ValueError(f".until: expected an instant after {iso(start)}, got {until!r}")
    return Offline(start, end)


def _length(value: Any) -> timedelta:
    if not (length := parse_duration(value)):
        raise ValueError(f"expected more than nothing, got {value!r}")
    return length


def _after(start: time, lasts: timedelta) -> time:
    """The time of the day at which a phone is on again that is off every day for so long."""
    if lasts >= _DAY:
        raise ValueError(".for: expected less than a day; a phone that stays off has delivered_after: never")
    return (datetime.combine(date.min, start) + lasts).timetz()


def _end_of_day(start: time, end: datetime | time | None) -> time:
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


def _moment(key: str, value: Any) -> datetime | time:
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


def _shown(moment: datetime | time) -> str:
    return iso(moment) if isinstance(moment, datetime) else moment.isoformat()
