"""What was made of the seeds that come with the emulator, and stands beside them as JSON.

It holds for that text of a seed's file and no other: where the file has been changed, it is not used. ``make
seeds`` writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from emulator.sandbox.fixtures import fixtures


def read(file: Path, folder: str) -> dict[str, Any] | None:
    """Read what was made of a seed; ``None`` for a seed of another place or another text."""
    kept = _beside(file, folder)
    if file.parent != fixtures() / "seeds" or not kept.is_file():
        return None
    found: dict[str, Any] = json.loads(kept.read_bytes())
    return found if found["digest"] == _digest(file) else None


def write(file: Path, folder: str, made: Mapping[str, Any]) -> None:
    """Write what was made of a seed beside its file, into a folder of that name."""
    kept = _beside(file, folder)
    kept.parent.mkdir(exist_ok=True)
    text = json.dumps({"digest": _digest(file), **made}, ensure_ascii=False, indent=1)
    kept.write_text(text + "\n", encoding="utf-8")


def _beside(file: Path, folder: str) -> Path:
    return file.parent / folder / f"{file.stem}.json"


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=16).hexdigest()
