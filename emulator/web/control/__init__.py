"""The control API: what people do and how time goes, for every language, under ``/_emulator``."""

from emulator.web.control import (
    accounts,
    clock,
    faults,
    journal,
    limits,
    messages,
    people,
    pricing,
    sandboxes,
    templates,
    webhooks,
)
from emulator.web.control.app import MAX_SNAPSHOT, blueprint

__all__ = [
    "MAX_SNAPSHOT",
    "accounts",
    "blueprint",
    "clock",
    "faults",
    "journal",
    "limits",
    "messages",
    "people",
    "pricing",
    "sandboxes",
    "templates",
    "webhooks",
]
