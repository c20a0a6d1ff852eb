"""How fast a number sends: the throughput of the number, and the rate at which one person is written to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from emulator.domain import limits
from emulator.domain.accounts import BusinessNumber
from emulator.domain.checks.attempt import Attempt
from emulator.domain.limits import PAIR, Policy, Rate, Slot, Standing, standing
from emulator.sandbox.clock import Mode
from emulator.sandbox.core import Core
from emulator.sandbox.events import Inbound


class Throttling:
    """Reads both rates with one statement and keeps both with one; with none where neither holds."""

    def __init__(self, core: Core) -> None:
        self._core, self._rates = core, core.store.rates
        core.listen(Inbound, self._count)
        core.standings.append(self._standings)

    def facts(self, attempt: Attempt) -> Attempt:
        """The attempt with what it asks of the rates that hold."""
        policies = self._core.settings.limits
        throughput, pair = policies.policy("throughput"), policies.policy("pair_rate")
        runs = self._core.clock.mode is Mode.RUNNING
        by_number, by_pair = throughput.holds(runs), pair.holds(runs) and attempt.group is None
        if not (by_number or by_pair):
            return attempt
        number = attempt.number
        names = (_of(number), _between(number, attempt.wa_id))
        known = self._rates.get(*names)
        slots = [
            Slot(rate, known.get(name), attempt.at)
            for name, rate in zip(names, (_rate(number, throughput), pair.rate(PAIR)), strict=True)
        ]
        return replace(
            attempt, throughput=slots[0] if by_number else None, pair=slots[1] if by_pair else None
        )

    def take(self, attempt: Attempt) -> None:
        """Use up what an attempt asked for, now that it was accepted."""
        taken: dict[str, datetime] = {}
        if attempt.throughput is not None:
            taken[_of(attempt.number)] = attempt.throughput.after
        if attempt.pair is not None:
            taken[_between(attempt.number, attempt.wa_id)] = attempt.pair.after
        self._rates.put(taken)

    def _count(self, event: Inbound) -> None:
        """What people write uses the number's throughput, too; nobody can refuse it."""
        policy = self._core.settings.limits.policy("throughput")
        if policy.holds(self._core.clock.mode is Mode.RUNNING):
            name, rate = _of(event.number), _rate(event.number, policy)
            self._rates.put({name: rate.taken(self._rates.get(name).get(name), event.at)})

    def _standings(self, numbers: list[BusinessNumber], wa_id: str | None, at: datetime) -> Iterator[Standing]:
        policies = self._core.settings.limits
        for number in numbers:
            policy = policies.policy("throughput")
            yield self._standing("throughput", "number", number.id, policy, _rate(number, policy), _of(number), at)
        for number in numbers if wa_id else ():
            policy, name = policies.policy("pair_rate"), _between(number, wa_id or "")
            subject = f"{number.id} → {wa_id}"
            yield self._standing("pair_rate", "person", subject, policy, policy.rate(PAIR), name, at)

    def _standing(
        self, limit: str, scope: str, subject: str, policy: Policy, rate: Rate, name: str, at: datetime
    ) -> Standing:
        tat = self._rates.get(name).get(name)
        return standing(
            limit, scope, subject, policy, rate.burst, rate.used(tat, at), rate.frees_up_at(tat, at)
        )


def _of(number: BusinessNumber) -> str:
    return f"number:{number.id}"


def _between(number: BusinessNumber, wa_id: str) -> str:
    return f"pair:{number.id}:{wa_id}"


def _rate(number: BusinessNumber, policy: Policy) -> Rate:
    usual = limits.throughput(number.throughput, on_business_app=number.on_business_app)
    return limits.per_second(policy.limit(usual))
