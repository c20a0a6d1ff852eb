"""Mutants that no test can notice, because they do what the original does: a row each, with the reason.

They are not tried, and do not count. A row that fits no line of its module any more is refused by a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutation.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of one line that changes nothing that a caller can see."""

    module: str
    """The module, from ``emulator/domain`` on."""
    was: str
    """The line as it stands, without its indentation."""
    becomes: tuple[str, ...]
    """What a mutant makes of it; several when they have the same reason."""
    why: str

    @property
    def path(self) -> Path:
        """The module's path in the repository."""
        return Path("emulator/domain") / self.module


EQUIVALENT: tuple[Equivalent, ...] = (
    Equivalent(
        "ids.py",
        'tail = rest[6 : 6 + rest[5]] if len(rest) > 5 else b""',
        ('tail = rest[6 : 6 + rest[5]] if len(rest) > 6 else b""',),
        "Of six bytes the tail is empty in either way.",
    ),
)
_CHANGES = {(row.path, row.was, new) for row in EQUIVALENT for new in row.becomes}


def is_equivalent(mutant: Mutant) -> bool:
    """Say whether a mutant stands in :data:`EQUIVALENT`."""
    return (mutant.module, *mutant.change) in _CHANGES


def noticeable(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Leave out the mutants that no test can notice."""
    return [mutant for mutant in mutants if not is_equivalent(mutant)]
