"""The nearest miss of an expectation: what comes closest to it, and in which members it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from emulator.domain.expectations.conditions import Expectation, shown
from emulator.domain.expectations.findings import Finding, What
from emulator.domain.messages.lifecycle import Message
from emulator.domain.values import dataclass

_COMPARED = 200
"""Characters of two texts that are compared for likeness."""


@dataclass(frozen=True, slots=True)
class Miss:
    """What comes nearest to an expectation, and why it is not what was expected: a sentence each."""

    nearest: Finding
    why: tuple[str, ...]


def nearest(
    wanted: Expectation, candidates: Iterable[Finding], why_not: Callable[[Finding], str | None]
) -> Miss | None:
    """Find what comes nearest to an expectation; ``None`` when there is nothing like it.

    That is the very message where one is named, else what differs in the fewest members, then what is most
    like it in its text, then the newest. ``why_not`` says why one that fits does not count, such as that
    another expectation has found it.
    """
    best: tuple[tuple[bool, int, float], Miss] | None = None
    for candidate in candidates:
        why = [_differs(wanted, candidate, name) for name in wanted.differing(candidate)]
        if not candidate.is_a(wanted.what):
            why.insert(0, _instead(candidate, wanted.what))
        if (reason := why_not(candidate)) is not None:
            why.append(reason)
        is_named = candidate.key == wanted.conditions.get("message")
        rank = is_named, -len(why), _likeness(wanted, candidate)
        if best is None or rank >= best[0]:
            best = rank, Miss(candidate, tuple(why))
    return None if best is None else best[1]


def _differs(wanted: Expectation, found: Finding, name: str) -> str:
    return f"{name} is {found.member(name)!r}, not {shown(wanted.conditions[name])}"


def _instead(found: Finding, what: What) -> str:
    if not isinstance(found.subject, Message):
        return f"it was refused, and not {what}"
    return f"it is {found.subject.status}, and not {what}"


def _likeness(wanted: Expectation, found: Finding) -> float:
    expected, actual = wanted.conditions.get("text"), found.member("text")
    if not isinstance(expected, str) or not isinstance(actual, str):
        return 0.0
    return SequenceMatcher(None, expected[:_COMPARED].lower(), actual[:_COMPARED].lower()).ratio()
