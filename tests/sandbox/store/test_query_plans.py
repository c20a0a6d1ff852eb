"""No question to the store reads a whole table, but those that list it.

Every public method of every table is called, and SQLite is asked how it carries out each statement.
"""

from __future__ import annotations

import inspect
import re
import sqlite3
import sys
import typing
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA
from kit.questions import UNASKABLE, calls, methods, samples, tables
from kit.rich_sandbox import rich_sandbox
from kit.times import MORNING

import emulator.sandbox.store
from emulator import Emulator, Sandbox
from emulator.sandbox.store.timeline import AHEAD

STORE = Path(emulator.sandbox.store.__file__).parent

LISTINGS = {
    "AccountTables": "apps, portfolios, WABAs and numbers of a sandbox are few",
    "JournalTable.select": "what fits is listed in its order; without a filter that is everything",
    "MessageTable.select": "what fits is listed in its order; without a filter that is everything",
    "MessageTable.each": "read as far as the caller goes; what several people have is sorted first",
    "MessageTable.count": "asked by people alone",
    "DeliveryTable.select": "what fits is listed in its order; without a state that is everything",
    "DeliveryTable.unwritten": "looks at each attempt when a kept sandbox is opened",
    "FaultTable": "faults are armed by hand",
    "GroupTable.all": "lists them all",
    "PeopleTable.all": "lists them all",
    "WindowTable.all": "lists them all",
    "TemplateTable.of": "lists them all",
    "TemplateTable.named": "sorts the few languages of one name",
    "TemplateTable.last_used": "the yearly search for idle templates looks at each",
    "EntryPointTable.all": "lists them all",
    "MediaTables.whole_uploads": "looks at uploads at the start of a server",
    "RelationshipTable.blocked_by": "skips what stands on earlier pages",
    "TimelineTable.all": "lists all",
    "ChargeTable.report": "sums what was charged; without dates that is everything",
}
"""Methods, or whole classes, that may read a table from one end to the other, and why."""
BY_THE_FIRST = ("LIMIT 1", f"LIMIT {AHEAD}", "MAX(", "MIN(")
"""What stops a look along a table or an index at its first rows."""
FEW = ("SCAN 2 CONSTANT ROWS", "SCAN templates USING INDEX templates_leaving", "SCAN (subquery")
"""What looks like reading a whole table: rows of the statement, an index of few, what a part of it found."""

Question = tuple[str, str, tuple[Any, ...]]
"""The method that asked, its statement and the values."""


class Recording(sqlite3.Connection):
    """A connection that notes who executes what."""

    questions: typing.ClassVar[list[Question]] = []

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        """Note the statement, then execute it."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and STORE not in Path(frame.f_code.co_filename).parents:
            frame = frame.f_back
        if frame is not None:
            self.questions.append((frame.f_code.co_qualname, sql, values))
        return super().execute(sql, values)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One in which everything has happened, over a connection that notes what is asked."""
    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch, Emulator() as emulator:
        patch.setattr(
            "emulator.sandbox.store.database.database.sqlite3.connect",
            lambda *path, **options: connect(*path, factory=Recording, **options),
        )
        yield rich_sandbox(emulator)


class Undone(Exception):
    """Takes back what a call has changed."""


@pytest.fixture(scope="module")
def questions(sandbox: Sandbox) -> list[Question]:
    """Every statement of the sandbox's life, and of a call of every method of every table."""
    store = sandbox.services.store
    known = samples(store)
    store.deliveries.settle(1, "waiting", MORNING, 0)
    for table in tables(store).values():
        for _, method in methods(table):
            for given in calls(method, known):
                try:
                    with store.transaction():
                        method(**given)
                        raise Undone
                except (Undone, sqlite3.IntegrityError, *UNASKABLE):
                    continue
    return list({(who, sql): (who, sql, values) for who, sql, values in Recording.questions}.values())


def scans(sandbox: Sandbox, question: Question) -> list[str]:
    """The steps of a statement's plan that read a whole table, or sort what they have read."""
    _, sql, values = question
    database = sandbox.services.store.database
    with database.transaction():
        plan = [
            row[3]
            for row in sqlite3.Connection.execute(database.connection, f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    return [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step]


def test_no_question_reads_a_whole_table(sandbox: Sandbox, questions: list[Question]) -> None:
    """What it costs must not grow with what is stored; lists are exempt by name, with the reason."""
    found = {}
    for who, sql, values in questions:
        if not sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) or "sqlite_master" in sql:
            continue
        owner = who.partition(".")[0]
        if owner in LISTINGS or who.removesuffix(".<listcomp>") in LISTINGS:
            continue
        steps = [step for step in scans(sandbox, (who, sql, values)) if not step.startswith(FEW)]
        sorted_anew = any("TEMP" in step for step in steps)
        if steps and (sorted_anew or not any(word in sql for word in BY_THE_FIRST)):
            found[who] = (steps, " ".join(sql.split()))

    assert found == {}


def test_no_value_of_a_statement_has_a_number(questions: list[Question]) -> None:
    """They stand in their order or have names: Python 3.12.0 to 3.12.3 warn of ``?1``."""
    assert [(who, sql) for who, sql, _ in questions if re.search(r"\?\d", sql)] == []


def test_every_method_is_asked(sandbox: Sandbox, questions: list[Question]) -> None:
    """Also one that is added later: or nobody would look at its plan."""
    asked = {who for who, _, _ in questions}
    missing = []
    for table in tables(sandbox.services.store).values():
        for name, method in inspect.getmembers(type(table), inspect.isfunction):
            executes = "_execute" in method.__code__.co_names or "execute" in method.__code__.co_names
            inner = chain.from_iterable(
                code.co_names for code in method.__code__.co_consts if hasattr(code, "co_names")
            )
            if name != "__init__" and (executes or "_execute" in inner) and method.__qualname__ not in asked:
                missing.append(method.__qualname__)

    assert missing == []


def test_every_exemption_is_one(sandbox: Sandbox, questions: list[Question]) -> None:
    """A name that no method has any more goes from the table."""
    names = {type(table).__name__ for table in tables(sandbox.services.store).values()}
    methods = {
        f"{type(table).__name__}.{name}"
        for table in tables(sandbox.services.store).values()
        for name, _ in inspect.getmembers(table, inspect.ismethod)
    }

    assert [name for name in LISTINGS if name not in names | methods] == []


def test_the_sandbox_has_what_is_asked_for(sandbox: Sandbox) -> None:
    """The plans are those of tables with rows."""
    store = sandbox.services.store

    assert store.messages.newest_to(PRODUCTION, SHEENA) is not None
    assert store.timeline.next_due() is not None
