"""List how every limit of a sandbox stands.

Used, left, and when it frees up, as ``GET …/limits`` shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.core import Core
from emulator.sandbox.limits import throughput
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.limits.sliding import SlidingLimit
from emulator.sandbox.limits.table import SLIDING_LIMITS


def limit_statuses(core: Core, query: LimitQuery) -> Iterator[LimitStatus]:
    """Report how each limit stands that the question is about.

    Rates of sending, then limits over a sliding window. It is what ``GET …/limits`` lists, in the order of
    :data:`~emulator.sandbox.limits.table.SLIDING_LIMITS`.
    """
    yield from throughput.statuses(core, query)
    for row in SLIDING_LIMITS:
        yield from SlidingLimit(core, row).statuses(query)
