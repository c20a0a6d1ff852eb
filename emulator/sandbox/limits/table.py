"""Every limit over a sliding window, a row each; a new one is a row here and a policy in the domain.

Whoever enforces one makes a :class:`~emulator.sandbox.limits.sliding.SlidingLimit` of its row.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.limits import api_usage, messaging_limit, registrations
from emulator.domain.templates.lifecycle import quotas
from emulator.sandbox import lookup
from emulator.sandbox.limits.query import LimitQuery
from emulator.sandbox.limits.sliding import LimitDefinition
from emulator.sandbox.store import Store


def _people(store: Store, portfolio_id: str) -> int | None:
    portfolio = store.accounts.portfolio(portfolio_id)
    return portfolio.tier.people if portfolio else None


def _calls(store: Store, _app_id: str, waba_id: str) -> int:
    return api_usage.management_calls(
        has_a_number=any(number.registered for number in store.accounts.numbers(waba_id))
    )


def _portfolios(store: Store, query: LimitQuery) -> Iterator[tuple[str, ...]]:
    found = (lookup.portfolio_of_number(store.accounts, number) for number in query.numbers)
    return ((each,) for each in dict.fromkeys(portfolio.id for portfolio in found if portfolio))


def _wabas(_store: Store, query: LimitQuery) -> Iterator[tuple[str, ...]]:
    return ((waba_id,) for waba_id in query.waba_ids)


def _apps_on_wabas(store: Store, query: LimitQuery) -> Iterator[tuple[str, ...]]:
    return ((app.id, waba_id) for waba_id in query.waba_ids for app in store.accounts.apps())


def _numbers(_store: Store, query: LimitQuery) -> Iterator[tuple[str, ...]]:
    return ((number.id,) for number in query.numbers)


MESSAGING = LimitDefinition(
    "messaging",
    scope="portfolio",
    counter="reached.day",
    within=messaging_limit.WITHIN,
    usual=_people,
    subjects=_portfolios,
)
"""People whom a portfolio reaches outside their windows; the key is a person's number."""

TEMPLATE_CREATIONS = LimitDefinition(
    "template_creations",
    scope="WABA",
    counter="template_creations",
    within=quotas.CREATIONS_WITHIN,
    usual=lambda *_: quotas.CREATIONS,
    subjects=_wabas,
    refusal=quotas.too_many_creations,
    unlimited_when_off=True,
)
"""Templates that a WABA creates in an hour (D/templates/overview); the key is a template's id."""

REGISTRATIONS = LimitDefinition(
    "registrations",
    scope="number",
    counter="registrations",
    within=registrations.REGISTRATIONS_WITHIN,
    usual=lambda *_: registrations.REGISTRATIONS,
    subjects=_numbers,
    refusal=registrations.too_many_registrations,
)
"""Registrations and deregistrations of a number; each counts, one with a wrong PIN too."""

MANAGEMENT_CALLS = LimitDefinition(
    "management_calls",
    scope="WABA",
    counter="calls",
    within=api_usage.CALLS_WITHIN,
    usual=_calls,
    subjects=_apps_on_wabas,
    refusal=api_usage.too_many_calls,
)
"""Calls of an app on the management edges of a WABA; each counts that was not one too many."""

SLIDING_LIMITS = (MESSAGING, TEMPLATE_CREATIONS, REGISTRATIONS, MANAGEMENT_CALLS)
"""Every limit over a sliding window, in the order of reports."""
