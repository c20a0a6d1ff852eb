"""Every row of the table of fidelity, asked of the emulator or shown by the test it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fidelity.rows import AREAS, GAPS, Exchange, Proof, Row
from kit.fidelity.exchanges import World

from emulator import Emulator

TESTS = Path(__file__).parent.parent
ROWS = [row for area in AREAS for row in area.rows]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Emulator() as emulator:
        yield World(emulator)


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests that a file defines."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(
        node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_emulator_does_as_the_row_says(world: World, row: Row) -> None:
    """Each call gets its answer, header and status; each test that is named exists."""
    assert row.checks
    for check in row.checks:
        match check:
            case Exchange():
                world.agrees(check)
            case Proof(test=test):
                file, _, name = test.partition("::")
                assert name in names_in(TESTS / file), f"there is no test {test}"


def test_every_row_says_something_of_its_own() -> None:
    """No sentence and no id stands twice, and every sentence is one."""
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert [row.says for row in ROWS if not row.says.endswith(".")] == []
    assert len({gap.what for gap in GAPS}) == len(GAPS)
