"""What a test sees of limits, and how it switches them."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.people import PersonHandle


class Limits:
    """The limits of a sandbox as they stand when you look; ``limits.of(person)`` has that person's, too."""

    def __init__(self, sandbox: Sandbox, person: str | None = None, number: str | None = None) -> None:
        self._sandbox, self._person, self._number = sandbox, person, number

    def of(self, person: PersonHandle | str, *, number: str | None = None) -> Limits:
        """Those of one person among them, and of one business number alone if it is named."""
        wa_id = person.wa_id if isinstance(person, PersonHandle) else person
        return Limits(self._sandbox, wa_id, number or self._number)

    def set(self, **policies: str | int) -> None:
        """Switch limits: ``off``, ``on`` (while the clock runs), ``always``, or how much there is.

        As in ``whatsapp.limits.set(throughput="always", messaging=3)``. Raises :class:`ValueError`.
        """
        __tracebackhide__ = True
        self._sandbox.limits.set(**policies)

    def __getitem__(self, name: str) -> LimitStatus:
        """The first limit of that name. Raises :class:`LookupError` for one that is not there."""
        __tracebackhide__ = True
        every = list(self)
        for each in every:
            if each.name == name:
                return each
        known = ", ".join(dict.fromkeys(each.name for each in every))
        more = "; of(person) has those of a person" if self._person is None else ""
        raise LookupError(f"there is no limit {name}; there are {known}{more}")

    def __iter__(self) -> Iterator[LimitStatus]:
        return iter(self._sandbox.limits.all(self._person, self._number))

    def __len__(self) -> int:
        return len(self._sandbox.limits.all(self._person, self._number))

    def __repr__(self) -> str:
        return "<Limits\n  " + "\n  ".join(line(each) for each in self) + ">"


def line(facts: LimitStatus) -> str:
    """A limit in a line: ``messaging of 506914307656634: 3 of 250 used, on``."""
    most = "no end" if facts.most is None else f"{facts.most:,}"
    shown = f"{facts.name} of {facts.subject}: {facts.used:,} of {most} used, {facts.policy}"
    return shown + (f", frees up at {facts.frees_up_at.isoformat()}" if facts.frees_up_at else "")
