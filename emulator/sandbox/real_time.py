"""Real seconds, for measuring how long something takes; a frozen process does not stop them."""

from __future__ import annotations

import time
from functools import partial

# freezegun replaces time.monotonic and leaves clock_gettime alone, which Windows has not
_read = (
    partial(time.clock_gettime, time.CLOCK_MONOTONIC)
    if hasattr(time, "clock_gettime")
    else partial(time.monotonic)
)


def real_seconds() -> float:
    """Real seconds since some instant in the past; only the difference of two means something."""
    return _read()
