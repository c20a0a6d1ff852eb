"""Where a seed comes from: a name, a file or the seed itself, and templates beside it as Graph lists them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emulator.domain.values import dataclass
from emulator.sandbox.errors import SeedError
from emulator.sandbox.seeds import named
from emulator.sandbox.seeds.named import DEFAULT

if TYPE_CHECKING:
    from emulator.sandbox.seeds.files import Spot

INLINE = "<seed>"
"""What complaints call a seed that is no file."""
TEMPLATES = "message_templates"
"""The key of a seed under which templates stand as Graph lists them."""

SeedGiven = str | Path | Mapping[str, Any]
"""A seed: its name, the path of its file, or what stands in the file."""
TemplatesGiven = str | Path | Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""Templates as ``GET /{waba_id}/message_templates`` answers them: the path of a JSON file, the answer, or its
``data`` alone."""


@dataclass(frozen=True)
class SeedSource:
    """A seed wherever it comes from, with templates that are added to its first WABA.

    A template of the same name in the same language goes before one of the seed.
    """

    seed: SeedGiven = DEFAULT
    templates: TemplatesGiven | None = None

    def stamp(self) -> Hashable:
        """Identify what would be read now: another stamp whenever a file or a value has changed."""
        return _stamp(self.seed), None if self.templates is None else _stamp(self.templates)

    @property
    def file(self) -> Path | None:
        """The file that is all of it; ``None`` where it is no file, or templates stand beside it."""
        return named.find(self.seed) if isinstance(self.seed, str | Path) and self.templates is None else None

    def read(self) -> Spot:
        """Read the seed and the templates, unchecked but for their form.

        Raises :class:`~emulator.sandbox.seeds.files.SeedError` for what cannot be read.
        """
        from emulator.sandbox.seeds.files import Spot  # this, and what follows, is for seeds that are read

        root = _read_seed(self.seed)
        if self.templates is None or not isinstance(root.value, dict):
            return root
        added = _read_templates(self.templates)
        inside = {**root.inside, TEMPLATES: added}
        return Spot({**root.value, TEMPLATES: added.value}, root.file, root.line, root.path, inside)

    def as_json(self) -> dict[str, Any]:
        """Write where it comes from, to be kept with the sandbox: :meth:`from_json` reads it again."""
        kept: dict[str, Any] = {"seed": _kept(self.seed, names=named.names())}
        return kept if self.templates is None else kept | {"templates": _kept(self.templates)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SeedSource:
        """Read what :meth:`as_json` wrote."""
        return cls(kept["seed"], kept.get("templates"))

    def __str__(self) -> str:
        name = str(self.seed) if isinstance(self.seed, str | Path) else INLINE
        return name if self.templates is None else f"{name} with templates of its own"


def _stamp(given: SeedGiven | TemplatesGiven) -> Hashable:
    if isinstance(given, str | Path):
        file = named.find(given)
        return file, named.stamp(file)
    return _text(given)


def _kept(given: SeedGiven | TemplatesGiven, names: Sequence[str] = ()) -> Any:
    if not isinstance(given, str | Path):
        return json.loads(_text(given))
    return str(given) if str(given) in names else str(named.find(given).resolve())


def _text(given: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    try:
        return json.dumps(given, default=str, ensure_ascii=False)
    except (TypeError, ValueError) as problem:
        raise SeedError(INLINE, 1, "", f"is no JSON: {problem}") from None


def _read_seed(seed: SeedGiven) -> Spot:
    from emulator.sandbox.seeds import files
    from emulator.sandbox.seeds.prepared import compiled

    if not isinstance(seed, str | Path):
        return files.from_value(json.loads(_text(seed)), INLINE)
    file = named.find(seed)
    if not file.is_file() and file == Path(seed) and file.name == str(seed):
        raise SeedError(str(seed), 1, "", f"there is no such seed; there are {', '.join(named.names())}")
    return compiled.read(file) or files.read_file(file)


def _read_templates(templates: TemplatesGiven) -> Spot:
    from emulator.sandbox.seeds import files

    if isinstance(templates, str | Path):
        return files.read_json(Path(templates))
    return files.from_value(json.loads(_text(templates)), "<templates>")
