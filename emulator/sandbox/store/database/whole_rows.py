"""All rows of a database, and a database filled with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.sandbox.store.database.database import Database
from emulator.sandbox.store.rows import marks

Rows = Mapping[str, Sequence[Sequence[Any]]]
"""By the name of a table its rows, each with a value for every column in their order."""


def rows_of(database: Database) -> Rows:
    """List the rows of every table that has some."""
    with database.reading():
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
        found = {name: database.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables.fetchall()}
    return {name: rows for name, rows in found.items() if rows}


def put_rows(database: Database, rows: Rows) -> None:
    """Add rows to tables that are empty, inside the caller's transaction."""
    for table, each in rows.items():
        for row in each:
            database.execute(f"INSERT INTO {table} VALUES ({marks(row)})", row)
