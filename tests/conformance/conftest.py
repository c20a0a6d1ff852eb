"""A served sandbox, a recorded receiver, and the ways in for the client libraries."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from kit.clients import files
from kit.clients.node import Node, ready_to_run
from kit.clients.transports import Perform, Rerouted, in_a_loop
from kit.identities import PRODUCTION
from kit.receivers import ServedInbox
from kit.times import MORNING
from pywa import WhatsApp

from emulator import Emulator, Sandbox, Server, create_app


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, whatever the machine's proxy is."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="session")
def server(emulator: Emulator) -> Iterator[Server]:
    """Serves every test: making the application anew would take longer than most of them."""
    with Server(create_app(emulator)) as server:
        yield server


@pytest.fixture
def sandbox(emulator: Emulator) -> Iterator[Sandbox]:
    """A new one for each test. Its clock stands at nine in the morning; people answer in the same instant.

    Marketing is delivered in the United States: here it matters how libraries write it, not to whom.
    """
    made = emulator.create(at=MORNING, speed=None, at_once=True)
    made.change_settings(us_marketing="delivered")
    yield made
    for used in emulator.all():
        emulator.remove(used.name)


@pytest.fixture
def new_receiver() -> Iterator[Callable[[str], ServedInbox]]:
    """Starts receivers that know a verify token."""
    with ExitStack() as servers:

        def start(verify_token: str) -> ServedInbox:
            receiver = ServedInbox(verify_token)
            servers.enter_context(receiver.server)
            return receiver

        yield start


@pytest.fixture
def receiver(new_receiver: Callable[[str], ServedInbox], sandbox: Sandbox) -> ServedInbox:
    """A receiver the sandbox is connected to."""
    receiver = new_receiver(sandbox.identity()["verify_token"])
    sandbox.webhooks.connect(receiver.url)
    return receiver


@pytest.fixture(scope="session")
def shelf() -> Iterator[str]:
    """Where files can be fetched: the links in messages begin with it."""
    with files.serve() as server:
        yield server.url


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Node, with the client libraries that are written for it."""
    return ready_to_run(tmp_path_factory.mktemp("node"))


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


@pytest.fixture
def token(sandbox: Sandbox) -> str:
    return str(sandbox.identity()["access_token"])


@pytest.fixture
def waba_sdk(
    server: Server, sandbox: Sandbox, token: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Perform:
    """A client of waba-sdk for each act, which the environment points to the emulator."""
    from waba_sdk import WhatsApp

    for name, value in {
        "WABA_BASE_URL": server.url,
        "WABA_ACCESS_TOKEN": token,
        "WABA_NUMBER_ID": PRODUCTION,
        "WABA_ID": sandbox.identity()["waba_id"],
        "WABA_API_VERSION": "v24.0",
        "WABA_MAX_RETRIES": "0",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)  # it reads a .env file in the folder where it is
    return in_a_loop(WhatsApp.from_env)


@pytest.fixture
def kapso(server: Server, token: str) -> Perform:
    """A client of kapso-whatsapp-cloud-api for each act, at the emulator's URL."""
    from kapso_whatsapp import WhatsAppClient

    return in_a_loop(lambda: WhatsAppClient(access_token=token, base_url=server.url, max_retries=0))
