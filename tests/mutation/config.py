"""What is changed, how, and which tests have to notice."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Config:
    """The table ``tool.mutants`` of ``pyproject.toml``."""

    source: str
    """The folder whose modules are changed."""
    tests: list[str]
    """What has to notice a change."""
    leave: list[str]
    """Patterns of modules that are not changed."""
    operators: list[str]
    """Patterns of the names of cosmic-ray's operators."""
    seconds: int
    """After how many seconds of computing a mutant that does not end counts as noticed."""

    @classmethod
    def read(cls) -> Config:
        """Read the table."""
        return cls(**tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"])

    def modules(self, words: Sequence[str]) -> list[Path]:
        """The modules whose path contains one of the words; all of them without a word."""
        found = (path.relative_to(ROOT) for path in sorted((ROOT / self.source).rglob("*.py")))
        return [
            path
            for path in found
            if not any(fnmatch(str(path), pattern) for pattern in self.leave)
            and (not words or any(word in str(path) for word in words))
        ]

    def beside(self, module: Path) -> list[str]:
        """The tests of a module's room, or for a module without a room those of its own name."""
        inner = module.relative_to(self.source)
        layer = Path("tests") / Path(self.source).name
        if inner.parent == Path():
            return [str(path.relative_to(ROOT)) for path in (ROOT / layer).glob(f"test_*{inner.stem}*.py")]
        folder = layer / inner.parent
        while not (ROOT / folder).exists():
            folder = folder.parent
        return [str(folder)] if folder != layer else []
