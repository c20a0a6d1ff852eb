"""Find seeds by name or path, and read and check them for a sandbox."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from emulator.sandbox.fixtures import fixtures
from emulator.sandbox.seeds.files import SeedError, Spot, read_file
from emulator.sandbox.seeds.reader import SeedReader
from emulator.sandbox.seeds.seed import DEFAULT, Seed


def names() -> list[str]:
    """List the names of the seeds that come with the emulator, in alphabetical order."""
    return sorted(path.stem for path in (fixtures() / "seeds").glob("*.yaml"))


def find(name: str | Path) -> Path:
    """Find the file of a seed that is named (``default``, ``shop``) or given as a path.

    A name goes before a file of that name in the working directory. The file need not exist: reading it says
    so.
    """
    named = fixtures() / "seeds" / f"{name}.yaml"
    return named if Path(name).name == str(name) and named.is_file() else Path(name)


def stamp(file: Path) -> tuple[int, int]:
    """Identify the present state of a seed's file.

    When it was changed, in nanoseconds, and its size in bytes. ``(0, 0)`` for one that cannot be looked at.
    Two looks that give the same need not read the file again.
    """
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def read(name: str | Path = DEFAULT, sandbox: str = DEFAULT, *, at_once: bool = False) -> Seed:
    """Read and check a seed by name or path, for the sandbox called ``sandbox``.

    ``at_once`` makes people without habits of their own answer in the same instant. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError`, naming file, line and field.
    """
    file = find(name)
    if not file.is_file() and file == Path(name) and file.name == str(name):
        raise SeedError(str(name), 1, "", f"there is no such seed; there are {', '.join(names())}")
    return _seed(file, stamp(file), sandbox, at_once)


def from_spot(root: Spot, sandbox: str = DEFAULT, *, at_once: bool = False) -> Seed:
    """Check a seed that has been read, and make the sandbox's apps, numbers, people and templates of it.

    Only the sandbox called ``default`` has the ids and tokens as they are written; every other has its own,
    made of its name, so that a process can tell them apart. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError`.
    """
    return SeedReader(root, sandbox, at_once).seed()


@lru_cache(maxsize=32)
def _seed(file: Path, stamp: tuple[int, int], sandbox: str, at_once: bool) -> Seed:
    return from_spot(_spot(file, stamp), sandbox, at_once=at_once)


@lru_cache(maxsize=8)
def _spot(file: Path, _stamp: tuple[int, int]) -> Spot:
    return read_file(file)
