"""What goes wrong on purpose."""

from __future__ import annotations

from typing import Any

from emulator.domain.faults import Fault, plan
from emulator.sandbox.core import Core
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.store import Store


class FaultActs:
    """Acts of bad luck."""

    core: Core
    store: Store
    fault_injection: FaultInjection

    def add_fault(self, code: int, **facts: Any) -> Fault:
        """Have an error of the catalogue met on purpose; see :func:`emulator.domain.faults.plan`.

        Facts: ``when``, ``to``, ``phone_number_id``, ``edge``, ``method``, ``times``, ``details``,
        ``probability``. Raises :class:`ValueError` for what can never be met.
        """
        with self.core.command():
            return self.fault_injection.add(plan(code, **facts))

    def faults(self) -> list[Fault]:
        """Everything that was asked for, with how often it was met."""
        with self.store.reading():
            return self.store.faults.all()

    def remove_fault(self, fault_id: int | None = None) -> None:
        """Take one fault away, or all. Raises :class:`LookupError`."""
        with self.core.command():
            self.fault_injection.remove(fault_id)
