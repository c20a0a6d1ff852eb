"""A served emulator, and a way to run a command against it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result
from kit.times import MORNING

from emulator import Emulator, Sandbox, Server, create_app
from emulator.cli.main import main


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """Its clock stands at nine in the morning."""
    return emulator.create(at=MORNING, speed=None)


@pytest.fixture
def server(emulator: Emulator, sandbox: Sandbox) -> Iterator[Server]:
    with Server(create_app(emulator)) as server:
        yield server


@pytest.fixture
def invoke(server: Server) -> Callable[..., Result]:
    """Run a command against the server."""
    runner = CliRunner(env={"WHATSAPP_EMULATOR_URL": server.url})
    return lambda *arguments: runner.invoke(main, arguments)


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address at which nobody answers."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
