"""Read and check a seed for a sandbox, wherever it comes from."""

from __future__ import annotations

from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.named import DEFAULT
from emulator.sandbox.seeds.parts import Judged
from emulator.sandbox.seeds.reader import SeedReader
from emulator.sandbox.seeds.seed import Seed
from emulator.sandbox.seeds.source import SeedGiven, SeedSource


def read(seed: SeedGiven | SeedSource = DEFAULT, sandbox: str = DEFAULT, *, at_once: bool = False) -> Seed:
    """Read and check a seed for the sandbox called ``sandbox``.

    ``seed`` is a name, a path, what stands in a seed's file, or a source that has templates beside it.
    ``at_once`` makes people without habits of their own answer in the same instant. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError`, naming file, line and field.
    """
    source = seed if isinstance(seed, SeedSource) else SeedSource(seed)
    return from_spot(source.read(), sandbox, at_once=at_once)


def from_spot(
    root: Spot, sandbox: str = DEFAULT, *, at_once: bool = False, judged: Judged | None = None
) -> Seed:
    """Check a seed that has been read, and make the sandbox's apps, numbers, people and templates of it.

    Only the sandbox called ``default`` has the ids and tokens as they are written; every other has its own,
    made of its name, so that a process can tell them apart. ``judged`` remembers what does not depend on the
    name, for the next one of the same ``root``. Raises :class:`~emulator.sandbox.seeds.files.SeedError`.
    """
    return SeedReader(root, sandbox, at_once, judged).seed()
