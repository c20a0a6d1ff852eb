"""A local emulator of the WhatsApp Business Platform (Meta's Cloud API).

The names below are the promise; everything else may move. They are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emulator.domain.errors import PlatformError
    from emulator.domain.people.habits import Habits
    from emulator.domain.people.person import Person
    from emulator.sandbox.clock import TimeGoesForward
    from emulator.sandbox.emulator import Emulator
    from emulator.sandbox.sandbox import Sandbox
    from emulator.sandbox.seeds.files import SeedError
    from emulator.sandbox.webhooks.receiver import Webhook
    from emulator.web.app import create_app
    from emulator.web.boundary import Boundary
    from emulator.web.server import Server

__version__ = "0.1.0"

_HOMES = {
    "Boundary": "emulator.web.boundary",
    "Emulator": "emulator.sandbox.emulator",
    "Habits": "emulator.domain.people.habits",
    "Person": "emulator.domain.people.person",
    "PlatformError": "emulator.domain.errors",
    "Sandbox": "emulator.sandbox.sandbox",
    "SeedError": "emulator.sandbox.seeds.files",
    "Server": "emulator.web.server",
    "TimeGoesForward": "emulator.sandbox.clock",
    "Webhook": "emulator.sandbox.webhooks.receiver",
    "create_app": "emulator.web.app",
}

__all__ = [
    "Boundary",
    "Emulator",
    "Habits",
    "Person",
    "PlatformError",
    "Sandbox",
    "SeedError",
    "Server",
    "TimeGoesForward",
    "Webhook",
    "__version__",
    "create_app",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
