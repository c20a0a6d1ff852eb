"""Read a scenario file; everything wrong is told with file, line, place, and what may have been meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from emulator.domain.quoting import did_you_mean
from emulator.sandbox.errors import SeedError
from emulator.sandbox.scenarios import values as of
from emulator.sandbox.scenarios.scenario import Scenario, ScenarioError, Step, StepKind
from emulator.sandbox.scenarios.table import MEMBERS, STEPS
from emulator.sandbox.seeds.files import Spot, from_value, read_file, read_text

KEYS = ("scenario", "seed", "start", "app", "settings", "people", "steps")
_ALWAYS = ("at", "after")
_LONGEST = 100
"""Characters of a step as a report shows it."""


def read_scenario(source: Path | str | dict[str, Any], file: str = "scenario") -> Scenario:
    """Read a scenario from the path of a file, from YAML text, or from a mapping as JSON has it.

    ``file`` is its name in complaints where it is none. Raises :class:`~.scenario.ScenarioError`.
    """
    try:
        if isinstance(source, Path):
            return _scenario(read_file(source), source.resolve().parent)
        spot = read_text(source, file) if isinstance(source, str) else from_value(source, file)
        return _scenario(spot, None)
    except SeedError as wrong:
        place = f"{wrong.field}: " if wrong.field else ""
        raise ScenarioError(f"{wrong.file}:{wrong.line}: {place}{wrong.why}") from None


def _scenario(root: Spot, folder: Path | None) -> Scenario:
    root.table(*KEYS)
    if not isinstance(root.require("steps").value, list) or not root.get("steps").value:
        root.get("steps").wrong("expected a list of steps")
    return Scenario(
        file=root.file,
        title=root.get("scenario").text(Path(root.file).name.partition(".")[0]),
        seed=_seed(root.get("seed"), folder),
        start=root.get("start").instant(),
        app=root.get("app").text() if root.has("app") else None,
        settings=dict(root.get("settings").table().value) if root.has("settings") else {},
        people=_people(root.get("people")),
        steps=tuple(_step(each) for each in root.get("steps").items()),
        folder=folder,
    )


def _seed(spot: Spot, folder: Path | None) -> Any:
    """A name, a mapping, or a file beside the scenario."""
    if not isinstance(spot.value, str):
        return None if spot.value is None else dict(spot.table().value)
    beside = None if folder is None else folder / spot.value
    return beside if beside is not None and beside.is_file() else spot.value


def _people(spot: Spot) -> dict[str, Any]:
    if spot.value is None:
        return {}
    return {str(name): of.person(each) for name, each in spot.table().inside.items()}


def _step(spot: Spot) -> Step:
    if isinstance(spot.value, str):
        kind, who = _kind(spot, spot.value)
        nothing = Spot(None, spot.file, spot.line, spot.path)
        return Step(kind, spot.value, spot.line, who, kind.read(nothing))
    if not isinstance(spot.value, dict) or not spot.value:
        spot.wrong(f"expected a step such as `Ana says: Hello`, got {spot.value!r}")
    names = [str(name) for name in spot.inside if name not in MEMBERS]
    if len(names) != 1:
        spot.wrong(f"expected one step, got {' and '.join(names) or 'none'}")
    value = spot.inside[names[0]]
    kind, who = _kind(value, names[0])
    members = {name: each for name, each in spot.inside.items() if name in MEMBERS}
    for name, each in members.items():
        if name not in (*_ALWAYS, *kind.members):
            each.wrong(
                f"{kind.name} has no {name}; beside it may stand {', '.join((*_ALWAYS, *kind.members))}"
            )
    read = {str(name): MEMBERS[str(name)](each) for name, each in members.items()}
    return Step(
        kind,
        _shown(names[0], value.value),
        value.line,
        who,
        kind.read(value),
        read.pop("at", None),
        read.pop("after", None),
        read,
    )


def _kind(spot: Spot, name: str) -> tuple[StepKind, str]:
    """Find the kind of a step by its name, behind that of a person where one does it."""
    if name in STEPS and not STEPS[name].of_person:
        return STEPS[name], ""
    for kind in STEPS.values():
        if kind.of_person and name.endswith(f" {kind.name}") and name[: -len(kind.name)].strip():
            return kind, name[: -len(kind.name)].strip()
    if name in STEPS:
        spot.wrong(f"who {name}? Write the name before it: `Ana {name}`")
    known = [each.name for each in STEPS.values() if not each.of_person]
    acts = [each.name for each in STEPS.values() if each.of_person]
    meant = did_you_mean(name, known) or did_you_mean(name.partition(" ")[2], acts)
    meant = meant or f"; there are {', '.join(known)}, and of people {', '.join(acts)}"
    raise SeedError(spot.file, spot.line, spot.path, f"there is no step {name!r}{meant}")


def _shown(name: str, value: Any) -> str:
    """Write a step on one line, as a report has it."""
    line = name if value is None else " ".join(f"{name}: {_flow(value)}".split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _flow(value: Any) -> str:
    """Write a value as YAML has it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return value if isinstance(value, str) else json.dumps(value, default=str)
