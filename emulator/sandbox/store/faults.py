"""Faults that were asked for, and how often each was met."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emulator.domain.faults.fault import Fault
from emulator.domain.faults.occasions import When
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.memory import Memory

_COLUMNS = "kind, place, parameters, conditions, times, every, probability, id, fitted, met, is_seeded"
"""In the order of the fields of a fault."""
_ACTIVE = "(times IS NULL OR met < times)"


def fault_of(row: Sequence[Any]) -> Fault:
    """Make a fault of its columns, in the order of the fields of :class:`Fault`."""
    kind, place, parameters, conditions, *rest = row
    made = Fault(kind, When(place), json.loads(parameters), json.loads(conditions), *rest)
    return replace(made, is_seeded=bool(made.is_seeded))


class FaultTable:
    """The faults that were asked for, in that order, and how often each was met.

    Which ones wait is remembered: every call, message and delivery asks, and most sandboxes have none.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[When, list[Fault]](database)

    def _write(self, statement: str, values: Sequence[object] = ()) -> int:
        self._memory.answers.clear()
        return self._execute(statement, values).rowcount

    def add(self, fault: Fault) -> None:
        """Store a fault; raises an integrity error for a number that is taken."""
        self._write(
            f"INSERT INTO faults ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fault.kind,
                str(fault.when),
                compact(fault.parameters),
                compact(fault.conditions),
                fault.times,
                fault.every,
                fault.probability,
                fault.id,
                fault.fitted,
                fault.met,
                fault.is_seeded,
            ),
        )

    def all(self) -> list[Fault]:
        """List every fault in the order of their numbers, spent ones too."""
        return [fault_of(row) for row in self._execute(f"SELECT {_COLUMNS} FROM faults ORDER BY id")]

    def get(self, fault_id: int) -> Fault | None:
        """Find a fault by its number; ``None`` when it was removed or never there."""
        row = self._execute(f"SELECT {_COLUMNS} FROM faults WHERE id = ?", (fault_id,)).fetchone()
        return None if row is None else fault_of(row)

    def waiting(self, when: When) -> list[Fault]:
        """List the faults that may strike in a place and are not spent.

        In the order they were asked for, which is that in which they are tried; the table is indexed for it.
        The list is shared and must not be changed.
        """
        known = self._memory.answers
        if when not in known:
            rows = self._execute(
                f"SELECT {_COLUMNS} FROM faults WHERE place = ? AND {_ACTIVE} ORDER BY id", (str(when),)
            )
            known[when] = [fault_of(row) for row in rows]
        return known[when]

    def count(self, fault: Fault, *, met: bool) -> Fault:
        """Count an occasion that fits, and with ``met`` that the fault struck it; returns it as it is now."""
        counted = fault.counted(met=met)
        self._write(
            "UPDATE faults SET fitted = ?, met = ? WHERE id = ?", (counted.fitted, counted.met, fault.id)
        )
        return counted

    def remove(self, fault_id: int) -> bool:
        """Remove a fault by its number; returns whether there was one."""
        return self._write("DELETE FROM faults WHERE id = ?", (fault_id,)) > 0

    def clear(self) -> None:
        """Remove all faults; the numbers of later ones go on."""
        self._write("DELETE FROM faults")
