"""How a refusal reads: what a function raises that reads or judges something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from emulator import PlatformError
from kit.explanations import explains_itself


def refusal_of(act: Callable[..., object], *arguments: Any, **more: Any) -> PlatformError:
    """What is raised by an act that the platform refuses; it explains itself."""
    with pytest.raises(PlatformError) as refused:
        act(*arguments, **more)
    assert explains_itself(refused.value)
    return refused.value


def complaint(read: Callable[..., object], *arguments: Any, **more: Any) -> tuple[str, str | None]:
    """The message and the details of an error 100, which is what a reader of requests raises."""
    error = refusal_of(read, *arguments, **more)
    assert error.code == 100
    return error.message, error.details
