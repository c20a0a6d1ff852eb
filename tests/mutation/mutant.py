"""A module of the package with one change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Mutant:
    """One module with one change."""

    module: Path
    original: str
    """The module's text as it is."""
    source: str
    """The module's text with the change."""

    @cached_property
    def key(self) -> str:
        """What tells it from every other mutant, in this run and in a later one."""
        return sha256(f"{self.module}\n{self.source}".encode()).hexdigest()[:20]

    @property
    def lines(self) -> range:
        """The lines of the original that are changed, counted from 1."""
        old, new = self.original.splitlines(), self.source.splitlines()
        pairs = list(zip(old, new, strict=False))
        first = next(number for number, (one, other) in enumerate(pairs, 1) if one != other)
        backwards = zip(reversed(old), reversed(new), strict=False)
        same = next(number for number, (one, other) in enumerate(backwards) if one != other)
        return range(first, max(first, len(old) - same) + 1)

    @property
    def change(self) -> tuple[str, str]:
        """The first line that is changed: what stands there in the original, and what in the mutant."""
        line = self.lines.start - 1
        return self.original.splitlines()[line].strip(), self.source.splitlines()[line].strip()

    def __str__(self) -> str:
        """The place of the change, what stood there and what stands there now."""
        old, new = self.change
        return f"{self.module}:{self.lines.start}\n  - {old}\n  + {new}\n"
