"""One application for all tests, a sandbox for each, and the clients of its two APIs. No sockets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.answer_schemas import judged
from kit.control import Control
from kit.graph import Graph, error_of
from kit.receivers import Callback, Inbox, hear_everything, listen
from kit.times import MORNING

from emulator import Emulator, Sandbox, create_app


@pytest.fixture(scope="session", autouse=True)
def _judged() -> Iterator[list[str]]:
    """Every answer of the control API is compared with the OpenAPI document."""
    with judged() as complaints:
        yield complaints


@pytest.fixture(autouse=True)
def _answers_fit_their_schemas(_judged: list[str]) -> Iterator[None]:
    _judged.clear()
    yield
    assert _judged == []


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="session")
def client(emulator: Emulator) -> FlaskClient:
    return create_app(emulator).test_client()


@pytest.fixture
def sandbox(emulator: Emulator) -> Iterator[Sandbox]:
    """The default sandbox on 2 November 2026 at nine, its clock standing still, its people quick."""
    for left in emulator.all():
        emulator.remove(left.name)
    made = emulator.create(at=MORNING, speed=None, at_once=True)
    yield made
    for left in emulator.all():
        emulator.remove(left.name)


@pytest.fixture
def graph(client: FlaskClient, sandbox: Sandbox) -> Graph:
    return Graph(client)


@pytest.fixture
def control(client: FlaskClient, sandbox: Sandbox) -> Control:
    return Control(client)


@pytest.fixture
def inbox(sandbox: Sandbox) -> Inbox:
    """A receiver of the fields that the app is subscribed to from the beginning."""
    return listen(sandbox)


@pytest.fixture
def everything(sandbox: Sandbox) -> Inbox:
    """A receiver of every field."""
    return hear_everything(sandbox)


@pytest.fixture
def callback() -> type[Callback]:
    """Makes receivers whose handshake can be looked at."""
    return Callback


@pytest.fixture
def refusal() -> Any:
    """Status and error of an answer, see :func:`kit.graph.error_of`."""
    return error_of
