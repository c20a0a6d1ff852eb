"""How much is too much: rates, and the policy under which each limit holds.

Sources: D/throughput, D/about-the-platform#pair-rate-limits and #rate-limits, D/messaging-limits,
D/business-phone-numbers/registration (all 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulator.domain.catalogue.entry import DOCS

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)

STANDARD, HIGH = "STANDARD", "HIGH"
"""The levels of throughput a number may have."""
PER_SECOND: Mapping[str, int] = {STANDARD: 80, HIGH: 1000}
"""Messages a second and number, both directions, of every kind."""
ON_BUSINESS_APP = 20
"""Messages a second of a number that is also on the WhatsApp Business app."""
CALLS_AN_HOUR = 200
CALLS_AN_HOUR_WITH_A_NUMBER = 5000
"""Management calls an hour, app and WABA, when the WABA has a registered number."""
CALLS_WITHIN = HOUR
REGISTRATIONS, REGISTRATIONS_WITHIN = 10, timedelta(hours=72)

SOURCES: Mapping[str, str] = {
    "throughput": f"{DOCS}/throughput",
    "pair_rate": f"{DOCS}/about-the-platform#pair-rate-limits",
    "messaging": f"{DOCS}/messaging-limits",
    "management_calls": f"{DOCS}/about-the-platform#rate-limits",
    "template_creations": f"{DOCS}/templates/template-management",
    "registrations": f"{DOCS}/business-phone-numbers/registration",
}
"""Every limit that has a policy, and the page it comes from."""
NAMES = tuple(SOURCES)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and then one every so often.

    It is kept as one instant, the *theoretical arrival*: how far ahead of the present everything that was
    taken would reach, were it spread out evenly.
    """

    every: timedelta
    burst: int

    @property
    def reach(self) -> timedelta:
        """How far ahead a burst may borrow."""
        return self.every * self.burst

    def at(self, tat: datetime | None, now: datetime) -> tuple[bool, datetime]:
        """Take one now: whether there is one, and the theoretical arrival afterwards."""
        begins = now if tat is None else max(tat, now)
        after = begins + self.every
        if after - now > self.reach:
            return False, begins
        return True, after

    def taken(self, tat: datetime | None, now: datetime) -> datetime:
        """The theoretical arrival when one comes that nobody can refuse."""
        return min((now if tat is None else max(tat, now)) + self.every, now + self.reach)

    def used(self, tat: datetime | None, now: datetime) -> int:
        """How many of the burst have not come back yet."""
        ahead = timedelta(0) if tat is None else tat - now
        return max(0, min(self.burst, -(-ahead // self.every)))

    def left(self, tat: datetime | None, now: datetime) -> int:
        """How many there are to be had at once."""
        return self.burst - self.used(tat, now)

    def frees_up_at(self, tat: datetime | None, now: datetime) -> datetime | None:
        """When there is one to be had again; ``None`` when there is one now."""
        if tat is None or self.left(tat, now):
            return None
        return tat + self.every - self.reach


@dataclass(frozen=True, slots=True)
class Slot:
    """What somebody asks of a rate at an instant."""

    rate: Rate
    tat: datetime | None
    """The theoretical arrival before."""
    at: datetime

    @property
    def is_free(self) -> bool:
        return self.rate.at(self.tat, self.at)[0]

    @property
    def after(self) -> datetime:
        """The theoretical arrival once it is taken."""
        return self.rate.at(self.tat, self.at)[1]

    @property
    def frees_up_at(self) -> datetime | None:
        return self.rate.frees_up_at(self.tat, self.at)


PAIR = Rate(timedelta(seconds=6), 45)
"""Messages of one number to the same person: a burst borrows from what comes later."""


def per_second(messages: int) -> Rate:
    """The rate of a number that may handle so many messages a second."""
    return Rate(SECOND / messages, messages)


def throughput(level: str, *, on_business_app: bool) -> int:
    """Messages a second of a number by its level."""
    return ON_BUSINESS_APP if on_business_app else PER_SECOND[level]


def management_calls(*, has_a_number: bool) -> int:
    """Calls an hour of one app on one WABA's management edges."""
    return CALLS_AN_HOUR_WITH_A_NUMBER if has_a_number else CALLS_AN_HOUR


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether a limit holds in a sandbox, and how much it lets pass where that is not the usual."""

    word: str = "on"
    """``off``, ``on`` (while the clock runs) or ``always``."""
    most: int | None = None

    @property
    def is_off(self) -> bool:
        return self.word == "off"

    def holds(self, clock_runs: bool) -> bool:
        """Whether it is enforced: a burst in one instant of a clock that stands still is nobody's hurry."""
        return self.word == "always" or (clock_runs and self.word == "on")

    def limit(self, usual: int) -> int:
        """How many there may be."""
        return usual if self.most is None else self.most

    def rate(self, usual: Rate) -> Rate:
        """The usual rate, with its burst as this policy has it."""
        return usual if self.most is None else Rate(usual.every, self.most)

    @property
    def as_json(self) -> str | int:
        return self.word if self.most is None else self.most


ON = Policy()


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies of a sandbox; a limit that is not named is ``on``."""

    named: Mapping[str, Policy] = field(default_factory=dict)

    def policy(self, name: str) -> Policy:
        return self.named.get(name, ON)

    def changed(self, values: object) -> Policies:
        """These policies with some of them changed. Raises :class:`ValueError` for one there is not."""
        if not isinstance(values, Mapping):
            raise ValueError(f"limits are policies by name, like {{throughput: always}}; got {values!r}")
        named = {**self.named, **{name: _policy(str(name), word) for name, word in values.items()}}
        return Policies({name: policy for name, policy in named.items() if policy != ON})

    @property
    def as_json(self) -> dict[str, str | int]:
        return {name: self.policy(name).as_json for name in NAMES}


def _policy(name: str, word: object) -> Policy:
    if name not in NAMES:
        raise ValueError(f"there is no limit {name!r}; there are {', '.join(NAMES)}")
    if isinstance(word, bool):  # how YAML reads on and off
        return Policy("on" if word else "off")
    if isinstance(word, int) and 1 <= word < 10**9:
        return Policy("always", word)
    if isinstance(word, str) and word in ("off", "on", "always"):
        return Policy(word)
    raise ValueError(f"the limit {name} is off, on, always or a whole number of one or more; got {word!r}")


def policies_from_json(values: object) -> Policies:
    """Policies by name. Raises :class:`ValueError` for a limit or a policy that there is not."""
    return Policies().changed(values)


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a limit was used, as headers tell it."""

    percent: int = 0
    minutes: int = 0
    """Until there is some again; zero while there is."""


UNUSED = Usage()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a limit stands: what is used of it and what is left."""

    name: str
    scope: str
    """``number``, ``person``, ``portfolio`` or ``WABA``."""
    subject: str
    """Whose it is: the id of the number, the portfolio or the WABA, or ``number → person``."""
    policy: str | int
    most: int | None
    """``None`` where there is no end of it."""
    used: int
    frees_up_at: datetime | None
    """When there is some again; ``None`` when there is some now."""
    source: str

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.used)


def standing(
    name: str,
    scope: str,
    subject: str,
    policy: Policy,
    most: int | None,
    used: int,
    frees_up_at: datetime | None,
    source: str | None = None,
) -> Standing:
    """How a limit stands; when there is some left of it, nothing needs to free up."""
    is_free = most is None or used < most
    return Standing(
        name,
        scope,
        subject,
        policy.as_json,
        most,
        used,
        None if is_free else frees_up_at,
        source or SOURCES[name],
    )
