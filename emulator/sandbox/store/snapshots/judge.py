"""Judge a database that was received: every row of every table, before anything is taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from emulator.sandbox.errors import NotASnapshot
from emulator.sandbox.store.snapshots.checks import loaded, shown
from emulator.sandbox.store.snapshots.due_work import NAMES, REFERS_TO
from emulator.sandbox.store.snapshots.named_facts import NEEDED, fact_is_readable
from emulator.sandbox.store.snapshots.tables import TABLES, Table


def judge(connection: sqlite3.Connection) -> None:
    """Read everything that a sandbox will read of this database.

    Raises :class:`NotASnapshot` about the first thing that this version cannot read: the table, the column,
    the row, and what was expected. The schema must have been checked before.
    """
    before, connection.text_factory = connection.text_factory, _decoded
    try:
        for name, table in TABLES.items():
            _judge_rows(connection, name, table)
        _judge_facts(connection)
        for name, table in TABLES.items():
            for column, target in table.references.items():
                _judge_reference(connection, name, table, column, target, "TRUE")
        for family, target in REFERS_TO.items():
            _judge_reference(
                connection, "timeline", TABLES["timeline"], "subject", target, f"kind LIKE '{family}.%'"
            )
        _judge_due_work(connection)
        _judge_sizes(connection)
        _judge_counters(connection)
    finally:
        connection.text_factory = before


def judge_fact(connection: sqlite3.Connection, name: str) -> Any:
    """The value of a single fact; ``None`` where there is none.

    Raises :class:`NotASnapshot` for a value that this version cannot read.
    """
    columns = tuple(TABLES["facts"].columns)
    found = connection.execute(f"SELECT {', '.join(columns)} FROM facts WHERE name = ?", (name,)).fetchone()
    if found is None:
        return None
    row = dict(zip(columns, found, strict=True))
    try:
        fact_is_readable(row)
    except ValueError as problem:
        raise _refusal("facts", TABLES["facts"], row, None, problem) from None
    return loaded(row["value"])


def _judge_rows(connection: sqlite3.Connection, name: str, table: Table) -> None:
    columns = tuple(table.columns)
    checks = tuple(table.columns.values())
    rows = 0
    for values in connection.execute(f"SELECT {', '.join(columns)} FROM {name}"):
        rows += 1
        for column, check, value in zip(columns, checks, values, strict=True):
            try:
                check(value)
            except ValueError as problem:
                raise _refusal(
                    name, table, dict(zip(columns, values, strict=True)), column, problem
                ) from None
        if table.whole is not None:
            row = dict(zip(columns, values, strict=True))
            try:
                table.whole(row)
            except ValueError as problem:
                raise _refusal(name, table, row, None, problem) from None
    if rows < table.least:
        raise NotASnapshot(f"there are no {name}: a sandbox has at least {table.least}")


def _judge_facts(connection: sqlite3.Connection) -> None:
    known = {name for (name,) in connection.execute("SELECT name FROM facts")}
    for name in NEEDED:
        if name not in known:
            raise NotASnapshot(f"there is no facts.{name}")
    (written,) = connection.execute("SELECT value FROM facts WHERE name = 'access_token'").fetchone()
    if connection.execute("SELECT 1 FROM tokens WHERE text = ?", (loaded(written),)).fetchone() is None:
        raise NotASnapshot("facts.access_token is none of tokens.text")


def _judge_reference(
    connection: sqlite3.Connection,
    name: str,
    table: Table,
    column: str,
    target: tuple[str, str],
    condition: str,
) -> None:
    other, key = target
    row = connection.execute(
        f"SELECT {table.key}, {column} FROM {name} WHERE {condition} AND {column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {other} WHERE {other}.{key} = {name}.{column}) LIMIT 1"
    ).fetchone()
    if row is not None:
        raise NotASnapshot(
            f"{name}.{column} of {shown(row[0])} is {shown(row[1])}, which is in no row of {other}"
        )


def _judge_due_work(connection: sqlite3.Connection) -> None:
    """Whom and what the details of due work name must be there when it is carried out."""
    for seq, details in connection.execute("SELECT seq, details FROM timeline"):
        for member, value in loaded(details).items():
            other, key = NAMES.get(member, ("", ""))
            if not other or value is None:
                continue
            if connection.execute(f"SELECT 1 FROM {other} WHERE {key} = ?", (value,)).fetchone() is None:
                raise NotASnapshot(
                    f"timeline.details['{member}'] of {seq} is {shown(value)}, which is in no row of {other}"
                )


def _judge_sizes(connection: sqlite3.Connection) -> None:
    """Counts over sliding windows keep their size beside them: the two must agree."""
    row = connection.execute(
        "SELECT name, size, counted FROM (SELECT name, size, (SELECT COUNT(*) FROM sliding_windows AS w "
        "WHERE w.name = s.name) AS counted FROM sliding_window_sizes AS s) WHERE size <> counted LIMIT 1"
    ).fetchone()
    if row is not None:
        raise NotASnapshot(
            f"sliding_window_sizes.size of {shown(row[0])} is {row[1]}, "
            f"but {row[2]} rows of it stand by sliding_windows.name"
        )


_COUNTED = {
    "inbound": ("messages.outbound", "SELECT COUNT(*) FROM messages WHERE NOT outbound"),
    "outbound": ("messages.outbound", "SELECT COUNT(*) FROM messages WHERE outbound"),
    "media": ("media.id", "SELECT COUNT(*) FROM media"),
    "upload": ("uploads.id", "SELECT COUNT(*) FROM uploads"),
    "group": ("groups.id", "SELECT COUNT(*) FROM groups"),
    "faults": ("faults.id", "SELECT COALESCE(MAX(id), 0) FROM faults"),
}
"""By counter: how many were made at least, and what says so.

A counter that lags behind would give their ids once more.
"""


def _judge_counters(connection: sqlite3.Connection) -> None:
    known = dict(connection.execute("SELECT name, value FROM counters").fetchall())
    for name, (place, query) in _COUNTED.items():
        (made,) = connection.execute(query).fetchone()
        if known.get(name, 0) < made:
            raise NotASnapshot(
                f"counters.value of {name!r} is {known.get(name, 0)}, but by {place} it was {made} or more; "
                "counters.name must not be another one"
            )


def _refusal(
    name: str, table: Table, row: Mapping[str, Any], column: str | None, problem: ValueError
) -> NotASnapshot:
    words = str(problem)
    if name == "facts":
        return NotASnapshot(f"facts.{_plain(row['name'])} {words.strip()}")
    if column is None and words.startswith("."):
        column, words = words[1:].partition(" ")[0], words.partition(" ")[2]
    where = f"{name}.{column}" if column else name
    return NotASnapshot(f"{where} of {shown(row[table.key])} {words.strip()}")


def _plain(name: object) -> str:
    return name if isinstance(name, str) else shown(name)


def _decoded(text: bytes) -> str | bytes:
    """Text of the database; bytes that are none stay bytes, so that a check can say where they stand."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text
