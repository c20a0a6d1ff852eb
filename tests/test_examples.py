"""The apps of ``docs/examples``, each with the suite that a reader can copy: it passes as it is printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import emulator

EXAMPLES = Path(emulator.__file__).parent.parent / "docs" / "examples"
FOLDERS = sorted(each.parent for each in EXAMPLES.glob("*/pytest.ini"))
PLUGINS = {"asyncio": "asyncio_", "django": "DJANGO_"}
"""Plugins that an example has only when it configures them, by what stands in its options then."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the suite of an example, in its folder, with the plugins that its reader has."""
    options = (folder / "pytest.ini").read_text(encoding="utf-8")
    without = [f"-pno:{plugin}" for plugin, word in PLUGINS.items() if word not in options]
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *without]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "COV_")) and not name.upper().endswith("_PROXY")
    }
    return subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_suite_of_an_example_passes(folder: Path) -> None:
    """Without a warning, and without the network."""
    result = run(folder)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
def test_the_suites_pass_side_by_side_and_in_another_order() -> None:
    """No test of an example lives on what another has left."""
    shop = EXAMPLES / "flask_shop"
    files = sorted(f"{path.name}::{name}" for path in shop.glob("test_*.py") for name in names_in(path))

    spread = run(shop, "-n", "2")
    backwards = run(shop, *reversed(files))

    assert (spread.returncode, backwards.returncode) == (0, 0), spread.stdout + backwards.stdout


def names_in(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        line.split("(")[0].split()[-1] for line in lines if line.startswith(("def test_", "async def test_"))
    ]


def test_every_example_is_listed() -> None:
    """In the page of the folder, with its framework."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")

    assert FOLDERS
    assert [each.name for each in FOLDERS if f"({each.name}/)" not in page] == []


@pytest.mark.parametrize("name", ["django", "fastapi"])
def test_what_a_guide_shows_of_an_example_stands_in_it(name: str) -> None:
    """So that a guide never shows a test that does not pass."""
    page = (EXAMPLES.parent / "how-to" / f"{name}.md").read_text(encoding="utf-8")
    (folder,) = [each for each in FOLDERS if f"(../examples/{each.name}/)" in page]
    suite = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    shown = re.findall(r"^```py\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    options = re.findall(r"^```ini\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0].splitlines()
    written = (folder / "pytest.ini").read_text(encoding="utf-8").splitlines()

    assert shown
    assert [block for block in shown if block not in suite] == []
    assert [line for line in options if line not in written] == []
