"""``sandbox.faults``: what is made to go wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from emulator.domain.faults.occasions import Occasion, When
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.namespaces.renamed import FormerlyAnAct

if TYPE_CHECKING:
    from emulator.domain.faults.fault import Fault
    from emulator.domain.media import Media


class FaultsNamespace(FormerlyAnAct, Namespace):
    """What is made to go wrong in a sandbox on purpose, on the first occasions that fit.

    Faults are part of its state: a reset removes those that were added, a snapshot keeps them, and the
    journal notes each time one is met.
    """

    def all(self, when: str | None = None) -> list[Fault]:
        """List every fault in the order they were added, spent ones too; with ``when`` those of a place.

        Each says how often it has been met.
        """
        with self._store.reading():
            found = self._store.faults.all()
        return found if when is None else [fault for fault in found if fault.when == when]

    def add(self, code: int | None = None, **facts: Any) -> Fault:
        """Make something go wrong on the next occasions that fit; returns the fault with its number.

        ``code`` is an error of the catalogue. Facts, each optional: ``kind``, ``when``, its parameters, the
        conditions, and how often: ``times`` (default 1; ``None``: until it is removed), ``every``,
        ``probability``; see :func:`emulator.domain.faults.asking.new_fault`. Raises :class:`ValueError` for
        what there is not and for what could never be met.
        """
        from emulator.domain.faults.asking import new_fault

        with self._core.command():
            return self._services.faults.add(new_fault(code, **facts))

    def remove(self, fault_id: int | None = None) -> None:
        """Remove one fault by its number, or with ``None`` all of them; what they have caused stays.

        Raises :class:`LookupError` for a number that is not there, naming those that are.
        """
        with self._core.command():
            self._services.faults.remove(fault_id)

    def meet(self, occasion: Callable[[], Occasion], to: Any, user_id: Any) -> Fault | None:
        """Find the fault that strikes the present API call, count it and note it in the journal.

        ``occasion`` is the call, made only where a fault waits; ``to`` and ``user_id`` are the recipient as
        the caller wrote it, of any type. Returns ``None`` when none strikes.
        """
        return self._services.faults.call(occasion, to, user_id)

    def meet_download(self, media: Media) -> Fault | None:
        """Find the fault that strikes a download of a file, count it and note it in the journal.

        Returns ``None`` when none strikes.
        """
        now = self._core.clock.now
        with self._store.reading():
            return self._services.faults.meet(
                When.DOWNLOAD,
                lambda: Occasion(When.DOWNLOAD, now(), phone_number_id=media.phone_number_id),
            )

    def hold(self, seconds: float) -> None:
        """Let the calling thread wait for some real seconds, or until the sandbox is closed.

        Called outside of every transaction, before an answer that a fault delays.
        """
        self._core.closing.wait(seconds)

    def waiting_in(self, fault: Fault) -> int:
        """Count the webhooks that wait in an unfinished batch of a fault."""
        with self._store.reading():
            return self._services.spoiling.waiting_in(fault)
