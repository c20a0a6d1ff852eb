"""Find people by their numbers, add people to a sandbox, and change their facts and habits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emulator.domain.facts.facts import changes, facts_of
from emulator.domain.people import crowds
from emulator.domain.people.habits import Habits, habits_from_json
from emulator.domain.people.person import Person
from emulator.domain.phones import aliases, country_of, digits_of
from emulator.sandbox.core import Core
from emulator.sandbox.people.invented import invent


class NobodyThere(LookupError):
    """No person of the sandbox has this number; the sentence names some that there are."""


class PeopleDirectory:
    """Finds, adds and changes the people of a sandbox, inside the caller's transaction."""

    def __init__(self, core: Core) -> None:
        self._core, self._people = core, core.store.people

    def get(self, number: str) -> Person:
        """Find the person with a number, in any way of writing it, also by an alias of it.

        An alias is another spelling that reaches the same phone, as of numbers in Brazil and Mexico. Raises
        :class:`NobodyThere`, naming up to eight that there are.
        """
        person = self._people.find(aliases(digits_of(number)))
        if person is None:
            known = ", ".join(f"{p.name} ({p.wa_id})" for p in self._people.all(limit=8)) or "nobody"
            raise NobodyThere(f"no person has the number {number}; there are {known}")
        return person

    def add(self, name: str | None = None, number: str | None = None, **facts: Any) -> Person:
        """Add a person; a name and a number that are left out are invented, in their locale and by the seed.

        ``facts`` are those of :class:`Person` by their names in JSON; habits that are left out are those of
        the seed. Raises :class:`ValueError` for a fact that cannot be, and for a number that is taken.
        """
        person = self._added(name, number, facts)
        self._core.note("person", person.wa_id, f"{person.name} joined", wa_id=person.wa_id)
        return person

    def get_or_add(self, number: str, name: str) -> Person:
        """Find the person with a number as :meth:`get` does, or add one of this ``name``."""
        try:
            return self.get(number)
        except NobodyThere:
            return self.add(name, number)

    def _added(
        self, name: str | None, number: str | None, facts: dict[str, Any], usual: Habits | None = None
    ) -> Person:
        """Add a person, with the ``usual`` habits (default: the seed's) where ``facts`` say no others."""
        known = self._checked(facts, self.usual_habits if usual is None else usual, adding=True)
        if known.get("username") is not None:
            known.setdefault("shows_number", False)
        locale = known.get("locale", facts_of(Person)["locale"].default)
        wa_id = digits_of(number) if number else None
        while name is None or wa_id is None:
            invented_name, invented_number = invent(locale, self._core.ids.draw("newcomer"))
            name = name or invented_name
            if wa_id is None and self._people.get(invented_number) is None:
                wa_id = invented_number
        if (owner := self._people.get(wa_id)) is not None:
            raise ValueError(f"{wa_id} is {owner.name}'s number already")
        person = Person(wa_id, name, self._core.ids.user(country_of(wa_id)), **known)
        self._people.put(person)
        return person

    def crowd(self, count: int, **facts: Any) -> list[Person]:
        """Add so many people, who are invented by the seed and receive and read at different times.

        ``facts`` hold for all of them, as in :meth:`add`: ``habits`` among them are not drawn. Raises
        :class:`ValueError` for a ``count`` that is none from 1 to :data:`.crowds.MOST`.
        """
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= crowds.MOST:
            raise ValueError(f"a crowd has 1 to {crowds.MOST:,} people; got {count!r}")
        usual, added = self.usual_habits, []
        for _ in range(count):
            drawn = crowds.drawn(self._core.ids.draw("crowd"), usual)
            added.append(self._added(None, None, facts, drawn))
        summary = f"a crowd of {count:,} joined, {added[0].name} first and {added[-1].name} last"
        self._core.note("person", added[0].wa_id, summary)
        return added

    def change(self, person: Person, habits: dict[str, Any] | None = None, **facts: Any) -> Person:
        """Change some facts of a person, or some ``habits`` by name; returns them as they are now.

        The journal notes what has changed. Raises :class:`ValueError` for an unknown fact or a value that
        cannot be.
        """
        given = facts if habits is None else {**facts, "habits": habits}
        checked = self._checked(given, person.habits)
        if person.username is None and checked.get("username") is not None:
            checked.setdefault("shows_number", self._is_known(person))
        elif "username" in checked and checked["username"] is None:
            checked.setdefault("shows_number", True)
        changed = person.changed(**checked)
        self._people.put(changed)
        shown = ", ".join(f"{key} = {value}" for key, value in {**facts, **(habits or {})}.items())
        self._core.note("person", person.wa_id, f"{changed.name}: {shown}", wa_id=person.wa_id)
        return changed

    def _is_known(self, person: Person) -> bool:
        """Whether a business knows their number: from a message in either direction."""
        return bool(self._core.store.messages.select(wa_id=person.wa_id, limit=1))

    @property
    def usual_habits(self) -> Habits:
        """The habits that the seed gives to people who are added without habits of their own."""
        return habits_from_json(self._core.store.facts.get("habits") or {})

    def count_from_now(self, wa_ids: Iterable[str]) -> None:
        """Count the lengths of time in the habits of some people from now on.

        Nothing changes for those of whom they were counted before, and who are not there any more.
        """
        now = self._core.clock.now()
        for person in map(self._people.get, wa_ids):
            if person is not None and person.habits.are_relative:
                self._people.put(person.changed(habits=person.habits.counted_from(now)))

    def _checked(self, facts: dict[str, Any], usual: Habits, *, adding: bool = False) -> dict[str, Any]:
        """What is said of a person, by field; of habits all, since single ones may be said."""
        habits = habits_from_json(facts.get("habits") or {}, usual).counted_from(self._core.clock.now())
        others = {name: value for name, value in facts.items() if name != "habits"}
        return {**changes(Person, others, "person", adding=adding), "habits": habits}
