"""What it cost, and what a WABA pays by."""

from __future__ import annotations

from typing import Any

from emulator.domain.pricing import authentication_international
from emulator.domain.pricing.costs import rate_card_as_json, rate_card_from_json
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.parsing import moment
from emulator.web.control.routes import INSTANT, SANDBOX, TEXT, Json, route

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
) -> Json:
    """Billable messages by category and country, and the free ones by reason, charged when delivered."""
    report = sandbox.costs(
        None if since is None else moment(since), None if until is None else moment(until), phone_number_id
    )
    with sandbox.command() as store:
        currency = store.accounts.wabas()[0].currency
    return shapes.costs(report, sandbox.rates(), currency)


@route("GET", f"{SANDBOX}/rates")
def rates(sandbox: Sandbox) -> Json:
    """The amounts of money that were given for messages; the emulator has none of its own."""
    return rate_card_as_json(sandbox.rates())


@route("PUT", f"{SANDBOX}/rates", body=dict.fromkeys(_CATEGORIES, _AMOUNTS))
def set_rates(sandbox: Sandbox, **amounts: Any) -> Json:
    """Give amounts for messages, by category and then by country, market or `*`."""
    sandbox.set_rates(rate_card_from_json(amounts))
    return rate_card_as_json(sandbox.rates())


@route("GET", f"{SANDBOX}/wabas")
def wabas(sandbox: Sandbox) -> Json:
    """The WhatsApp Business Accounts, and what they pay by."""
    with sandbox.command() as store:
        return {"wabas": [shapes.waba(waba) for waba in store.accounts.wabas()]}


@route(
    "PATCH",
    f"{SANDBOX}/wabas/{{id}}",
    body={
        "primary_business_location": TEXT,
        "auth_international_rate_eligibility": {
            "type": "object",
            "description": "start_time in seconds since 1970, and exception_countries.",
        },
    },
)
def change_waba(
    sandbox: Sandbox,
    id: str,  # noqa: A002
    primary_business_location: str | None = None,
    auth_international_rate_eligibility: Json | None = None,
) -> Json:
    """Settle where a business is, or since when its codes abroad cost more; its app is told."""
    if primary_business_location is not None:
        sandbox.locate(primary_business_location, id)
    if auth_international_rate_eligibility is not None:
        sandbox.charge_abroad(authentication_international.from_json(auth_international_rate_eligibility), id)
    with sandbox.command() as store:
        waba = store.accounts.waba(id)
    if waba is None:
        raise LookupError(f"there is no WABA {id}")
    return shapes.waba(waba)
