"""A receiver of the ``whatsapp`` fixture, a frozen process, and a project in which the plugin is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import hypothesis  # noqa: F401 - its plugin does, at the end of each session in this process
import pytest
from freezegun import freeze_time
from kit.plugin import CLIENT_KIT, FREEZE
from kit.receivers import Inbox

import emulator
from emulator.testing.whatsapp import WhatsApp


@cache
def import_everything() -> None:
    """Import every module of the package, once a process.

    A session that pytester runs in this process takes what it was the first to import out of ``sys.modules``
    at its end. The next import would make the module anew, with classes beside those that others hold.
    """
    for module in walk_packages(emulator.__path__, "emulator."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, whatever the machine's proxy is."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def _no_async_plugin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project of a user has neither pytest-asyncio, which warns where it is not configured, nor Django."""
    if "pytester" in request.fixturenames:
        import_everything()
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
