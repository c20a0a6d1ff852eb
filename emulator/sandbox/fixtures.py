"""Where the data is that comes with the emulator: seeds, people, media, documented payloads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import emulator


@cache
def fixtures() -> Path:
    """The folder of the data: inside the installed package, or beside it in a checkout."""
    inside = Path(emulator.__file__).parent / "fixtures"
    return inside if inside.is_dir() else inside.parent.parent / "fixtures"
