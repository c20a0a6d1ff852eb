"""Programs that tests need beside Python's: without them tests are skipped, and in CI they fail."""

from __future__ import annotations

import os
import shutil

import pytest

IN_CI = bool(os.environ.get("CI"))
"""Read before the tests hide it from each other."""


def needed(*names: str, untried: str) -> str:
    """The path of the first of these that is installed; ``untried`` says what is not tried without it."""
    __tracebackhide__ = True
    for name in names:
        if (found := shutil.which(name)) is not None:
            return found
    reason = f"{' or '.join(names)} is not installed: {untried}"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)
