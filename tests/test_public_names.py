"""The front door: what ``import emulator`` promises."""

from __future__ import annotations

import subprocess
import sys

import emulator

PROMISED = [
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


def test_the_front_door_has_exactly_the_promised_names() -> None:
    """A name that is added or dropped is added or dropped here too."""
    assert sorted(emulator.__all__) == sorted(PROMISED)
    assert sorted(dir(emulator)) == sorted(PROMISED)


def test_every_promised_name_is_there_and_documented() -> None:
    """Each name can be imported, and each class and function says what it is."""
    for name in PROMISED:
        thing = getattr(emulator, name)
        assert isinstance(thing, str) or thing.__doc__, name


def test_importing_the_package_imports_nothing_heavy() -> None:
    """The names are imported when they are used, not before."""
    code = (
        "import sys; before = set(sys.modules); import emulator;"  # coverage is measured with sqlite3
        "print(sorted({'flask', 'faker', 'sqlite3', 'yaml'} & set(sys.modules) - before))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
