"""One fault: what goes wrong, on which occasions and how often, and how often it has gone wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from emulator.domain.catalogue import CATALOGUE
from emulator.domain.errors import PlatformError, refuse
from emulator.domain.faults.kinds import KINDS, FaultKind
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.faults.parameters import Effect
from emulator.domain.values import dataclass

RULE = "fault"
"""The rule (``X-Emulator-Rule``) of an answer that a user asked for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong on purpose: a kind with its parameters, and the occasions it strikes.

    It strikes an occasion on which every condition holds; of those every ``every``-th one, each time with
    ``probability``, and ``times`` times in all.
    """

    kind: str
    when: When
    parameters: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    times: int | None = 1
    """How often it strikes; ``None``: until it is removed."""
    every: int = 1
    probability: float = 1.0
    """The chance, above 0 and up to 1, that it strikes; drawn from the sandbox's seed."""
    id: int = 0
    fitted: int = 0
    """How many occasions have fitted so far; counted where ``every`` is above 1."""
    met: int = 0
    """How often it has struck so far."""
    is_seeded: bool = False
    """Whether it is the seed's; nobody has promised that a test meets it."""

    @property
    def row(self) -> FaultKind:
        """The row of its kind."""
        return KINDS[self.kind]

    @property
    def name(self) -> str:
        """The journal's name for this fault as a cause, such as ``fault:3``."""
        return f"fault:{self.id}"

    @property
    def code(self) -> int | None:
        """The number of its error; ``None`` for a fault that is no error of the catalogue."""
        return self.parameters.get("code")

    @property
    def details(self) -> str | None:
        """What stands in its error instead of the usual details."""
        return self.parameters.get("details")

    @property
    def to(self) -> str | None:
        """The digits of the person it is meant for; ``None``: anybody."""
        return self.conditions.get("to")

    @property
    def phone_number_id(self) -> str | None:
        """The business number it is meant for; ``None``: any."""
        return self.conditions.get("phone_number_id")

    @property
    def edge(self) -> str | None:
        """The edge whose calls it is meant for; ``""`` is the node itself, ``None`` any edge."""
        return self.conditions.get("edge")

    @property
    def method(self) -> str | None:
        """The method of the calls it is meant for; ``None``: any."""
        return self.conditions.get("method")

    @property
    def effect(self) -> Effect | None:
        """Whether a call that it strikes is carried out; ``None`` where there is no call."""
        effects = self.row.effects
        if not effects or self.when is not When.SYNC:
            return None
        return Effect(self.parameters.get("effect", effects[0]))

    @property
    def delay(self) -> float:
        """For how many real seconds an answer is held back."""
        return float(self.parameters.get("delay", 0))

    @property
    def label(self) -> str:
        """Its name in a sentence: the code of an error, or the kind with what it was told."""
        if self.kind == "error":
            return str(self.code)
        mark = "code" if self.kind == "throttle" else self.row.mark
        if mark is None or mark == "envelope":
            return self.kind
        value = self.parameters[mark]
        shown = f"{value:g}" if isinstance(value, float) else value
        return f"{self.kind} {shown}" if mark != self.kind else f"{mark} {shown}"

    @property
    def title(self) -> str:
        """What goes wrong: the error's title, the user-facing one where it has one; else that of the kind."""
        if self.code is None:
            return self.row.text
        entry = CATALOGUE[self.code]
        return entry.user_title or entry.title

    @property
    def often(self) -> str:
        """How often it strikes, in words: ``3×``, or ``until it is removed``."""
        times = "until it is removed" if self.times is None else f"{self.times}×"
        every = f", every {ordinal(self.every)} time" if self.every > 1 else ""
        return times + every + (f", with a chance of {self.probability:g}" if self.probability < 1 else "")

    @property
    def sentence(self) -> str:
        """What goes wrong and where: ``131049 This message was not delivered …, async``."""
        colon = "" if self.code is not None else ":"
        return f"{self.label}{colon} {self.title}, {self.when}"

    @property
    def is_spent(self) -> bool:
        """Whether it has struck as often as it was asked for, so that it fits no further occasion."""
        return self.times is not None and self.met >= self.times

    def fits(self, occasion: Occasion) -> bool:
        """Say whether this fault may strike ``occasion``: it is not spent, and every condition holds.

        How many have fitted before and chance are not looked at here; the caller counts and draws.
        """
        return self.when == occasion.when and not self.is_spent and self.agrees_with(occasion)

    def agrees_with(self, occasion: Occasion) -> bool:
        """Say whether every condition holds for an occasion."""
        from emulator.domain.faults.conditions import CONDITIONS

        return all(CONDITIONS[name].holds(value, occasion) for name, value in self.conditions.items())

    def is_turn(self) -> bool:
        """Say whether the occasion that has just been counted as fitting is one of every ``every``."""
        return self.fitted % self.every == 0

    def counted(self, *, met: bool) -> Fault:
        """Count an occasion that fits, and with ``met`` that this fault struck it."""
        return replace(self, fitted=self.fitted + (self.every > 1), met=self.met + met)

    def refusal(self, words: Mapping[str, str] | None = None) -> PlatformError:
        """Build the error this fault is met as, worded for where it strikes.

        ``words`` fill in the braces of messages that quote the call (its path or object id); the hint names
        the fault, how often it has been met, and when the platform usually returns the error. Only for a
        fault with a ``code``.
        """
        assert self.code is not None
        often = "until it is removed" if self.times is None else f"{self.met} of {self.times}"
        return refuse(
            self.code,
            self.details,
            by_webhook=self.when is not When.SYNC,
            words=words,
            rule=RULE,
            hint=f"Fault {self.id} was asked for: {self.code} {self.title} ({often}). The platform usually "
            f"returns it for: {CATALOGUE[self.code].trigger}.",
            facts={"fault": self.id, "met": self.met, "times": self.times},
        )


def ordinal(number: int) -> str:
    """Write a number as a place in a row: ``2nd``, ``3rd``, ``11th``."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
