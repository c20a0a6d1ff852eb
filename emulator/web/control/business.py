"""What becomes of a business: its portfolio, its account, its numbers; and how its limits stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from emulator.domain.accounts.numbers import (
    NAME_DECISIONS,
    NAME_REJECTIONS,
    NAME_STATUSES,
    NUMBER_STATUSES,
    RATINGS,
)
from emulator.domain.accounts.portfolios import VERIFICATIONS, Portfolio
from emulator.domain.accounts.restrictions import EVERY_TYPE, VIOLATIONS, Restriction
from emulator.domain.accounts.wabas import REVIEW_DECISIONS, Waba
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.limits.status import LimitStatus
from emulator.domain.limits.throughput import PER_SECOND
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.parsing import BadRequest, moment
from emulator.web.control.routes import FLAG, INSTANT, NUMBER, SANDBOX, TEXT, Json, one_of, required, route

_WORDS: Json = {"type": "array", "items": TEXT}


@route("GET", f"{SANDBOX}/limits", query={"wa_id": TEXT, "phone_number_id": TEXT})
def limits(sandbox: Sandbox, wa_id: str | None = None, phone_number_id: str | None = None) -> Json:
    """Every limit: used, left, and when it frees up; with a person also those of that person."""
    return {"limits": [_standing(each) for each in sandbox.limits(wa_id, phone_number_id)]}


@route("GET", f"{SANDBOX}/portfolio")
def portfolio(sandbox: Sandbox) -> Json:
    """The business portfolio and its messaging tier."""
    return _portfolio(sandbox.portfolio())


@route(
    "PATCH",
    f"{SANDBOX}/portfolio",
    body={"name": TEXT, "verification": one_of(*VERIFICATIONS), "tier": one_of(*Tier)},
)
def change_portfolio(sandbox: Sandbox, **facts: Any) -> Json:
    """Rename the portfolio, decide over its verification, or give it a tier."""
    return _portfolio(sandbox.change_portfolio(**facts))


@route("GET", f"{SANDBOX}/account")
def account(sandbox: Sandbox) -> Json:
    """The WhatsApp Business Account: its review, how it pays, and what it may not do."""
    return _account(sandbox.account())


@route(
    "PATCH",
    f"{SANDBOX}/account",
    body={"review": one_of(*REVIEW_DECISIONS), "payment_method": FLAG},
)
def change_account(sandbox: Sandbox, **facts: Any) -> Json:
    """Decide over the review of the account, or over its means to pay."""
    return _account(sandbox.change_account(**facts))


@route("GET", f"{SANDBOX}/restrictions")
def restrictions(sandbox: Sandbox) -> Json:
    """What the account may not do."""
    return _restrictions(sandbox.account().restrictions)


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
) -> Json:
    """Restrict the account until an instant or for some days; locks and bans last until they are lifted."""
    if expires_at is not None and days is not None:
        raise BadRequest("name either expires_at or days")
    ends = moment(expires_at) if expires_at else None
    if days is not None:
        ends = sandbox.clock.now() + timedelta(days=_days(days))
    kinds = _texts("types", types)
    held = sandbox.restrict(*kinds, expires_at=ends, countries=_texts("countries", countries or []), **more)
    return _restrictions(held)


@route("DELETE", f"{SANDBOX}/restrictions", status=204)
def lift_all(sandbox: Sandbox) -> Json:
    """Take all restrictions back."""
    sandbox.lift()
    return {}


@route("DELETE", f"{SANDBOX}/restrictions/{{type}}", status=204)
def lift(sandbox: Sandbox, type: str) -> Json:  # noqa: A002
    """Take one restriction back."""
    sandbox.lift(type)
    return {}


@route(
    "PATCH",
    f"{SANDBOX}/numbers/{{id}}",
    body={
        "status": one_of(*NUMBER_STATUSES),
        "name_status": one_of(*NAME_STATUSES),
        "quality_rating": one_of(*RATINGS),
        "throughput": one_of(*PER_SECOND),
        "on_business_app": FLAG,
    },
)
def change_number(sandbox: Sandbox, id: str, **facts: Any) -> Json:  # noqa: A002
    """Set the status, the quality or the throughput of a business number."""
    sandbox.change_number(id, **facts)
    return _number(sandbox, id)


@route(
    "POST",
    f"{SANDBOX}/numbers/{{id}}/name-review",
    body={"decision": required(one_of(*NAME_DECISIONS)), "reason": one_of(*NAME_REJECTIONS)},
)
def review_name(sandbox: Sandbox, id: str, decision: str, reason: str | None = None) -> Json:  # noqa: A002
    """Be the reviewer of a display name: of the one that is asked for, or else of the present one."""
    sandbox.review_name(id, decision, reason)
    return _number(sandbox, id)


@route("PUT", f"{SANDBOX}/numbers/{{id}}/allowed", body={"people": required(_WORDS)})
def allow(sandbox: Sandbox, id: str, people: list[Any]) -> Json:  # noqa: A002
    """Make these the people a test number may write to."""
    return {"allowed": sandbox.allow(id, _texts("people", people))}


def _texts(name: str, values: list[Any]) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise BadRequest(f"{name!r} is a list of strings")
    return values


def _days(days: float) -> float:
    if not 0 < days <= 36_500:
        raise BadRequest(f"'days' is more than none and at most 36,500, got {days}")
    return days


def _number(sandbox: Sandbox, phone_number_id: str) -> Json:
    with sandbox.command() as store:
        number = store.accounts.number(phone_number_id)
        assert number is not None
        return shapes.number(number, store.accounts.allowed(number.id))


def _standing(facts: LimitStatus) -> Json:
    return {
        "name": facts.name,
        "scope": facts.scope,
        "subject": facts.subject,
        "policy": facts.policy,
        "most": facts.most,
        "used": facts.used,
        "left": facts.left,
        "frees_up_at": facts.frees_up_at and shapes.instant(facts.frees_up_at),
        "source": facts.source,
    }


def _portfolio(facts: Portfolio) -> Json:
    return {
        "id": facts.id,
        "name": facts.name,
        "verification": facts.verification,
        "tier": str(facts.tier),
    }


def _account(facts: Waba) -> Json:
    return {
        "waba_id": facts.id,
        "review": facts.review,
        "payment_method": facts.has_payment_method,
    } | _restrictions(facts.restrictions)


def _restrictions(held: tuple[Restriction, ...]) -> Json:
    return {
        "restrictions": [
            {
                "type": each.type,
                "expires_at": each.expires_at and shapes.instant(each.expires_at),
                "countries": list(each.countries),
                "remediation": each.remediation,
            }
            for each in held
        ]
    }
