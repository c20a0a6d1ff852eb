"""The table of WABAs that were warned, capped or restricted for utility template abuse."""

from __future__ import annotations

from typing import Any

from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.instants import maybe_from_micros, maybe_to_micros
from emulator.sandbox.store.memory import Memory


def _utility_abuse(row: tuple[Any, ...]) -> UtilityAbuse:
    warned_at, limited_until, restricted_until = map(maybe_from_micros, row[:3])
    return UtilityAbuse(warned_at, limited_until, restricted_until, row[3])


class UtilityAbuseTable:
    """The enforcement of each WABA for utility template abuse.

    Remembered, since every send of a template asks for it.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[str, UtilityAbuse](database)

    def get(self, waba_id: str) -> UtilityAbuse:
        """Find the enforcement of a WABA; one without any step where none was taken."""
        known = self._memory.answers
        if waba_id not in known:
            row = self._execute(
                "SELECT warned_at, limited_until, restricted_until, restrictions FROM utility_abuse "
                "WHERE waba_id = ?",
                (waba_id,),
            ).fetchone()
            known[waba_id] = _utility_abuse(row) if row else UtilityAbuse()
        return known[waba_id]

    def put(self, waba_id: str, abuse: UtilityAbuse) -> None:
        """Store the enforcement of a WABA; it replaces what is there."""
        self._execute(
            "INSERT OR REPLACE INTO utility_abuse VALUES (?, ?, ?, ?, ?)",
            (
                waba_id,
                maybe_to_micros(abuse.warned_at),
                maybe_to_micros(abuse.limited_until),
                maybe_to_micros(abuse.restricted_until),
                abuse.restrictions,
            ),
        )
        self._memory.answers.pop(waba_id, None)
