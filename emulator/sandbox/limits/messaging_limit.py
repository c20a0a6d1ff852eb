"""The messaging limit.

Count the people a portfolio reaches outside their windows, and raise tiers and throughput. Sources:
D/messaging-limits and D/throughput (2026).
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import VERIFIED, Portfolio
from emulator.domain.events.accounts import (
    BusinessVerificationDecided,
    MessagingLimitNotRaised,
    MessagingLimitRaised,
)
from emulator.domain.events.messages import MessageDelivered, MessageSent
from emulator.domain.events.numbers import MaintenanceBegun, ThroughputRaised
from emulator.domain.limits import messaging_limit
from emulator.domain.limits.messaging_limit import MessagingLimitUse, Tier
from emulator.domain.limits.throughput import HIGH, STANDARD
from emulator.sandbox import lookup
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.limits.sliding import SlidingLimit, SlidingWindow
from emulator.sandbox.limits.table import MESSAGING
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

OUTCOMES = {
    "pending": "DEFERRED",
    "failed": "FAILED",
    "rejected": "FAILED",
    "pending_need_more_info": "NEED_MORE_INFO",
}
"""By verification that was not passed: what ``account_alerts`` says of it."""


class MessagingLimit:
    """Counts the people whom a portfolio reaches outside their windows, and raises what was earned.

    That is the tier of the portfolio, and the throughput of a number. A person counts once in 24 hours,
    whatever is sent. It hears of messages that are sent and delivered, and carries out the due work
    ``tier.raise``, ``throughput.raise`` and ``throughput.raised`` (D/messaging-limits, D/throughput).
    """

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        core.listen(MessageSent, Listener.MESSAGING_LIMIT, self._on_the_way)
        core.listen(MessageDelivered, Listener.MESSAGING_LIMIT, self._reached)
        core.on_due(DueKind.TIER_RAISE, self._raise_tier)
        core.on_due(DueKind.THROUGHPUT_RAISE, self._raise_throughput)
        core.on_due(DueKind.THROUGHPUT_RAISED, self._throughput_raised)
        self._day = SlidingLimit(core, MESSAGING)
        self._week = SlidingWindow(core.store, "reached.week", messaging_limit.LOOK_BACK)
        self._month = SlidingWindow(core.store, "reached.month", messaging_limit.SCALING_WITHIN)
        self._day_of_number = SlidingWindow(core.store, "reached.day", messaging_limit.WITHIN)

    def use(self, number: BusinessNumber, wa_id: str, at: datetime) -> MessagingLimitUse | None:
        """Say how much of the limit is used when a number's portfolio is to reach one more person.

        ``None`` where no limit holds: the policy is off, the tier unlimited, or the number belongs to no
        portfolio. It counts nothing.
        """
        portfolio = lookup.portfolio_of_number(self._store.accounts, number)
        if portfolio is None or not self._day.holds:
            return None
        most = self._day.most(portfolio.id)
        if most is None:
            return None
        if self._day.has(portfolio.id, key=wa_id, at=at):
            return MessagingLimitUse(most, 0, is_counted=True)
        return MessagingLimitUse(most, self._day.used(portfolio.id, at=at), is_counted=False)

    def hit(self, number: BusinessNumber, wa_id: str, at: datetime) -> None:
        """Count a person as reached by the portfolio of a number, from ``at`` on for 24 hours.

        It is done when a message leaves, or is accepted, so that a burst of messages cannot pass the limit.
        """
        portfolio = lookup.portfolio_of_number(self._store.accounts, number)
        if portfolio is not None:
            self._day.hit(portfolio.id, key=wa_id, at=at)

    def _on_the_way(self, event: MessageSent) -> None:
        if event.outside and event.person is not None:
            self.hit(event.number, event.person.wa_id, event.at)

    def _reached(self, event: MessageDelivered) -> None:
        portfolio = lookup.portfolio_of_number(self._store.accounts, event.number)
        if not event.outside or event.person is None or portfolio is None:
            return
        wa_id, at = event.person.wa_id, event.at
        self._day.hit(portfolio.id, key=wa_id, at=at)
        if portfolio.tier is Tier.UNLIMITED:
            self._earn_throughput(portfolio, event.number, wa_id, at)
            return
        self._week.hit(portfolio.id, key=wa_id, at=at)
        if portfolio.tier is Tier.T250:
            self._month.hit(portfolio.id, key=wa_id, at=at)
            if self._month.used(portfolio.id, at=at) >= messaging_limit.SCALING:
                self._scale(portfolio, at)
        elif self._week.used(portfolio.id, at=at) >= (portfolio.tier.earns_at or 0):
            self._earn_tier(portfolio, at)

    # tiers

    def raise_to(self, portfolio: Portfolio, tier: Tier, at: datetime) -> Portfolio:
        """Give a portfolio a tier; the apps of all its WABAs hear of it by ``business_capability_update``.

        ``tier`` may be lower than the present one. Returns the portfolio as it is then.
        """
        raised = portfolio.changed(tier=tier)
        self._store.accounts.put_portfolio(raised)
        self._core.happen(MessagingLimitRaised(raised, self._accounts_of(raised), at=at))
        return raised

    def verify(self, portfolio: Portfolio, verification: str, at: datetime) -> Portfolio:
        """Decide over the verification of a portfolio.

        Passed, it leaves the lowest tier at once for ``TIER_2K``. In the lowest tier a verification that was
        not passed is reported by ``account_alerts``. Returns the portfolio as it is then.
        """
        decided = portfolio.changed(verification=verification)
        self._store.accounts.put_portfolio(decided)
        self._core.happen(BusinessVerificationDecided(decided, self._accounts_of(decided), at=at))
        if verification == VERIFIED and decided.tier is Tier.T250:
            return self.raise_to(decided, Tier.T2K, at)
        if verification in OUTCOMES and decided.tier is Tier.T250:
            self._alert(decided, OUTCOMES[verification], at)
        return decided

    def _scale(self, portfolio: Portfolio, at: datetime) -> None:
        """Two thousand people in a month: the first raise, or an alert that quality does not allow it."""
        alerted = f"tier.deferred:{portfolio.id}"
        if messaging_limit.quality_allows_raise(self._ratings(portfolio)):
            self.raise_to(portfolio, Tier.T2K, at)
        elif not self._store.facts.get(alerted):
            self._store.facts.put(alerted, True)
            self._alert(portfolio, "DEFERRED", at)

    def _alert(self, portfolio: Portfolio, outcome: str, at: datetime) -> None:
        self._core.happen(MessagingLimitNotRaised(portfolio, self._accounts_of(portfolio), outcome, at=at))

    def _earn_tier(self, portfolio: Portfolio, at: datetime) -> None:
        planned = f"tier.planned:{portfolio.id}"
        if not self._store.facts.get(planned) and messaging_limit.quality_allows_raise(
            self._ratings(portfolio)
        ):
            self._store.facts.put(planned, True)
            self._core.plan(at + self._core.settings.tier_after, DueKind.TIER_RAISE, portfolio.id)

    def _raise_tier(self, work: DueWork) -> None:
        self._store.facts.put(f"tier.planned:{work.subject}", False)
        portfolio = self._store.accounts.portfolio(work.subject)
        assert portfolio is not None
        reached = self._week.used(portfolio.id, at=work.due)
        if messaging_limit.is_earned(portfolio.tier, reached, self._ratings(portfolio)):
            self.raise_to(portfolio, portfolio.tier.next, work.due)
        else:
            self._core.note("account", portfolio.id, f"the limit stays {portfolio.tier}", at=work.due)

    def _ratings(self, portfolio: Portfolio) -> list[str]:
        """What people think of all its numbers, and of the templates they do not like."""
        accounts, found = self._store.accounts, list[str]()
        for waba in accounts.wabas(portfolio.id):
            found += [number.quality_rating for number in accounts.numbers(waba.id)]
            found += self._store.templates.disliked(waba.id)
        return found

    # throughput

    def _earn_throughput(
        self, portfolio: Portfolio, number: BusinessNumber, wa_id: str, at: datetime
    ) -> None:
        if number.throughput != STANDARD or number.on_business_app:
            return
        self._day_of_number.hit(number.id, key=wa_id, at=at)
        reached = self._day_of_number.used(number.id, at=at)
        planned = f"throughput.planned:{number.id}"
        if messaging_limit.earns_throughput(
            portfolio.tier, reached, number.quality_rating
        ) and not self._store.facts.get(planned):
            self._store.facts.put(planned, True)
            self._core.plan(at + self._core.settings.throughput_after, DueKind.THROUGHPUT_RAISE, number.id)

    def _raise_throughput(self, work: DueWork) -> None:
        """The upgrade begins: the number cannot be used until it is over."""
        number = lookup.number_by_id(self._store.accounts, work.subject)
        ends = work.due + self._core.settings.maintenance
        number = self._store.accounts.change_number(number.id, maintenance_until=ends)
        self._core.happen(MaintenanceBegun(number, ends, at=work.due))
        self._core.plan(ends, DueKind.THROUGHPUT_RAISED, number.id)

    def _throughput_raised(self, work: DueWork) -> None:
        number = lookup.number_by_id(self._store.accounts, work.subject)
        portfolio = lookup.portfolio_of_number(self._store.accounts, number)
        raised = self._store.accounts.change_number(number.id, throughput=HIGH, maintenance_until=None)
        tier = portfolio.tier if portfolio else Tier.UNLIMITED
        self._core.happen(ThroughputRaised(raised, tier, at=work.due))

    def _accounts_of(self, portfolio: Portfolio) -> tuple[str, ...]:
        return tuple(waba.id for waba in self._store.accounts.wabas(portfolio.id))
