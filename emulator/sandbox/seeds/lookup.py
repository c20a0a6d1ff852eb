"""Find and read seeds by name or path."""

from __future__ import annotations

from pathlib import Path

import emulator
from emulator.sandbox.seeds.files import Spot, read_file
from emulator.sandbox.seeds.reader import SeedReader
from emulator.sandbox.seeds.seed import DEFAULT, Seed


def fixtures() -> Path:
    """Where the seeds are: inside the installed package, or beside it in a checkout."""
    inside = Path(emulator.__file__).parent / "fixtures"
    return inside if inside.is_dir() else inside.parent.parent / "fixtures"


def names() -> list[str]:
    """The seeds that come with the emulator."""
    return sorted(path.stem for path in (fixtures() / "seeds").glob("*.yaml"))


def find(name: str | Path) -> Path:
    """The file of a seed that is named (``default``, ``shop``) or given as a path."""
    named = fixtures() / "seeds" / f"{name}.yaml"
    return named if Path(name).name == str(name) and named.is_file() else Path(name)


def read(name: str | Path = DEFAULT, sandbox: str = DEFAULT, *, at_once: bool = False) -> Seed:
    """Read a seed by name or path, for the sandbox called ``sandbox``.

    ``at_once`` makes people without habits of their own answer in the same instant. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError`, naming file, line and field.
    """
    return from_spot(read_file(find(name)), sandbox, at_once=at_once)


def from_spot(root: Spot, sandbox: str = DEFAULT, *, at_once: bool = False) -> Seed:
    """Check a seed that has been read.

    Only the sandbox called ``default`` has the ids and tokens as they are written; every other has its own,
    made of its name, so that a process can tell them apart.
    """
    return SeedReader(root, sandbox, at_once).seed()
