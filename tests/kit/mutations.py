"""Snapshots that are changed in one place: every column of every table, and every member of its JSON."""

from __future__ import annotations

import copy
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_KINDS = {
    "facts": "name",
    "counters": "name",
    "timeline": "kind",
    "messages": "outbound || type || status",
    "templates": "status || category",
    "deliveries": "field || state",
    "faults": "kind",
    "sliding_windows": "''",
    "journal": "kind",
}
"""Tables whose rows differ, and by what: a row of each kind is changed."""
_STRANGE: tuple[object, ...] = (
    None,
    7,
    -1,
    2**62,
    1.5,
    "",
    "strange",
    b"\xff\xfe",
    "{",
    "[]",
    "null",
    "[1]",
    "2026-13-45T99:00:00Z",
    "\N{MUSICAL SYMBOL G CLEF}\x00",
)
_STRANGE_JSON: tuple[object, ...] = (None, -1, "strange", True, [], {}, [None])
_LOOSE = b"/*NNUL*/"
"""As long as ``NOT NULL``, and without its effect."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of one row; ``member`` is where in the JSON of the column."""

    table: str
    row: str
    """The values of its key, as a condition of SQL."""
    column: str
    value: object
    member: str = ""

    def __str__(self) -> str:
        return f"{self.table}.{self.column}{self.member} where {self.row} = {self.value!r:.60}"


def mutations(snapshot: bytes) -> Iterator[Mutation]:
    """Every change, in an order that is always the same."""
    connection = _loose(snapshot)
    try:
        for table, columns in _columns(connection).items():
            for row, values in _rows(connection, table, columns):
                for column, value in zip(columns, values, strict=True):
                    yield from (Mutation(table, row, column, each) for each in _STRANGE if each != value)
                    yield from _within_json(table, row, column, value)
    finally:
        connection.close()


def _within_json(table: str, row: str, column: str, value: object) -> Iterator[Mutation]:
    text = value
    if table == "journal" or not isinstance(text, str) or not text.startswith(("{", "[")):
        return
    try:
        whole = json.loads(text)
    except ValueError:
        return
    for path, found in _paths(whole, ()):
        for each in _STRANGE_JSON:
            if each != found:
                yield Mutation(table, row, column, json.dumps(_put(whole, path, each)), f"{list(path)}")
        yield Mutation(table, row, column, json.dumps(_put(whole, path, ...)), f"{list(path)} removed")


def _paths(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in pairs:
        yield (*path, name), each
        yield from _paths(each, (*path, name))


def _put(whole: Any, path: tuple[Any, ...], value: object) -> Any:
    made = copy.deepcopy(whole)
    at = made
    for name in path[:-1]:
        at = at[name]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


def mutated(snapshot: bytes, mutation: Mutation) -> bytes | None:
    """The snapshot with the change in it; ``None`` where SQLite itself does not take it."""
    connection = _loose(snapshot)
    try:
        with suppress(sqlite3.IntegrityError):
            changed = connection.execute(
                f"UPDATE {mutation.table} SET {mutation.column} = ? WHERE {mutation.row}", (mutation.value,)
            )
            assert changed.rowcount == 1, str(mutation)
            connection.commit()
            return connection.serialize().replace(_LOOSE, b"NOT NULL")
        return None
    finally:
        connection.close()


def _loose(snapshot: bytes) -> sqlite3.Connection:
    """The snapshot as a database that takes ``NULL`` everywhere."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(re.sub(rb"(?<!IS )NOT NULL", _LOOSE, snapshot))
    return connection


def _columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {
        table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for (table,) in tables
    }


def _rows(
    connection: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The first row of each kind, with the condition that finds it."""
    keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]] or ["rowid"]
    chosen = ", ".join(f"quote({key})" for key in keys)
    kind = _KINDS.get(table, "''")
    for row in connection.execute(
        f"SELECT {chosen}, {', '.join(columns)} FROM {table} "
        f"GROUP BY {kind} HAVING MIN({keys[0]}) IS NOT NULL"
    ).fetchall():
        where = " AND ".join(f"{key} = {value}" for key, value in zip(keys, row, strict=False))
        yield where, row[len(keys) :]
