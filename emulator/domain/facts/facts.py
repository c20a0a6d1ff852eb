"""Facts of nouns: the fields of a person, template, number, WABA, portfolio or app, each declared once.

A fact is a field of the noun's dataclass; its metadata says how it is written everywhere::

    locale: str = field(default="en_US", metadata=fact(text(), seed=True, json=True, changeable=True))

Everything else follows from that: its column (``sandbox.store.rows``), its key in a seed and how it is read
there (``sandbox.seeds.facts``), its member in the control API and in the bodies that it takes
(``web.control.routes.bodies``), and the check of a change, whoever asks for it (:func:`changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import Any

from emulator.domain.facts.types import FactType
from emulator.domain.quoting import did_you_mean
from emulator.domain.values import dataclass

FACT = "fact"
"""The key of a field's metadata under which its fact is kept."""
REQUIRED: Any = object()
"""The default of a fact that has no default."""
_SAME = "="
"""Stands for the name of the field until that is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """The declaration of one field of a noun: its type, and its names at every door."""

    type: FactType
    seed: str | tuple[str, ...] | None = None
    """Its key in a seed; several for a value whose members stand beside the other facts."""
    json: str = ""
    """Its name in the control API; empty: it is not shown."""
    shown_as: str | None = None
    """The attribute or property whose value is shown, where that is not the field itself."""
    door: str | None = None
    """The part of the control API that shows and changes it; ``None``: every part that shows the noun."""
    changeable: bool = False
    """Whether it may be changed, by the control API and by the fixture."""
    given: bool = False
    """Whether it may be given when a noun is added."""
    column: str = ""
    field: str = ""
    """The name of the field."""
    default: Any = REQUIRED
    """Its value where nothing is given; ``REQUIRED`` where it must be given."""


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
    """Build the metadata of a field that is a fact.

    Each argument sets the field of that name in :class:`Fact`; ``True`` for ``seed`` or ``json`` is the
    field's own name, and ``given`` is as ``changeable`` unless it is set.
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
    """List the facts of a noun (a dataclass) by field, in the order in which they are declared.

    Names and defaults are filled in; fields without a fact are left out.
    """
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
    """List the keys of a noun in a seed, in the order of its facts.

    ``after`` adds further keys, each behind the key of a fact: ``number=("allowed",)``.
    """
    found: list[str] = []
    for each in facts_of(noun).values():
        keys = (each.seed,) if isinstance(each.seed, str) else each.seed or ()
        for key in keys:
            found += [key, *after.get(key, ())]
    return tuple(found)


def shown(noun: Any, door: str | None = None) -> dict[str, Any]:
    """Write a noun as JSON, with the facts that one ``door`` of the control API shows, or with all."""
    return {
        name: value if show is None or value is None else show(value)
        for name, attribute, show in _shown(noun.__class__, door)
        for value in (getattr(noun, attribute),)
    }


@cache
def _shown(noun: type[object], door: str | None) -> tuple[tuple[str, str, Callable[[Any], Any] | None], ...]:
    return tuple((each.json, each.shown_as or each.field, each.type.show) for each in shown_facts(noun, door))


def settable(noun: type, door: str | None = None, *, adding: bool = False) -> dict[str, Fact]:
    """List the facts that may be set, by their names in JSON: by one ``door``, or by any.

    ``adding`` lists those that may be given when a noun is added, instead of those that may be changed.
    """
    return {
        each.json: each for each in shown_facts(noun, door) if (each.given if adding else each.changeable)
    }


def shown_facts(noun: type, door: str | None = None) -> list[Fact]:
    """List the facts of a noun that one ``door`` of the control API shows, or all that any shows."""
    return [
        each for each in facts_of(noun).values() if each.json and (door is None or each.door in (None, door))
    ]


def changes(noun: type, values: Mapping[str, Any], word: str, *, adding: bool = False) -> dict[str, Any]:
    """Check facts that a caller sets, named as in JSON, and return their values by field.

    ``word`` is the noun's name in the error. Raises :class:`ValueError` for a fact that does not exist, that
    may not be set, or that cannot have this value; ``adding`` is as in :func:`settable`.
    """
    known = settable(noun, adding=adding)
    for name in values:
        if name not in known:
            meant = did_you_mean(name, known)
            raise ValueError(f"of a {word} {', '.join(known)} may be set, not {name!r}{meant}")
    return {known[name].field: known[name].type.read(name, value) for name, value in values.items()}
