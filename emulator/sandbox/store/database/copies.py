"""Copy a database piece by piece, so that nobody waits for all of it; and add to a copy."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock

PIECE = 512
"""Pages that are copied at a time while the lock is held: some 4 ms."""
BREATH = 0.001
"""Real seconds between two pieces, in which whoever waits for the lock gets it."""
RESTARTS = 3
"""How often the copy of a database in memory begins anew, because somebody has written, before all wait."""
_NEVER = Event()
_CHUNK = 256 * 1024


def pause() -> None:
    """Let others have the lock."""
    _NEVER.wait(BREATH)


def copy_in_pieces(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    lock: RLock,
    *,
    in_memory: bool,
    look: Callable[[], None],
) -> None:
    """Copy a database while the caller holds its ``lock``, and let go of it between two pieces.

    What is written meanwhile SQLite writes into the copy, too: in the end it is the database of that instant.
    Of one ``in_memory`` SQLite begins anew instead; after :data:`RESTARTS` of that the lock is kept to the
    end. ``look`` is called whenever the lock is taken again; what it raises ends the copy.
    """
    before, restarts = sys.maxsize, 0

    def between(_status: int, left: int, _all: int) -> None:
        nonlocal before, restarts
        restarts += left >= before
        before = left
        if left == 0 or (in_memory and restarts > RESTARTS):
            return
        lock.release()
        try:
            pause()
        finally:
            lock.acquire()
        look()

    source.backup(target, pages=PIECE, progress=between)


@contextmanager
def with_facts(
    source: sqlite3.Connection, facts: Mapping[str, object] | None
) -> Iterator[sqlite3.Connection]:
    """Give a copy in memory that has these facts, so that all of it is taken over at once.

    Without ``facts`` it is the source itself.
    """
    if not facts:
        yield source
        return
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        source.backup(copy)
        put_facts(copy, facts)
        yield copy
    finally:
        copy.close()


def put_facts(connection: sqlite3.Connection, facts: Mapping[str, object]) -> None:
    """Write some single facts of a sandbox."""
    for name, value in facts.items():
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))


def put_blob(copy: sqlite3.Connection, name: str, file: Path) -> None:
    """Write the bytes of a file into a copy, a piece at a time."""
    with file.open("rb") as source:
        size = file.stat().st_size
        row = copy.execute("INSERT INTO blobs VALUES (?, zeroblob(?))", (name, size)).lastrowid
        assert row is not None
        with copy.blobopen("blobs", "bytes", row) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
