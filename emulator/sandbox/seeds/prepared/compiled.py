"""The seeds that come with the emulator, read without YAML, whose import would be a tenth of a start.

Beside each stands what its file says, with the lines. ``make seeds`` has judged it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.prepared import beside

_FOLDER = "compiled"


def read(file: Path) -> Spot | None:
    """Read a seed from what stands beside its file; ``None`` for a seed of another place or another text."""
    kept = beside.read(file, _FOLDER)
    return None if kept is None else _spot(kept["root"], str(file), "")


def write(file: Path, root: Spot) -> None:
    """Write beside a seed's file what was read from it."""
    beside.write(file, _FOLDER, {"root": _node(root)})


def _node(spot: Spot) -> dict[str, Any]:
    if isinstance(spot.value, dict):
        return {"line": spot.line, "members": {key: _node(each) for key, each in spot.inside.items()}}
    if isinstance(spot.value, list):
        return {"line": spot.line, "items": [_node(each) for each in spot.inside.values()]}
    if isinstance(spot.value, datetime):
        return {"line": spot.line, "instant": spot.value.isoformat()}
    return {"line": spot.line, "value": spot.value}


def _spot(node: dict[str, Any], file: str, path: str) -> Spot:
    line, inside = node["line"], dict[str | int, Spot]()
    if "members" in node:
        for key, each in node["members"].items():
            inside[key] = _spot(each, file, f"{path}.{key}" if path else key)
        return Spot({key: each.value for key, each in inside.items()}, file, line, path, inside, True)
    if "items" in node:
        for place, each in enumerate(node["items"]):
            inside[place] = _spot(each, file, f"{path}[{place}]")
        return Spot([each.value for each in inside.values()], file, line, path, inside, True)
    if "instant" in node:
        return Spot(datetime.fromisoformat(node["instant"]), file, line, path, is_judged=True)
    return Spot(node["value"], file, line, path, is_judged=True)
