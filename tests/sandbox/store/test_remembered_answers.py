"""What a table remembers is what the database has: after writes, after roll-backs, after another database."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, WABA_ID
from kit.templates import template
from kit.times import MORNING

from emulator.domain.faults.asking import new_fault
from emulator.domain.faults.occasions import When
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.sandbox.store import Database, Store, memory
from emulator.sandbox.store.memory import MOST, Memory

LATER = MORNING + timedelta(hours=1)
RECEIVED = Message(
    "wamid.1",
    PRODUCTION,
    SHEENA,
    outbound=False,
    type="text",
    status=MessageStatus.RECEIVED,
    at=MORNING,
    content={"body": "Hello"},
)
TEMPLATE = template({"type": "BODY", "text": "Hello"})

Ask = Callable[[Store], Any]
Write = Callable[[Store], Any]

WRITES: list[tuple[Ask, Write, Write]] = [
    (
        lambda store: store.people.get(SHEENA),
        lambda store: store.people.put(Person(SHEENA, "Sheena", "US.1")),
        lambda store: store.people.put(Person(SHEENA, "Sheena Nelson", "US.1")),
    ),
    (
        lambda store: store.people.get(SHEENA),
        lambda store: store.people.put(Person(SHEENA, "Sheena", "US.1")),
        lambda store: store.people.rename(SHEENA, Person(PABLO, "Sheena", "US.1")),
    ),
    (
        lambda store: store.windows.get(PRODUCTION, SHEENA),
        lambda store: store.windows.restart(PRODUCTION, SHEENA, MORNING),
        lambda store: store.windows.restart(PRODUCTION, SHEENA, LATER),
    ),
    (
        lambda store: store.relationships.get(PRODUCTION, SHEENA),
        lambda store: store.relationships.put(Relationship(PRODUCTION, SHEENA)),
        lambda store: store.relationships.put(Relationship(PRODUCTION, SHEENA, blocked_number_at=MORNING)),
    ),
    (
        lambda store: store.relationships.get(PRODUCTION, SHEENA),
        lambda store: store.relationships.put(Relationship(PRODUCTION, SHEENA)),
        lambda store: store.relationships.rename(SHEENA, PABLO),
    ),
    (
        lambda store: store.faults.waiting(When.SYNC),
        lambda store: store.faults.add(new_fault(131000)),
        lambda store: store.faults.clear(),
    ),
    (
        lambda store: store.faults.waiting(When.SYNC),
        lambda store: store.faults.add(new_fault(131000, times=1)),
        lambda store: store.faults.count(new_fault(131000, times=1), met=True),
    ),
    (
        lambda store: store.faults.waiting(When.SYNC),
        lambda store: store.faults.add(new_fault(131000)),
        lambda store: store.faults.remove(0),
    ),
    (
        lambda store: store.deliveries.spoilt.find(1),
        lambda store: store.deliveries.spoilt.add(1, 3, "late"),
        lambda store: store.deliveries.spoilt.drop("SELECT ?", (1,)),
    ),
    *(
        (lambda store: store.messages.get(RECEIVED.id), lambda store: store.messages.add(RECEIVED), write)
        for write in (
            lambda store: store.messages.set_status(
                RECEIVED.id, MessageStatus.READ, pricing={"billable": True}
            ),
            lambda store: store.messages.set_status(RECEIVED.id, MessageStatus.FAILED, {"code": 131000}),
            lambda store: store.messages.set_pricing(RECEIVED.id, {"billable": False}),
            lambda store: store.messages.mark_deleted(RECEIVED.id, LATER),
            lambda store: store.messages.mark_inbound_read(PRODUCTION, SHEENA, RECEIVED.id),
        )
    ),
    (
        lambda store: store.facts.counted("ids"),
        lambda store: store.facts.count("ids"),
        lambda store: store.facts.count("ids"),
    ),
    (
        lambda store: store.utility_abuse.get(WABA_ID),
        lambda store: store.utility_abuse.put(WABA_ID, UtilityAbuse(warned_at=MORNING)),
        lambda store: store.utility_abuse.put(WABA_ID, UtilityAbuse()),
    ),
    (
        lambda store: store.templates.find(TEMPLATE.waba_id, TEMPLATE.name, TEMPLATE.language),
        lambda store: store.templates.add(TEMPLATE),
        lambda store: store.templates.replace(TEMPLATE.changed(quality_score="GREEN")),
    ),
    (
        lambda store: store.templates.find(TEMPLATE.waba_id, TEMPLATE.name, TEMPLATE.language),
        lambda store: store.templates.add(TEMPLATE),
        lambda store: store.templates.remove(TEMPLATE.id),
    ),
    (
        lambda store: store.sliding_windows.size("calls", MORNING),
        lambda store: store.sliding_windows.add("calls", "1", LATER),
        lambda store: store.sliding_windows.forget("calls"),
    ),
]
"""A question, a write that changes its answer, and another."""


STORE = Path(memory.__file__).parent
WRITING = re.compile(r'"(INSERT|UPDATE|DELETE) |_ROWS\.(insert|update|upsert)\b')
AWARE = re.compile(r"\.answers\b|stamp \+= 1|_resize\(|self\._(remember|write)\(")
OTHER_TABLES = {
    "facts.put",
    "facts.remove",
    "relationships.mark_changed",
    "templates.lock_name",
}
"""Methods that write to a table of which nothing is remembered."""


class Refused(Exception):
    """Something a command raises."""


@pytest.fixture
def store() -> Iterator[Store]:
    database = Database()
    yield Store(database)
    database.close()


def anew(store: Store, ask: Ask) -> Any:
    """The answer of tables that remember nothing."""
    return ask(Store(store.database))


@pytest.mark.parametrize(("ask", "first", "second"), WRITES)
def test_an_answer_is_that_of_the_database(store: Store, ask: Ask, first: Write, second: Write) -> None:
    """Before a write, after it, and after the next; it is what another store reads."""
    answers = [ask(store)]
    for write in (first, second):
        with store.transaction():
            write(store)
        answers.append(ask(store))
        assert answers[-1] == anew(store, ask)

    assert answers[0] != answers[1] != answers[2]


@pytest.mark.parametrize(("ask", "first", "second"), WRITES)
def test_what_is_rolled_back_is_not_remembered(store: Store, ask: Ask, first: Write, second: Write) -> None:
    """Neither by the write itself, nor by a question after it in the same transaction."""
    with store.transaction():
        first(store)
    before = ask(store)

    def command() -> None:
        with store.transaction():
            second(store)
            assert ask(store) != before
            raise Refused

    with pytest.raises(Refused):
        command()

    assert ask(store) == before == anew(store, ask)


@pytest.mark.parametrize(("ask", "first", "second"), WRITES)
def test_another_database_has_its_own_answers(store: Store, ask: Ask, first: Write, second: Write) -> None:
    """As after a restore and a reset, which copy one over what is there."""
    other = Store(Database())
    nothing = ask(other)
    with store.transaction():
        first(store)
    assert ask(store) != nothing

    store.database.copy_from(other.database)

    assert ask(store) == nothing
    other.database.close()


def test_no_write_of_a_remembering_table_leaves_its_memory_alone() -> None:
    """Each method with a statement that writes also changes what is remembered, but for those named here."""
    unaware = set()
    for module in sorted(STORE.rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        if "import Memory" not in text:
            continue
        for method in (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef)):
            source = ast.get_source_segment(text, method) or ""
            if WRITING.search(source) and not AWARE.search(source):
                unaware.add(f"{module.stem}.{method.name}")

    assert unaware == OTHER_TABLES


def test_a_question_is_asked_once(store: Store) -> None:
    """Also where nothing was found, and when a transaction that wrote nothing was rolled back since."""
    statements: list[str] = []
    asked = [ask for ask, _, _ in WRITES]
    for ask in asked:
        ask(store)
    with pytest.raises(Refused), store.transaction():
        raise Refused
    store.database.connection.set_trace_callback(statements.append)

    for ask in asked:
        ask(store)

    assert statements == []


def test_a_memory_is_bounded(store: Store) -> None:
    """A thousand answers; with the next it begins anew."""
    memory = Memory[int, int](store.database)
    for number in range(MOST):
        memory.answers[number] = number
        assert len(memory._answers) == number + 1

    memory.answers[MOST] = MOST

    assert memory.answers == {MOST: MOST}


def test_messages_are_remembered_between_their_steps(store: Store) -> None:
    """A status costs no question; whoever may change what a message holds gets one of their own."""
    with store.transaction():
        store.messages.add(RECEIVED)
    store.messages.get(RECEIVED.id)
    statements: list[str] = []
    store.database.connection.set_trace_callback(statements.append)

    with store.transaction():
        store.messages.set_status(RECEIVED.id, MessageStatus.READ)
    known, own = store.messages.get(RECEIVED.id), store.messages.read(RECEIVED.id)

    assert [each.split()[0] for each in statements] == ["BEGIN", "UPDATE", "COMMIT", "SELECT"]
    assert known == own
    assert known is not None
    assert own is not None
    assert known.content is not own.content
