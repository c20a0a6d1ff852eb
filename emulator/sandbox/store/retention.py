"""How many rows of a table that only grows are kept: the oldest are dropped, some at a time."""

from __future__ import annotations

from collections.abc import Callable

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.facts import FactTable

AT_A_TIME = 250
"""Rows after which the oldest are dropped; a table may have as many more than are kept."""
AT_ONCE = 10 * AT_A_TIME
"""The most rows that are dropped at once: a bound that is lowered holds after a while, and no call waits."""


class Retention:
    """Keeps the newest rows of one table, and counts those that were dropped.

    The count is a fact of the sandbox: a snapshot has it, and a reset begins anew.
    """

    def __init__(self, table: str, database: Database) -> None:
        self._database = database
        self._fact, self._facts = f"dropped:{table}", FactTable(database)
        self._known: tuple[int, int] | None = None
        self.most: Callable[[], int] | None = None
        """Says how many are kept; ``None``: all."""
        self.check: Callable[[], None] = lambda: None
        """Called before the database is read, with its lock; raises when it is closed."""

    @property
    def dropped(self) -> int:
        """How many rows were dropped so far; remembered until the database is another."""
        known, stamp = self._known, self._database.stamp
        if known is None or known[0] != stamp:
            with self._database.reading():
                self.check()
                self._known = known = stamp, int(self._facts.get(self._fact) or 0)
        return known[1]

    def hold(self, newest: int | None, drop: Callable[[int], int]) -> None:
        """Drop what is beyond the bound, once for each :data:`AT_A_TIME` rows.

        ``newest`` is the number of the row just written, in the caller's transaction. ``drop`` is given the
        highest number that is not kept, and returns how many rows it has dropped.
        """
        if newest is None or newest % AT_A_TIME or self.most is None:
            return
        if (up_to := newest - self.most()) > 0 and (count := drop(up_to)):
            dropped = self.dropped + count
            self._facts.put(self._fact, dropped)
            self._known = self._database.stamp, dropped
