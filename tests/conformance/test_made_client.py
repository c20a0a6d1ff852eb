"""A client that openapi-python-client makes of the control API's OpenAPI document: its answers are typed."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.answer_schemas import document
from kit.identities import SHEENA
from kit.receivers import ServedInbox

from emulator import Sandbox, Server
from emulator.web.control.modules import every_route

pytestmark = pytest.mark.slow
BYTES = {"restore"}
"""Operations whose body is a file, which this generator leaves out."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a package that has been made of the document, and can be imported."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "openapi.json").write_text(json.dumps(document()))
    tools = Path(sys.executable).parent
    subprocess.run(
        [
            *(tools / "openapi-python-client", "generate", "--path", folder / "openapi.json"),
            *("--output-path", folder / "made_client", "--meta", "none"),
        ],
        check=True,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        timeout=120,
    )
    sys.path.insert(0, str(folder))
    yield "made_client"
    sys.path.remove(str(folder))


@pytest.fixture
def ask(made: str, server: Server, sandbox: Sandbox) -> Iterator[Callable[..., Any]]:
    """Calls an operation of the made client by name; a body is given as JSON."""
    client = importlib.import_module(made).Client(base_url=server.url)
    models = importlib.import_module(f"{made}.models")

    def call(operation: str, body: dict[str, Any] | None = None, **parameters: Any) -> Any:
        module = importlib.import_module(f"{made}.api.default.{operation}")
        name = "".join(word.title() for word in operation.split("_")) + "Body"
        given = {} if body is None else {"body": getattr(models, name).from_dict(body)}
        return module.sync(sandbox.name, **parameters, client=client, **given)

    with client:
        yield call


def test_every_operation_can_be_made(made: str) -> None:
    """But for the one that takes a file; the types of bodies and answers are understood."""
    folder = Path(importlib.import_module(f"{made}.api.default").__file__ or "").parent
    operations = {path.stem for path in folder.glob("*.py")} - {"__init__"}

    assert operations == {route.handler.__name__ for route in every_route()} - BYTES


def test_answers_are_objects_with_members(ask: Callable[..., Any], receiver: ServedInbox) -> None:
    """Words are enumerations, instants are datetimes, and lists have elements of their type."""
    message = ask("write", {"text": {"body": "Hello"}}, wa_id=SHEENA)
    person = ask("read_person", wa_id=SHEENA)
    ask("settle")
    journal = ask("journal", chain=message.id).journal
    (delivery,) = ask("deliveries").deliveries
    clock = ask("advance", {"hours": 25.0})
    (window,) = ask("windows").windows

    assert (message.direction.name, message.status.name, message.text.additional_properties) == (
        "INBOUND",
        "RECEIVED",
        {"body": "Hello"},
    )
    assert (person.name, person.habits.reads) == ("Sheena Nelson", True)
    assert [entry.kind for entry in journal] == ["message", "webhook"]
    assert (delivery.state.value, delivery.attempts, delivery.cause) == ("delivered", 1, message.id)
    assert len(receiver.messages) == 1
    assert (clock.now - message.at).total_seconds() == 25 * 3600
    assert (window.open_, window.closes_at > message.at) == (False, True)


def test_a_problem_is_an_object_too(ask: Callable[..., Any]) -> None:
    """With its status and its sentence."""
    problem = ask("read_person", wa_id="16505550000")

    assert problem.status == 404
    assert "16505550000" in problem.detail
