"""Where a scenario is played: a sandbox, the people of the scenario in it, and what has happened so far."""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.instants import iso
from emulator.domain.people.habits import HABITS
from emulator.domain.people.person import Person
from emulator.domain.phones import digits_of
from emulator.domain.quoting import did_you_mean
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.scenarios.scenario import Scenario, Step


class Stage:
    """A sandbox in which a scenario is played.

    ``patience`` are the real seconds in which an app may bring about what is expected.
    """

    def __init__(self, sandbox: Sandbox, scenario: Scenario, patience: float) -> None:
        self.sandbox, self.scenario, self.patience = sandbox, scenario, patience
        self.last: str | None = None
        """The number of whom the step before was about; a business writes to them unless it says to whom."""
        self.found: set[str] = set()
        """The ids of what people wrote that a step has expected."""
        self.notes: list[str] = []
        """What the reader of the report should know of how it is played."""
        self._numbers: dict[str, str] = {}

    def prepare(self) -> None:
        """Move the sandbox to where the scenario begins, and have its settings and its people in it.

        Where that has passed it begins now, with a note. Raises :class:`ValueError` for a setting or a fact
        that cannot be.
        """
        clock, start = self.sandbox.clock, self.scenario.start
        if start is not None and start > clock.now():
            clock.travel_to(start)
        elif start is not None and start < clock.now():
            self.notes.append(
                f"it begins at {iso(clock.now())}: its own start, {iso(start)}, has passed here"
            )
        if self.scenario.settings:
            self.sandbox.change_settings(**self.scenario.settings)
        for name, facts in self.scenario.people.items():
            self._numbers[name] = self._prepared(name, dict(facts)).wa_id
        self.began = clock.now()

    began: datetime
    """The simulated instant at which the first step may be."""

    def _prepared(self, name: str, facts: dict[str, object]) -> Person:
        number = facts.pop("number", None)
        habits = {key: facts.pop(key) for key in HABITS if key in facts}
        people = self.sandbox.people
        known = self._known(name) if number is None else self._of_number(str(number))
        if known is None:
            return people.add(name, None if number is None else str(number), habits=habits, **facts)
        if habits or facts or known.name != name:
            return people.change(known.wa_id, habits=habits, name=name, **facts)
        return known

    def _of_number(self, number: str) -> Person | None:
        try:
            return self.sandbox.people.get(number)
        except LookupError:
            return None

    def _known(self, name: str) -> Person | None:
        return next((each for each in self.sandbox.people.all() if each.name == name), None)

    def number_of(self, who: str) -> str:
        """Find the number of somebody by their name, or by a number; the step after may be about them.

        Raises :class:`LookupError` for nobody, naming who there is.
        """
        self.last = self._number_of(who)
        return self.last

    def _number_of(self, who: str) -> str:
        if who in self._numbers:
            return self._numbers[who]
        if (known := self._known(who)) is not None:
            return known.wa_id
        if who.lstrip("+")[:1].isdigit():
            return digits_of(who)
        names = [*self._numbers, *(each.name for each in self.sandbox.people.all(limit=50))]
        meant = did_you_mean(who, names) or f"; there are {', '.join(dict.fromkeys(names)) or 'none'}"
        raise LookupError(f"there is no person {who!r}{meant}")

    def renumber(self, who: str, wa_id: str) -> None:
        """Remember that somebody has another number."""
        self._numbers[who] = self.last = wa_id

    def move(self, step: Step) -> None:
        """Let time pass until a step is due. Raises :class:`ValueError` for one that is due in the past."""
        clock = self.sandbox.clock
        if step.after is not None:
            clock.advance(step.after)
        if step.at is not None:
            at = self.began + step.at if isinstance(step.at, timedelta) else step.at
            clock.travel_to(at)
