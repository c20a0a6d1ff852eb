"""A local emulator of the WhatsApp Business Platform (Meta's Cloud API).

The names below are the promise; everything else may move. They are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator import defaults
    from emulator.domain.errors import PlatformError
    from emulator.domain.graph.api_calls import ApiCall
    from emulator.domain.messages.lifecycle import Message
    from emulator.domain.people.habits import Habits
    from emulator.domain.people.person import Person
    from emulator.sandbox.clock import TimeGoesForward
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.errors import CannotDo, SeedError
    from emulator.sandbox.sandbox import Sandbox
    from emulator.sandbox.webhooks.receiver import Webhook
    from emulator.testing.clocks.awaiting import NotAwaited
    from emulator.testing.clocks.difference import ClocksDiffer
    from emulator.testing.embedded import NotAsExpected, whatsapp
    from emulator.testing.members.people import PersonHandle
    from emulator.testing.unit_tests import WhatsAppMixin
    from emulator.testing.whatsapp import WhatsApp
    from emulator.web.app import create_app
    from emulator.web.boundary import Boundary
    from emulator.web.server import Server

__version__ = "0.1.0"

_HOMES = {
    "ApiCall": "emulator.domain.graph.api_calls",
    "Boundary": "emulator.web.boundary",
    "CannotDo": "emulator.sandbox.errors",
    "ClocksDiffer": "emulator.testing.clocks.difference",
    "Emulator": "emulator.sandbox.emulator",
    "Habits": "emulator.domain.people.habits",
    "Message": "emulator.domain.messages.lifecycle",
    "NotAsExpected": "emulator.testing.embedded",
    "NotAwaited": "emulator.testing.clocks.awaiting",
    "Person": "emulator.domain.people.person",
    "PersonHandle": "emulator.testing.members.people",
    "PlatformError": "emulator.domain.errors",
    "Sandbox": "emulator.sandbox.sandbox",
    "SeedError": "emulator.sandbox.errors",
    "Server": "emulator.web.server",
    "TimeGoesForward": "emulator.sandbox.clock",
    "Webhook": "emulator.sandbox.webhooks.receiver",
    "WhatsApp": "emulator.testing.whatsapp",
    "WhatsAppMixin": "emulator.testing.unit_tests",
    "create_app": "emulator.web.app",
    "whatsapp": "emulator.testing.embedded",
}

__all__ = [
    "ApiCall",
    "Boundary",
    "CannotDo",
    "ClocksDiffer",
    "Emulator",
    "Habits",
    "Message",
    "NotAsExpected",
    "NotAwaited",
    "Person",
    "PersonHandle",
    "PlatformError",
    "Sandbox",
    "SeedError",
    "Server",
    "TimeGoesForward",
    "Webhook",
    "WhatsApp",
    "WhatsAppMixin",
    "__version__",
    "create_app",
    "defaults",
    "whatsapp",
]


if not TYPE_CHECKING:  # or a type checker would take any name

    def __getattr__(name: str) -> Any:
        if name == "defaults":
            return import_module("emulator.defaults")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
