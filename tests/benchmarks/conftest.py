"""An emulator for each measurement, and the table of all figures at the end of a run.

``EMULATOR_BENCH_FILE`` names a JSON file that the figures are written to; ``EMULATOR_BENCH_BEFORE`` one of an
earlier run, whose figures stand beside those of this one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.figures import Run, in_columns, lines

from emulator import Emulator


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every row of the table, and write what was measured where it is asked for."""
    run, before = Run.this(), os.environ.get("EMULATOR_BENCH_BEFORE")
    if not run.found:
        return
    if file := os.environ.get("EMULATOR_BENCH_FILE"):
        run.write(Path(file))
    terminalreporter.section("speed")
    terminalreporter.write_line(in_columns(lines(run, Run.read(Path(before)) if before else None)))
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    terminalreporter.write_line(f"Python {run.python}, SQLite {run.sqlite}, {run.on}; {machine}")
