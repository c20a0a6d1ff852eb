"""How fast a number sends: the throughput of the number, and the rate at which one person is written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.messages import MessageReceived
from emulator.domain.limits import throughput
from emulator.domain.limits.policies import Policy
from emulator.domain.limits.status import LimitStatus, limit_status
from emulator.domain.limits.throughput import PAIR, RateLimit, Reservation
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.limits import policies
from emulator.sandbox.limits.query import LimitQuery

THROUGHPUT, PAIR_RATE = "throughput", "pair_rate"
Reservations = tuple[Reservation | None, Reservation | None]
"""What a message takes of the throughput and of the pair rate; ``None`` for a rate that is not enforced."""


class Throughput:
    """Reserves and takes the throughput of numbers, and the pair rate of a number and a person.

    Both rates are read with one statement and kept with one; with none where neither is enforced. What people
    write uses the number's throughput, too, and is never refused for it.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._rates = core, core.store.rate_limits
        core.listen(MessageReceived, Listener.THROUGHPUT, self._count)

    def reserve(self, number: BusinessNumber, wa_id: str | None, at: datetime) -> Reservations:
        """Work out what one message at an instant would take of the number's throughput and of the pair rate.

        Nothing is taken yet. Without ``wa_id`` it goes to a group, which has no rate of its own. A rate that
        is not enforced is ``None``.
        """
        by_number = policies.holds(self._core, THROUGHPUT)
        by_pair = wa_id is not None and policies.holds(self._core, PAIR_RATE)
        if not (by_number or by_pair):
            return None, None
        own, shared = _of(number), _between(number, wa_id or "")
        known = self._rates.get(own, shared)
        return (
            Reservation(_rate(number, self._policy(THROUGHPUT)), known.get(own), at) if by_number else None,
            Reservation(self._policy(PAIR_RATE).rate(PAIR), known.get(shared), at) if by_pair else None,
        )

    def take(self, number: BusinessNumber, wa_id: str, reservations: Reservations) -> None:
        """Take from both rates what a message has reserved, now that it was accepted, by one statement.

        What was reserved for a message that was refused is not taken. A rate that is not enforced is left as
        it is.
        """
        by_number, by_pair = reservations
        taken: dict[str, datetime] = {}
        if by_number is not None:
            taken[_of(number)] = by_number.after
        if by_pair is not None:
            taken[_between(number, wa_id)] = by_pair.after
        self._rates.put(taken)

    def _count(self, event: MessageReceived) -> None:
        """What people write uses the number's throughput, too; nobody can refuse it."""
        if policies.holds(self._core, THROUGHPUT):
            name, rate = _of(event.number), _rate(event.number, self._policy(THROUGHPUT))
            self._rates.put({name: rate.taken(self._rates.get(name).get(name), event.at)})

    def _policy(self, name: str) -> Policy:
        return policies.policy(self._core, name)


def statuses(core: Core, query: LimitQuery) -> Iterator[LimitStatus]:
    """Report how both rates stand.

    The throughput of each number, and the pair rate to the person asked about, if any.
    """
    policy = policies.policy(core, THROUGHPUT)
    for number in query.numbers:
        rate = _rate(number, policy)
        yield _status(core, THROUGHPUT, "number", number.id, policy, rate, _of(number), query.at)
    policy = policies.policy(core, PAIR_RATE)
    for number in query.numbers if query.wa_id else ():
        name, subject = _between(number, query.wa_id or ""), f"{number.id} → {query.wa_id}"
        yield _status(core, PAIR_RATE, "person", subject, policy, policy.rate(PAIR), name, query.at)


def _status(
    core: Core,
    limit: str,
    scope: str,
    subject: str,
    policy: Policy,
    rate: RateLimit,
    name: str,
    at: datetime,
) -> LimitStatus:
    tat = core.store.rate_limits.get(name).get(name)
    used, frees_up_at = rate.used(tat, at), rate.frees_up_at(tat, at)
    return limit_status(limit, scope, subject, policy, rate.burst, used, frees_up_at)


def _of(number: BusinessNumber) -> str:
    return f"number:{number.id}"


def _between(number: BusinessNumber, wa_id: str) -> str:
    return f"pair:{number.id}:{wa_id}"


def _rate(number: BusinessNumber, policy: Policy) -> RateLimit:
    usual = throughput.throughput(number.throughput, on_business_app=number.on_business_app)
    return throughput.per_second(policy.limit(usual))
