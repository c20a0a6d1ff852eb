"""Control routes of the restrictions of the first WABA: which hold, to restrict it, to lift them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from emulator.domain.accounts.restrictions import EVERY_TYPE, VIOLATIONS, Restriction, restrictions_as_json
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes.table import INSTANT, NUMBER, SANDBOX, TEXT, one_of, required, route
from emulator.web.control.routes.values import BadRequest, moment


@route("GET", f"{SANDBOX}/restrictions")
def restrictions(sandbox: Sandbox) -> answers.RestrictionsAnswer:
    """The restrictions of the first WABA, each with its type, its end and its countries.

    ``expires_at`` is ``null`` for a lock and a ban, which last until they are lifted.
    """
    return _restrictions_answer(sandbox.accounts.waba().restrictions)


@route(
    "POST",
    f"{SANDBOX}/restrictions",
    body={
        "types": required({"type": "array", "items": one_of(*EVERY_TYPE)}),
        "expires_at": INSTANT,
        "days": NUMBER,
        "violation": one_of(*VIOLATIONS),
        "countries": {"type": "array", "items": TEXT},
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
    return _restrictions_answer(held)


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


def _days(days: float) -> float:
    if not 0 < days <= 36_500:
        raise BadRequest(f"'days' is more than none and at most 36,500, got {days}")
    return days


def _restrictions_answer(held: tuple[Restriction, ...]) -> answers.RestrictionsAnswer:
    return {"restrictions": cast(list[answers.RestrictionAnswer], restrictions_as_json(held))}
