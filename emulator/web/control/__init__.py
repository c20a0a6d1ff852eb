"""The control API: what people do and how time goes, for every language, under ``/_emulator``."""

from emulator.web.control import (
    accounts,
    blocks_and_reports,
    calls_and_edits,
    clock,
    faults,
    groups,
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
    "blocks_and_reports",
    "blueprint",
    "calls_and_edits",
    "clock",
    "faults",
    "groups",
    "journal",
    "limits",
    "messages",
    "people",
    "pricing",
    "sandboxes",
    "templates",
    "webhooks",
]
