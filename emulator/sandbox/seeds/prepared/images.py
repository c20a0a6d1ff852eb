"""The seeds that come with the emulator as rows of a database, so that a start need not read them.

Beside each stands what the sandbox called ``default`` begins with, table by table: with the habits of people,
and for people who answer at once. It holds for that schema and no other. Reading a seed takes 40 modules,
which most processes never need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emulator.domain.values import dataclass
from emulator.sandbox.seeds.prepared import beside
from emulator.sandbox.store.database.schema import SCHEMA_NUMBER
from emulator.sandbox.store.database.whole_rows import Rows

_FOLDER = "images"


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
    kept = beside.read(file, _FOLDER)
    if kept is None or kept["schema"] != SCHEMA_NUMBER:
        return None
    found = kept["at_once" if at_once else "by_habits"]
    return Image(found["rows"], tuple(found["relative_people"]))


def write(file: Path, by_habits: Image, at_once: Image) -> None:
    """Write the images of a seed beside its file."""
    made = {"schema": SCHEMA_NUMBER, "by_habits": _as_json(by_habits), "at_once": _as_json(at_once)}
    beside.write(file, _FOLDER, made)


def _as_json(image: Image) -> dict[str, Any]:
    return {"relative_people": list(image.relative_people), "rows": image.rows}
