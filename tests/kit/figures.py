"""The figures of the emulator's speed: one row each, with its goal, and the table of what a run has measured.

A benchmark calls :func:`measured` with the name of a row. ``make bench`` prints the table of all rows at its
end.
"""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

NOT_MEASURED = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what is measured, in which unit, and what it is to be."""

    title: str
    unit: str
    """What stands behind the number: ``×`` for a ratio of one run, ``ms CPU``, ``/s``."""
    goal: float
    at_least: bool = False
    """Whether the goal is the least that the figure may be; otherwise it is the most."""

    def is_met(self, value: float) -> bool:
        """Whether a value reaches the goal, at the precision in which it is shown."""
        shown = _rounded(value)
        return shown >= self.goal if self.at_least else shown <= self.goal

    @property
    def as_goal(self) -> str:
        """The goal as the table has it."""
        return f"{'≥' if self.at_least else '≤'} {self.written(self.goal)}"

    def written(self, value: float) -> str:
        """A value as the table has it, with its unit."""
        return f"{_rounded(value):,.10g}{'' if self.unit == '/s' else ' '}{self.unit}"


def _rounded(value: float) -> float:
    """Two digits behind the point up to ten, one up to a hundred, none above."""
    size = abs(value)
    return round(value, 3 if size < 0.1 else 2 if size < 10 else 1 if size < 100 else 0)


FIGURES: Mapping[str, Figure] = {
    "send": Figure("a send over HTTP, 1 kept connection, against a constant Flask answer", "×", 1.8),
    "send, 16 connections": Figure("CPU of a send with 16 connections, against 1 connection", "×", 1.1),
    "send, whole life": Figure(
        "CPU of a send with its three signed webhooks over HTTP, against the constant answer", "×", 5
    ),
    "send, among many": Figure("a send with 100,000 messages stored, against 1,000", "×", 1.2),
    "webhooks, HTTP": Figure(
        "webhooks delivered a second to a kept connection, against a bare loop of `http.client`",
        "×",
        0.5,
        at_least=True,
    ),
    "advance": Figure("events a second of an advance, without webhooks", "/s", 10_000, at_least=True),
    "advance, callable": Figure("webhooks a second of an advance, to a callable", "/s", 4_000, at_least=True),
    "advance, flat": Figure("an event of an advance with 100,000, against one with 3,000", "×", 1.2),
    "start": Figure(
        "start of `serve` to its first answer, against `import flask` and a constant app", "×", 1.5
    ),
    "empty test": Figure("a test that only asks for `whatsapp`", "ms CPU", 2),
    "conversation": Figure("a conversation of ten messages in process, against over HTTP", "×", 0.35),
    "new sandbox": Figure("a sandbox of a new name by the control API, removed again, among 1,000", "ms", 5),
    "removal": Figure("a sandbox made in process and removed, among 1,000", "ms", 5),
    "unknown token": Figure("a call with an unknown token, among 1,000 sandboxes", "ms", 5),
    "threads": Figure("threads with 300 open sandboxes, against 1", "×", 1.1),
    "template reviews": Figure("1,000 templates reviewed in one advance", "s", 2),
    "template reviews, flat": Figure("a review among 6,000 templates, against one among 1,000", "×", 1.5),
    "template page": Figure("a page of 25 templates among 1,000", "ms", 4),
    "store": Figure("the question to the store that grows most: 100,000 rows against 1,000", "×", 2),
    "page": Figure("a page of 25 of the control API that grows most: 100,000 rows against 1,000", "×", 1.5),
    "reset": Figure("the first reset after 100,000 messages, against after none", "×", 1.5),
    "snapshot": Figure("the longest wait of a send beside a snapshot, as a part of its time", "×", 0.1),
    "restore": Figure("the longest wait of a send beside a restore, as a part of its time", "×", 0.1),
}
"""By the name under which a benchmark reports it."""

_found: dict[str, float] = {}


def measured(name: str, value: float) -> None:
    """Report what a row of :data:`FIGURES` is in this run, in the unit of the row.

    ``KeyError`` for a name that has no row. Reported again, the later value counts.
    """
    FIGURES[name]  # a name without a row
    _found[name] = value


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of one run, with when and on what it was made; a row that was not measured is left out."""

    on: date
    python: str
    sqlite: str
    found: Mapping[str, float]

    @classmethod
    def this(cls) -> Run:
        """What this process has measured."""
        return cls(date.today(), platform.python_version(), sqlite3.sqlite_version, dict(_found))

    @classmethod
    def read(cls, file: Path) -> Run:
        """Read a run that :meth:`write` has written."""
        known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return cls(date.fromisoformat(known["on"]), known["python"], known["sqlite"], known["found"])

    def write(self, file: Path) -> None:
        """Write it as JSON; rows that this run did not measure stay as they stand in the file."""
        before = Run.read(file).found if file.exists() else {}
        found = {name: value for name, value in (dict(before) | dict(self.found)).items() if name in FIGURES}
        whole = {"on": self.on.isoformat(), "python": self.python, "sqlite": self.sqlite, "found": found}
        file.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def lines(run: Run, before: Run | None = None) -> list[tuple[str, ...]]:
    """The table as texts: what is measured, the figure before where there is one, the figure, the goal, met.

    The first line has the headings.
    """
    made: list[tuple[str, ...]] = [("figure", *(("before",) if before else ()), "measured", "goal", "met")]
    for name, row in FIGURES.items():
        value = run.found.get(name)
        made.append(
            (
                row.title,
                *((_written(row, before.found.get(name)),) if before else ()),
                _written(row, value),
                row.as_goal,
                "" if value is None else "yes" if row.is_met(value) else "no",
            )
        )
    return made


def _written(row: Figure, value: float | None) -> str:
    return NOT_MEASURED if value is None else row.written(value)


def in_columns(table: list[tuple[str, ...]]) -> str:
    """The table as it reads in a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    )


def in_markdown(table: list[tuple[str, ...]]) -> str:
    """The table as a page has it."""
    head, *rest = table
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ("---",) * len(head), *rest]) + "\n"
