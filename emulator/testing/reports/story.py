"""The story of one sandbox in one test: what it fails for, and what its report tells, each cause once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from emulator.testing.choices import STRICT
from emulator.testing.clocks.awaiting import unended
from emulator.testing.reports.sections import conversation, refusals, spoken_time, still_due
from emulator.testing.reports.verdict import Complaint, complaints, message
from emulator.testing.whatsapp import WhatsApp


class Story:
    """What a test fails for that is strict in some ``kinds``, and what the report of its failure tells.

    A cause that has been told is not told again: neither in a section of the same report, nor as an error at
    teardown beside a failure. An expectation that was not met has told the conversation, what was refused,
    and the webhooks that were not taken.
    """

    def __init__(
        self,
        whatsapp: WhatsApp,
        kinds: Collection[str],
        refused: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """``refused`` gives sentences about calls of Meta's real hosts, which the app may have swallowed."""
        self._whatsapp, self._sandbox, self._kinds = whatsapp, whatsapp.sandbox, kinds
        self._refused = refused
        self._told: set[tuple[str, str]] = set()

    def verdict(self) -> str | None:
        """Write the message that the test fails with now; ``None`` when nothing new is wrong."""
        found = self._new(self._kinds)
        return message(found, self._kinds) if found else None

    def sections(self, problem: BaseException | None, *, named: bool = False) -> list[tuple[str, str]]:
        """List title and text of what the report of a test tells that has failed with a ``problem``.

        ``named``: titles name the sandbox, as where a test has several. All that is wrong counts as told from
        then on.
        """
        sandbox, of = self._sandbox, f" ({self._sandbox.name})" if named else ""
        written = []
        if problem is not None and problem is self._whatsapp.unmet_expectation:
            self._new(("webhooks",))
        else:
            written += [
                (f"WhatsApp{of} at {spoken_time(sandbox)}", conversation(sandbox)),
                (f"WhatsApp{of} refused", refusals(sandbox)),
            ]
        written += [
            (f"WhatsApp{of} complains", "\n".join(each.sentence for each in self._new())),
            (f"WhatsApp{of} waits", "\n".join(filter(None, [still_due(sandbox), *unended(sandbox)]))),
        ]
        return [(title, text) for title, text in written if text]

    def close(self) -> None:
        """Count everything that is wrong now as told: the test has ended, and its report is made."""
        self._new()

    def _new(self, kinds: Collection[str] | None = None) -> list[Complaint]:
        """Complaints that have not been told; from now on they have."""
        found = complaints(self._sandbox, STRICT if kinds is None else kinds, self._refused())
        new = [each for each in found if (each.kind, each.cause) not in self._told]
        self._told |= {(each.kind, each.cause) for each in new}
        return new
