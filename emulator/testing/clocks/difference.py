"""Say that the app lives in another time than the sandbox, where nothing else in the test would tell."""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from emulator.sandbox.clock import read_wall_clock
from emulator.sandbox.sandbox import Sandbox

_DAY = timedelta(days=1)
_LOOK = re.compile(
    r"\b(?:datetime|date|timezone|time|arrow|pendulum)\.(?:now|utcnow|today|time|time_ns)\(", re.ASCII
)
_CALLED = ("call", "webhook")


class ClocksDiffer(pytest.PytestWarning):
    """A test has moved the sandbox by more than a day, and its app still reads the time of the real world.

    It is told once a session. The option ``whatsapp_freeze``, whatever its value, silences it.
    """


def difference(sandbox: Sandbox, began: datetime, project: Path) -> ClocksDiffer | None:
    """Make the warning that a test's app and its sandbox differ by more than a day, where it matters.

    Returns ``None`` where it does not. It matters when the test has moved the clock by more than a day since
    the sandbox ``began``, the process was not frozen, the app called or was called after that, and the
    ``project`` (a folder) has code that reads the time.
    """
    if sandbox.clock.latest - began <= _DAY or sandbox.clock.has_followed:
        return None
    calls = [entry.at for kind in _CALLED for entry in sandbox.journal.all(kind=kind, since=began + _DAY)]
    if not any(at - began > _DAY and abs(at - read_wall_clock()) > _DAY for at in calls):
        return None
    look = _reads_the_time(project)
    if look is None:
        return None
    return ClocksDiffer(
        f"whatsapp.clock moves the sandbox, and not {look}, which reads the real time: they are days apart. "
        "`whatsapp_freeze = true` in pytest's configuration makes them one time; `whatsapp_freeze = false` "
        "leaves it as it is, without this warning."
    )


def _reads_the_time(project: Path) -> str | None:
    """Find a line that reads the time in a module of the project that has been imported: ``app.py:17``."""
    for name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py") or name.partition(".")[0] == "emulator":
            continue
        path = Path(file)
        if "site-packages" in path.parts or not path.is_relative_to(project):
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if _LOOK.search(line.partition("#")[0]):
                return f"{path.relative_to(project)}:{number}"
    return None
