"""Apps, portfolios and WABAs of a seed: one or several of each, named by their id or their name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from emulator.sandbox.seeds.files import Spot


class Identified(Protocol):
    """What has an id and a name, by which a seed refers to it."""

    @property
    def id(self) -> str:
        """The id it has in this sandbox, which may not be the one written in the seed."""
        ...

    @property
    def name(self) -> str:
        """The name, which two may share."""
        ...


Account = TypeVar("Account", bound=Identified)


class Several(Generic[Account]):
    """The apps, portfolios or WABAs of a seed, in its order; the first is meant where none is named."""

    def __init__(self, word: str) -> None:
        """``word`` is what one of them is called in a complaint."""
        self._word = word
        self._found: list[tuple[str, Account]] = []

    def __iter__(self) -> Iterator[Account]:
        return (made for _, made in self._found)

    @property
    def first(self) -> Account:
        """The first one of the seed, which the sandbox's identity names."""
        return self._found[0][1]

    def add(self, spot: Spot, made: Account) -> None:
        """Add one that was read at ``spot``. Raises :class:`SeedError` for an id that another one has."""
        if any(made.id == known.id for known in self):
            spot.get("id").wrong(f"the id {made.id} is taken by another {self._word}")
        self._found.append((str(spot.get("id").value or made.id), made))

    def named(self, spot: Spot) -> Account:
        """Find the one whose id or name stands at ``spot``; the first one where nothing does.

        An id is meant as it is written in the seed. Raises :class:`~emulator.sandbox.seeds.files.SeedError`
        for one that there is not, and for a name that two have.
        """
        if spot.value is None:
            return self.first
        if isinstance(spot.value, bool) or not isinstance(spot.value, str | int):
            spot.wrong(f"expected the id or the name of a {self._word}, got {spot.value!r}")
        wanted = str(spot.value)
        found = [made for written, made in self._found if written == wanted]
        found = found or [made for made in self if made.name == wanted]
        if len(found) > 1:
            spot.wrong(f"{len(found)} have the name {wanted!r}; write the id of one")
        if not found:
            known = ", ".join(f"{made.name} ({written})" for written, made in self._found)
            spot.wrong(f"there is no {self._word} {wanted!r}; there are {known}")
        return found[0]


def spots(root: Spot, one: str, several: str) -> list[Spot]:
    """Find where those of a kind stand in a seed.

    The single one under ``one``, and after it those of the list ``several``.
    """
    single = [root.get(one)] if root.has(one) else []
    return [*single, *root.get(several).items()]
