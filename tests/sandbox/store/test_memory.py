"""What a table remembers is what the database has: after writes, after roll-backs, after another database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA, WABA_ID
from kit.templates import template
from kit.times import MORNING

from emulator.domain.catalogue import ErrorChannel
from emulator.domain.faults import new_fault
from emulator.domain.people.person import Person
from emulator.domain.people.relationship import Relationship
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.sandbox.store import Database, Store
from emulator.sandbox.store.memory import MOST, Memory

LATER = MORNING + timedelta(hours=1)
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
        lambda store: store.faults.waiting(ErrorChannel.SYNC),
        lambda store: store.faults.add(new_fault(131000)),
        lambda store: store.faults.clear(),
    ),
    (
        lambda store: store.faults.waiting(ErrorChannel.SYNC),
        lambda store: store.faults.add(new_fault(131000, times=1)),
        lambda store: store.faults.count(new_fault(131000, times=1)),
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


def test_a_question_is_asked_once(store: Store) -> None:
    """Also where nothing was found, and when a transaction that wrote nothing was rolled back since."""
    statements: list[str] = []
    asked = [ask for ask, _, _ in WRITES[:-1]]  # a sliding window also removes what has left it
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
