"""People: the facts of those in the default seed, and many at once."""

from __future__ import annotations

from emulator import Person, Sandbox
from kit import identities

SHEENA_NELSON = Person(identities.SHEENA, "Sheena Nelson", "US.134912086553027")
"""In the United States. Her user id is that of no seed: the rules do not look at it."""
BEATRIZ_SANTOS = Person(identities.BEATRIZ, "Beatriz Santos", "BR.1")
"""In Brazil, where marketing is delivered."""


def crowd(sandbox: Sandbox, count: int, *, first: int = 0, **habits: float) -> list[str]:
    """Add ``count`` people in Brazil, numbered from ``first`` on, with these habits; returns who."""
    return [
        sandbox.people.add(f"P{place}", f"+55 11 9{place:08}", habits=habits).wa_id
        for place in range(first, first + count)
    ]
