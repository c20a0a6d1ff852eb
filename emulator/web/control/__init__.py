"""The control API: what people do and how time goes, for every language, under ``/_emulator``."""

from emulator.web.control import (
    business,
    conversing,
    costs,
    faults,
    groups,
    looking,
    opinions,
    people,
    state,
    templates,
    times,
)
from emulator.web.control.app import MAX_SNAPSHOT, blueprint

__all__ = [
    "MAX_SNAPSHOT",
    "blueprint",
    "business",
    "conversing",
    "costs",
    "faults",
    "groups",
    "looking",
    "opinions",
    "people",
    "state",
    "templates",
    "times",
]
