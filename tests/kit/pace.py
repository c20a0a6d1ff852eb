"""Whether a call took too long: processor time, judged by what this machine does at that moment.

A bound in seconds says that nothing is quadratic; on a machine that is shared or slow it must not say more.
"""

from __future__ import annotations

from time import thread_time

MEMBERS = 20_000
USUAL = 0.0025
"""Seconds of processor time that making so many members takes on a machine that does nothing else."""


def too_long(seconds: float, limit: float) -> bool:
    """Whether this many seconds of processor time are more than the limit, on this machine as it is now.

    ``limit`` counts seconds of a machine that does nothing else.
    """
    return seconds > limit and seconds > limit * _slowness()


def _slowness() -> float:
    """How many times longer than usual a piece of work takes, measured now."""
    begun = thread_time()
    made = {str(number): [number] for number in range(MEMBERS)}
    assert len(made) == MEMBERS
    return (thread_time() - begun) / USUAL
