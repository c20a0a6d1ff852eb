"""``whatsapp.limits``: how the limits of a test's sandbox stand, and switching their policies."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.members.people import PersonHandle


class Limits:
    """The limits of a test's sandbox, as they stand when you look: ``whatsapp.limits``.

    ``limits["messaging"]`` is one of them, with ``used``, ``left`` and ``frees_up_at``; ``limits.of(person)``
    also has the pair rate to that person. A frozen clock enforces most limits only with the policy
    ``always``.
    """

    def __init__(self, sandbox: Sandbox, person: str | None = None, number: str | None = None) -> None:
        self._sandbox, self._person, self._number = sandbox, person, number

    def of(self, person: PersonHandle | str, *, number: str | None = None) -> Limits:
        """The same limits with the pair rate to one person, and of one business ``number`` alone if named.

        The person is a handle or a phone number in any way of writing it; ``number`` is a phone number id.
        """
        wa_id = person.wa_id if isinstance(person, PersonHandle) else person
        return Limits(self._sandbox, wa_id, number or self._number)

    def set(self, **policies: str | int) -> None:
        """Change the policy of some limits, as in ``whatsapp.limits.set(throughput="always", messaging=3)``.

        A policy is ``off``, ``on`` (enforced while the clock runs), ``always``, or a number from 1 that
        replaces the platform's and is always enforced. Raises :class:`ValueError` for another limit or
        policy.
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
    """Write a limit in a line: ``messaging of 506914307656634: 3 of 250 used, on``.

    When nothing is left it also says when some frees up, as ISO 8601.
    """
    most = "no end" if facts.most is None else f"{facts.most:,}"
    shown = f"{facts.name} of {facts.subject}: {facts.used:,} of {most} used, {facts.policy}"
    return shown + (f", frees up at {facts.frees_up_at.isoformat()}" if facts.frees_up_at else "")
