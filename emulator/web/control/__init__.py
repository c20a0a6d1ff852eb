"""The control API: what people do and how time goes, for every language, under ``/_emulator``."""

from emulator.web.control import faults, groups, looking, opinions, people, state, times
from emulator.web.control.app import MAX_SNAPSHOT, blueprint

__all__ = ["MAX_SNAPSHOT", "blueprint", "faults", "groups", "looking", "opinions", "people", "state", "times"]
