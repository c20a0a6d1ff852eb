"""``sandbox.faults``: errors that are made to happen on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.faults import Fault, Occasion, new_fault
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.renamed import FormerlyAnAct


class FaultsNamespace(FormerlyAnAct, Namespace):
    """The faults of a sandbox. They are part of its state: a reset takes them away."""

    def all(self) -> list[Fault]:
        """Every fault, with how often it happened."""
        with self._store.reading():
            return self._store.faults.all()

    def add(self, code: int, **facts: Any) -> Fault:
        """Have an error of the catalogue happen on purpose; see :func:`emulator.domain.faults.new_fault`.

        Facts: ``when``, ``to``, ``phone_number_id``, ``edge``, ``method``, ``times``, ``details``,
        ``probability``. Raises :class:`ValueError` for one that could never happen.
        """
        with self._core.command():
            return self._services.faults.add(new_fault(code, **facts))

    def remove(self, fault_id: int | None = None) -> None:
        """Take one fault away, or all. Raises :class:`LookupError`."""
        with self._core.command():
            self._services.faults.remove(fault_id)

    def meet(
        self, occasion: Occasion, to: Any, user_id: Any, words: Callable[[], Mapping[str, str]]
    ) -> PlatformError | None:
        """The error that somebody asked for and that an API call meets, if there is one.

        ``to`` and ``user_id`` are the recipient as the caller wrote it; ``words`` gives what Graph's
        sentences say about the call.
        """
        return self._services.faults.call(occasion, to, user_id, words)
