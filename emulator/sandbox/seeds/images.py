"""The seeds that come with the emulator as rows of a database, so that a start need not read them.

Beside each stands what the sandbox called ``default`` begins with, table by table, as JSON: with the habits
of people, and for people who answer at once. It holds for that text of the seed and that schema, and no
other. ``make seeds`` writes it anew. Reading a seed takes 40 modules, which most processes never need.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from emulator.domain.values import dataclass
from emulator.sandbox.fixtures import fixtures
from emulator.sandbox.seeds import named
from emulator.sandbox.store.database.schema import SCHEMA_NUMBER
from emulator.sandbox.store.database.whole_rows import Rows


@dataclass(frozen=True)
class Image:
    """What a database holds in which a seed has been filled in, and what is known of the seed beside it."""

    rows: Rows
    relative_people: tuple[str, ...]
    """The ``wa_id`` of each person in whose habits lengths of time count from the beginning of a sandbox."""


def read(file: Path, *, at_once: bool) -> Image | None:
    """Read the image that stands beside the file of a seed.

    ``None`` for a seed of another place or another text, and where the image has another schema.
    """
    beside = _beside(file)
    if file.parent != fixtures() / "seeds" or not beside.is_file():
        return None
    kept = json.loads(beside.read_bytes())
    if kept["digest"] != named.digest(file) or kept["schema"] != SCHEMA_NUMBER:
        return None
    found = kept["at_once" if at_once else "by_habits"]
    return Image(found["rows"], tuple(found["relative_people"]))


def write(file: Path, by_habits: Image, at_once: Image) -> None:
    """Write the images of a seed beside its file."""
    kept = {
        "digest": named.digest(file),
        "schema": SCHEMA_NUMBER,
        "by_habits": _as_json(by_habits),
        "at_once": _as_json(at_once),
    }
    _beside(file).parent.mkdir(exist_ok=True)
    _beside(file).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_json(image: Image) -> dict[str, Any]:
    return {"relative_people": list(image.relative_people), "rows": image.rows}


def _beside(file: Path) -> Path:
    return file.parent / "images" / f"{file.stem}.json"
