"""A SQLite database behind one lock: transactions, images of it, and its schema."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from threading import RLock, get_ident

from emulator.sandbox.errors import InUse, NotASnapshot

SCHEMA_NUMBER = 7
"""Grows with every change of the schema; a snapshot of another number is refused."""
_SQLITE = b"SQLite format 3\x00"
APPLICATION_ID = 0x57614575
"""Marks a SQLite file as a sandbox (``PRAGMA application_id``)."""


class Database:
    """One SQLite connection and the lock that guards it; any thread may use it, one at a time.

    Everything inside :meth:`transaction` happens whole or not at all; transactions nest by joining the outer
    one. Nothing inside may wait for the network or sleep.
    """

    def __init__(self, path: Path | None = None, *, like: Database | None = None) -> None:
        """Open the database file at ``path``, or one in memory.

        A new one becomes a copy of ``like``, or gets the empty schema.
        """
        self.path = path
        self._lock = RLock()
        self._owner: int | None = None
        self.stamp = 0
        """Grows whenever what has been read may hold no longer: after a roll-back, a restore, a write."""
        self._connection = sqlite3.connect(
            path or ":memory:",
            timeout=0.0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        self.execute = self._connection.execute
        try:
            if path is not None:  # one process a file: what is remembered here must not change elsewhere
                self.execute("PRAGMA locking_mode = EXCLUSIVE")
                self.execute("BEGIN IMMEDIATE")
                self.execute("COMMIT")
            self.is_new = self._is_empty()
            if path is not None and self.is_new:
                self.execute("PRAGMA journal_mode = WAL")
            if path is not None:
                self.execute("PRAGMA synchronous = NORMAL")
            if self.is_new and like is not None:
                self.copy_from(like)
            elif self.is_new:
                self._connection.executescript(
                    f"BEGIN; {_schema()} PRAGMA application_id = {APPLICATION_ID};"
                    f" PRAGMA user_version = {SCHEMA_NUMBER}; COMMIT;"
                )
            _check(self._connection)
        except (NotASnapshot, sqlite3.DatabaseError) as problem:
            self._connection.close()
            if "locked" in str(problem):
                raise InUse(f"{path} is in use by another emulator") from None
            raise NotASnapshot(f"{path or 'the database'}: {problem}") from None

    @property
    def in_transaction(self) -> bool:
        """Whether the calling thread is inside a transaction of this database."""
        return self._owner == get_ident()

    @property
    def changes(self) -> int:
        """How many rows were written since the database was opened; grows with every write."""
        return self._connection.total_changes

    def transaction(self) -> AbstractContextManager[object]:
        """Hold the lock and carry out the ``with`` block as one transaction; what it raises rolls it back.

        Inside another one it joins that: only the outermost commits or rolls back.
        """
        return self._lock if self._owner == get_ident() else self._outermost()

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        with self._lock:
            self.execute("BEGIN")
            self._owner = get_ident()
            try:
                yield
            except BaseException:
                self.execute("ROLLBACK")
                self.stamp += 1
                raise
            else:
                self.execute("COMMIT")
            finally:
                self._owner = None

    def reading(self) -> RLock:
        """Give the lock to hold while looking.

        What is seen belongs together, and nobody's half-done work is seen. ``with database.reading(): …``; it
        may be taken again by the thread that holds it.
        """
        return self._lock

    def image(
        self, facts: Mapping[str, object] | None = None, blobs: Iterable[tuple[str, bytes]] = ()
    ) -> bytes:
        """Write the whole database as the bytes of a SQLite file, with more facts and files in the copy.

        ``facts`` replace those of the same name; ``blobs`` are digests with their bytes. It holds the lock
        while copying.
        """
        copy = sqlite3.connect(":memory:")
        try:
            with self._lock:
                self._connection.backup(copy)
            for name, value in (facts or {}).items():
                copy.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))
            copy.executemany("INSERT INTO blobs VALUES (?, ?)", blobs)
            copy.commit()
            return _without_wal(copy.serialize())
        finally:
            copy.close()

    def load(self, image: bytes) -> None:
        """Become the database in ``image``. Raises :class:`NotASnapshot`, and then nothing has changed."""
        if not image.startswith(_SQLITE):
            raise NotASnapshot("this is no snapshot of a sandbox: not a SQLite file")
        source = sqlite3.connect(":memory:")
        try:
            source.deserialize(_without_wal(image))
            if source.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise NotASnapshot("the snapshot is damaged")
            _check(source)
            self.copy_from(source)
        except sqlite3.DatabaseError as problem:
            raise NotASnapshot(f"this is no snapshot of a sandbox: {problem}") from None
        finally:
            source.close()

    def copy_from(self, source: sqlite3.Connection | Database) -> None:
        """Become a copy of another database, which the caller trusts to be a sandbox.

        What was remembered of this one is stale.
        """
        connection = source._connection if isinstance(source, Database) else source
        with self._lock:
            connection.backup(self._connection)
            self.stamp += 1

    def close(self) -> None:
        """Close the connection: every statement raises from now on, and :attr:`is_closed` is true.

        Waits for a transaction that is under way.
        """
        with self._lock:
            self._connection.close()

    def _is_empty(self) -> bool:
        return bool(self.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,))


def _check(connection: sqlite3.Connection) -> None:
    """Raise :class:`NotASnapshot` unless the database is a sandbox of this schema."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise NotASnapshot("this is no sandbox of the emulator")
    if number != SCHEMA_NUMBER:
        raise NotASnapshot(f"the sandbox has schema {number}, this emulator reads schema {SCHEMA_NUMBER}")
    if _tables(connection) != _expected_tables():
        raise NotASnapshot("the sandbox has not the tables of its schema")


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1"
    ).fetchall()


@cache
def _expected_tables() -> list[tuple[str, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_schema())
        return _tables(connection)
    finally:
        connection.close()


def _without_wal(image: bytes) -> bytes:
    """The same file, marked as one that needs no write-ahead log beside it."""
    return image[:18] + b"\x01\x01" + image[20:]


@cache
def _schema() -> str:
    return resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
