"""A scenario as it was read: what it begins with, and its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emulator.domain.values import dataclass
from emulator.sandbox.seeds.files import Spot

if TYPE_CHECKING:
    from emulator.sandbox.scenarios.stage import Stage


class ScenarioError(ValueError):
    """A scenario file is wrong: the sentence says in which file, on which line, at which place, and why."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of step: a row of :data:`~.table.STEPS`."""

    name: str
    """What a step is called; that of a person stands behind their name: ``Ana says``."""
    about: str
    """What it does, in a few words."""
    shape: str
    """How its value is written, in a few words; empty: it has none."""
    read: Callable[[Spot], Any]
    """Reads its value; raises :class:`~emulator.sandbox.seeds.files.SeedError` for what it cannot be."""
    act: Callable[[Stage, Step], object]
    """Carries it out."""
    of_person: bool = False
    """Whether a person does it."""
    members: tuple[str, ...] = ()
    """What may stand beside it, besides ``at`` and ``after``."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scenario: what is done, by whom, when, and on which line of the file it stands."""

    kind: StepKind
    text: str
    """The step as it was written, on one line."""
    line: int
    who: str = ""
    """The name of the person who does it."""
    value: Any = None
    at: datetime | timedelta | None = None
    """When: at an instant, or so long after the beginning."""
    after: timedelta | None = None
    """How long after the step before."""
    members: Mapping[str, Any] | None = None
    """What stands beside it."""

    def member(self, name: str) -> Any:
        """Return what stands beside it under a name; ``None`` where nothing does."""
        return (self.members or {}).get(name)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: a title, what a sandbox for it begins with, people, and steps."""

    file: str
    title: str
    seed: Any
    """A name, a path or a mapping; ``None``: whoever plays it decides."""
    start: datetime | None
    app: str | None
    """Where webhooks go: the name of an app, or a URL; ``None``: whoever plays it decides."""
    settings: Mapping[str, Any]
    people: Mapping[str, Mapping[str, Any]]
    """By name the facts and habits of people; those of the seed need not be among them."""
    steps: tuple[Step, ...]
    folder: Path | None
    """Where the file is, for the paths in it; ``None``: the scenario came without one."""
