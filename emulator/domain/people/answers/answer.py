"""A rule by which a person answers: the first whose conditions hold for a message is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import timedelta
from typing import Any

from emulator.domain.durations import Spread, parse_duration
from emulator.domain.people.answers.acts import Act, acts_as_json, acts_from_json
from emulator.domain.people.answers.conditions import Conditions, Received, conditions_from_json, fits
from emulator.domain.places import check_names, read_at, read_list
from emulator.domain.values import dataclass

KEYS = ("when", "then", "after", "chance")
MOST = 100
"""How many rules a person may have."""
BOUNDS: tuple[tuple[int, timedelta], ...] = ((30, timedelta(minutes=1)), (500, timedelta(days=1)))
"""How many messages somebody has written to a number within which simulated time, when they answer no more.

It ends what two programs would tell each other for ever.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person does about a message that fits.

    ``after`` counts from the delivery, and is drawn each time; ``None``: when they would read it. ``chance``
    is how likely it is; where it is not so, further rules are looked at.
    """

    then: tuple[Act, ...]
    when: Conditions = field(default=())
    after: Spread | None = None
    chance: float = 1.0

    def __hash__(self) -> int:
        return hash((self.then, self.after, self.chance))

    def fits(self, received: Received) -> bool:
        """Say whether its conditions hold for a message."""
        return fits(self.when, received)


def answers_from_json(values: Any) -> tuple[Answer, ...]:
    """Read a list of rules, each with ``then``, and with ``when``, ``after`` and ``chance`` if it has them.

    ``after`` is a duration, or a list of the least and the most. Raises :class:`ValueError` with a sentence
    that begins with the place of what is wrong, and for more than :data:`MOST`.
    """
    if isinstance(values, list | tuple) and len(values) > MOST:
        raise ValueError(f": a person has up to {MOST} rules, got {len(values)}")
    return read_list(values, "rules", _answer)


def answers_as_json(answers: Iterable[Answer]) -> list[dict[str, object]]:
    """Write rules as :func:`answers_from_json` reads them; durations are in seconds."""
    return [
        {
            "when": dict(each.when),
            "then": acts_as_json(each.then),
            "after": None if each.after is None else _shown(each.after),
            "chance": each.chance,
        }
        for each in answers
    ]


def _answer(value: Any) -> Answer:
    if isinstance(value, Answer):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f": expected a rule with when and then, got {value!r}")
    check_names(value, KEYS)
    if value.get("then") is None:
        raise ValueError(": then is missing")
    return Answer(
        read_at(".then", acts_from_json, value["then"]),
        () if value.get("when") is None else read_at(".when", conditions_from_json, value["when"]),
        None if value.get("after") is None else read_at(".after: ", spread_from_json, value["after"]),
        1.0 if value.get("chance") is None else read_at(".chance: ", _chance, value["chance"]),
    )


def spread_from_json(value: Any) -> Spread:
    """Read a duration, or a list of the least and the most. Raises :class:`ValueError` for anything else."""
    if not isinstance(value, list | tuple):
        return Spread(once := parse_duration(value), once)
    if len(value) != 2:
        raise ValueError(f"expected a duration, or a list of the least and the most, got {value!r}")
    least, most = map(parse_duration, value)
    if least > most:
        raise ValueError(f"expected the least before the most, got {value!r}")
    return Spread(least, most)


def _chance(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"expected a number from 0 to 1, got {value!r}")
    return float(value)


def _shown(spread: Spread) -> float | list[float]:
    least, most = spread.least.total_seconds(), spread.most.total_seconds()
    return least if least == most else [least, most]
