"""Snapshots that somebody has changed are refused whole, or are as good as any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from kit.control import Control, problem_of
from kit.doors import failing
from kit.graph import Graph
from kit.identities import RECEIVER
from kit.mutations import Mutation, mutated, mutations
from kit.rich_sandbox import rich_sandbox
from kit.sandboxes import rows_of

from emulator import Emulator, Sandbox, create_app
from emulator.sandbox.webhooks.receivers import CallableReceiver

EVERY = 997
"""The quick test takes one mutation of so many, always the same ones."""
PARTS = 16


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="module")
def sandbox(emulator: Emulator) -> Sandbox:
    made = rich_sandbox(emulator)
    made.webhooks.connect(
        RECEIVER, CallableReceiver(lambda _: 200)
    )  # an inbox would keep what thousands send
    return made


@pytest.fixture(scope="module")
def snapshot(sandbox: Sandbox) -> bytes:
    return sandbox.snapshot()


@pytest.fixture(scope="module")
def doors(emulator: Emulator) -> tuple[Control, Graph]:
    client = create_app(emulator).test_client()
    return Control(client), Graph(client)


def test_every_table_of_the_sandbox_has_rows(sandbox: Sandbox) -> None:
    """Otherwise the mutations below would pass it by; the bytes of files stand in snapshots only."""
    assert [table for table, rows in rows_of(sandbox).items() if not rows] == ["blobs"]


def test_some_mutated_snapshots_are_refused_or_work(
    sandbox: Sandbox, snapshot: bytes, doors: tuple[Control, Graph]
) -> None:
    """422 with the place and an unchanged state, or 204 and every door answers."""
    _try_all(list(mutations(snapshot))[::EVERY], sandbox, snapshot, doors)


BROKE = (
    "people.wa_id where wa_id = '16505551234' = 7",
    "timeline.details['wa_id'] where",
    "templates.components[0, 'format'] removed where",
    "faults.id where id = 1 = 7",
)
"""Where something was answered with 500 once, or the refusal named another place."""


@pytest.mark.slow
def test_what_once_broke_a_sandbox_is_refused(
    sandbox: Sandbox, snapshot: bytes, doors: tuple[Control, Graph]
) -> None:
    """Somebody whom due work names is gone, a header has no format, an id is beyond its counter."""
    found = [mutation for mutation in mutations(snapshot) if str(mutation).startswith(BROKE)]

    assert len(found) >= len(BROKE)
    _try_all(found, sandbox, snapshot, doors)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_all_mutated_snapshots_are_refused_or_work(
    part: int, sandbox: Sandbox, snapshot: bytes, doors: tuple[Control, Graph]
) -> None:
    """The same, of every change of the table, in parts that can be run side by side."""
    outcome = _try_all(list(mutations(snapshot))[part::PARTS], sandbox, snapshot, doors)
    print(f"\n{outcome.total()} mutations: {dict(outcome)}")  # noqa: T201


def _try_all(
    tried: Iterable[Mutation], sandbox: Sandbox, snapshot: bytes, doors: tuple[Control, Graph]
) -> Counter[str]:
    control, graph = doors
    sandbox.restore(snapshot)
    outcome: Counter[str] = Counter()
    faults = []
    before = rows_of(sandbox)
    for mutation in tried:
        image = mutated(snapshot, mutation)
        if image is None:
            outcome["not possible"] += 1
            continue
        answer = control("PUT", "/snapshot", data=image)
        if answer.status_code == 422:
            outcome["refused"] += 1
            if not _names(problem_of(answer)[1], mutation):
                faults.append(f"{mutation}: the refusal does not name it: {problem_of(answer)[1]}")
            if rows_of(sandbox) != before:
                faults.append(f"{mutation}: refused, and the state is another one")
                sandbox.restore(snapshot)
        elif answer.status_code == 204:
            outcome["taken"] += 1
            faults += [f"{mutation}: {fault}" for fault in failing(control, graph)]
            sandbox.restore(snapshot)
            before = rows_of(sandbox)
        else:
            faults.append(f"{mutation}: {answer.status_code} {answer.text}")
    assert faults == []
    return outcome


def _names(sentence: str, mutation: Mutation) -> bool:
    """Whether a refusal leads to the place: its table and column, the fact, or the row."""
    if mutation.table == "facts":
        name = mutation.value if mutation.column == "name" else mutation.row.partition("'")[2].rstrip("'")
        return any(place in sentence for place in (f"facts.{name}", "facts.b", "facts.value"))
    places = [f"{mutation.table}.{mutation.column}", f"in no row of {mutation.table}"]
    whole = [mutation.table, mutation.column]
    return any(place in sentence for place in places) or all(word in sentence for word in whole)
