"""Each layer imports only those to its left: domain ← wire ← sandbox ← web · doctor ← testing ← cli."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

import emulator

PACKAGE = Path(emulator.__file__).parent
BELOW = {
    "domain": set(),
    "wire": {"domain"},
    "sandbox": {"domain", "wire"},
    "web": {"domain", "wire", "sandbox"},
    "doctor": {"domain", "wire", "sandbox"},
    "testing": {"domain", "wire", "sandbox", "web", "doctor"},
    "cli": {"domain", "wire", "sandbox", "web", "doctor", "testing"},
}
BESIDE = {"__version__", "defaults"}
"""What stands in the package beside its layers, imports none of them, and may be imported by each."""
OUTSIDE = {
    "flask": {"web", "cli", "testing"},  # in testing the apps of users
    "sqlite3": {"sandbox"},
    "waitress": {"web"},
    "click": {"cli"},
    "rich": {"cli"},
    "faker": {"sandbox"},
    "yaml": {"sandbox"},
    "pytest": {"testing"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


@cache
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def files_in(layer: str) -> list[Path]:
    return [path for path in FILES if layer_of(path) == layer]


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def by_file(found: Mapping[Path, set[str]]) -> dict[str, set[str]]:
    """What was found in each file, without files in which nothing was."""
    return {str(path.relative_to(PACKAGE)): names for path, names in found.items() if names}


def test_what_stands_beside_the_layers_imports_none() -> None:
    """Or a layer could reach another by that way."""
    paths = [PACKAGE / f"{name}.py" for name in BESIDE if not name.startswith("__")]

    assert (
        by_file({path: {name for name in imports(path) if name.startswith("emulator")} for path in paths})
        == {}
    )


def test_dataclasses_are_those_that_cost_nothing_before_they_are_used() -> None:
    """Each of the standard library's costs every process half a millisecond; those of the domain do not."""
    values = PACKAGE / "domain" / "values.py"
    found = {path: imports(path) & {"dataclasses.dataclass"} for path in FILES if path != values}

    assert by_file(found) == {}


def test_every_folder_of_the_package_is_a_layer() -> None:
    """A new one needs a row above."""
    assert {layer_of(path) for path in FILES} == set(BELOW)


@pytest.mark.parametrize("layer", BELOW)
def test_a_layer_imports_only_those_to_its_left(layer: str) -> None:
    """An arrow in the other direction fails here, with the file that has it."""
    inner = {
        path: {name.split(".")[1] for name in imports(path) if name.startswith("emulator.")}
        for path in files_in(layer)
    }

    assert by_file({path: names - BELOW[layer] - BESIDE - {layer} for path, names in inner.items()}) == {}


@pytest.mark.parametrize("library", OUTSIDE)
def test_a_library_stays_in_its_layers(library: str) -> None:
    """One in another layer fails here, with the file that imports it."""
    elsewhere = [path for path in FILES if layer_of(path) not in OUTSIDE[library]]

    outer = {path: {name.split(".")[0] for name in imports(path)} & {library} for path in elsewhere}

    assert by_file(outer) == {}


def test_no_two_folders_import_each_other() -> None:
    """Of two folders side by side at most one imports the other, on every floor and inside every folder."""
    arrows = {
        (path.parent.relative_to(PACKAGE).parts, tuple(name.split(".")[1:]))
        for path in FILES
        for name in imports(path)
        if name.startswith("emulator.")
    }
    between = set()
    for here, there in arrows:
        shared = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
        if shared is not None:
            between.add((here[: shared + 1], there[: shared + 1]))

    assert {pair for pair in between if pair[::-1] in between} == set()


def test_only_the_store_speaks_sql() -> None:
    """SQL lives in ``sandbox/store`` and nowhere else."""
    offenders = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if "sandbox/store" not in path.as_posix() and "sqlite3" in imports(path)
    ]

    assert offenders == []


def test_only_the_clock_reads_the_wall_clock() -> None:
    """``datetime.now`` stands in one function of the package."""
    words = ("datetime.now(", "datetime.utcnow(", "time.time(", "date.today(")
    offenders = [
        f"{path.relative_to(PACKAGE)}: {word}"
        for path in PACKAGE.rglob("*.py")
        for word in words
        if word in path.read_text()
    ]

    assert offenders == ["sandbox/clock.py: datetime.now("]


def test_the_domain_is_pure() -> None:
    """No I/O, randomness, clock or thread in the rules."""
    impure = {"socket", "random", "secrets", "time", "threading", "os", "pathlib", "sqlite3", "urllib3"}
    offenders = {
        path.name: imports(path) & impure
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] == "domain" and imports(path) & impure
    }

    assert offenders == {}


DOORS = ("web", "doctor", "cli", "testing")
INSIDE = ("services", "store", "core", "command")
"""What a sandbox is made of; whoever stands at a door asks its namespaces instead."""


@pytest.mark.parametrize("door", DOORS)
def test_no_door_reaches_past_the_sandbox(door: str) -> None:
    """Views, commands and fixtures import nothing of the store, the core or the services, nor name them."""
    assert by_file({path: reached(path) for path in files_in(door)}) == {}


def reached(path: Path) -> set[str]:
    """What a file names or imports of the inside of a sandbox."""
    named = {
        f"{node.value.id if isinstance(node.value, ast.Name) else '…'}.{node.attr}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in INSIDE
    } - {"click.command", "main.command", "click.core", "request.command"}
    return named | {name for name in imports(path) if name.startswith(INSIDE_MODULES)}


INSIDE_MODULES = ("emulator.sandbox.store", "emulator.sandbox.core", "emulator.sandbox.services")
