"""The control API under ``/_emulator``.

What people do, how time goes, and what there is to see, for every language. A module for each noun has its
routes.
"""

from emulator.web.control.app import MAX_SNAPSHOT, blueprint, refusal

__all__ = ["MAX_SNAPSHOT", "blueprint", "refusal"]
