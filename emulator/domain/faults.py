"""Faults: errors of the catalogue that a user asks for, on which occasions, and how often."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain.catalogue import CATALOGUE, ErrorChannel
from emulator.domain.errors import PlatformError, refuse
from emulator.domain.phones import aliases, digits_of
from emulator.domain.values import dataclass

RULE = "fault"
"""The rule (``X-Emulator-Rule``) of an error that a user asked for."""
ANYWHERE = "any"
"""The word for any edge in a fault's ``edge``."""
METHODS = ("GET", "POST", "PUT", "DELETE")
CHANNELS = (ErrorChannel.SYNC, ErrorChannel.ASYNC, ErrorChannel.INBOUND, ErrorChannel.DELIVERED)
"""The channels a fault can be asked for in."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something a fault may strike: a call, a message on its way, or a message that a person writes.

    ``when`` says which of the three; ``edge`` and ``method`` are of a call, ``None`` otherwise.
    """

    when: ErrorChannel
    wa_id: str | None = None
    phone_number_id: str | None = None
    edge: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the catalogue that is to be met, and the occasions it is met on.

    Each condition that is ``None`` holds for every occasion. It is met ``times`` times, each time with
    ``probability``.
    """

    code: int
    when: ErrorChannel
    to: str | None = None
    """Digits of the person a message goes to, or who writes; any of their :func:`aliases` fits."""
    phone_number_id: str | None = None
    edge: str | None = None
    """The edge of a call; ``""`` is the node itself, ``None`` any edge."""
    method: str | None = None
    times: int | None = 1
    """How often it is met; ``None``: until it is removed."""
    details: str | None = None
    """Returned instead of the error's default details."""
    probability: float = 1.0
    """The chance, above 0 and up to 1, that it is met on an occasion that fits; drawn from the sandbox's
    seed."""
    id: int = 0
    met: int = 0
    """How often it has been met so far."""

    @property
    def is_spent(self) -> bool:
        """Whether it has been met as often as it was asked for, so that it fits no further occasion."""
        return self.times is not None and self.met >= self.times

    @property
    def name(self) -> str:
        """The journal's name for this fault as a cause, such as ``fault:3``."""
        return f"fault:{self.id}"

    @property
    def title(self) -> str:
        """The error's title without its code: the user-facing one where it has one, else the catalogue's."""
        entry = CATALOGUE[self.code]
        return entry.user_title or entry.title

    def fits(self, occasion: Occasion) -> bool:
        """Say whether this fault may strike ``occasion``: it is not spent, and every condition matches.

        Chance is not looked at here; the caller draws it.
        """
        return (
            self.when is occasion.when
            and not self.is_spent
            and (self.to is None or (occasion.wa_id is not None and self.to in aliases(occasion.wa_id)))
            and self.phone_number_id in (None, occasion.phone_number_id)
            and self.edge in (None, occasion.edge)
            and self.method in (None, occasion.method)
        )

    def refusal(self, words: Mapping[str, str] | None = None) -> PlatformError:
        """Build the error this fault is met as, worded for the channel it was asked for.

        ``words`` fill in the braces of messages that quote the call (its path or object id); the hint names
        the fault, how often it has been met, and when the platform usually returns the error.
        """
        often = "until it is removed" if self.times is None else f"{self.met} of {self.times}"
        return refuse(
            self.code,
            self.details,
            by_webhook=self.when is not ErrorChannel.SYNC,
            words=words,
            rule=RULE,
            hint=f"Fault {self.id} was asked for: {self.code} {self.title} ({often}). The platform usually "
            f"returns it for: {CATALOGUE[self.code].trigger}.",
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
    """Check what a user asks for and make a :class:`Fault` of it; the defaults come from the catalogue.

    ``code`` is a number of the catalogue, ``when`` a channel (default: the error's usual one), ``to`` a
    person's number, ``edge`` the edge of a call (``any`` for all of them), ``times`` a number from 1 or
    ``None`` for ever, ``probability`` above 0 and at most 1. Raises :class:`ValueError` for what can never be
    met, and :class:`MessageError` for a ``to`` that is no phone number.
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
