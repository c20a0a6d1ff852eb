"""Lengths of time as people write them: ``30s``, ``5 minutes``, ``1d12h``; and spreads to draw one from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from emulator.domain.facts.types import LONGEST
from emulator.domain.values import dataclass

_UNITS: Mapping[str, float] = {
    unit: seconds
    for seconds, units in (
        (0.001, ("ms", "millisecond", "milliseconds")),
        (1.0, ("", "s", "sec", "second", "seconds")),
        (60.0, ("m", "min", "minute", "minutes")),
        (3600.0, ("h", "hour", "hours")),
        (86400.0, ("d", "day", "days")),
    )
    for unit in units
}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)", re.ASCII)
_LEAST = timedelta(milliseconds=1)
"""What nothing counts as, where orders of magnitude are asked for."""


def parse_duration(value: Any) -> timedelta:
    """Read a length of time: a timedelta, a number of seconds, or a text such as ``5 minutes`` or ``1d12h``.

    Raises :class:`ValueError` for anything else, for less than nothing, and for thirty years or more.
    """
    if isinstance(value, timedelta):
        seconds: float | None = value.total_seconds()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    else:
        seconds = _seconds(value) if isinstance(value, str) else None
    if seconds is None or not seconds >= 0:
        raise ValueError(f"expected a duration such as 5 minutes, got {value!r}")
    if not seconds < LONGEST:
        raise ValueError(f"{value} is longer than anything here may take")
    return timedelta(seconds=seconds)


def _seconds(text: str) -> float | None:
    at, seconds, text = 0, 0.0, text.strip()
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or part[2] not in _UNITS:
            return None
        seconds, at = seconds + float(part[1]) * _UNITS[part[2]], part.end()
    return seconds if text else None


@dataclass(frozen=True, slots=True)
class Spread:
    """A length of time between two, both included, of which one is drawn each time."""

    least: timedelta
    most: timedelta

    def drawn(self, share: float) -> timedelta:
        """Return the time for a uniform ``share`` from 0 to 1, in whole milliseconds.

        Each order of magnitude is as likely as another, as with people: most answer soon, some much later.
        """
        if self.least == self.most:
            return self.least
        least, most = max(self.least, _LEAST).total_seconds(), self.most.total_seconds()
        return timedelta(milliseconds=round(1000 * least * (most / least) ** share))
