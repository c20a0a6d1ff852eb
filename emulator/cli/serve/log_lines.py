"""The log as lines for people: the time of the sandbox, what kind of thing happened, and what.

A hint stands below its line. A terminal shows the outcome by colours, and long lines are wrapped there.
"""

from __future__ import annotations

import logging
import re
import textwrap
from collections.abc import Callable
from datetime import date
from typing import TextIO

import click

from emulator.cli.terminals import is_coloured, width_of
from emulator.domain.journal import Outcome
from emulator.domain.masking import masked

COLOURS = {
    Outcome.NEUTRAL: None,
    Outcome.SUCCESS: "green",
    Outcome.WARNING: "yellow",
    Outcome.FAILURE: "red",
}
"""The colour of each outcome."""
_TIME, _KIND, _GAP = 8, 8, "  "
_INDENT = " " * (_TIME + _KIND + 2 * len(_GAP))
"""Where the text of a line begins, and its hint below it."""
_NARROWEST = 40
"""Columns for texts below which lines are left to the terminal."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What would move the cursor, colour the terminal, or turn the direction of a text."""


class LogLines(logging.Formatter):
    """Formats records of what happened, and warnings and errors of the emulator, without their secrets.

    The day stands in a line of its own whenever it is another than that of the line before. Control
    characters, which callers may send, are written as escapes.
    """

    def __init__(self, *, is_coloured: bool = False, width: Callable[[], int] | None = None) -> None:
        """Make plain lines, or coloured ones; ``width`` gives the columns to wrap at.

        Without it, nothing is wrapped.
        """
        super().__init__()
        self._is_coloured, self._width = is_coloured, width
        self._day: date | None = None

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one line, below the day when that changes, above its hint if it has one."""
        at = getattr(record, "at", None)
        kind = getattr(record, "kind", record.levelname.lower())
        usual = Outcome.FAILURE if record.levelno >= logging.ERROR else Outcome.WARNING
        outcome = getattr(record, "outcome", usual if record.levelno >= logging.WARNING else Outcome.NEUTRAL)
        time = f"{at:%H:%M:%S}" if at else ""
        loud = COLOURS[outcome] if outcome is not Outcome.SUCCESS else None
        lines = self._wrapped(_prefix(record) + _plain(record.getMessage()))
        first = (
            self._styled(f"{time:{_TIME}}", dim=True)
            + _GAP
            + self._styled(f"{kind:{_KIND}}", fg=COLOURS[outcome])
            + _GAP
            + self._styled(lines[0], fg=loud)
        )
        rest = [self._styled(_INDENT + line, fg=loud) for line in lines[1:]]
        if hint := getattr(record, "hint", None):
            rest += [
                self._styled(_INDENT + line, dim=True) for line in self._wrapped(f"hint: {_plain(hint)}")
            ]
        if record.exc_info:
            rest += map(_escaped, str(masked(self.formatException(record.exc_info))).splitlines())
        return "\n".join([*self._day_of(at), first, *rest])

    def _day_of(self, at: date | None) -> list[str]:
        if at is None or (day := date(at.year, at.month, at.day)) == self._day:
            return []
        self._day = day
        return [self._styled(f"── {day:%A %d %B %Y} ──", dim=True)]

    def _wrapped(self, text: str) -> list[str]:
        columns = self._width() - len(_INDENT) if self._width else 0
        if columns < _NARROWEST or len(text) <= columns:
            return [text]
        return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)

    def _styled(self, text: str, *, fg: str | None = None, dim: bool = False) -> str:
        return click.style(text, fg=fg, dim=dim or None) if self._is_coloured and (fg or dim) else text


def stderr_handler(stream: TextIO) -> logging.Handler:
    """Make the handler that prints lines to ``stream``, with colours if that is a terminal.

    ``NO_COLOR`` takes them away, ``FORCE_COLOR`` brings them where there is no terminal.
    """
    handler = logging.StreamHandler(stream)
    width = (lambda: width_of(stream)) if stream.isatty() else None
    handler.setFormatter(LogLines(is_coloured=is_coloured(stream), width=width))
    return handler


def _prefix(record: logging.LogRecord) -> str:
    """The sandbox, unless it is the usual one, and the person."""
    from emulator.sandbox.seeds.named import DEFAULT  # every command imports this module, few a sandbox

    sandbox, wa_id = getattr(record, "sandbox", None), getattr(record, "wa_id", None)
    named = f"{_plain(sandbox)}: " if sandbox not in (None, DEFAULT) else ""
    return f"{named}{_plain(wa_id)}{_GAP}" if wa_id else named


def _plain(text: object) -> str:
    """Without secrets, which are recognised by what stands around them, and then without controls."""
    return _escaped(str(masked(str(text))))


def _escaped(text: str) -> str:
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
