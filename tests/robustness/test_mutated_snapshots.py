"""Snapshots that somebody has changed are refused whole, or are as good as any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, PABLO, PRODUCTION, SHEENA, WABA_ID
from kit.messages import order_shipped_parts
from kit.mutations import Mutation, mutated, mutations
from kit.rich_sandbox import rich_sandbox
from kit.sandboxes import rows_of

from emulator import Emulator, Sandbox, create_app
from emulator.web.control.routes import ROUTES

EVERY = 997
"""The quick test takes one mutation of so many, always the same ones."""
PARTS = 16


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="module")
def sandbox(emulator: Emulator) -> Sandbox:
    return rich_sandbox(emulator)


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


def failing(control: Control, graph: Graph) -> list[str]:
    """Which views and acts of a sandbox are answered with 500, or raise."""
    calls: list[tuple[str, Any]] = [
        *((f"GET {path}", lambda path=path: control.get(path)) for path in _views(control)),
        *((f"GET {path} of Graph", lambda path=path: graph.get(path)) for path in _nodes()),
        ("send", lambda: graph.text("Still there?")),
        ("send", lambda: graph.template("order_shipped", *order_shipped_parts(), to=PABLO)),
        ("say", lambda: control.post(f"/people/{SHEENA}/messages", {"text": {"body": "Hi"}})),
        ("tap", lambda: control.post(f"/people/{SHEENA}/taps", {"button": "Where is it?"})),
        ("read", lambda: control.post(f"/people/{SHEENA}/reads")),
        ("call", lambda: control.post(f"/people/{PABLO}/calls", {"lasts": 5})),
        ("settle", lambda: control.post("/settle")),
        ("advance", lambda: control.post("/clock/advance", {"days": 8})),
        ("transcript", lambda: control.get("/transcript")),
        ("costs", lambda: control.get("/costs")),
        ("snapshot", lambda: control.get("/snapshot")),
    ]
    found = []
    for name, call in calls:
        try:
            with call() as answer:
                status = answer.status_code
        except Exception as problem:
            found.append(f"{name} raises {type(problem).__name__}: {problem}")
            continue
        if status >= 500:
            found.append(f"{name} is answered with {status}")
    return found


def _views(control: Control) -> list[str]:
    """Every path of the control API that is read, with the names of what is there."""
    known = {
        "messages/{id}": [each["id"] for each in _listed(control, "/messages", "messages")[-3:]],
        "deliveries/{id}": [each["id"] for each in _listed(control, "/deliveries", "deliveries")[-3:]],
        "people/{wa_id}": [SHEENA],
    }
    paths = ["/_emulator/sandboxes", "/_emulator/health", f"/limits?wa_id={SHEENA}"]
    for route in ROUTES:
        if route.method != "GET" or not route.path.startswith("/sandboxes/{s}") or "snapshot" in route.path:
            continue
        path = route.path.removeprefix("/sandboxes/{s}")
        if "{" not in path:
            paths.append(path)
            continue
        paths += [path.partition("{")[0] + str(name) for name in known[path[1:]]]
    return paths


def _listed(control: Control, path: str, name: str) -> list[Any]:
    answer = control.get(path)
    return (answer.json or {}).get(name, []) if answer.status_code == 200 else []


def _nodes() -> list[str]:
    return [
        PRODUCTION,
        WABA_ID,
        f"{WABA_ID}/message_templates",
        f"{WABA_ID}/phone_numbers",
        f"{WABA_ID}/subscribed_apps",
        f"{PRODUCTION}/block_users",
        f"debug_token?input_token={ACCESS_TOKEN}",
        f"{PRODUCTION}?fields=health_status",
        f"{WABA_ID}?fields=health_status",
    ]
