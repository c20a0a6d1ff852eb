"""A served sandbox, a recorded receiver, and the ways in for the client libraries."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
import shelf as files
from integrators import MORNING, PRODUCTION, Receiver, Rerouted
from pywa import WhatsApp

from emulator import Emulator, Sandbox, Server, create_app


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, whatever the machine's proxy is."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """Its clock stands at nine in the morning; people answer in the same instant."""
    return emulator.create(at=MORNING, speed=None, at_once=True)


@pytest.fixture
def server(emulator: Emulator) -> Iterator[Server]:
    with Server(create_app(emulator)) as server:
        yield server


@pytest.fixture
def new_receiver() -> Iterator[Callable[[str], Receiver]]:
    """Starts receivers that know a verify token."""
    with ExitStack() as servers:

        def start(verify_token: str) -> Receiver:
            receiver = Receiver(verify_token)
            servers.enter_context(receiver.server)
            return receiver

        yield start


@pytest.fixture
def receiver(new_receiver: Callable[[str], Receiver], sandbox: Sandbox) -> Receiver:
    """A receiver the sandbox is connected to."""
    receiver = new_receiver(sandbox.identity()["verify_token"])
    sandbox.connect(receiver.url)
    return receiver


@pytest.fixture(scope="session")
def shelf() -> Iterator[str]:
    """Where files can be fetched: the links in messages begin with it."""
    with files.serve() as server:
        yield server.url


@pytest.fixture
def session(server: Server) -> Iterator[httpx.Client]:
    """The HTTP client that pywa lets its user choose."""
    with httpx.Client(transport=Rerouted(server.url)) as session:
        yield session


@pytest.fixture
def wa(sandbox: Sandbox, session: httpx.Client) -> WhatsApp:
    """pywa as a sender: it listens to nothing."""
    identity = sandbox.identity()
    return WhatsApp(
        phone_id=PRODUCTION,
        token=identity["access_token"],
        waba_id=identity["waba_id"],
        app_id=identity["app_id"],
        app_secret=identity["app_secret"],
        session=session,
    )


@pytest.fixture
def complaints(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What pywa complained about: it swallows what it cannot parse, and only logs it."""
    caplog.set_level(logging.WARNING, logger="pywa")
    return lambda: [record.getMessage() for record in caplog.records if record.name.startswith("pywa")]
