"""Durations as tests write them: a timedelta, or units like ``hours=25``; else it is told what to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from emulator.domain.quoting import did_you_mean

UNITS = ("weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds")


def duration(act: str, delta: object, units: Mapping[str, object]) -> timedelta:
    """Read the duration of an ``act`` such as ``advance``: a timedelta, or units, which add up.

    Raises :class:`TypeError` for anything else, with what may have been meant.
    """
    if delta is not None and units:
        raise TypeError(f"{act}() takes a timedelta or units like hours=25, not both")
    if isinstance(delta, timedelta):
        return delta
    if isinstance(delta, int | float) and not isinstance(delta, bool):
        raise TypeError(f"{act}({delta:g}) has no unit: {act}(hours={delta:g})? {act}(seconds={delta:g})?")
    if delta is not None:
        raise TypeError(f"{act}() takes a timedelta or units like hours=25, not {delta!r}")
    for unit, number in units.items():
        if unit not in UNITS:
            raise TypeError(f"{act}() takes {', '.join(UNITS)}, not {unit}{did_you_mean(unit, UNITS)}")
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise TypeError(f"{act}() takes a number of {unit}, not {number!r}")
    if not units:
        raise TypeError(f"{act}() needs to know how long: {act}(hours=25)?")
    return timedelta(**units)  # type: ignore[arg-type]
