"""A store in which every table that can grow has many rows, made of those of a rich sandbox."""

from __future__ import annotations

import sqlite3

OWNERS = frozenset({"wa_id", "phone_number_id", "waba_id", "template_id"})
"""Columns that say whose a row is: all of one, or each of another."""
OTHERS = frozenset(
    {
        *(
            "cause",
            "digits",
            "id",
            "key",
            "message_id",
            "reference_id",
            "sha256",
            "subject",
            "url",
            "user_id",
        ),
        *("delivery_id", "due", "at", "place", "created_at", "last_inbound_at", "until", "expires_at"),
    }
)
"""Columns that are another in each row."""
FEW = frozenset(
    {
        *("apps", "portfolios", "wabas", "numbers", "tokens", "allowed", "subscriptions", "subscribed_apps"),
        *("facts", "faults", "utility_abuse", "block_lists", "blobs"),
    }
)
"""Tables that stay small however long a sandbox lives: what is set up, and what is done by hand."""


def fill_tables(connection: sqlite3.Connection, rows: int, *, crowd: bool) -> None:
    """Give each table that can grow so many rows more, in the variety of those that it has.

    With ``crowd`` every row belongs to another person, number, account and template; otherwise they belong to
    those that there are, as after a long conversation.
    """
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in found:
        if table not in FEW:
            connection.execute(_filling(connection, table, crowd), (rows,))


def _filling(connection: sqlite3.Connection, table: str, crowd: bool) -> str:
    """The statement that copies the rows of a table again and again, each time a little changed."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    key = [name for _, name, *_, place in columns if place]
    changed = OTHERS | (OWNERS if crowd else frozenset())
    if not changed.intersection(key):
        changed |= {"wa_id" if "wa_id" in key else key[-1]} if key else set()
    if table == "templates":
        changed |= {"name", "wording"}
    kept = [each for each in columns if not (each[5] and each[2] == "INTEGER" and len(key) == 1)]
    names = ", ".join(each[1] for each in kept)
    values = ", ".join(
        _another(name, kind, bool(place)) if name in changed else name for _, name, kind, _, _, place in kept
    )
    return (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?), "
        f"sample AS MATERIALIZED (SELECT *, ROW_NUMBER() OVER () - 1 AS turn FROM {table}), "
        f"size AS MATERIALIZED (SELECT COUNT(*) AS rows FROM {table}) "
        f"INSERT INTO {table} ({names}) SELECT {values} FROM n CROSS JOIN size "
        "JOIN sample ON sample.turn = i % rows"
    )


def _another(name: str, kind: str, is_key: bool) -> str:
    """A value that is another for each ``i``; of a person one that is still a phone number."""
    if name == "wa_id":
        return "substr(wa_id, 1, 4) || printf('%08d', i)"
    if kind == "TEXT":
        return f"{name} || '-' || i"
    return "1000 + i" if is_key else f"{name} + i"
