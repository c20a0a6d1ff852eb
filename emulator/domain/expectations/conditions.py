"""The conditions of an expectation, a row each: what it is called, of what it holds, and when it is met."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.expectations.findings import PERSON, WORDS, Finding, What
from emulator.domain.phones import aliases, digits_of
from emulator.domain.quoting import did_you_mean
from emulator.domain.values import dataclass

_SENT = frozenset({What.SENT, What.DELIVERED, What.FAILED})
_READ = frozenset({What.READ})
_MESSAGES = _SENT | _READ
_CALLS = frozenset({What.REFUSED})
_ANY = _MESSAGES | _CALLS
_WHO = ("to", "of")
"""Conditions that name a person or a group."""

Agrees = Callable[[Any, Any], bool]
"""Says whether what is (second) agrees with what was expected (first)."""


def agrees(expected: Any, actual: Any) -> bool:
    """Say whether a value is as expected.

    ``expected`` is the value itself, a compiled regular expression that is found in it, or a function that
    says so; a list expects one of these of each element in order, a dict of each member that it names. A
    number agrees with its text.
    """
    if isinstance(expected, str):  # most of what is expected, and of as many messages as there are
        return expected == actual or (actual is not None and expected == str(actual))
    if isinstance(expected, re.Pattern):
        return actual is not None and expected.search(str(actual)) is not None
    if callable(expected):
        return bool(expected(actual))
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and all(
            name in actual and agrees(value, actual[name]) for name, value in expected.items()
        )
    if isinstance(expected, Sequence):
        values = list(actual.values()) if isinstance(actual, Mapping) else actual
        return (
            isinstance(values, Sequence)
            and not isinstance(values, str)
            and len(values) == len(expected)
            and all(map(agrees, expected, values))
        )
    return bool(expected == actual) or (actual is not None and str(expected) == str(actual))


def same_recipient(expected: Any, actual: Any) -> bool:
    """Say whether two recipients are the same: a number in any way of writing it, or the id of a group."""
    if not isinstance(expected, str) or not isinstance(actual, str):
        return agrees(expected, actual)
    return expected == actual or bool(_numbers(expected) & _numbers(actual))


def forms_of(recipient: str) -> set[str]:
    """List every ``wa_id`` or id of a group that :func:`same_recipient` takes for a recipient."""
    return {recipient} | _numbers(recipient)


@lru_cache(maxsize=4096)
def _numbers(written: str) -> frozenset[str]:
    try:
        return frozenset(aliases(digits_of(written)))
    except PlatformError:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that can be asked of what is expected: its name, of what it can be asked, and how.

    ``text`` says it for documents and schemas.
    """

    name: str
    text: str
    holds_for: frozenset[What] = _ANY
    agrees: Agrees = agrees


CONDITIONS: Mapping[str, Condition] = {
    condition.name: condition
    for condition in (
        Condition("to", "the person, number or group it goes to", _SENT | _CALLS, same_recipient),
        Condition("of", "the person who wrote it, or whom it went to", _READ, same_recipient),
        Condition("message", "the wamid of the very message", _MESSAGES),
        Condition("by", "who wrote it: person (by default) or business", _READ),
        Condition("text", "its body: the words, a regular expression found in them, or a function of them"),
        Condition("type", "its type: text, template, image, interactive …"),
        Condition("template", "the name of its template"),
        Condition("parameters", "what fills the template's body: in order, or by name", _MESSAGES),
        Condition("buttons", "the labels of what can be tapped, in order; of a list its rows", _MESSAGES),
        Condition("reply_to", "the message it quotes", _MESSAGES),
        Condition("number", "the id of the business number it was sent from", _MESSAGES),
        Condition("code", "the number of the error", frozenset({What.FAILED, What.REFUSED})),
        Condition("rule", "the rule that refused it, as in X-Emulator-Rule", _CALLS),
        Condition("method", "the method of the call", _CALLS),
        Condition("path", "the path of the call", _CALLS),
    )
}
"""Every condition by its name."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected: that something happened, under which conditions, how often, and after what.

    ``times``: exactly that often; ``None``: at least once. ``after`` is the wamid of a message that came
    before.
    """

    what: What
    conditions: Mapping[str, Any]
    times: int | None = None
    after: str | None = None

    @property
    def wanted(self) -> int:
        """How many there must be at the least."""
        return 1 if self.times is None else self.times

    @property
    def recipients(self) -> set[str] | None:
        """The only people and groups it can be about, by ``wa_id`` and id; ``None``: it may be anybody."""
        named = [self.conditions[name] for name in _WHO if isinstance(self.conditions.get(name), str)]
        return forms_of(named[0]) if named else None

    def fits(self, found: Finding) -> bool:
        """Say whether a message or a call is one of those that are expected."""
        return found.is_a(self.what) and self.holds_for(found)

    def holds_for(self, found: Finding) -> bool:
        """Say whether a message or a call meets every condition, whatever has happened to it."""
        return all(self._is_met(name, expected, found) for name, expected in self.conditions.items())

    def differing(self, found: Finding) -> list[str]:
        """List the names of the conditions that a message or a call does not meet."""
        return [name for name, expected in self.conditions.items() if not self._is_met(name, expected, found)]

    @staticmethod
    def _is_met(name: str, expected: Any, found: Finding) -> bool:
        return CONDITIONS[name].agrees(expected, found.member(name))

    def described(self, name_of: Callable[[str], str | None]) -> str:
        """Write what is expected as a part of a sentence.

        ``name_of`` finds the name of a person or a group by the number or the id; ``None``: it has none.
        """
        how_often = "" if self.times is None else f" exactly {self.times}×"
        said = []
        for condition, value in self.conditions.items():
            name = name_of(value) if condition in _WHO and isinstance(value, str) else None
            said.append(f"{condition}={name or shown(value)}")
        asked = ", ".join(said)
        return f"{WORDS[self.what]}{how_often}" + (f" with {asked}" if asked else "")


def expectation(
    what: str, *, times: int | None = None, after: str | None = None, **conditions: Any
) -> Expectation:
    """Check what a test asks for and make an :class:`Expectation` of it; conditions that are ``None`` go.

    A message that was ``read`` is one of a person, unless it is named. Raises :class:`ValueError` for a
    ``what`` that there is not, for a condition that there is not or that does not hold for it, and for
    ``times`` that is no number from 0.
    """
    if what not in list(What):
        raise ValueError(f"there is no {what!r} to expect; there are {', '.join(What)}")
    asked = {name: value for name, value in conditions.items() if value is not None}
    possible = [each.name for each in CONDITIONS.values() if What(what) in each.holds_for]
    for name in conditions:
        if name not in possible:
            meant = did_you_mean(name, possible)
            raise ValueError(f"{WORDS[What(what)]} has no {name}{meant}; it has {', '.join(possible)}")
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 0):
        raise ValueError(f"times is a whole number from 0, not {times!r}")
    if what == What.READ and "message" not in asked:
        asked.setdefault("by", PERSON)
    return Expectation(What(what), asked, times, after)


def shown(value: Any) -> str:
    """Write an expected value into a sentence: a regular expression as its pattern, a function by name."""
    if isinstance(value, re.Pattern):
        return f"/{value.pattern}/"
    if callable(value):
        return f"{getattr(value, '__name__', value)}()"
    return repr(value)
