"""Faults: what goes wrong on purpose, for whom, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.domain.catalogue import CATALOGUE, ErrorChannel
from emulator.domain.errors import PlatformError, refuse
from emulator.domain.phones import aliases, digits_of

RULE = "fault"
"""The rule of a refusal that somebody asked for."""
ANYWHERE = "any"
"""The word for every edge."""
METHODS = ("GET", "POST", "PUT", "DELETE")
CHANNELS = (ErrorChannel.SYNC, ErrorChannel.ASYNC, ErrorChannel.INBOUND)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that may go wrong: a call, a message on its way, or what a person writes."""

    when: ErrorChannel
    wa_id: str | None = None
    phone_number_id: str | None = None
    edge: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One code of the catalogue that will be met, and on which occasions.

    What is ``None`` does not matter to it.
    """

    code: int
    when: ErrorChannel
    to: str | None = None
    """The number of the person a message goes to, or who writes."""
    phone_number_id: str | None = None
    edge: str | None = None
    """The edge of a call; ``""`` is the node itself."""
    method: str | None = None
    times: int | None = 1
    """How often it is met; ``None``: until it is removed."""
    details: str | None = None
    """Told instead of the usual details."""
    probability: float = 1.0
    """How likely it is met on an occasion that fits; the draws are functions of the sandbox's seed."""
    id: int = 0
    met: int = 0
    """How often it was met so far."""

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.met >= self.times

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return f"fault:{self.id}"

    @property
    def title(self) -> str:
        """What it says, without the code."""
        entry = CATALOGUE[self.code]
        return entry.user_title or entry.title

    def fits(self, occasion: Occasion) -> bool:
        """Whether it is meant for this occasion."""
        return (
            self.when is occasion.when
            and not self.is_spent
            and (self.to is None or (occasion.wa_id is not None and self.to in aliases(occasion.wa_id)))
            and self.phone_number_id in (None, occasion.phone_number_id)
            and self.edge in (None, occasion.edge)
            and self.method in (None, occasion.method)
        )

    def refusal(self, words: Mapping[str, str] | None = None) -> PlatformError:
        """What it is met as; ``words`` fill in what the platform prints about a call."""
        often = "until it is removed" if self.times is None else f"{self.met} of {self.times}"
        return refuse(
            self.code,
            self.details,
            by_webhook=self.when is not ErrorChannel.SYNC,
            words=words,
            rule=RULE,
            hint=f"Fault {self.id} was asked for: {self.code} {self.title} ({often}).",
            facts={"fault": self.id, "met": self.met, "times": self.times},
        )


def new_fault(
    code: int,
    *,
    when: str | None = None,
    to: str | None = None,
    phone_number_id: str | None = None,
    edge: str | None = None,
    method: str | None = None,
    times: int | None = 1,
    details: str | None = None,
    probability: float = 1.0,
) -> Fault:
    """Make a fault of what somebody asks for; what they leave out is as the catalogue tells the code.

    Raises :class:`ValueError` for what can never be met.
    """
    entry = CATALOGUE.get(code)
    if entry is None:
        raise ValueError(f"there is no error {code} in the catalogue; docs/reference/errors.md lists them")
    way = entry.channels[0] if when is None else _way(code, when)
    if way is not ErrorChannel.SYNC and (edge is not None or method is not None):
        raise ValueError(f"edge and method belong to a call, but {code} is reported {way}")
    if edge is None and way is ErrorChannel.SYNC:
        edge, method = entry.edge, method or entry.method
    elif edge is not None:
        edge = None if edge == ANYWHERE else edge.strip("/")
    if method is not None and method.upper() not in METHODS:
        raise ValueError(f"a method is one of {', '.join(METHODS)}, not {method!r}")
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or not 0 < times < 10**9):
        raise ValueError(f"times is a whole number from 1, or null for ever; got {times!r}")
    if isinstance(probability, bool) or not 0 < probability <= 1:
        raise ValueError(f"probability is above 0 and at most 1; got {probability!r}")
    return Fault(
        entry.number,
        way,
        digits_of(to) if to is not None else None,
        phone_number_id,
        edge,
        method.upper() if method else None,
        times,
        details,
        float(probability),
    )


def _way(code: int, when: str) -> ErrorChannel:
    ways = CATALOGUE[code].channels
    if when not in CHANNELS:
        raise ValueError(f"when is one of {', '.join(CHANNELS)}, not {when!r}")
    if when not in ways:
        raise ValueError(f"{code} is never reported {when}; it can be {' or '.join(ways)}")
    return ErrorChannel(when)
