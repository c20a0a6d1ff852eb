"""``whatsapp.faults``: errors that a test makes happen on purpose, and which of them have not happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emulator.domain.faults import Fault
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.members.people import PersonHandle


class Faults:
    """The errors a test makes happen on purpose, as they stand when you look: ``whatsapp.faults``.

    Iterating gives every fault with how often it was met. A failing test's report names those that were not.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add(self, code: int, *, to: PersonHandle | str | None = None, **facts: Any) -> Fault:
        """Make an error of the catalogue happen on the next occasion that fits; returns the fault.

        ``to`` is the person a message goes to, or who writes. Facts: ``when`` (``sync``: in the answer,
        ``async``: as a ``failed`` status, ``delivered``: the same after ``delivered``, ``inbound``: in what a
        person writes; default: as the platform does for this code), ``times`` (default 1; ``None``: until it
        is removed), ``phone_number_id``, ``edge``, ``method``, ``details``, ``probability``. Raises
        :class:`ValueError` for what could never be met.
        """
        __tracebackhide__ = True
        number = to.wa_id if isinstance(to, PersonHandle) else to
        return self._sandbox.faults.add(code, to=number, **facts)

    def remove(self, fault: Fault) -> None:
        """Remove one fault, so that it happens no more.

        Raises :class:`LookupError` when it was removed already.
        """
        __tracebackhide__ = True
        self._sandbox.faults.remove(fault.id)

    def clear(self) -> None:
        """Remove all faults, so that nothing goes wrong on purpose any more."""
        self._sandbox.faults.remove()

    @property
    def unmet(self) -> list[Fault]:
        """The faults that have not happened once so far.

        ``assert not whatsapp.faults.unmet`` says that the test has come to each.
        """
        return [fault for fault in self if not fault.met]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._sandbox.faults.all())

    def __len__(self) -> int:
        return len(self._sandbox.faults.all())

    def __repr__(self) -> str:
        shown = ", ".join(f"{fault.code} met {fault.met}×" for fault in self)
        return f"<Faults: {shown or 'none'}>"
