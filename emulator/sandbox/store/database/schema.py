"""The schema of a sandbox's database: its number, its check, and the way from an older one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

from emulator.domain.values import dataclass
from emulator.sandbox.errors import NotASnapshot
from emulator.sandbox.store.database.migrations import MIGRATIONS, OLDEST, Migration

SCHEMA_NUMBER = 22
"""Grows with every change of ``schema.sql``; each number from :data:`~.migrations.OLDEST` on has a migration
to the next one, and a kept file in ``tests/sandbox/store/database/kept``."""
APPLICATION_ID = 0x57614575
"""Marks a SQLite file as a sandbox (``PRAGMA application_id``)."""
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[^\s\w]""")
_QUOTED_WORD = re.compile(r'"(\w+)"')


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables that this version works with, and the migrations of older files to them."""

    number: int
    script: str
    migrations: Sequence[Migration] = ()
    oldest: int = OLDEST

    def create(self, connection: sqlite3.Connection) -> None:
        """Make the empty tables in a new database."""
        _create(connection, self.number, self.script)

    def create_in_memory(self, connection: sqlite3.Connection) -> None:
        """Make the empty tables in a new database in memory: a copy of one that the process keeps.

        That takes a fiftieth of the time of :meth:`create`.
        """
        with _COPYING:
            _empty(self.number, self.script).backup(connection)

    def number_of(self, connection: sqlite3.Connection) -> int:
        """The schema number of a database.

        Raises :class:`NotASnapshot` for one that is no sandbox, or that this version cannot open.
        """
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise NotASnapshot("this is no sandbox of the emulator")
        if number > self.number:
            raise NotASnapshot(
                f"the sandbox has schema {number}, this emulator reads schema {self.number}: "
                "it was written by a newer version, take that one"
            )
        if number < self.oldest:
            raise NotASnapshot(
                f"the sandbox has schema {number}, this emulator reads schema {self.number} "
                f"and migrates from {self.oldest} on; make the sandbox anew"
            )
        return int(number)

    def migrate(self, connection: sqlite3.Connection) -> int:
        """Bring a database of an older schema to this one, in one transaction; returns its old number.

        Raises :class:`NotASnapshot`, and then nothing has changed.
        """
        number = self.number_of(connection)
        if number == self.number:
            return number
        _refuse_programs(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for step in self.migrations:
                if number < step.to <= self.number:
                    step.apply(connection)
            connection.execute(f"PRAGMA user_version = {self.number}")
            self.check(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return number

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise :class:`NotASnapshot` unless the tables, columns and indexes are those of this schema."""
        _refuse_programs(connection)
        found, expected = _tables(connection), _expected(self.script)
        for name in sorted(found.keys() | expected.keys()):
            if name not in found:
                raise NotASnapshot(f"the sandbox has not the tables of its schema: {name} is missing")
            if name not in expected:
                raise NotASnapshot(f"the sandbox has not the tables of its schema: {name} is none of them")
            if found[name] != expected[name]:
                raise NotASnapshot(f"the sandbox has not the tables of its schema: {name} is another one")


def _create(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.executescript(
        f"BEGIN; {script} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}; COMMIT;"
    )


@cache
def _empty(number: int, script: str) -> sqlite3.Connection:
    """An empty database of a schema, which is never written to again."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _create(connection, number, script)
    return connection


_COPYING = Lock()
"""One thread at a time makes an empty database, and copies it."""


def _refuse_programs(connection: sqlite3.Connection) -> None:
    """A file that was received may not bring statements that run by themselves."""
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master ORDER BY name"):
        if kind not in ("table", "index"):
            raise NotASnapshot(f"the sandbox has a {kind}, {name}, which no sandbox has")


def _tables(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {str(name): _normal(sql) for name, sql in rows}


def _normal(sql: str) -> str:
    """A statement without the freedom of its spelling: a migration leaves other spaces and quotes."""
    return " ".join(_QUOTED_WORD.sub(r"\1", token) for token in _TOKEN.findall(sql))


@cache
def _expected(script: str) -> dict[str, str]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(script)
        return _tables(connection)
    finally:
        connection.close()


CURRENT = Schema(
    SCHEMA_NUMBER,
    Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"),
    MIGRATIONS,
)
"""The schema of this version."""
