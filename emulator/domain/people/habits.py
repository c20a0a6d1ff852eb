"""The habits of a person: when messages reach them, when they read, complain and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from emulator.domain.facts.facts import fact, facts_of, shown
from emulator.domain.facts.types import FactKind, duration, flag, json_value, share
from emulator.domain.people.offline import Offline, periods_as_json, periods_from_json
from emulator.domain.quoting import did_you_mean
from emulator.domain.values import dataclass

if TYPE_CHECKING:
    from emulator.domain.people.answers.answer import Answer


def _answers_from_json(values: Any) -> tuple[Answer, ...]:
    if values == []:  # as of nearly everybody
        return ()
    from emulator.domain.people.answers.answer import answers_from_json

    return answers_from_json(values)


def _answers_as_json(answers: tuple[Answer, ...]) -> list[dict[str, object]]:
    if not answers:
        return []
    from emulator.domain.people.answers.answer import answers_as_json

    return answers_as_json(answers)


_habit = partial(fact, seed=True, json=True, changeable=True)
_OFFLINE = json_value(periods_from_json, periods_as_json, array=True)
_ANSWERS = json_value(_answers_from_json, _answers_as_json, array=True)


@dataclass(frozen=True, slots=True)
class Habits:
    """How messages to a person are delivered and read, how likely they complain, and what they answer.

    ``read_after`` counts from the delivery; ``None`` for ``delivered_after`` is a phone that stays off, and
    ``reads=False`` is a person who leaves messages unread (or has read receipts off). ``blocks``, ``reports``
    and ``stops`` are probabilities, for each template message delivered, that they block the number, report
    the message, or (of a marketing template) stop marketing. While the phone is ``offline`` nothing reaches
    it; then everything does at once. An ``old_client`` is a WhatsApp too old for businesses: messages fail
    with 131026. ``answers`` are rules, of which the first that fits a message is carried out.
    """

    sent_after: timedelta = field(default=timedelta(milliseconds=400), metadata=_habit(duration()))
    delivered_after: timedelta | None = field(
        default=timedelta(milliseconds=900), metadata=_habit(duration(never="never"))
    )
    read_after: timedelta = field(default=timedelta(seconds=6), metadata=_habit(duration()))
    reads: bool = field(default=True, metadata=_habit(flag()))
    blocks: float = field(default=0.0, metadata=_habit(share()))
    reports: float = field(default=0.0, metadata=_habit(share()))
    stops: float = field(default=0.0, metadata=_habit(share()))
    offline: tuple[Offline, ...] = field(default=(), metadata=_habit(_OFFLINE))
    old_client: bool = field(default=False, metadata=_habit(flag()))
    answers: tuple[Answer, ...] = field(default=(), metadata=_habit(_ANSWERS))

    @property
    def complains(self) -> bool:
        """Whether there is any chance that they block the number, report a message or stop marketing."""
        return self.blocks > 0 or self.reports > 0 or self.stops > 0

    @classmethod
    def at_once(cls) -> Habits:
        """Make the habits of a person whose phone delivers and shows every message in the same instant."""
        return cls(timedelta(0), timedelta(0), timedelta(0))

    @property
    def are_relative(self) -> bool:
        """Whether a time in ``offline`` is still given by lengths of time, and not by instants."""
        return any(each.is_relative for each in self.offline)

    def counted_from(self, at: datetime) -> Habits:
        """Copy the habits with every length of time in ``offline`` counted from an instant."""
        if not self.are_relative:
            return self
        return self.changed(offline=tuple(each.counted_from(at) for each in self.offline))

    def changed(self, **habits: Any) -> Habits:
        """Copy the habits with some of them replaced."""
        return replace(self, **habits)


HABITS = tuple(facts_of(Habits))
"""The names of the habits, as seeds and calls write them."""
CHANCES = tuple(name for name, each in facts_of(Habits).items() if each.type.kind is FactKind.SHARE)
"""Those that are a probability from 0 to 1, for each template message that is delivered to the person."""


def habits_as_json(habits: Habits) -> dict[str, object]:
    """Write habits as JSON, as the control API has them: durations in seconds, chances from 0 to 1."""
    return shown(habits)


def habits_from_json(values: Mapping[str, Any], usual: Habits | None = None) -> Habits:
    """Read habits from JSON, durations in seconds; those that are not given stay as in ``usual``.

    Raises :class:`ValueError` for a habit that does not exist, and for a value that it cannot have.
    """
    known, given = facts_of(Habits), dict[str, Any]()
    for name, value in values.items():
        if name not in known:
            raise ValueError(
                f"there is no habit {name!r}{did_you_mean(name, HABITS)}; there are {', '.join(HABITS)}"
            )
        try:
            given[name] = known[name].type.read(name, value)
        except ValueError as problem:
            if known[name].type.kind is FactKind.JSON:
                raise ValueError(f"{name}{problem}") from None
            raise ValueError(f"the habit {problem}") from None
    return replace(usual or Habits(), **given)
