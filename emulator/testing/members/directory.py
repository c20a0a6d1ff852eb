"""``whatsapp.people``: everybody in a test's sandbox, and finding somebody by their name or number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, overload

from emulator.domain.people.habits import HABITS
from emulator.domain.people.person import Person
from emulator.domain.quoting import did_you_mean
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.members.people import PersonHandle

FACTS = ("locale", "opted_in", "on_whatsapp", "identity_key_hash", "device", "username", "shows_number")
"""What can be said of a person beside their name, their number and their habits."""
_ALIKE = 0.75
"""How alike two words are, from 0 to 1, of which one may be a slip of the other."""


class People(Sequence[PersonHandle]):
    """Everybody in a test's sandbox, as it stands when you look: ``whatsapp.people``.

    A sequence of handles, those of the seed first, then those that the test has added.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    @overload
    def __getitem__(self, place: int) -> PersonHandle: ...

    @overload
    def __getitem__(self, place: slice) -> list[PersonHandle]: ...

    def __getitem__(self, place: int | slice) -> PersonHandle | list[PersonHandle]:
        everybody = list(self)
        return everybody[place]

    def __iter__(self) -> Iterator[PersonHandle]:
        return iter([PersonHandle(self._sandbox, each.wa_id) for each in self._sandbox.people.all()])

    def __len__(self) -> int:
        return len(self._sandbox.people.all())

    def person(
        self, name: str | None = None, number: str | None = None, *, new: bool = False, **facts: Any
    ) -> PersonHandle:
        """Find or add somebody, as :meth:`WhatsApp.person` says it."""
        for fact in facts:
            if fact not in (*HABITS, *FACTS):
                meant = did_you_mean(fact, (*HABITS, *FACTS))
                raise ValueError(f"a person has no {fact}{meant}; there are {', '.join((*FACTS, *HABITS))}")
        habits = {key: facts.pop(key) for key in HABITS if key in facts}
        known = None if new else self._known(name, number)
        if known is None:
            person = self._sandbox.people.add(name, number, habits=habits, **facts)
            return PersonHandle(self._sandbox, person.wa_id)
        if habits or facts:
            self._sandbox.people.change(known.wa_id, habits=habits, **facts)
        return PersonHandle(self._sandbox, known.wa_id)

    def _known(self, name: str | None, number: str | None) -> Person | None:
        if number is not None:
            try:
                return self._sandbox.people.get(number)
            except LookupError:
                return None
        if name is None:
            return next(iter(self._sandbox.people.all(limit=1)), None)
        everybody = self._sandbox.people.all()
        for person in everybody:
            if person.name == name:
                return person
        if near := near_name(name, (person.name for person in everybody)):
            raise LookupError(
                f"there is no person {name!r}; did you mean {near!r}? "
                f"whatsapp.person({name!r}, new=True) makes a new person"
            )
        return None

    def __repr__(self) -> str:
        return f"<People {', '.join(repr(each) for each in self)}>"


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Find the known name of which ``name`` may be a slip; ``None`` when there is none.

    Each word of it is that of the known name, or much like it. Words with digits, and those of one or two
    letters, differ on purpose: ``Customer 1`` and ``Customer 2`` are two people.
    """
    return next((each for each in known if _may_be_a_slip(name, each)), None)


def _may_be_a_slip(name: str, known: str) -> bool:
    words, others = name.casefold().split(), known.casefold().split()
    return bool(words) and len(words) == len(others) and all(map(_is_like, words, others))


def _is_like(word: str, other: str) -> bool:
    if word == other:
        return True
    if min(len(word), len(other)) < 3 or any(letter.isdigit() for letter in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= _ALIKE
