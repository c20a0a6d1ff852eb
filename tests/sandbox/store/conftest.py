"""An empty database in memory, for tests of one table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from emulator.sandbox.store.database import Database


@pytest.fixture
def database() -> Iterator[Database]:
    """With every table of the schema, and no row; closed after the test."""
    with closing(Database()) as made:
        yield made
