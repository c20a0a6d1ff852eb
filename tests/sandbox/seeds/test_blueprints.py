"""One blueprint for each seed: what a sandbox has of it is what it would have of one made for it alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from emulator import Emulator, SeedError
from emulator.sandbox.seeds import named
from emulator.sandbox.seeds.blueprint import KEPT as IMAGES
from emulator.sandbox.seeds.blueprint import Blueprint
from emulator.sandbox.seeds.blueprints import KEPT, Blueprints
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.parts import SeedIds
from emulator.sandbox.seeds.source import SeedSource
from emulator.sandbox.store import Database

NUMBER = {"number": "+1 650 555 0001"}
MANY: dict[str, Any] = {
    "seed": "many",
    "apps": [
        {"id": "10001", "access_token": "EMULATOR-one", "verify_token": "one", "wabas": ["20002"]},
        {"access_token": "EMULATOR-two", "secret": "5" * 32},
    ],
    "tokens": [{"token": "EMULATOR-three", "app": "10001", "scopes": ["whatsapp_business_messaging"]}],
    "portfolios": [{"id": "30001"}, {"name": "Second"}],
    "wabas": [{"id": "20001"}, {"id": "20002", "portfolio": "Second"}],
    "numbers": [NUMBER, {"number": "+1 650 555 0002", "kind": "test", "allowed": ["+1 650 555 1234"]}],
    "people": [
        {"number": "+1 650 555 1234", "name": "Sheena"},
        {"number": "+55 11 98765 4321", "name": "Bea"},
    ],
    "templates": [
        {
            "name": f"hello_{place}",
            "language": "en_US",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": "Your order is on its way."}],
            "waba": waba,
        }
        for place, waba in enumerate(("20001", "20002", "20001"))
    ],
}
LISTED = [
    {
        "id": str(71_000_000_000_000_00 + place),
        "name": f"listed_{place}",
        "language": "de",
        "status": "APPROVED",
        "category": "MARKETING",
        "components": [{"type": "BODY", "text": "Hello"}],
    }
    for place in range(2)
]
SOURCES = {
    **{name: SeedSource(name) for name in named.names()},
    "many": SeedSource(MANY),
    "listed": SeedSource("default", LISTED),
}


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, with its place in the file where it has one."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: database.execute(
            f"SELECT * FROM {name}" if "WITHOUT ROWID" in sql else f"SELECT rowid, * FROM {name}"
        ).fetchall()
        for name, sql in rows
        if not name.startswith("sqlite_")
    }


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_name_gives_the_same_whatever_the_blueprint_was_made_for(source: SeedSource) -> None:
    """Every id, token, secret and row, in both directions between the documented sandbox and others."""
    names = ("default", "one", "two-2")
    alone = {}
    for name in names:
        made = Blueprint(source, name)
        alone[name] = contents(made.database)
        made.close()

    for first in names:
        shared = Blueprint(source, first)
        for name in names:
            with shared.image(name) as image:
                assert contents(image) == alone[name]
        shared.close()

    assert alone["default"] != alone["one"] != alone["two-2"]


def test_a_new_id_may_be_the_old_one_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few digits give few ids: those of another name may be those of this one the other way round."""
    swapped = {"default": ("70001", "70002", "70003"), "other": ("70002", "70001", "70003")}

    def own(self: SeedIds, spot: Spot, digits: int, entropy: bytes | None = None) -> str:
        if not spot.path.startswith("templates"):
            return usual(self, spot, digits, entropy)
        return swapped["other" if "/" in self.word else "default"][int(spot.path[10])]

    usual = SeedIds.id
    monkeypatch.setattr(SeedIds, "id", own)
    blueprint = Blueprint(SeedSource(MANY), "default")
    with blueprint.image("other") as image:
        found = image.execute("SELECT id, name FROM templates ORDER BY name").fetchall()
    blueprint.close()

    assert found == [("70002", "hello_0"), ("70001", "hello_1"), ("70003", "hello_2")]


def test_a_wrong_seed_is_said_for_each_name(tmp_path: Path) -> None:
    """And nothing of it stays: once it is right, it is read."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("app: {access_token: T}\nwaba: {}\nnumbers: []\n")
    with Emulator() as emulator:
        for name in ("default", "other"):
            with pytest.raises(SeedError, match="at least one business number"):
                emulator.create(name, seed)
        seed.write_text("app: {access_token: T}\nwaba: {}\nnumbers: [{number: '+15550001111'}]\n")

        assert emulator.create("other", seed).name == "other"


def test_a_sandbox_of_another_name_returns_to_its_own_seed() -> None:
    """A reset gives it the ids that it had."""
    with Emulator() as emulator:
        emulator.create(speed=None)
        other = emulator.create("other", speed=None)
        before, templates = other.identity(), [template.id for template in other.templates.all()]

        other.people.add("Omar")
        other.reset()

        assert (other.identity(), [template.id for template in other.templates.all()]) == (before, templates)
        assert [person.name for person in other.people.all() if person.name == "Omar"] == []


@pytest.fixture
def blueprints() -> Iterator[Blueprints]:
    found = Blueprints()
    yield found
    found.close()


def test_images_of_names_that_come_again_are_kept() -> None:
    """Those of the newest few; an image that is kept is what a new one would be."""
    blueprint = Blueprint(SeedSource(MANY), "first")
    names = [f"name-{number}" for number in range(IMAGES + 1)]
    with blueprint.image("first", again=True) as first:
        assert first is blueprint.database
    for name in names:
        with blueprint.image(name, again=True):
            pass

    with blueprint.image(names[-1], again=True) as kept:
        rows = list(kept.connection.iterdump())
    with blueprint.image(names[-1]) as made:
        assert list(made.connection.iterdump()) == rows
    assert list(blueprint._images) == names[1:]
    blueprint.close()
    assert not blueprint._images


def test_one_for_all_names(blueprints: Blueprints) -> None:
    """And one for each way of answering."""
    lent = [blueprints.lend(SeedSource(), name, at_once=False) for name in ("one", "two")]
    other = blueprints.lend(SeedSource(), "one", at_once=True)

    assert lent[0] is lent[1] is not other
    assert len(blueprints) == 2


def test_those_in_use_stay(blueprints: Blueprints) -> None:
    """However many come and go meanwhile; of those that nobody uses the newest few."""
    used = blueprints.lend(SeedSource(MANY), "used", at_once=False)
    for number in range(KEPT + 3):
        blueprints.give_back(blueprints.lend(SeedSource(MANY | {"seed": f"s{number}"}), "one", at_once=False))

    assert len(blueprints) == KEPT + 1
    with used.image("another") as image:
        assert contents(image)["apps"]
    blueprints.give_back(used)
    assert len(blueprints) == KEPT


def test_threads_that_ask_for_the_same_seed_together(blueprints: Blueprints) -> None:
    """Get one blueprint."""
    start, found = Barrier(4), []

    def lend() -> None:
        start.wait(10)
        blueprint = blueprints.lend(SeedSource(), "one", at_once=False)
        with blueprint.image("two") as image:
            found.append((blueprint, contents(image)))

    threads = [Thread(target=lend) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)

    assert len({blueprint for blueprint, _ in found}) == len(blueprints) == 1
    assert all(each == found[0][1] for _, each in found)
