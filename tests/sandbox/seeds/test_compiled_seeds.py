"""Seeds that come with the emulator are known without being read, or read without YAML, and say the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from seed_data import image_of, numbers_of_seeds

from emulator.domain.known_numbers import KNOWN_NUMBERS
from emulator.sandbox.errors import SeedError
from emulator.sandbox.seeds import files, lookup, named
from emulator.sandbox.seeds.blueprint import Blueprint
from emulator.sandbox.seeds.prepared import beside, compiled, images
from emulator.sandbox.seeds.prepared.images import Image
from emulator.sandbox.seeds.source import SeedSource
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.database.whole_rows import put_rows, rows_of


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
    monkeypatch.setattr(beside, "fixtures", lambda: tmp_path)
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
    monkeypatch.setattr(beside, "fixtures", lambda: tmp_path)
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


# images


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("name", named.names())
def test_the_image_beside_a_seed_is_what_reading_it_gives(name: str, at_once: bool) -> None:
    """Row by row; after a change of seed, schema or a default, ``make seeds`` writes it anew."""
    kept = images.read(named.find(name), at_once=at_once)
    filled = Database()
    assert kept is not None

    with filled.transaction():
        put_rows(filled, kept.rows)

    assert Image(rows_of(filled), kept.relative_people) == image_of(name, at_once=at_once)
    filled.close()


def seed_with_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seed that comes along, with its image."""
    monkeypatch.setattr(beside, "fixtures", lambda: tmp_path)
    (tmp_path / "seeds").mkdir()
    file = tmp_path / "seeds" / "mine.yaml"
    file.write_bytes(named.find("default").read_bytes())
    images.write(file, image_of("default", at_once=False), image_of("default", at_once=True))
    return file


def test_a_seed_without_its_image_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Because its text is another, the tables are others, or it is somebody else's."""
    file = seed_with_image(tmp_path, monkeypatch)
    assert images.read(file, at_once=False) is not None

    monkeypatch.setattr(images, "SCHEMA_NUMBER", 0)
    assert images.read(file, at_once=False) is None
    monkeypatch.undo()
    assert images.read(file, at_once=False) is None

    monkeypatch.setattr(beside, "fixtures", lambda: tmp_path)
    file.write_text(file.read_text() + "\n")
    assert images.read(file, at_once=False) is None


@pytest.mark.parametrize("at_once", [False, True])
def test_a_blueprint_of_an_image_goes_on_as_one_that_was_read(
    at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For its own name, and for any other."""
    known = Blueprint(SeedSource("shop"), "default", at_once=at_once)
    monkeypatch.setattr(images, "read", lambda *_, **__: None)
    read = Blueprint(SeedSource("shop"), "default", at_once=at_once)

    for name in ("default", "another"):
        with known.image(name) as one, read.image(name) as other:
            assert list(one.connection.iterdump()) == list(other.connection.iterdump())
    assert known.relative_people == read.relative_people
    known.close()
    read.close()


def test_a_seed_that_is_changed_after_its_image_was_taken_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read for the first sandbox of another name: the image and the seed would not go together."""
    file = seed_with_image(tmp_path, monkeypatch)
    monkeypatch.setattr(named, "fixtures", lambda: tmp_path)
    blueprint = Blueprint(SeedSource("mine"), "default")

    file.write_text(file.read_text() + "\n")

    with pytest.raises(SeedError, match="changed while a sandbox of it is there"), blueprint.image("another"):
        pass
    blueprint.close()
