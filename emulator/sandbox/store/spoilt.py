"""Which deliveries a fault has spoilt, and how."""

from __future__ import annotations

from collections.abc import Sequence

from emulator.sandbox.store.database import Database
from emulator.sandbox.store.memory import Memory


class SpoiltDeliveryTable:
    """The deliveries that a fault has spoilt: which fault, and of which kind it was; it may be gone.

    Whether there are any is remembered: every attempt asks, and most sandboxes have none.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.execute
        self._memory = Memory[str, bool](database)

    def add(self, delivery_id: int, fault_id: int, kind: str) -> None:
        """Remember which fault has spoilt a delivery, and in which way."""
        self._memory.answers.clear()
        self._execute("INSERT INTO spoilt_deliveries VALUES (?, ?, ?)", (delivery_id, fault_id, kind))

    def find(self, delivery_id: int) -> tuple[int, str] | None:
        """Find what has spoilt a delivery: the number of the fault and its kind; ``None``: nothing has."""
        if not self._has_any:
            return None
        row: tuple[int, str] | None = self._execute(
            "SELECT fault_id, kind FROM spoilt_deliveries WHERE delivery_id = ?", (delivery_id,)
        ).fetchone()
        return row

    def drop(self, ids: str, bounds: Sequence[object]) -> None:
        """Forget the deliveries whose numbers a statement selects, with its values: they are gone."""
        if self._has_any:
            self._memory.answers.clear()
            self._execute(f"DELETE FROM spoilt_deliveries WHERE delivery_id IN ({ids})", bounds)

    @property
    def _has_any(self) -> bool:
        known = self._memory.answers
        if "any" not in known:
            known["any"] = self._execute("SELECT 1 FROM spoilt_deliveries LIMIT 1").fetchone() is not None
        return known["any"]
