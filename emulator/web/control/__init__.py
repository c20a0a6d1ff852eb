"""The control API under ``/_emulator``.

What people do, how time goes, and what there is to see, for every language. A module for each noun has its
routes; importing this fills the table.
"""

from emulator.web.control import (
    accounts,
    clock,
    events,
    expectations,
    faults,
    journal,
    limits,
    media,
    messages,
    people,
    pricing,
    sandboxes,
    scenarios,
    templates,
    webhooks,
)
from emulator.web.control.app import MAX_SNAPSHOT, blueprint, refusal

__all__ = [
    "MAX_SNAPSHOT",
    "accounts",
    "blueprint",
    "clock",
    "events",
    "expectations",
    "faults",
    "journal",
    "limits",
    "media",
    "messages",
    "people",
    "pricing",
    "refusal",
    "sandboxes",
    "scenarios",
    "templates",
    "webhooks",
]
