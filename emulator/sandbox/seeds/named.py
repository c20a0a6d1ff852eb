"""The seeds that come with the emulator, by name, and any other by the path of its file."""

from __future__ import annotations

from pathlib import Path

from emulator.sandbox.fixtures import fixtures

DEFAULT = "default"
"""The seed a sandbox has unless another is named, and the sandbox whose identity is documented."""


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
