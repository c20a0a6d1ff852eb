"""When a webhook counts as delivered."""

from __future__ import annotations

import pytest
from kit.times import MORNING

from emulator.domain.webhooks.deliveries import DeliveryAttempt


@pytest.mark.parametrize(
    ("status", "problem", "expected"),
    [
        (200, None, True),
        (199, None, False),
        (201, None, False),
        (204, None, False),
        (500, None, False),
        (None, "timed out", False),
        (200, "after that the app raised KeyError", True),
    ],
)
def test_only_200_is_a_success(status: int | None, problem: str | None, expected: bool) -> None:
    """Every other answer, and none, is tried again later; what goes wrong after it changes nothing."""
    assert DeliveryAttempt(1, 1, MORNING, status, problem).succeeded is expected
