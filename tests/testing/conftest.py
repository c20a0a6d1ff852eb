"""A receiver of the ``whatsapp`` fixture, a frozen process, and a project in which the plugin is used."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis  # noqa: F401 - its plugin does, at the end of each session in this process
import pytest
from freezegun import freeze_time
from kit.plugin import CLIENT_KIT, FREEZE
from kit.receivers import Inbox

# imported here so that the sessions that run in this process do not load them anew each time
import emulator.testing.clocks.freeze_watch
import emulator.testing.interception.network
import emulator.testing.interception.sockets
import emulator.testing.reports.verdict
import emulator.web.app
import emulator.web.server  # noqa: F401
from emulator.testing.whatsapp import WhatsApp


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, whatever the machine's proxy is."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def _no_async_plugin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project of a user has neither pytest-asyncio, which warns where it is not configured, nor Django."""
    if "pytester" in request.fixturenames:
        request.getfixturevalue("pytester")  # it forgets the variable when it begins
        monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:asyncio -p no:django")


@pytest.fixture
def inbox(whatsapp: WhatsApp) -> Inbox:
    """A receiver that the sandbox is connected to."""
    inbox = Inbox()
    whatsapp.deliver_to(inbox)
    return inbox


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project of a user, with short ways to call the API in ``client_kit``."""
    pytester.makepyfile(client_kit=CLIENT_KIT)
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider\n")
    return pytester


@pytest.fixture
def frozen() -> Iterator[object]:
    """A process that is frozen before the sandbox is made."""
    with freeze_time(FREEZE) as frozen:
        yield frozen
