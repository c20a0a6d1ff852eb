"""What SQLite reports, in the words of users."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from emulator.sandbox.errors import NotASnapshot, NotKept

_REASONS: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_READONLY: "it cannot be written to",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "the permission is missing",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is no SQLite file",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
}
"""What SQLite's result codes mean to a user."""


def is_known(problem: sqlite3.Error) -> bool:
    """Say whether it is the database that cannot be written or read, and not a mistake in a statement."""
    return _code(problem) in _REASONS


def reason(problem: sqlite3.Error) -> str:
    """What an error of SQLite means to a user, with SQLite's own words."""
    meant = _REASONS.get(_code(problem))
    return f"{meant} ({problem})" if meant else str(problem)


@contextmanager
def not_kept(place: Path) -> Iterator[None]:
    """Raise :class:`NotKept` for what cannot be written at a place that is no sandbox's own."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        raise NotKept(f"{place}: {reason(problem)}") from problem


def check_pages(connection: sqlite3.Connection, *, whole: bool = False) -> None:
    """Look at every page of a database; with ``whole`` at the agreement of indexes and tables, too.

    Raises :class:`NotASnapshot` with what SQLite says of the first fault.
    """
    # SQLite 3.40's quick_check takes a key for NULL whose columns stand in another order than in their table
    for check in ("quick_check", "integrity_check")[whole:]:
        (found,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
        if found == "ok":
            break
    else:
        raise NotASnapshot(f"it is damaged: {' '.join(found.split())}")


def _code(problem: sqlite3.Error) -> int:
    """The primary result code; -1 for an error that SQLite itself does not know."""
    return getattr(problem, "sqlite_errorcode", -1) & 0xFF
