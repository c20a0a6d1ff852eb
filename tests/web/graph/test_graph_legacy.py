"""Features that Graph has given up, or gives up: a call that uses one is refused, or is warned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from kit.graph import Graph
from kit.identities import PRODUCTION, WABA_ID

from emulator import Emulator, Sandbox

WARNING = "X-Emulator-Warning"


@pytest.fixture
def earlier(emulator: Emulator, graph: Graph, sandbox: Sandbox) -> Graph:
    """The same client in April 2026, when all of them still worked."""
    emulator.remove(sandbox.name)
    emulator.create(at=datetime(2026, 4, 1, tzinfo=UTC), speed=None)
    return graph


@pytest.mark.parametrize("name", ["pretty", "debug", "metadata"])
def test_what_has_no_effect_any_more_is_warned_of(graph: Graph, sandbox: Sandbox, name: str) -> None:
    """The answer is that of a call without it; nothing is missing."""
    plain, asked = graph.get(PRODUCTION), graph.get(f"{PRODUCTION}?{name}=1")

    assert (asked.status_code, asked.json) == (200, plain.json)
    assert f"`{name}`" in asked.headers[WARNING]
    assert "has no effect" in asked.headers[WARNING]
    assert WARNING not in plain.headers
    assert sandbox.journal.all(kind="unsupported") == []


@pytest.mark.parametrize("path", ["", PRODUCTION])
@pytest.mark.parametrize("name", ["ids", "date_format"])
def test_what_is_gone_is_refused(graph: Graph, sandbox: Sandbox, path: str, name: str) -> None:
    """As by the platform, so that no strict test fails for it."""
    answer = graph.get(f"{path}?{name}=1")

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 100)
    assert answer.headers["X-Emulator-Rule"] == "legacy"
    assert "in v26.0, and on 2026-10-27 in all versions" in answer.headers["X-Emulator-Hint"]
    assert sandbox.journal.all(kind="unsupported") == []


@pytest.mark.parametrize("query", ["ids=1,2", "date_format=U", "metadata=1"])
def test_what_was_not_gone_then_is_not_emulated(earlier: Graph, query: str) -> None:
    """It would have changed the answer."""
    answer = earlier.get(f"{PRODUCTION}?{query}")

    assert (answer.status_code, answer.headers["X-Emulator-Rule"]) == (400, "not_emulated")


def test_several_objects_in_one_call_are_not_emulated(earlier: Graph) -> None:
    """The form of it that names no object in the path."""
    assert earlier.get(f"?ids={PRODUCTION},{WABA_ID}").headers["X-Emulator-Rule"] == "not_emulated"


def test_another_method_is_warned_of_since_november_2026(graph: Graph, sandbox: Sandbox) -> None:
    """It is carried out all the same: apps that used it before may go on."""
    before = graph.post(f"{PRODUCTION}?method=get")
    sandbox.clock.travel_to(datetime(2026, 11, 4, tzinfo=UTC))
    after = graph.post(f"{PRODUCTION}?method=get")

    assert before.json == after.json == graph.get(PRODUCTION).json
    assert WARNING not in before.headers
    assert "new apps cannot use it" in after.headers[WARNING]


@pytest.mark.parametrize("fields", ["id,verified_name.as(name)", "phone_numbers.limit(1).as(numbers)"])
def test_a_field_under_another_name_is_not_emulated(graph: Graph, sandbox: Sandbox, fields: Any) -> None:
    """Nor silently answered under its own."""
    node = PRODUCTION if "verified_name" in fields else WABA_ID

    answer = graph.get(f"{node}?fields={fields}")

    assert (answer.status_code, answer.headers["X-Emulator-Rule"]) == (400, "not_emulated")
    assert [entry.subject for entry in sandbox.journal.all(kind="unsupported")] == [
        "a field under another name (as)"
    ]
