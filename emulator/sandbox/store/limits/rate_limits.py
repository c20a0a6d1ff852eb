"""How far ahead of the present each rate has been used: one theoretical arrival a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import from_micros, to_micros


class RateLimitTable:
    """How far ahead of the present each rate has been used: one theoretical arrival time (GCRA) a name.

    A name is ``number:<id>`` for the throughput of a number, ``pair:<id>:<wa_id>`` for a pair rate.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute

    def get(self, *names: str) -> dict[str, datetime]:
        """Read the arrival times of these names, by one statement; a name that was never used is left out."""
        marks = ", ".join("?" * len(names))
        rows = self._execute(f"SELECT name, tat FROM rate_limits WHERE name IN ({marks})", names)
        return {name: from_micros(tat) for name, tat in rows}

    def put(self, arrivals: Mapping[str, datetime]) -> None:
        """Store arrival times by name, by one statement; an empty mapping does nothing."""
        if arrivals:
            marks = ", ".join(["(?, ?)"] * len(arrivals))
            values = [part for name, tat in arrivals.items() for part in (name, to_micros(tat))]
            self._execute(
                f"INSERT INTO rate_limits VALUES {marks} ON CONFLICT (name) DO UPDATE SET tat = excluded.tat",
                values,
            )
