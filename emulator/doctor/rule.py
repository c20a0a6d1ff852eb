"""A rule for webhooks, and what was found of it: the types that :mod:`.rules` is a table of."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from emulator.domain.values import dataclass

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination


class Verdict(StrEnum):
    """What became of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    WARNING = "warning"
    """It holds, or nobody can say that it does not, and it may cost something all the same."""
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and what it was made from: what the callback answered, or what is needed to judge."""

    verdict: Verdict
    seen: str


def passed(seen: str) -> Outcome:
    """A rule that holds; ``seen`` is what the callback answered."""
    return Outcome(Verdict.PASSED, seen)


def failed(seen: str) -> Outcome:
    """A rule that is broken, and what was ``seen`` of it."""
    return Outcome(Verdict.FAILED, seen)


def warning(seen: str) -> Outcome:
    """A rule that holds as far as can be told; what was ``seen`` may cost something all the same."""
    return Outcome(Verdict.WARNING, seen)


def not_judged(needs: str) -> Outcome:
    """A rule that cannot be judged; ``needs`` goes on from the word "needs"."""
    return Outcome(Verdict.NOT_JUDGED, f"needs {needs}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for webhooks. A new one is one of these in :data:`.rules.RULES`."""

    id: str
    group: str
    done: str
    """What is done to the callback."""
    expected: str
    """What must come back."""
    cost: str
    """What breaking it costs in production."""
    mending: str
    source: str
    """The page it comes from, or who has seen it."""
    judge: Callable[[Examination], Outcome]
    needs: tuple[str, ...] = ("accepted", "in time")
    """What must be there to judge it, by names of :data:`.needs.NEEDS`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule with what was found of it in one examination."""

    rule: Rule
    verdict: Verdict
    seen: str
    """What the callback answered, or what would be needed to judge the rule."""

    @property
    def id(self) -> str:
        """The id of the rule, such as ``duplicate-answered-once``."""
        return self.rule.id

    def __str__(self) -> str:
        return f"{self.id}: {self.verdict}: {self.seen}"
