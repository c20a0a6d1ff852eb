"""Control routes of business numbers: their facts, the review of their names, allow-lists of test numbers."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.numbers import NAME_DECISIONS, NAME_REJECTIONS, BusinessNumber
from emulator.domain.facts.facts import shown
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes import bodies
from emulator.web.control.routes.table import SANDBOX, TEXT, one_of, required, route


@route("GET", f"{SANDBOX}/numbers")
def numbers(sandbox: Sandbox) -> answers.NumbersAnswer:
    """The business numbers in the order of the seed, each with its status and a test number's allow-list.

    All facts are read at one instant: nothing changes between two numbers.
    """
    with sandbox.reading():
        accounts = sandbox.accounts
        found = [_number_answer(number, accounts.allowed(number.id)) for number in accounts.numbers()]
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


@route(
    "PUT", f"{SANDBOX}/numbers/{{id}}/allowed", body={"people": required({"type": "array", "items": TEXT})}
)
def allow(sandbox: Sandbox, id: str, people: list[Any]) -> answers.AllowedAnswer:  # noqa: A002
    """Replace the allow-list of a test number by these people, at most five; others are refused with 131030.

    ``people`` are phone numbers. Answers their ``wa_id``. 422 for too many, and for a number that is no test
    number.
    """
    return {"allowed": sandbox.accounts.allow(id, people)}


def _number(sandbox: Sandbox, phone_number_id: str) -> answers.Number:
    with sandbox.reading():
        number = sandbox.accounts.number(phone_number_id)
        return _number_answer(number, sandbox.accounts.allowed(number.id))


def _number_answer(facts: BusinessNumber, allowed: list[str]) -> answers.Number:
    """Write a business number with every fact that has a name in JSON, and its allow-list.

    ``allowed`` are the ``wa_id`` of the people a test number may write to; empty for any other number.
    """
    return shown(facts) | {"allowed": allowed}
