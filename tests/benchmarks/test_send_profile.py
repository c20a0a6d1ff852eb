"""What ``make profile`` shows: each layer that a send passes, and how many statements it asks."""

from __future__ import annotations

import pytest
from kit.send_profile import ORDER, acts_of, connecting, sampled, statements_of, table

from emulator import Emulator

pytestmark = pytest.mark.benchmark


def test_a_send_is_found_in_every_layer() -> None:
    """But in the server, which is measured beside it."""
    with connecting(), Emulator() as emulator:
        _, live, _ = acts_of(emulator)
        statements = statements_of(live)
        samples = sampled(live, 2)

    assert set(ORDER) - {"server", "Flask"} <= set(samples) <= set(ORDER)
    assert statements > 3  # it is written, with its three statuses
    assert "SQLite" in table("A send", samples, 1000, statements)
