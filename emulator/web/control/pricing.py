"""Control routes of costs, and of the amounts of money that somebody gives for messages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from emulator.domain.instants import maybe_iso
from emulator.domain.pricing.costs import CostReport, RateCard, rate_card_as_json, rate_card_from_json
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes.table import INSTANT, SANDBOX, TEXT, Json, route
from emulator.web.control.routes.values import moment

_AMOUNTS: Json = {"type": "object", "description": "Amounts by country, market or *."}
_CATEGORIES = (
    "marketing",
    "marketing_lite",
    "utility",
    "authentication",
    "authentication-international",
    "service",
    "group_marketing",
    "group_utility",
    "group_service",
    "user_initiated",
    "business_initiated",
)


@route("GET", f"{SANDBOX}/costs", query={"since": INSTANT, "until": INSTANT, "phone_number_id": TEXT})
def costs(
    sandbox: Sandbox, since: str | None = None, until: str | None = None, phone_number_id: str | None = None
) -> answers.CostsAnswer:
    """Billed messages by category and country and free ones by reason, each counted when it is delivered.

    From ``since`` until just before ``until``, of all business numbers or of one. ``amount`` is ``null``
    unless rates say what a message costs. 404 for a business number that is not there.
    """
    report = sandbox.pricing.costs(
        None if since is None else moment(since), None if until is None else moment(until), phone_number_id
    )
    return _costs_answer(report, sandbox.pricing.rates(), sandbox.pricing.currency())


@route("GET", f"{SANDBOX}/rates")
def rates(sandbox: Sandbox) -> answers.Rates:
    """The amounts of money that were given for messages; the emulator has none of its own.

    By category and then by country, market or ``*``; empty when neither the seed nor a call has given any.
    """
    return rate_card_as_json(sandbox.pricing.rates())


@route("PUT", f"{SANDBOX}/rates", body=dict.fromkeys(_CATEGORIES, _AMOUNTS))
def set_rates(sandbox: Sandbox, **amounts: Any) -> answers.Rates:
    """Replace the amounts of money for messages, by category and then by country, market or `*`.

    They hold for reports of the past, too, until a reset. Answers all of them; 422 for what is no amount.
    """
    sandbox.pricing.set_rates(rate_card_from_json(amounts))
    return rate_card_as_json(sandbox.pricing.rates())


def _costs_answer(facts: CostReport, rates: RateCard, currency: str) -> answers.CostsAnswer:
    """Write a report of costs: counts of billed messages and of free ones, a line for each kind, and amounts.

    Amounts are texts in ``currency`` by ``rates``, and ``null`` without rates or where these do not say.
    """
    total = facts.total(rates) if rates else None
    return {
        "since": maybe_iso(facts.since),
        "until": maybe_iso(facts.until),
        "billable": {
            "messages": facts.billable(),
            "by_category": facts.by_category,
            "by_country": facts.by_country,
        },
        "free": {"messages": facts.free(), "by_reason": facts.by_reason},
        "lines": [
            {
                "category": line.category,
                "country": line.country,
                "market": line.market,
                "free": line.free,
                "messages": line.messages,
                "amount": _text(line.amount(rates) if rates else None),
            }
            for line in facts.lines
        ],
        "amount": _text(total),
        "currency": currency,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
