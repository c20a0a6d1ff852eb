"""The policy of each limit in a sandbox: off, on, always, or another number than the platform's.

Sources: D/throughput, D/about-the-platform#pair-rate-limits and #rate-limits, D/messaging-limits,
D/business-phone-numbers/registration (all 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeVar

from emulator.domain.catalogue.entry import DOCS
from emulator.domain.limits.throughput import RateLimit
from emulator.domain.values import dataclass

Usual = TypeVar("Usual", int, int | None)

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
TIMELESS = frozenset({"messaging"})
"""Limits that ``on`` enforces while the clock stands still, too: they count people, not messages a second."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether a limit is enforced in a sandbox, and its number where that is not the platform's."""

    word: str = "on"
    """``off``, ``on`` (while the clock runs) or ``always``."""
    most: int | None = None
    """How much there is, in place of the usual."""

    @property
    def is_off(self) -> bool:
        """Whether the limit is never enforced."""
        return self.word == "off"

    def holds(self, clock_runs: bool) -> bool:
        """Say whether the limit is enforced, given whether the clock runs.

        While it stands still a test sends everything in one instant, which ``on`` does not count as a burst.
        """
        return self.word == "always" or (clock_runs and self.word == "on")

    def limit(self, usual: Usual) -> int | Usual:
        """Find the number of the limit: the policy's, or the ``usual`` one."""
        return usual if self.most is None else self.most

    def rate(self, usual: RateLimit) -> RateLimit:
        """Find the rate of the limit: the ``usual`` one, with the policy's number as its burst if any."""
        return usual if self.most is None else RateLimit(usual.every, self.most)

    @property
    def as_json(self) -> str | int:
        """The policy as settings have it: its word, or its number."""
        return self.word if self.most is None else self.most


ON = Policy()


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies of a sandbox by limit; a limit without one is ``on``."""

    named: Mapping[str, Policy] = field(default_factory=dict)

    def policy(self, name: str) -> Policy:
        """Find the policy of the limit ``name``."""
        return self.named.get(name, ON)

    def holds(self, name: str, *, clock_runs: bool) -> bool:
        """Say whether the limit ``name`` is enforced, given whether the clock runs."""
        return self.policy(name).holds(clock_runs or name in TIMELESS)

    def changed(self, values: object) -> Policies:
        """Copy the policies with some of them changed, by name.

        Raises :class:`ValueError` for an unknown limit or policy; ``true`` and ``false`` are ``on`` and
        ``off``, as YAML reads those words.
        """
        if not isinstance(values, Mapping):
            raise ValueError(f"limits are policies by name, like {{throughput: always}}; got {values!r}")
        named = {**self.named, **{name: _policy(str(name), word) for name, word in values.items()}}
        return Policies({name: policy for name, policy in named.items() if policy != ON})

    @property
    def as_json(self) -> dict[str, str | int]:
        """All policies by the name of the limit, as the setting ``limits`` shows them."""
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
    """Read policies by the name of the limit; those not given are ``on``.

    Raises :class:`ValueError` for an unknown limit or policy.
    """
    return Policies().changed(values)
