"""Control routes of portfolios, WABAs and business numbers, and of what the platform does to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from emulator.domain.accounts.numbers import NAME_DECISIONS, NAME_REJECTIONS
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import EVERY_TYPE, VIOLATIONS, Restriction, restrictions_as_json
from emulator.domain.accounts.wabas import ACCOUNT, Waba
from emulator.domain.facts import shown
from emulator.domain.pricing import authentication_international
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import bodies, shapes
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes import INSTANT, NUMBER, SANDBOX, TEXT, Json, one_of, required, route
from emulator.web.control.values import BadRequest, moment

_WORDS: Json = {"type": "array", "items": TEXT}


@route("GET", f"{SANDBOX}/portfolio")
def portfolio(sandbox: Sandbox) -> answers.Portfolio:
    """The first business portfolio: its name, its verification, and the tier of its messaging limit.

    It is the portfolio of the sandbox's identity; where a seed has several, the others are not shown here.
    """
    return _portfolio(sandbox.accounts.portfolio())


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
    return _portfolio(sandbox.accounts.change_portfolio(**facts))


@route("GET", f"{SANDBOX}/account")
def account(sandbox: Sandbox) -> answers.Account:
    """The first WhatsApp Business Account: its review, whether it has a payment method, and its restrictions.

    The route's ``account`` is the WABA of the sandbox's identity; ``/wabas`` lists all of them with what they
    pay by.
    """
    return _account(sandbox.accounts.waba())


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
    return _account(sandbox.accounts.change_waba(**facts))


@route("GET", f"{SANDBOX}/wabas")
def wabas(sandbox: Sandbox) -> answers.WabasAnswer:
    """The WhatsApp Business Accounts in the order of the seed, and what each pays by.

    Currency, location, rates. What a WABA may not do is shown by ``/account``.
    """
    return {"wabas": [shapes.waba(waba) for waba in sandbox.accounts.wabas()]}


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
    return shapes.waba(sandbox.accounts.waba(id))


@route("GET", f"{SANDBOX}/restrictions")
def restrictions(sandbox: Sandbox) -> answers.RestrictionsAnswer:
    """The restrictions of the first WABA, each with its type, its end and its countries.

    ``expires_at`` is ``null`` for a lock and a ban, which last until they are lifted.
    """
    return _restrictions(sandbox.accounts.waba().restrictions)


@route(
    "POST",
    f"{SANDBOX}/restrictions",
    body={
        "types": required({"type": "array", "items": one_of(*EVERY_TYPE)}),
        "expires_at": INSTANT,
        "days": NUMBER,
        "violation": one_of(*VIOLATIONS),
        "countries": _WORDS,
        "remediation": TEXT,
    },
    status=201,
)
def restrict(
    sandbox: Sandbox,
    types: list[Any],
    expires_at: str | None = None,
    days: float | None = None,
    countries: list[Any] | None = None,
    **more: Any,
) -> answers.RestrictionsAnswer:
    """Restrict the first WABA until an instant or for some days; locks and bans last until they are lifted.

    ``types`` are names of restrictions, ``days`` at most 36,500; ``expires_at`` and ``days`` exclude each
    other (400). Apps hear of it by ``account_update``. Answers every restriction that holds then; 422 for one
    that makes no sense.
    """
    if expires_at is not None and days is not None:
        raise BadRequest("name either expires_at or days")
    ends = moment(expires_at) if expires_at else None
    if days is not None:
        ends = sandbox.clock.now() + timedelta(days=_days(days))
    held = sandbox.accounts.restrict(*types, expires_at=ends, countries=countries or [], **more)
    return _restrictions(held)


@route("DELETE", f"{SANDBOX}/restrictions", status=204)
def lift_all(sandbox: Sandbox) -> None:
    """Lift all restrictions of the first WABA, locks and bans too.

    Apps hear of the end of a ban by ``account_update``. Without any restriction nothing changes.
    """
    sandbox.accounts.lift()


@route("DELETE", f"{SANDBOX}/restrictions/{{type}}", status=204)
def lift(sandbox: Sandbox, type: str) -> None:  # noqa: A002
    """Lift one type of restriction of the first WABA; 404 for a type that it is not restricted by.

    Apps hear of the end of a ban (``DISABLED``) by ``account_update``.
    """
    sandbox.accounts.lift(type)


@route("GET", f"{SANDBOX}/numbers")
def numbers(sandbox: Sandbox) -> answers.NumbersAnswer:
    """The business numbers in the order of the seed, each with its status and a test number's allow-list.

    All facts are read at one instant: nothing changes between two numbers.
    """
    with sandbox.reading():
        accounts = sandbox.accounts
        found = [shapes.number(number, accounts.allowed(number.id)) for number in accounts.numbers()]
    return {"numbers": found}


@route(
    "PATCH",
    f"{SANDBOX}/numbers/{{id}}",
    body=bodies.NUMBER_CHANGED,
)
def change_number(sandbox: Sandbox, id: str, **facts: Any) -> answers.Number:  # noqa: A002
    """Set the status, display name status, quality, throughput or business app of a business number.

    What the body leaves out stays. Apps hear of a display name by ``phone_number_name_update``, of the higher
    throughput by ``phone_number_quality_update``, and of the rest not. Answers the number as it is then. 404
    for an unknown id.
    """
    sandbox.accounts.change_number(id, **facts)
    return _number(sandbox, id)


@route(
    "POST",
    f"{SANDBOX}/numbers/{{id}}/name-review",
    body={"decision": required(one_of(*NAME_DECISIONS)), "reason": one_of(*NAME_REJECTIONS)},
)
def review_name(sandbox: Sandbox, id: str, decision: str, reason: str | None = None) -> answers.Number:  # noqa: A002
    """Decide the review of a number's display name: of the one that was requested, or else the present one.

    ``reason`` says why a name was rejected. Apps hear of it by ``phone_number_name_update``. Answers the
    number as it is then.
    """
    sandbox.accounts.review_name(id, decision, reason)
    return _number(sandbox, id)


@route("PUT", f"{SANDBOX}/numbers/{{id}}/allowed", body={"people": required(_WORDS)})
def allow(sandbox: Sandbox, id: str, people: list[Any]) -> answers.AllowedAnswer:  # noqa: A002
    """Replace the allow-list of a test number by these people, at most five; others are refused with 131030.

    ``people`` are phone numbers. Answers their ``wa_id``. 422 for too many, and for a number that is no test
    number.
    """
    return {"allowed": sandbox.accounts.allow(id, people)}


def _days(days: float) -> float:
    if not 0 < days <= 36_500:
        raise BadRequest(f"'days' is more than none and at most 36,500, got {days}")
    return days


def _number(sandbox: Sandbox, phone_number_id: str) -> answers.Number:
    with sandbox.reading():
        number = sandbox.accounts.number(phone_number_id)
        return shapes.number(number, sandbox.accounts.allowed(number.id))


def _portfolio(facts: Portfolio) -> answers.Portfolio:
    return shown(facts)


def _account(facts: Waba) -> answers.Account:
    return shown(facts, ACCOUNT)


def _restrictions(held: tuple[Restriction, ...]) -> answers.RestrictionsAnswer:
    return {"restrictions": cast(list[answers.RestrictionAnswer], restrictions_as_json(held))}
