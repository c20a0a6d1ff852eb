"""Faults that were asked for, and how often each was met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emulator.domain.catalogue import ErrorChannel
from emulator.domain.faults import Fault
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.memory import Memory

_COLUMNS = (
    "code, channel, wa_id, phone_number_id, edge, method, times, details, probability, id, met"  # as in Fault
)
_ACTIVE = "(times IS NULL OR met < times)"


def _fault(row: tuple[Any, ...]) -> Fault:
    code, channel, *rest = row
    return Fault(code, ErrorChannel(channel), *rest)


class FaultTable:
    """The faults that were asked for, in that order, and how often each was met.

    Which ones wait is remembered: every call, message and delivery asks, and most sandboxes have none.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[ErrorChannel, list[Fault]](database)

    def _write(self, statement: str, values: Sequence[object] = ()) -> int:
        self._memory.answers.clear()
        return self._execute(statement, values).rowcount

    def add(self, fault: Fault) -> None:
        """Store a fault that has its number already; raises an integrity error for a number that is taken."""
        self._write(
            f"INSERT INTO faults ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                fault.code,
                str(fault.when),
                fault.to,
                fault.phone_number_id,
                fault.edge,
                fault.method,
                fault.times,
                fault.details,
                fault.probability,
                fault.id,
                fault.met,
            ),
        )

    def all(self) -> list[Fault]:
        """List every fault in the order of their numbers, spent ones too."""
        return [_fault(row) for row in self._execute(f"SELECT {_COLUMNS} FROM faults ORDER BY id")]

    def waiting(self, when: ErrorChannel) -> list[Fault]:
        """List the faults of a channel (``sync``, ``async`` or ``inbound``) that are not spent.

        In the order they were asked for, which is that in which they are tried; the table is indexed for it.
        The list is shared and must not be changed.
        """
        known = self._memory.answers
        if when not in known:
            rows = self._execute(
                f"SELECT {_COLUMNS} FROM faults WHERE channel = ? AND {_ACTIVE} ORDER BY id", (str(when),)
            )
            known[when] = [_fault(row) for row in rows]
        return known[when]

    def count(self, fault: Fault) -> Fault:
        """Count that a fault was met once more; returns it as it is now."""
        self._write("UPDATE faults SET met = met + 1 WHERE id = ?", (fault.id,))
        return replace(fault, met=fault.met + 1)

    def remove(self, fault_id: int) -> bool:
        """Remove a fault by its number; returns whether there was one."""
        return self._write("DELETE FROM faults WHERE id = ?", (fault_id,)) > 0

    def clear(self) -> None:
        """Remove all faults; the numbers of later ones go on."""
        self._write("DELETE FROM faults")
