"""``sandbox.faults``: errors that are made to happen on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.faults import Fault, Occasion, new_fault
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct


class FaultsNamespace(FormerlyAnAct, Namespace):
    """The errors of a sandbox that are made to happen on purpose, on the first occasions that fit them.

    They are part of its state: a reset removes them, a snapshot keeps them, and the journal notes each time
    one is met.
    """

    def all(self) -> list[Fault]:
        """List every fault in the order they were added, spent ones too.

        Each says how often it has been met.
        """
        with self._store.reading():
            return self._store.faults.all()

    def add(self, code: int, **facts: Any) -> Fault:
        """Make an error of the catalogue happen on the next occasions that fit.

        Returns the fault with its number. ``code`` is the error. Facts, each optional: ``when`` (``sync``,
        ``async``, ``delivered`` or ``inbound``), ``to`` (a person's number), ``phone_number_id``, ``edge``
        and ``method`` of a call, ``times`` (default 1; ``None``: until it is removed), ``details``,
        ``probability``; see :func:`emulator.domain.faults.new_fault`. Raises :class:`ValueError` for what
        could never be met.
        """
        with self._core.command():
            return self._services.faults.add(new_fault(code, **facts))

    def remove(self, fault_id: int | None = None) -> None:
        """Remove one fault by its number, or with ``None`` all of them; errors it has caused stay.

        Raises :class:`LookupError` for a number that is not there, naming those that are.
        """
        with self._core.command():
            self._services.faults.remove(fault_id)

    def meet(
        self, occasion: Occasion, to: Any, user_id: Any, words: Callable[[], Mapping[str, str]]
    ) -> PlatformError | None:
        """Find the error that a fault gives the present API call, count it and note it in the journal.

        ``occasion`` is the call; ``to`` and ``user_id`` are the recipient as the caller wrote it, of any
        type; ``words`` is called for what Graph's sentences quote of the call. Returns ``None`` when no fault
        fits.
        """
        return self._services.faults.call(occasion, to, user_id, words)
