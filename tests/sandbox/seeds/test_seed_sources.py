"""A seed need not be a file: what stands in one can be given itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from emulator import Emulator, SeedError
from emulator.sandbox.fixtures import fixtures

SEED: dict[str, Any] = {
    "seed": "mine",
    "app": {"access_token": "EMULATOR-mine"},
    "waba": {"name": "Mine"},
    "numbers": [{"number": "+1 650 555 0001", "verified_name": "Mine"}],
    "people": [{"number": "+1 650 555 1234", "name": "Sheena"}],
}


def test_a_seed_may_be_a_mapping() -> None:
    """The same sandbox as from a file with the same words."""
    with Emulator() as emulator:
        sandbox = emulator.create(seed=SEED, speed=None)

        assert sandbox.identity()["access_token"] == "EMULATOR-mine"
        assert [person.name for person in sandbox.people.all()] == ["Sheena"]


@pytest.mark.parametrize("name", ["default", "shop"])
def test_a_mapping_is_read_as_the_file_is(name: str) -> None:
    """Ids, tokens and people are the same."""
    mapping = yaml.safe_load((fixtures() / "seeds" / f"{name}.yaml").read_text(encoding="utf-8"))
    with Emulator() as of_file, Emulator() as of_mapping:
        file, given = of_file.create(seed=name, speed=None), of_mapping.create(seed=mapping, speed=None)

        assert given.identity()["numbers"] == file.identity()["numbers"]
        assert given.people.all() == file.people.all()
        assert given.templates.all() == file.templates.all()


def test_an_instant_may_be_a_text_or_a_datetime() -> None:
    """JSON has no instants; Python has."""
    for expires in ("2027-01-01T00:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)):
        with Emulator() as emulator:
            token = {"token": "EMULATOR-other", "expires_at": expires}
            sandbox = emulator.create(seed=SEED | {"tokens": [token]}, speed=None)
            found = sandbox.accounts.find_token("EMULATOR-other")

        assert found is not None
        assert found.expires_at == datetime(2027, 1, 1, tzinfo=UTC)


def test_another_mapping_makes_another_sandbox() -> None:
    """Though it is the same object, changed meanwhile."""
    seed = {**SEED, "people": list(SEED["people"])}
    with Emulator() as emulator:
        one = emulator.create("one", seed, speed=None)
        seed["people"].append({"number": "+1 650 555 5678", "name": "Omar"})
        two = emulator.create("two", seed, speed=None)

        assert [len(each.people.all()) for each in (one, two)] == [1, 2]


def test_a_sandbox_of_a_mapping_is_kept_with_it(tmp_path: Path) -> None:
    """A reset after the restart of a server goes back to it."""
    with Emulator(data=tmp_path) as emulator:
        emulator.create(seed=SEED, speed=None)

    with Emulator(data=tmp_path) as emulator:
        (sandbox,) = emulator.take_up()
        sandbox.people.add("Omar")
        sandbox.reset()

        assert [person.name for person in sandbox.people.all()] == ["Sheena"]


@pytest.mark.parametrize(
    ("seed", "complaint"),
    [
        (SEED | {"numberz": []}, "<seed>:1: numberz: there is no numberz; did you mean numbers?"),
        (SEED | {"numbers": [{"number": "x"}]}, r"<seed>:1: numbers\[0\]\.number: expected a phone number"),
        (SEED | {"tokens": [{"token": "a", "expires_at": "soon"}]}, "expected an instant such as 2026"),
        ({}, "<seed>:1: "),
    ],
)
def test_what_is_wrong_is_named_by_its_field(seed: dict[str, Any], complaint: str) -> None:
    """As in a file, whose line it would name."""
    with Emulator() as emulator, pytest.raises(SeedError, match=complaint):
        emulator.create(seed=seed)


def test_a_mapping_without_end_is_refused() -> None:
    """It is no JSON; and one of too many levels is refused by its depth."""
    endless: dict[str, Any] = dict(SEED)
    endless["people"] = [endless]
    deep: Any = []
    for _ in range(60):
        deep = [deep]

    for seed, complaint in ((endless, "is no JSON"), (SEED | {"people": deep}, "nested too deeply")):
        with Emulator() as emulator, pytest.raises(SeedError, match=complaint):
            emulator.create(seed=seed)
