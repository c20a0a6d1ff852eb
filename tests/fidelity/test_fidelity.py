"""Every row of the table of fidelity, asked of the emulator or shown by the test it names."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rows import AREAS, GAPS, Exchange, Proof, Row
from rows.row import PERSON

from emulator import Emulator, create_app
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver, Webhook

TESTS = Path(__file__).parent.parent
ROWS = [row for area in AREAS for row in area.rows]


class World:
    """A sandbox in which nothing has happened, with somebody who may have written, and a receiver."""

    def __init__(self, sandbox: Sandbox, client: FlaskClient) -> None:
        self._sandbox, self._client = sandbox, client
        self._webhooks: list[Webhook] = []
        sandbox.webhooks.connect("http://receiver.invalid/hook", CallableReceiver(self._webhooks.append))

    def ask(self, exchange: Exchange) -> Any:
        """Carry out a call, as it is written in the row."""
        self._sandbox.reset()
        if exchange.settings:
            self._sandbox.change_settings(**exchange.settings)
        if exchange.written:
            for number in self._sandbox.identity()["numbers"]:
                self._sandbox.people.say(PERSON, "Hi", to=number["phone_number_id"])
        body = exchange.body
        return self._client.open(
            exchange.path,
            method=exchange.method,
            data=body if isinstance(body, bytes) or body is None else json.dumps(body),
            content_type=None if body is None else exchange.content_type,
            headers={"Authorization": f"Bearer {exchange.token}"} if exchange.token else {},
        )

    def failed(self) -> list[Any]:
        """The errors of the statuses that follow, each without the address of its page."""
        self._webhooks.clear()
        self._sandbox.settle()
        values = [webhook.json["entry"][0]["changes"][0]["value"] for webhook in self._webhooks]
        errors = [status["errors"] for value in values for status in value.get("statuses", ())]
        return [{name: part for name, part in error.items() if name != "href"} for (error,) in errors]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Emulator() as emulator:
        sandbox = emulator.create(at=datetime(2026, 11, 2, 9, tzinfo=UTC), speed=None, at_once=True)
        yield World(sandbox, create_app(emulator).test_client())


def masked(body: Any) -> Any:
    """An answer without the ids that differ every time."""
    if "error" in body:
        return {"error": {**body["error"], "fbtrace_id": "…"}}
    if "messages" in body:
        return {**body, "messages": [{**message, "id": "…"} for message in body["messages"]]}
    return body


def agree(world: World, exchange: Exchange) -> None:
    answer = world.ask(exchange)

    assert answer.status_code == exchange.status, answer.text
    if exchange.answer is not None:
        assert masked(answer.json) == exchange.answer
    for name, pattern in exchange.headers.items():
        found = answer.headers.get(name)
        if pattern is None:
            assert found is None
        else:
            assert re.fullmatch(pattern, found or ""), f"{name}: {found}"
    if exchange.later is not None:
        assert world.failed() == [exchange.later]


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests that a file defines."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(
        node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_emulator_does_as_the_row_says(world: World, row: Row):
    """Each call gets its answer, header and status; each test that is named exists."""
    assert row.checks
    for check in row.checks:
        match check:
            case Exchange():
                agree(world, check)
            case Proof(test=test):
                file, _, name = test.partition("::")
                assert name in names_in(TESTS / file), f"there is no test {test}"


def test_every_row_says_something_of_its_own():
    """No sentence and no id stands twice, and every sentence is one."""
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert [row.says for row in ROWS if not row.says.endswith(".")] == []
    assert len({gap.what for gap in GAPS}) == len(GAPS)
