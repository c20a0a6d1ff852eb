"""Control routes of portfolios and WABAs: the first of each, and what every WABA pays by."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import ACCOUNT, WABAS, Waba
from emulator.domain.facts.facts import shown
from emulator.domain.pricing import authentication_international
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes import bodies
from emulator.web.control.routes.table import SANDBOX, Json, route


@route("GET", f"{SANDBOX}/portfolio")
def portfolio(sandbox: Sandbox) -> answers.Portfolio:
    """The first business portfolio: its name, its verification, and the tier of its messaging limit.

    It is the portfolio of the sandbox's identity; where a seed has several, the others are not shown here.
    """
    return _portfolio_answer(sandbox.accounts.portfolio())


@route(
    "PATCH",
    f"{SANDBOX}/portfolio",
    body=bodies.PORTFOLIO_CHANGED,
)
def change_portfolio(sandbox: Sandbox, **facts: Any) -> answers.Portfolio:
    """Rename the first portfolio, decide over its verification, or give it a tier.

    What the body leaves out stays. Apps hear of a tier by ``business_capability_update``. Answers the
    portfolio as it is then.
    """
    return _portfolio_answer(sandbox.accounts.change_portfolio(**facts))


@route("GET", f"{SANDBOX}/account")
def account(sandbox: Sandbox) -> answers.Account:
    """The first WhatsApp Business Account: its review, whether it has a payment method, and its restrictions.

    The route's ``account`` is the WABA of the sandbox's identity; ``/wabas`` lists all of them with what they
    pay by.
    """
    return _account_answer(sandbox.accounts.waba())


@route(
    "PATCH",
    f"{SANDBOX}/account",
    body=bodies.ACCOUNT_CHANGED,
)
def change_account(sandbox: Sandbox, **facts: Any) -> answers.Account:
    """Decide the review of the first WABA, or give it a payment method or take that away.

    What the body leaves out stays. Apps hear of the review by ``account_review_update``. Answers the WABA as
    it is then.
    """
    return _account_answer(sandbox.accounts.change_waba(**facts))


@route("GET", f"{SANDBOX}/wabas")
def wabas(sandbox: Sandbox) -> answers.WabasAnswer:
    """The WhatsApp Business Accounts in the order of the seed, and what each pays by.

    Currency, location, rates. What a WABA may not do is shown by ``/account``.
    """
    return {"wabas": [_waba_answer(waba) for waba in sandbox.accounts.wabas()]}


@route(
    "PATCH",
    f"{SANDBOX}/wabas/{{id}}",
    body=bodies.WABA_CHANGED,
)
def change_waba(
    sandbox: Sandbox,
    id: str,  # noqa: A002
    primary_business_location: str | None = None,
    auth_international_rate_eligibility: Json | None = None,
) -> answers.Waba:
    """Set a WABA's primary business location, or since when it pays the authentication-international rate.

    ``id`` is the WABA's; ``auth_international_rate_eligibility`` has ``start_time`` in seconds since 1970 and
    ``exception_countries``. Apps hear of both by ``account_update``. 404 for an unknown WABA, 422 for no
    country.
    """
    if primary_business_location is not None:
        sandbox.pricing.locate(primary_business_location, id)
    if auth_international_rate_eligibility is not None:
        sandbox.pricing.charge_abroad(
            authentication_international.from_json(auth_international_rate_eligibility), id
        )
    return _waba_answer(sandbox.accounts.waba(id))


def _portfolio_answer(facts: Portfolio) -> answers.Portfolio:
    return shown(facts)


def _account_answer(facts: Waba) -> answers.Account:
    return shown(facts, ACCOUNT)


def _waba_answer(facts: Waba) -> answers.Waba:
    """Write a WABA with what it pays by: name, currency, time zone, location and authentication rate."""
    return shown(facts, WABAS)
