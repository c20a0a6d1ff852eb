"""How every limit of a sandbox stands."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.core import Core
from emulator.sandbox.limits import throughput
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import SLIDING_LIMITS


def limit_statuses(core: Core, query: LimitQuery) -> Iterator[LimitStatus]:
    """How each limit stands that somebody asks about: rates of sending, then limits over a sliding window."""
    yield from throughput.statuses(core, query)
    for row in SLIDING_LIMITS:
        yield from SlidingLimit(core, row).statuses(query)
