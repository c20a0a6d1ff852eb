"""Facts of nouns: what is known of a person, template, number, WABA, portfolio or app, each declared once.

A fact is a field of the noun's dataclass; its metadata says how it is written everywhere::

    locale: str = field(default="en_US", metadata=fact(text(), seed=True, json=True, changeable=True))

Everything else follows from that: its column (``sandbox.store.rows``), its key in a seed and how it is read
there (``sandbox.seeds.facts``), its member in the control API and in the bodies that it takes
(``web.control.nouns``), and the check of a change, whoever asks for it (:func:`changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any

from emulator.domain.fact_types import FactType

FACT = "fact"
"""Under which a field keeps its fact."""
REQUIRED: Any = object()
"""The default of a fact that has none."""
_SAME = "="
"""Stands for the name of the field until that is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is declared of one field."""

    type: FactType
    seed: str | tuple[str, ...] | None = None
    """Its key in a seed; several for a value whose members stand beside the other facts."""
    json: str = ""
    """Its name in the control API; empty: it is not shown."""
    shown_as: str | None = None
    """The attribute or property that is shown of it, where that is not the field itself."""
    door: str | None = None
    """The path of the control API that shows it and changes it; ``None``: every one that shows the noun."""
    changeable: bool = False
    """Whether somebody may set it, by that door and by the fixture."""
    given: bool = False
    """Whether it may be said of something that is added."""
    column: str = ""
    field: str = ""
    """The name of the field."""
    default: Any = REQUIRED
    """What a noun has of which nothing is said; ``REQUIRED`` where something must be."""


def fact(
    type: FactType,  # noqa: A002
    *,
    seed: bool | str | tuple[str, ...] = False,
    json: bool | str = False,
    column: str = "",
    shown_as: str | None = None,
    door: str | None = None,
    changeable: bool = False,
    given: bool | None = None,
) -> Mapping[str, Fact]:
    """The metadata of a field: what :class:`Fact` says, where ``True`` for a name is that of the field.

    ``given`` is as ``changeable`` unless it is said.
    """
    return {
        FACT: Fact(
            type,
            seed=_SAME if seed is True else seed or None,
            json=_SAME if json is True else json or "",
            shown_as=shown_as,
            door=door,
            changeable=changeable,
            given=changeable if given is None else given,
            column=column,
        )
    }


def facts_of(noun: type) -> Mapping[str, Fact]:
    """The facts of a noun by field, in the order in which they are declared."""
    if noun not in _KNOWN:
        _KNOWN[noun] = _declared(noun)
    return _KNOWN[noun]


_KNOWN: dict[type, Mapping[str, Fact]] = {}


def _declared(noun: type) -> Mapping[str, Fact]:
    found: dict[str, Fact] = {}
    for each in fields(noun):
        if (known := each.metadata.get(FACT)) is not None:
            usual = each.default if each.default_factory is MISSING else each.default_factory()
            found[each.name] = replace(
                known,
                seed=each.name if known.seed == _SAME else known.seed,
                json=each.name if known.json == _SAME else known.json,
                column=known.column or each.name,
                field=each.name,
                default=REQUIRED if usual is MISSING else usual,
            )
    return found


def seed_keys(noun: type, **after: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a noun in a seed; ``after`` names further ones, each behind the key of a fact."""
    found: list[str] = []
    for each in facts_of(noun).values():
        keys = (each.seed,) if isinstance(each.seed, str) else each.seed or ()
        for key in keys:
            found += [key, *after.get(key, ())]
    return tuple(found)


def shown(noun: Any, door: str | None = None) -> dict[str, Any]:
    """A noun as JSON, as one door of the control API shows it, or all of it."""
    return {
        name: value if show is None or value is None else show(value)
        for name, attribute, show in _shown(noun.__class__, door)
        for value in (getattr(noun, attribute),)
    }


@cache
def _shown(noun: type[object], door: str | None) -> tuple[tuple[str, str, Callable[[Any], Any] | None], ...]:
    return tuple((each.json, each.shown_as or each.field, each.type.show) for each in _of_door(noun, door))


def settable(noun: type, door: str | None = None, *, adding: bool = False) -> dict[str, Fact]:
    """The facts that may be set by a door, or by any, by their names in JSON.

    ``adding``: those that may be said of something that is added.
    """
    return {each.json: each for each in _of_door(noun, door) if (each.given if adding else each.changeable)}


def _of_door(noun: type, door: str | None) -> list[Fact]:
    return [
        each for each in facts_of(noun).values() if each.json and (door is None or each.door in (None, door))
    ]


def changes(noun: type, values: Mapping[str, Any], word: str, *, adding: bool = False) -> dict[str, Any]:
    """Check facts that somebody says, named as in JSON, and return them by field.

    ``word`` is what the noun is called in a complaint. Raises :class:`ValueError` for a fact that there is
    not, that may not be set, or that cannot have this value.
    """
    known = settable(noun, adding=adding)
    for name in values:
        if name not in known:
            raise ValueError(f"of a {word} {', '.join(known)} may be set, not {name!r}")
    return {known[name].field: known[name].type.read(name, value) for name, value in values.items()}
