"""The conditions of an answer, a row each: what they look at in a message to a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.people.answers.checks import check_members, is_text, is_true
from emulator.domain.values import dataclass

Conditions = tuple[tuple[str, Any], ...]
"""Conditions by name with their values, in the order they were written; each must hold."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message that has reached a person, as conditions look at it."""

    text: str
    """The words of its body."""
    kinds: tuple[str, ...]
    """Its type, and that of an interactive message beside it."""
    template: str | None
    buttons: tuple[str, ...]
    number: str
    """The id of the business number it comes from."""
    count: Callable[[int], int]
    """Counts the messages of its number that have reached the person, this one among them, to a number."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that can be asked of a message to a person."""

    name: str
    about: str
    check: Callable[[Any], None]
    """Raises :class:`ValueError`, with what is expected, for a value that it cannot have."""
    holds: Callable[[Any, Received], bool]


def _pattern(value: Any) -> None:
    is_text(value)
    try:
        re.compile(value)
    except re.error as problem:
        raise ValueError(f"expected a regular expression ({problem})") from None


def _whole(value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("expected a whole number from 1")


def _alike(text: str) -> str:
    return text.strip().casefold()


CONDITIONS: Mapping[str, Condition] = {
    condition.name: condition
    for condition in (
        Condition("any", "true: every message", is_true, lambda _, __: True),
        Condition(
            "contains",
            "words in its body, in capitals or not",
            is_text,
            lambda words, it: words.casefold() in it.text.casefold(),
        ),
        Condition(
            "equals",
            "its whole body, in capitals or not",
            is_text,
            lambda words, it: _alike(words) == _alike(it.text),
        ),
        Condition(
            "matches",
            "a regular expression that is found in its body",
            _pattern,
            lambda pattern, it: re.search(pattern, it.text) is not None,
        ),
        Condition("template", "the name of its template", is_text, lambda name, it: it.template == name),
        Condition(
            "kind",
            "its type: text, template, interactive …; or that of an interactive one: button, list, flow …",
            is_text,
            lambda kind, it: kind in it.kinds,
        ),
        Condition(
            "button",
            "the label of something that can be tapped on it",
            is_text,
            lambda label, it: label in it.buttons,
        ),
        Condition(
            "nth",
            "how many of its number have reached them with it",
            _whole,
            lambda n, it: it.count(n + 1) == n,
        ),
        Condition(
            "number",
            "the id of the business number it comes from",
            is_text,
            lambda number, it: it.number == number,
        ),
    )
}
"""Every condition by its name."""


def conditions_from_json(value: Any) -> Conditions:
    """Read conditions from an object by name; without any every message fits.

    Raises :class:`ValueError` with a sentence that begins with the place of what is wrong.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f": expected an object such as {{contains: price}}, got {value!r}")
    check_members(value, CONDITIONS)
    return tuple(value.items())


def fits(conditions: Conditions, received: Received) -> bool:
    """Say whether all conditions hold for a message."""
    return all(CONDITIONS[name].holds(value, received) for name, value in conditions)
