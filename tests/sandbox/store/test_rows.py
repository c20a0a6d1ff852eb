"""Nouns lie in tables as they declare their facts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.facts import types
from emulator.domain.facts.facts import fact
from emulator.domain.people.habits import Habits
from emulator.domain.people.person import Person
from emulator.domain.templates.template import Status, Template
from emulator.sandbox.store.database import Database
from emulator.sandbox.store.rows import LAST, RowCodec

NOON = datetime(2026, 11, 3, 12, 0, 0, 1, tzinfo=UTC)

TABLES: dict[str, tuple[type, str]] = {
    "people": (Person, "wa_id"),
    "numbers": (BusinessNumber, "id"),
    "wabas": (Waba, "id"),
    "portfolios": (Portfolio, "id"),
    "apps": (App, "id"),
    "tokens": (Token, "text"),
    "templates": (Template, "id"),
}


BESIDE_FACTS = ("place", "wording")
"""Columns that are no facts: the order of the rows, and what a template's components say."""


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_has_a_column_for_each_fact(database: Database, table: str) -> None:
    """With its type, and whether it may be empty; beside them its place, and what follows."""
    noun, key = TABLES[table]
    rows = database.execute(f"PRAGMA table_info({table})").fetchall()

    written = {
        name: (sql_type, not not_null and not is_key)
        for _, name, sql_type, not_null, _, is_key in rows
        if name not in BESIDE_FACTS
    }

    declared = RowCodec(noun, table, key).columns
    assert written == {each.name: (each.sql_type, each.nullable) for each in declared}


@dataclass(frozen=True, slots=True)
class Plant:
    """A noun with a fact of each kind."""

    id: str = field(metadata=fact(types.digits()))
    kind: str = field(metadata=fact(types.text(), column="species"))
    status: Status = field(default=Status.PENDING, metadata=fact(types.one_of(Status)))
    grows: bool = field(default=True, metadata=fact(types.flag()))
    height: int | None = field(default=None, metadata=fact(types.whole(optional=True)))
    shade: float = field(default=0.5, metadata=fact(types.share()))
    thirst: timedelta | None = field(default=None, metadata=fact(types.duration(never="never")))
    watered_at: datetime | None = field(default=None, metadata=fact(types.instant(optional=True)))
    leaves: tuple[str, ...] = field(default=(), metadata=fact(types.json_value(tuple, array=True)))
    notes: dict[str, Any] = field(
        default_factory=dict, metadata=fact(types.json_value(dict, immutable=False))
    )


PLANTS = RowCodec(Plant, "plants", place=f"{LAST} plants")
FERN = Plant(
    "1", "Fern", Status.APPROVED, False, 40, 0.25, timedelta(days=3), NOON, ("ä", "b"), {"by": "the door"}
)


@pytest.fixture
def plants(database: Database) -> Database:
    """A database with a table of plants beside those of the schema."""
    columns = ", ".join(f"{each.name} {each.sql_type}" for each in PLANTS.columns)
    database.execute(f"CREATE TABLE plants ({columns}, place INTEGER, PRIMARY KEY (id))")
    return database


def everything(database: Database) -> list[Plant]:
    return PLANTS.read_all(database.execute(f"{PLANTS.select} ORDER BY place"))


def test_facts_of_every_kind_survive_the_database(plants: Database) -> None:
    """Also those of a noun of which nothing is said."""
    bare = Plant("2", "Moss")

    for plant in (FERN, bare):
        plants.execute(PLANTS.insert, PLANTS.values(plant))

    found = everything(plants)
    assert found == [FERN, bare]
    assert [type(found[0].status), type(found[0].grows)] == [Status, bool]


def test_a_change_keeps_the_place_of_a_noun(plants: Database) -> None:
    for plant in (FERN, Plant("0", "Moss")):
        plants.execute(PLANTS.upsert, PLANTS.values(plant))

    plants.execute(PLANTS.upsert, PLANTS.values(replace(FERN, height=41)))
    plants.execute(PLANTS.update, PLANTS.values(Plant("0", "Lichen")))

    assert everything(plants) == [replace(FERN, height=41), Plant("0", "Lichen")]


def test_values_that_can_be_changed_are_not_shared(plants: Database) -> None:
    """What is remembered by its JSON is only what nobody can change."""
    plants.execute(PLANTS.insert, PLANTS.values(FERN))

    everything(plants)[0].notes["by"] = "the window"

    assert everything(plants)[0].notes == {"by": "the door"}


def test_people_with_the_same_habits_share_them() -> None:
    """Few habits are common to many people: they are read once."""
    codec = RowCodec(Person, "people", "wa_id")
    row = [*codec.values(Person("1", "Sheena", "US.1", habits=Habits(reads=False))).values()]

    assert codec.read(row).habits is codec.read(row).habits
