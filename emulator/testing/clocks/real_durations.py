"""Let pytest measure durations by the real clock while a test has frozen the process.

freezegun replaces every reference to the functions of :mod:`time` that it finds in a module, those with which
pytest measures included. A freeze that begins within a step and outlasts it, as one in a fixture does, would
then be reported as decades: "1 passed in 1796110416.18s".
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

_CLOCKS = ("perf_counter", "time")
"""The functions that pytest keeps in ``_pytest.timing`` to measure with."""


def measure_real_durations() -> Callable[[], None]:
    """Give pytest clocks that no freeze replaces; returns the function that gives it its own ones back.

    It concerns durations only (summary, ``--durations``, JUnit files): what tests and the code under test ask
    of the time stays frozen. Where pytest keeps its clocks elsewhere, nothing is changed.
    """
    timing, freezer = sys.modules.get("_pytest.timing"), sys.modules.get("freezegun.api")
    replaced: dict[str, Callable[[], float]] = {}
    for name in _CLOCKS:
        current = getattr(timing, name, None)
        if current is None or isinstance(current, partial):
            continue
        replaced[name] = current
        # freezegun compares identities: it does not see the function that a partial one holds
        setattr(timing, name, partial(getattr(freezer, f"real_{name}", current)))

    def undo() -> None:
        for name, original in replaced.items():
            setattr(timing, name, original)

    return undo
