"""What the platform decides over WABAs and numbers.

Restrictions, locks and bans, reviews, display names, allow-lists. Sources: D/policy-enforcement,
D/about-the-platform, D/webhooks/reference/account_update (2026).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from emulator.domain.accounts.numbers import (
    ALLOW_LIST_SIZE,
    FLAGGED,
    NAME_ANNOUNCED,
    NAME_DECISIONS,
    NAME_REJECTIONS,
    BusinessNumber,
)
from emulator.domain.accounts.restrictions import VIOLATIONS, Restriction, merged
from emulator.domain.accounts.wabas import REVIEW_DECISIONS, Waba
from emulator.domain.events.accounts import (
    AccountRestricted,
    AccountRestrictionsEnded,
    AccountRestrictionsLifted,
    AccountReviewed,
    PaymentMethodChanged,
)
from emulator.domain.events.numbers import (
    DisplayNameRequested,
    DisplayNameReviewed,
    NumberChanged,
    NumberFlagged,
    ThroughputRaised,
)
from emulator.domain.facts.facts import changes
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.limits.throughput import HIGH
from emulator.sandbox import lookup
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind


class Enforcement:
    """Decisions of the platform over WABAs and numbers: restrictions, reviews, display names, allow-lists.

    It carries out the due work ``restriction.end``. Its methods are called inside the caller's transaction,
    and return what they changed as it is then.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._accounts = core, core.store.accounts
        core.on_due(DueKind.RESTRICTION_END, self._end)

    # accounts

    def restrict(
        self, waba: Waba, restrictions: Sequence[Restriction], violation: str | None, at: datetime
    ) -> Waba:
        """Restrict a WABA from ``at`` on, for a violation of a policy or without one.

        It is reported by ``account_update``. A restriction that has an end is taken away by itself then. One
        of a type that holds already replaces it. Raises :class:`ValueError` for an end that has passed and
        for an unknown violation.
        """
        if violation is not None and violation not in VIOLATIONS:
            raise ValueError(f"there is no violation {violation!r}; there are {', '.join(VIOLATIONS)}")
        for each in restrictions:
            if each.expires_at is not None:
                if each.expires_at <= at:
                    raise ValueError(f"{each.expires_at.isoformat()} has passed; a restriction ends later")
                self._core.plan(each.expires_at, DueKind.RESTRICTION_END, waba.id)
        held = waba.changed(restrictions=merged(waba.restrictions, restrictions))
        self._accounts.put_waba(held)
        self._core.happen(AccountRestricted(held, tuple(restrictions), violation, at=at))
        return held

    def lift(self, waba: Waba, kind: str | None, at: datetime) -> Waba:
        """Lift one type of restriction of a WABA, or with ``None`` all.

        The end of a ban is reported by ``account_update``. Raises :class:`LookupError` for a type that does
        not hold.
        """
        lifted = tuple(each.type for each in waba.restrictions if kind in (None, each.type))
        if kind is not None and not lifted:
            raise LookupError(f"the account has no restriction {kind}")
        kept = tuple(each for each in waba.restrictions if each.type not in lifted)
        self._accounts.put_waba(freed := waba.changed(restrictions=kept))
        self._core.happen(AccountRestrictionsLifted(freed, lifted, at=at))
        return freed

    def _end(self, work: DueWork) -> None:
        """What has expired holds no more already; here it is forgotten."""
        waba = self._accounts.waba(work.subject)
        assert waba is not None
        over = tuple(each.type for each in waba.restrictions if not each.holds(work.due))
        if over:
            kept = tuple(each for each in waba.restrictions if each.holds(work.due))
            self._accounts.put_waba(freed := waba.changed(restrictions=kept))
            self._core.happen(AccountRestrictionsEnded(freed, over, at=work.due))

    def review(self, waba: Waba, decision: str, at: datetime) -> Waba:
        """Decide the review of a WABA: one of :data:`~emulator.domain.accounts.wabas.REVIEW_DECISIONS`.

        Reported by ``account_review_update``; another word raises :class:`ValueError`.
        """
        _known("decision", decision, REVIEW_DECISIONS)
        self._accounts.put_waba(decided := waba.changed(review=decision))
        self._core.happen(AccountReviewed(decided, decision, at=at))
        return decided

    def pay(self, waba: Waba, has_payment_method: bool, at: datetime) -> Waba:
        """Give a WABA a payment method, or take it away, so that billable messages fail (131042).

        No webhook says so; the journal notes it. Messages that are free still arrive.
        """
        self._accounts.put_waba(changed := waba.changed(has_payment_method=has_payment_method))
        self._core.happen(PaymentMethodChanged(changed, at=at))
        return changed

    # numbers

    def change(self, number: BusinessNumber, at: datetime, **facts: object) -> BusinessNumber:
        """Set facts of a number by their names in JSON; the journal notes them.

        What the platform would announce has its webhook: a display name that was decided
        (``phone_number_name_update``), the higher throughput, and until February 2026 the status ``FLAGGED``
        and its end (``phone_number_quality_update``). Raises :class:`ValueError` for a fact that cannot be
        changed, or a value that it cannot have.
        """
        changed = self._accounts.change_number(number.id, **changes(BusinessNumber, facts, "number"))
        self._core.happen(NumberChanged(changed, facts, at=at))
        decision = NAME_ANNOUNCED.get(changed.name_status)
        if changed.name_status != number.name_status and decision is not None:
            self._core.happen(DisplayNameReviewed(changed, changed.verified_name, decision, None, at=at))
        if changed.throughput == HIGH and number.throughput != HIGH:
            self._core.happen(ThroughputRaised(changed, self._tier(changed), at=at))
        if (changed.status == FLAGGED) is not (number.status == FLAGGED):
            is_flagged = changed.status == FLAGGED
            self._core.happen(NumberFlagged(changed, is_flagged, self._tier(changed), at=at))
        return changed

    def _tier(self, number: BusinessNumber) -> Tier:
        portfolio = lookup.portfolio_of_number(self._accounts, number)
        return portfolio.tier if portfolio else Tier.UNLIMITED

    def ask_for_name(self, number: BusinessNumber, name: str) -> BusinessNumber:
        """Put a new display name of a number up for review; the present one is shown until it is approved."""
        asked = self._accounts.change_number(number.id, new_name=name, new_name_status="PENDING_REVIEW")
        self._core.happen(DisplayNameRequested(asked, name, at=self._core.clock.now()))
        return asked

    def review_name(
        self, number: BusinessNumber, decision: str, reason: str | None, at: datetime
    ) -> BusinessNumber:
        """Decide the review of the display name that was requested, or else of the present one.

        An approved new name becomes the verified one. Reported by ``phone_number_name_update``. Raises
        :class:`ValueError` for an unknown decision or reason.
        """
        _known("decision", decision, tuple(NAME_DECISIONS))
        if reason is not None:
            _known("reason", reason, NAME_REJECTIONS)
        name, status = number.new_name or number.verified_name, NAME_DECISIONS[decision]
        facts: dict[str, object] = {"new_name_status": status}
        if number.new_name is None:
            facts = {"given_name_status": status}
        elif status == "APPROVED":
            facts = {
                "verified_name": name,
                "given_name_status": status,
                "new_name": None,
                "new_name_status": "NONE",
            }
        decided = self._accounts.change_number(number.id, **facts)
        self._core.happen(DisplayNameReviewed(decided, name, decision, reason, at=at))
        return decided

    def allow(self, number: BusinessNumber, wa_ids: Iterable[str]) -> list[str]:
        """Replace the allow-list of a test number; returns the ``wa_ids`` that are on it then.

        Raises :class:`ValueError` for a number that is no test number, and for more than five people.
        """
        listed = list(dict.fromkeys(wa_ids))
        if not number.is_test:
            raise ValueError(f"{number.id} is no test number: it reaches everybody")
        if len(listed) > ALLOW_LIST_SIZE:
            raise ValueError(f"a test number reaches at most {ALLOW_LIST_SIZE} people, not {len(listed)}")
        self._accounts.disallow(number.id)
        self._accounts.allow(number.id, listed)
        self._core.note("account", number.id, f"may write to {', '.join(listed) or 'nobody'}")
        return self._accounts.allowed(number.id)


def _known(name: str, value: object, words: Sequence[object]) -> None:
    if value not in words:
        raise ValueError(f"{name} is one of {', '.join(map(str, words))}; got {value!r}")
