"""A SQLite database behind one lock: transactions, copies of it, and files that keep it."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from threading import RLock, get_ident

from emulator.sandbox.errors import CannotOpen, InUse, NotASnapshot, NotKept
from emulator.sandbox.store.database.copies import copy_in_pieces, put_blob, put_facts, with_facts
from emulator.sandbox.store.database.problems import check_pages, is_known, not_kept, reason
from emulator.sandbox.store.database.schema import CURRENT, Schema

log = logging.getLogger(__name__)

CHECKED_AT_START = 64 * 1024 * 1024
"""Bytes of the largest file whose pages are all looked at when it is opened; larger ones only if asked."""
WAL_PAGES = 1000
"""Pages of 4,096 bytes in the write-ahead log after which it is written back into the database."""
WAL_KEPT = 16 * 1024 * 1024
"""Bytes the write-ahead log may keep on the disk after a checkpoint."""
ROOM = 1024 * 1024
"""Bytes that must be free on a disk that was full before it counts as one with room again."""


class Database:
    """One SQLite connection and the lock that guards it; any thread may use it, one at a time.

    Everything inside :meth:`transaction` happens whole or not at all; transactions nest by joining the outer
    one. Nothing inside may wait for the network or sleep.

    A file is written by a write-ahead log with ``synchronous=NORMAL``: what was committed outlives a crash of
    the process; a loss of power may take the commits since the last checkpoint, and leaves a whole file.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        like: Database | None = None,
        check: bool | None = None,
        schema: Schema = CURRENT,
    ) -> None:
        """Open the database file at ``path``, or one in memory.

        A new one becomes a copy of ``like``, or gets the empty schema; one of an older schema is migrated.
        ``check``: whether every page is looked at for damage; by default of files up to
        :data:`CHECKED_AT_START`. Raises :class:`CannotOpen` with a sentence that names the file.
        """
        self.path = path
        self._lock = RLock()
        self._owner: int | None = None
        self._schema = schema
        self.problem: str | None = None
        """Why the last command could not be written; ``None`` once one could be."""
        self.stamp = 0
        """Grows whenever what has been read may hold no longer: after writes are rolled back, a restore, a
        write."""
        if path is not None and path.exists() and not path.is_file():
            raise CannotOpen(f"{path} is no file")
        try:
            self.connection = sqlite3.connect(
                path or ":memory:",
                timeout=0.0,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
            )
        except sqlite3.Error as problem:
            raise CannotOpen(f"{path}: {reason(problem)}") from None
        self.execute = self.connection.execute
        try:
            self._open(path, like, check)
        except (CannotOpen, sqlite3.Error) as problem:
            self.connection.close()
            if "locked" in str(problem):
                raise InUse(f"{path} is in use by another emulator") from None
            why = str(problem) if isinstance(problem, CannotOpen) else reason(problem)
            raise NotASnapshot(f"{path or 'the database'}: {why}") from None

    def _open(self, path: Path | None, like: Database | None, check: bool | None) -> None:
        connection, schema = self.connection, self._schema
        if path is not None:  # one process a file: what is remembered here must not change elsewhere
            self.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.execute("BEGIN IMMEDIATE")
            self.execute("COMMIT")
        self.is_new = self._is_empty()
        if path is not None:
            if self.is_new:
                self.execute("PRAGMA journal_mode = WAL")
            self.execute("PRAGMA synchronous = NORMAL")
            self.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
            self.execute(f"PRAGMA journal_size_limit = {WAL_KEPT}")
        if self.is_new and like is not None:
            self.copy_from(like)
        elif self.is_new and path is None:
            schema.create_in_memory(connection)
        elif self.is_new:
            schema.create(connection)
        if path is not None and not self.is_new:
            schema.number_of(connection)
            if check is None:
                check = path.stat().st_size <= CHECKED_AT_START
            if check:
                check_pages(connection)
            if (number := schema.migrate(connection)) != schema.number:
                log.warning("%s: brought from schema %d to schema %d", path, number, schema.number)
            schema.check(connection)

    @property
    def in_transaction(self) -> bool:
        """Whether the calling thread is inside a transaction of this database."""
        return self._owner == get_ident()

    @property
    def changes(self) -> int:
        """How many rows were written since the database was opened; grows with every write."""
        return self.connection.total_changes

    def transaction(self) -> AbstractContextManager[object]:
        """Hold the lock and carry out the ``with`` block as one transaction; what it raises rolls it back.

        Inside another one it joins that: only the outermost commits or rolls back. Raises :class:`NotKept`
        when it cannot be written; then nothing of it has happened.
        """
        return self._lock if self._owner == get_ident() else _Transaction(self)

    def _not_kept(self, problem: sqlite3.Error) -> NotKept:
        why = f"{self._name}: {reason(problem)}"
        if self.problem != why:
            log.warning("%s; nothing is kept until there is a remedy", why)
        self.problem = why
        return NotKept(why)

    @property
    def _name(self) -> str:
        return str(self.path or "the sandbox in memory")

    def probe(self) -> str | None:
        """Say why nothing can be written, tried anew if the last command could not be; ``None``: it can.

        It takes more room than :data:`ROOM` on the disk, and a write that changes nothing.
        """
        if self.problem is None:
            return None
        if self.path is None or shutil.disk_usage(self.path.parent).free >= ROOM:
            with suppress(NotKept):
                with self.transaction():
                    self.execute(f"PRAGMA user_version = {self._schema.number}")
                self._go_on()
        return self.problem

    def _go_on(self) -> None:
        if self.problem is not None:
            self.problem = None
            log.warning("%s: it can be written to again", self._name)

    def reading(self) -> RLock:
        """Give the lock to hold while looking.

        What is seen belongs together, and nobody's half-done work is seen. ``with database.reading(): …``; it
        may be taken again by the thread that holds it.
        """
        return self._lock

    def write_to(
        self,
        path: Path,
        facts: Callable[[], Mapping[str, object]] = dict,
        blobs: Iterable[tuple[str, Path]] = (),
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """Write the whole database, as it is at one instant, to a new SQLite file.

        Others go on meanwhile: the lock is held for a piece at a time, and the instant is that of the last
        piece. ``facts`` is called at that instant, and gives what replaces the facts of the same name in the
        copy; ``blobs`` are digests with the files of their bytes, read after it. ``look`` is called whenever
        the lock is taken again; what it raises ends the writing. Raises :class:`NotKept` when there is no
        room for it.
        """
        with not_kept(path.parent), closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            with self._lock:
                copy_in_pieces(self.connection, copy, self._lock, in_memory=self.path is None, look=look)
                more = facts()
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("BEGIN")
            put_facts(copy, more)
            for name, file in blobs:
                put_blob(copy, name, file)
            copy.execute("COMMIT")

    def copy_from(
        self, source: sqlite3.Connection | Database, facts: Mapping[str, object] | None = None
    ) -> None:
        """Become a copy of another database, which the caller trusts to be a sandbox.

        ``facts`` replace those of the same name. What was remembered of this one is stale. Raises
        :class:`NotKept` when there is no room for it; then nothing has changed.
        """
        connection = source.connection if isinstance(source, Database) else source
        in_file = None if self.path is None else facts  # what is in memory always takes a few facts more
        with self._lock, with_facts(connection, in_file) as whole:
            try:
                whole.backup(self.connection)
                if in_file is None and facts:
                    put_facts(self.connection, facts)
            except sqlite3.DatabaseError as problem:
                raise self._not_kept(problem) from problem
            finally:
                self.stamp += 1

    def close(self) -> None:
        """Close the connection: every statement raises from now on, and :attr:`is_closed` is true.

        Waits for a transaction that is under way; the write-ahead log is written back into the file.
        """
        with self._lock:
            self.connection.close()

    def _is_empty(self) -> bool:
        return bool(self.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,))


class _Transaction:
    """One outermost transaction, as a context manager: there are several for each message."""

    __slots__ = ("_before", "_database")

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        database = self._database
        database._lock.acquire()
        try:
            database.execute("BEGIN")
        except BaseException:
            database._lock.release()
            raise
        database._owner, self._before = get_ident(), database.changes

    def __exit__(self, _kind: object, problem: BaseException | None, _traceback: object) -> None:
        database = self._database
        try:
            if problem is not None:
                self._undo(problem)
                return
            try:
                database.execute("COMMIT")
            except BaseException as found:
                self._undo(found)
                raise
            if database.changes != self._before:
                database._go_on()
        finally:
            database._owner = None
            database._lock.release()

    def _undo(self, problem: BaseException) -> None:
        """Roll back; raises :class:`NotKept` where the problem is that SQLite cannot write."""
        database = self._database
        if database.connection.in_transaction:  # SQLite itself rolls back after some errors
            database.execute("ROLLBACK")
        if database.changes != self._before:
            database.stamp += 1
        if isinstance(problem, sqlite3.DatabaseError) and is_known(problem):
            raise database._not_kept(problem) from problem
