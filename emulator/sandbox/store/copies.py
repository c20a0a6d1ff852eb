"""Copy a database piece by piece, so that whoever wants to write does not wait for all of it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from threading import Event, RLock

PIECE = 512
"""Pages that are copied at a time while the lock is held: some 4 ms."""
BREATH = 0.001
"""Real seconds between two pieces, in which whoever waits for the lock gets it."""
RESTARTS = 3
"""How often the copy of a database in memory begins anew, because somebody has written, before all wait."""
_NEVER = Event()


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
