"""What a test makes go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emulator.domain.faults import Fault
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.people import PersonHandle


class Faults:
    """The faults of a sandbox, as they stand when you look."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add(self, code: int, *, to: PersonHandle | str | None = None, **facts: Any) -> Fault:
        """Have an error met on purpose, the next time it fits.

        ``to`` is the person a message goes to, or who writes. Facts: ``when`` (``sync``, ``async``,
        ``inbound``; default: as the platform tells this code), ``times`` (default 1; ``None``: until it is
        removed), ``phone_number_id``, ``edge``, ``method``, ``details``, ``probability``. Raises
        :class:`ValueError` for what can never be met.
        """
        __tracebackhide__ = True
        number = to.wa_id if isinstance(to, PersonHandle) else to
        return self._sandbox.faults.add(code, to=number, **facts)

    def remove(self, fault: Fault) -> None:
        """Take one away."""
        __tracebackhide__ = True
        self._sandbox.faults.remove(fault.id)

    def clear(self) -> None:
        """Take all away."""
        self._sandbox.faults.remove()

    @property
    def unmet(self) -> list[Fault]:
        """Those that never happened."""
        return [fault for fault in self if not fault.met]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._sandbox.faults.all())

    def __len__(self) -> int:
        return len(self._sandbox.faults.all())

    def __repr__(self) -> str:
        shown = ", ".join(f"{fault.code} met {fault.met}×" for fault in self)
        return f"<Faults: {shown or 'none'}>"
