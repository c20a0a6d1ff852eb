"""Read the facts of a noun from a seed, as the noun declares them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from datetime import timedelta
from typing import Any, Never

from emulator.domain.facts.facts import REQUIRED, facts_of
from emulator.domain.facts.types import FactKind, FactType
from emulator.sandbox.seeds.files import Spot


def read_facts(
    spot: Spot, noun: type, usual: Mapping[str, Any] | None = None, *, besides: Container[str] = ()
) -> dict[str, Any]:
    """Read the facts of a noun that stand in the mapping at ``spot``; returns them by the dataclass's field.

    One that is left out is as in ``usual``, or else as in every noun of its kind. Those in ``besides`` are
    read by the caller. Raises :class:`~emulator.sandbox.seeds.files.SeedError` for a value of another type,
    and for a missing one that has no default.
    """
    found: dict[str, Any] = {}
    for name, fact in facts_of(noun).items():
        if not isinstance(fact.seed, str) or name in besides:
            continue
        if spot.has(fact.seed):
            found[name] = _read(spot.get(fact.seed), fact.type)
        elif usual is not None and name in usual:
            found[name] = usual[name]
        elif fact.default is REQUIRED:
            spot.require(fact.seed)
        else:
            found[name] = fact.default
    return found


def _read(spot: Spot, of: FactType) -> Any:
    if of.never is not None and spot.value == of.never:
        return None
    value = _READERS[of.kind](spot, of)
    if of.kind in _CHECKED:
        try:
            return of.read(spot.path, value)
        except ValueError as problem:
            blame(spot, str(problem))
    return value if of.make is None else of.make(value)


def blame(spot: Spot, problem: str) -> Never:
    """Raise what is wrong with a value, at the member that the sentence begins with: ``[0].when: …``."""
    while (step := _STEP.match(problem)) is not None:
        member = spot.inside.get(int(step[1]) if step[1] else step[2])
        if member is None:
            break
        spot, problem = member, problem[step.end() :]
    spot.wrong(problem.removeprefix(":").strip())


_STEP = re.compile(r"\[(\d+)\]|\.(\w+)")
"""One step of a place within a value."""
_CHECKED = (FactKind.TEXT, FactKind.WHOLE, FactKind.JSON)
"""Kinds that the type of the fact judges, after their form."""

_READERS: Mapping[FactKind, Callable[[Spot, FactType], Any]] = {
    FactKind.TEXT: lambda spot, _: spot.text(),
    FactKind.DIGITS: lambda spot, _: spot.digits(),
    FactKind.WORD: lambda spot, of: spot.choice("", *of.words),
    FactKind.FLAG: lambda spot, _: spot.flag(False),
    FactKind.WHOLE: lambda spot, _: spot.value,
    FactKind.SHARE: lambda spot, _: spot.share(0),
    FactKind.DURATION: lambda spot, _: timedelta(seconds=spot.seconds(0)),
    FactKind.INSTANT: lambda spot, _: spot.instant(),
    FactKind.JSON: lambda spot, _: spot.value,
}
"""How a value of each kind is written in a seed."""
