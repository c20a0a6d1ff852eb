"""Seeds that come with the emulator are read without YAML, and read the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from seed_data import numbers_of_seeds

from emulator.domain.known_numbers import KNOWN_NUMBERS
from emulator.sandbox.seeds import compiled, files, lookup, named


@pytest.mark.parametrize("name", named.names())
def test_what_stands_beside_a_seed_is_what_it_says(name: str) -> None:
    """Every value, with its line and its place; after a change of the seed, ``make seeds`` writes it anew."""
    file = named.find(name)

    assert compiled.read(file) == files.read_file(file)


@pytest.mark.parametrize("name", named.names())
def test_what_stands_beside_a_seed_has_been_judged(name: str) -> None:
    """By the rules that the file itself has to keep: it gives the same, and they are not asked again."""
    file = named.find(name)
    root = compiled.read(file)

    assert root is not None
    assert root.is_judged
    assert lookup.from_spot(root) == lookup.from_spot(files.read_file(file))


def test_what_is_known_of_the_numbers_of_seeds_is_what_the_library_says() -> None:
    """Of every one; after a change of a seed, ``make seeds`` writes it anew."""
    assert numbers_of_seeds() == KNOWN_NUMBERS


def test_values_of_every_kind_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, words, nothing, instants, and what is inside of others."""
    monkeypatch.setattr(compiled, "fixtures", lambda: tmp_path)
    (tmp_path / "seeds").mkdir()
    file = tmp_path / "seeds" / "mine.yaml"
    file.write_text("a: 1\nb: [1.5, yes, null, 'x']\nc:\n  d: 2026-11-02T09:00:00Z\n  e: {}\n  f: []\n")
    root = files.read_file(file)

    compiled.write(file, root)

    found = compiled.read(file)
    assert found == root
    assert found is not None
    assert found.get("c").get("d").value == datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_changed_seed_is_read_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one whose size and time are those of before."""
    monkeypatch.setattr(compiled, "fixtures", lambda: tmp_path)
    (tmp_path / "seeds").mkdir()
    file = tmp_path / "seeds" / "mine.yaml"
    file.write_text("a: 1\n")
    compiled.write(file, files.read_file(file))

    file.write_text("a: 2\n")

    assert compiled.read(file) is None


def test_a_seed_of_somebody_else_is_read_itself(tmp_path: Path) -> None:
    """Whatever stands beside it."""
    file = tmp_path / "mine.yaml"
    file.write_text("a: 1\n")
    compiled.write(file, files.read_file(file))

    assert compiled.read(file) is None


def test_a_sandbox_of_such_a_seed_needs_no_yaml() -> None:
    """It is not even imported."""
    script = (
        "import sys; from emulator import Emulator; emulator = Emulator();"
        "emulator.create(); emulator.create('shop', 'shop'); print('yaml' in sys.modules)"
    )

    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert printed.stdout == "False\n"
