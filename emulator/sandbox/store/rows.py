"""How the facts of a noun lie in a table: one column a fact, as the noun's dataclass declares them.

Statements and conversions are made once, when the module of a table is imported: every call reads rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from emulator.domain.facts.facts import facts_of
from emulator.domain.facts.types import FactKind, FactType
from emulator.domain.values import dataclass
from emulator.sandbox.store.compact import compact
from emulator.sandbox.store.instants import from_micros, to_micros

Noun = TypeVar("Noun")
Value = TypeVar("Value")
Convert = Callable[[Any], Any]

_MICROSECOND = timedelta(microseconds=1)
LAST = "SELECT COALESCE(MAX(place) + 1, 0) FROM "
"""Before the name of a table: the place of a row that comes after all others."""
_REMEMBERED = 256
"""How many values of one JSON column are remembered: most people, for example, have the same habits."""


@dataclass(frozen=True, slots=True)
class Column:
    """One fact in a table: what the schema says of it, and how its values go to the database and back."""

    name: str
    sql_type: str
    nullable: bool
    save: Convert | None
    """Converts a value to what the database keeps; ``None``: it is kept as it is."""
    load: Convert | None
    """Converts what the database keeps to a value; ``None``: it is the value."""


class RowCodec(Generic[Noun]):
    """Reads rows of a table as nouns, and writes nouns as rows.

    One column a fact, as the noun's dataclass declares them. It has the statements, too: ``select``,
    ``insert``, ``update`` and ``upsert``, made once when the module of a table is imported.
    """

    def __init__(
        self,
        noun: type[Noun],
        table: str,
        key: str = "id",
        place: str = "",
        derived: Mapping[str, Callable[[Noun], Any]] = MappingProxyType({}),
    ) -> None:
        """``key`` is the column that tells the rows of ``table`` apart.

        ``place`` is a query for the place of a new row among the others, with columns in braces for their
        values; empty for a table without an order of its own. ``derived`` are columns that follow from the
        noun: they are written, to be asked for, and never read.
        """
        facts = list(facts_of(noun).values())
        self.noun, self.table = noun, table
        self.columns = tuple(_column(each.column, each.type) for each in facts)
        self._members = attrgetter(*(each.field for each in facts))
        self._loads = [(at, each.load) for at, each in enumerate(self.columns) if each.load is not None]
        self._saves = [(at, each.save) for at, each in enumerate(self.columns) if each.save is not None]
        self.derived = derived
        self._names = (*(each.name for each in self.columns), *derived)
        marks = {name: f":{name}" for name in self._names}
        named = marks | ({"place": f"({place.format(**marks)})"} if place else {})
        self.select = f"SELECT {', '.join(each.name for each in self.columns)} FROM {table}"
        """What :meth:`read` reads; goes before a ``WHERE``."""
        self.insert = f"INSERT INTO {table} ({', '.join(named)}) VALUES ({', '.join(named.values())})"
        self.update = f"UPDATE {table} SET {_pairs(marks)} WHERE {key} = {marks[key]}"
        changed = {name: f"excluded.{name}" for name in marks if name != key}
        self.upsert = f"{self.insert} ON CONFLICT ({key}) DO UPDATE SET {_pairs(changed)}"
        """Like ``insert`` and ``update`` it takes :meth:`values`; what is there keeps its place."""

    def read(self, row: Sequence[Any]) -> Noun:
        """Make the noun of one row of :attr:`select`; NULL becomes ``None``."""
        facts = list(row)
        for at, load in self._loads:
            if (value := facts[at]) is not None:
                facts[at] = load(value)
        return self.noun(*facts)

    def read_all(self, rows: Iterable[Sequence[Any]]) -> list[Noun]:
        """Make the nouns of all rows of :attr:`select`, in their order."""
        return [self.read(row) for row in rows]

    def values(self, noun: Noun) -> dict[str, Any]:
        """Build the values that ``insert``, ``update`` and ``upsert`` take, by the names of the columns."""
        values = list(self._members(noun))
        for at, save in self._saves:
            if (value := values[at]) is not None:
                values[at] = save(value)
        values.extend(derive(noun) for derive in self.derived.values())
        return dict(zip(self._names, values, strict=True))


def _pairs(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in columns.items())


def _column(name: str, of: FactType) -> Column:
    sql_type, save, load = _json(of) if of.kind is FactKind.JSON else _KINDS[of.kind]
    return Column(name, sql_type, of.optional, save, of.make if of.kind is FactKind.WORD else load)


_KINDS: dict[FactKind, tuple[str, Convert | None, Convert | None]] = {
    FactKind.TEXT: ("TEXT", None, None),
    FactKind.DIGITS: ("TEXT", None, None),
    FactKind.WORD: ("TEXT", None, None),
    FactKind.FLAG: ("INTEGER", None, bool),
    FactKind.WHOLE: ("INTEGER", None, None),
    FactKind.SHARE: ("REAL", None, None),
    FactKind.DURATION: (
        "INTEGER",
        lambda length: length // _MICROSECOND,
        lambda micros: timedelta(microseconds=micros),
    ),
    FactKind.INSTANT: ("INTEGER", to_micros, from_micros),
}
"""By kind: its type in the schema, and the conversions to the column and back."""


def _json(of: FactType) -> tuple[str, Convert, Convert]:
    show, make = of.show, of.make
    assert make is not None
    save: Convert = compact if show is None else lambda value: compact(show(value))

    def load(stored: str) -> Any:
        return make(json.loads(stored))

    return "TEXT", save, lru_cache(maxsize=_REMEMBERED)(load) if of.immutable else load


AT_ONCE = 500
"""How many values a statement is given at once; it takes some thousand."""


def in_parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut a list into parts of :data:`AT_ONCE` values, each for a statement of its own."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def marks(values: Sized) -> str:
    """Write the marks of a list of values for ``IN (…)``: ``?, ?, ?`` for three."""
    return ", ".join("?" * len(values))


def literally(text: str) -> str:
    """Write a text so that ``LIKE`` with ``ESCAPE '!'`` takes it as it is."""
    return re.sub("[!%_]", r"!\g<0>", text)
