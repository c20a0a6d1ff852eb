"""A receiver of the ``whatsapp`` fixture, and a project in which the plugin is used."""

from __future__ import annotations

import pytest
from kit.receivers import Inbox

from emulator.testing.whatsapp import WhatsApp


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is reached directly, whatever the machine's proxy is."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def inbox(whatsapp: WhatsApp) -> Inbox:
    """A receiver that the sandbox is connected to."""
    inbox = Inbox()
    whatsapp.deliver_to(inbox)
    return inbox
