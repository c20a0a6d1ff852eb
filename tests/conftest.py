"""The tests mean the same in every shell, on a developer's machine and in CI."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

_SHELL = (
    "BUILD_NUMBER",
    "CI",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PY_COLORS",
    "PYTEST_ADDOPTS",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
)
"""What pytest and rich read to choose how much they print, how wide and in which colours."""


@pytest.fixture(scope="session", autouse=True)
def _no_habits_of_the_shell() -> Iterator[None]:
    """What a command prints is compared with what was written down: nothing of the shell may change it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _SHELL:
            patch.delenv(name, raising=False)
        yield
