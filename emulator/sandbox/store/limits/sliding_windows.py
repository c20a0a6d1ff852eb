"""How many different things happened in the last hours or days: counts over a sliding window.

A count costs the same however much it counts: its size is kept beside it, and what has left the window is
taken away, each thing once, when somebody asks. So time must go forward, and one name is always asked for one
length of time.
"""

from __future__ import annotations

from datetime import datetime

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros
from emulator.sandbox.store.memory import Memory

_NEVER = 2**63 - 1
_SEEN_AGAIN = "UPDATE sliding_windows SET at = MAX(at, ?) WHERE name = ? AND key = ?"


class SlidingWindowTable:
    """Named counts of different keys, each with the instant at which it was last seen.

    What every delivery asks is remembered: their sizes, the keys that were seen lately, and since when there
    has been none to take away.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._sizes = Memory[str, int](database)
        self._oldest = Memory[str, int](database)
        """Microseconds before which none of a name's keys was seen last."""
        self._keys = Memory[tuple[str, str], None](database)
        """Keys that are there, unless they have left the window since."""

    def add(self, name: str, key: str, at: datetime) -> None:
        """Note that ``key`` was seen at an instant.

        One that is there already is only seen later than before.
        """
        seen, known = (name, key, to_micros(at)), self._keys.answers
        again = (seen[2], name, key)
        if (name, key) in known and self._execute(_SEEN_AGAIN, again).rowcount:
            return
        known[name, key] = None
        if self._execute(
            "INSERT INTO sliding_windows VALUES (?, ?, ?) ON CONFLICT DO NOTHING", seen
        ).rowcount:
            self._resize(name, 1)
            oldest = self._oldest.answers
            if name in oldest:
                oldest[name] = min(oldest[name], seen[2])
        else:
            self._execute(_SEEN_AGAIN, again)

    def size(self, name: str, since: datetime) -> int:
        """Count the keys that were seen after ``since``, and remove those seen then or earlier.

        It costs the same however many there are: the size is kept beside the keys. Time must only go forward.
        """
        last, oldest = to_micros(since), self._oldest.answers
        if name in oldest and last < oldest[name]:
            return self._size(name)
        left = self._execute("DELETE FROM sliding_windows WHERE name = ? AND at <= ?", (name, last)).rowcount
        row = self._execute("SELECT MIN(at) FROM sliding_windows WHERE name = ?", (name,)).fetchone()
        oldest[name] = _NEVER if row[0] is None else row[0]
        return self._resize(name, -left) if left else self._size(name)

    def has(self, name: str, key: str, since: datetime) -> bool:
        """Say whether ``key`` was seen after ``since``; nothing is removed."""
        row = self._execute(
            "SELECT at FROM sliding_windows WHERE name = ? AND key = ?", (name, key)
        ).fetchone()
        return row is not None and row[0] > to_micros(since)

    def oldest(self, name: str, since: datetime) -> datetime | None:
        """Find when the first of the keys seen after ``since`` was seen; ``None`` when there is none."""
        row = self._execute(
            "SELECT at FROM sliding_windows WHERE name = ? AND at > ? ORDER BY at LIMIT 1",
            (name, to_micros(since)),
        ).fetchone()
        return row and from_micros(row[0])

    def forget(self, name: str) -> None:
        """Remove every key of a name, so that its count begins at none again."""
        self._execute("DELETE FROM sliding_windows WHERE name = ?", (name,))
        self._execute("DELETE FROM sliding_window_sizes WHERE name = ?", (name,))
        self._sizes.answers.pop(name, None)
        self._oldest.answers.pop(name, None)

    def _size(self, name: str) -> int:
        known = self._sizes.answers
        if name not in known:
            row = self._execute("SELECT size FROM sliding_window_sizes WHERE name = ?", (name,)).fetchone()
            known[name] = row[0] if row else 0
        return known[name]

    def _resize(self, name: str, by: int) -> int:
        size = self._size(name) + by
        self._execute("INSERT OR REPLACE INTO sliding_window_sizes VALUES (?, ?)", (name, size))
        self._sizes.answers[name] = size
        return size
