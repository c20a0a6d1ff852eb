"""Whether a message could be sent now: what ``health_status`` says of a number, an account or a template.

Source: D/support/health-status (2026). The codes 141006 and 141010 and their sentences, and the remark about
the display name, are reported by many accounts; 141000 and 141002 to 141004 stand for what no page lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import CONNECTED, LIMITED, NAME_IS_FINE, BusinessNumber
from emulator.domain.accounts.portfolios import VERIFIED, Portfolio
from emulator.domain.accounts.restrictions import BIZ_INITIATED, CUSTOMER_INITIATED, DISABLED, LOCKED
from emulator.domain.accounts.wabas import APPROVED, Waba
from emulator.domain.templates.template import Status, Template
from emulator.domain.values import dataclass


class Ability(StrEnum):
    """Whether an entity lets messages pass; the last value is the worst."""

    AVAILABLE = "AVAILABLE"
    LIMITED = "LIMITED"
    BLOCKED = "BLOCKED"


@dataclass(frozen=True, slots=True)
class HealthProblem:
    """A reason why messages may not pass, with a sentence on what would help.

    The three fields become ``error_code``, ``error_description`` and ``possible_solution``.
    """

    code: int
    description: str
    solution: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One of those a message passes through: number, WABA, business, app or template.

    ``ability`` says whether it lets messages pass, ``problems`` why not; ``remarks`` become
    ``additional_info``.
    """

    type: str
    id: str
    ability: Ability = Ability.AVAILABLE
    problems: tuple[HealthProblem, ...] = ()
    remarks: tuple[str, ...] = ()


PAYMENT = HealthProblem(
    141006,
    "There is an error with the payment method. This will block business initiated conversations.",
    "There was an error with your payment method. Please add a new payment method to the account.",
)
VERIFICATION = HealthProblem(
    141010,
    "The Business has not passed business verification.",
    "Visit business settings and start or resolve the business verification request.",
)
_NAME = (
    "Your display name has not been approved yet. Your message limit will increase after the display name is "
    "approved."
)


def overall(entities: Sequence[Entity]) -> Ability:
    """Find the worst ability among ``entities``, of which there is at least one."""
    return max((each.ability for each in entities), key=list(Ability).index)


def of_number(number: BusinessNumber, at: datetime) -> Entity:
    """Judge a business phone number at the instant ``at``.

    BLOCKED unless it is connected and not in maintenance; LIMITED while its status is FLAGGED and the like,
    or its display name is not approved (a remark says so).
    """
    remarks = () if number.name_status in NAME_IS_FINE else (_NAME,)
    state = number.state
    if state == CONNECTED and not number.is_in_maintenance(at):
        ability = Ability.LIMITED if remarks else Ability.AVAILABLE
        return Entity("PHONE_NUMBER", number.id, ability, remarks=remarks)
    if state == CONNECTED:
        problem = HealthProblem(141000, "The phone number is being upgraded.", "Wait a minute.")
    else:
        problem = HealthProblem(
            141000, f"The phone number is {state}.", "Register it, or improve its quality."
        )
    ability = Ability.LIMITED if state in LIMITED else Ability.BLOCKED
    return Entity("PHONE_NUMBER", number.id, ability, (problem,), remarks)


def of_waba(waba: Waba, at: datetime) -> Entity:
    """Judge a WhatsApp Business Account at the instant ``at``.

    BLOCKED while it is locked, disabled, not approved, without a payment method, or restricted in both
    directions; LIMITED by one of the two restrictions.
    """
    problems = []
    ability = Ability.AVAILABLE
    held = {each.type for each in waba.restrictions if each.holds(at)}
    if held & {BIZ_INITIATED, CUSTOMER_INITIATED}:
        whole = held >= {BIZ_INITIATED, CUSTOMER_INITIATED}
        ability = Ability.BLOCKED if whole else Ability.LIMITED
        problems.append(
            HealthProblem(141003, "The account is restricted.", "Wait for its end, or ask for a review.")
        )
    if held & {LOCKED, DISABLED} or waba.review != APPROVED:
        ability = Ability.BLOCKED
        problems.append(
            HealthProblem(141002, "The account cannot be used.", "Ask for a review of the account.")
        )
    if not waba.has_payment_method:
        ability = Ability.BLOCKED
        problems.append(PAYMENT)
    return Entity("WABA", waba.id, ability, tuple(problems))


def of_portfolio(portfolio: Portfolio) -> Entity:
    """Judge a business portfolio: LIMITED (141010) until it is verified."""
    if portfolio.verification == VERIFIED:
        return Entity("BUSINESS", portfolio.id)
    return Entity("BUSINESS", portfolio.id, Ability.LIMITED, (VERIFICATION,))


def of_app(app: App) -> Entity:
    """Judge an app, which always lets messages pass."""
    return Entity("APP", app.id)


def of_template(template: Template) -> Entity:
    """Judge a template: BLOCKED (141004) in every status but APPROVED."""
    if template.status is Status.APPROVED:
        return Entity("MESSAGE_TEMPLATE", template.id)
    problem = HealthProblem(141004, f"The template is {template.status}.", "Use a template that is approved.")
    return Entity("MESSAGE_TEMPLATE", template.id, Ability.BLOCKED, (problem,))
