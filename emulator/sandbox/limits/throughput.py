"""How fast a number sends: the throughput of the number, and the rate at which one person is written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.checks.context import SendContext
from emulator.domain.events.messages import MessageReceived
from emulator.domain.limits import throughput
from emulator.domain.limits.policies import Policy
from emulator.domain.limits.status import LimitStatus, limit_status
from emulator.domain.limits.throughput import PAIR, RateLimit, Reservation
from emulator.sandbox.clock import Mode
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.limits.status import LimitQuery

THROUGHPUT, PAIR_RATE = "throughput", "pair_rate"


class Throughput:
    """Reads both rates with one statement and keeps both with one; with none where neither holds."""

    def __init__(self, core: Core) -> None:
        self._core, self._rates = core, core.store.rate_limits
        core.listen(MessageReceived, Listener.THROUGHPUT, self._count)
        core.standings.append(self._standings)

    def slots(
        self, number: BusinessNumber, wa_id: str | None, at: datetime
    ) -> tuple[Reservation | None, Reservation | None]:
        """The places in both rates that a message asks for; ``None`` for a rate that does not hold.

        Without ``wa_id`` it goes to a group, which has no rate of its own.
        """
        throughput, pair = self._policy(THROUGHPUT), self._policy(PAIR_RATE)
        runs = self._runs
        by_number, by_pair = throughput.holds(runs), wa_id is not None and pair.holds(runs)
        if not (by_number or by_pair):
            return None, None
        own, shared = _of(number), _between(number, wa_id or "")
        known = self._rates.get(own, shared)
        return (
            Reservation(_rate(number, throughput), known.get(own), at) if by_number else None,
            Reservation(pair.rate(PAIR), known.get(shared), at) if by_pair else None,
        )

    def take(self, attempt: SendContext) -> None:
        """Use up what an attempt asked for, now that it was accepted."""
        taken: dict[str, datetime] = {}
        if attempt.throughput is not None:
            taken[_of(attempt.number)] = attempt.throughput.after
        if attempt.pair is not None:
            taken[_between(attempt.number, attempt.wa_id)] = attempt.pair.after
        self._rates.put(taken)

    def _count(self, event: MessageReceived) -> None:
        """What people write uses the number's throughput, too; nobody can refuse it."""
        policy = self._policy(THROUGHPUT)
        if policy.holds(self._runs):
            name, rate = _of(event.number), _rate(event.number, policy)
            self._rates.put({name: rate.taken(self._rates.get(name).get(name), event.at)})

    def _policy(self, name: str) -> Policy:
        return self._core.settings.limits.policy(name)

    @property
    def _runs(self) -> bool:
        return self._core.clock.mode is Mode.RUNNING

    def _standings(self, asked: LimitQuery) -> Iterator[LimitStatus]:
        policy = self._policy(THROUGHPUT)
        for number in asked.numbers:
            rate = _rate(number, policy)
            yield self._standing(THROUGHPUT, "number", number.id, policy, rate, _of(number), asked.at)
        policy = self._policy(PAIR_RATE)
        for number in asked.numbers if asked.wa_id else ():
            name, subject = _between(number, asked.wa_id or ""), f"{number.id} → {asked.wa_id}"
            yield self._standing(PAIR_RATE, "person", subject, policy, policy.rate(PAIR), name, asked.at)

    def _standing(
        self, limit: str, scope: str, subject: str, policy: Policy, rate: RateLimit, name: str, at: datetime
    ) -> LimitStatus:
        tat = self._rates.get(name).get(name)
        return limit_status(
            limit, scope, subject, policy, rate.burst, rate.used(tat, at), rate.frees_up_at(tat, at)
        )


def _of(number: BusinessNumber) -> str:
    return f"number:{number.id}"


def _between(number: BusinessNumber, wa_id: str) -> str:
    return f"pair:{number.id}:{wa_id}"


def _rate(number: BusinessNumber, policy: Policy) -> RateLimit:
    usual = throughput.throughput(number.throughput, on_business_app=number.on_business_app)
    return throughput.per_second(policy.limit(usual))
