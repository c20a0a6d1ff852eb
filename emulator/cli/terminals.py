"""What a terminal can show: colours, and how many columns; and tables, as wide as it is.

rich knows it. As it takes long to import, it is asked only where there is a terminal, or a table to print.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.table import Table

_ASKED_FOR = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""Environment variables by which something else than a terminal is treated as one."""

_USUAL = 80
"""Columns of a terminal that does not say how many it has."""

_WIDE = 160
"""Columns of a table where there is no terminal whose width could be asked."""


def is_coloured(stream: TextIO) -> bool:
    """Say whether a stream takes colours: if it is a terminal that has them.

    ``NO_COLOR`` takes them away, ``FORCE_COLOR`` brings them where there is no terminal.
    """
    if not stream.isatty() and not any(os.environ.get(name) for name in _ASKED_FOR):
        return False
    from rich.console import Console

    console = Console(file=stream)
    return console.color_system is not None and not console.no_color and not console.legacy_windows


def width_of(terminal: TextIO) -> int:
    """How many columns a terminal has now: as ``COLUMNS`` says, else as it says itself, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(terminal.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL


def print_table(table: Table) -> None:
    """Print a table on standard output, as wide as the terminal, or 160 columns where there is none."""
    from rich.console import Console

    Console(width=None if Console().is_terminal else _WIDE).print(table)
