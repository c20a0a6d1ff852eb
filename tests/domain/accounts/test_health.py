"""Whether a message could be sent: what number, account, portfolio and template say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.times import MORNING

from emulator.domain.accounts import health
from emulator.domain.accounts.apps import App
from emulator.domain.accounts.health import Ability, overall
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.restrictions import (
    BIZ_INITIATED,
    CUSTOMER_INITIATED,
    DISABLED,
    LOCKED,
    Restriction,
)
from emulator.domain.accounts.wabas import Waba
from emulator.domain.templates.template import Status, Template

LATER = MORNING + timedelta(days=1)
NUMBER = BusinessNumber("1", "2", "16505550100", "Lucky Shrub")
WABA = Waba("2", "Lucky Shrub", "namespace")


def codes(entity: health.Entity) -> list[int]:
    return [problem.code for problem in entity.problems]


@pytest.mark.parametrize(
    ("facts", "ability"),
    [
        ({}, Ability.AVAILABLE),
        ({"given_name_status": "PENDING_REVIEW"}, Ability.LIMITED),
        ({"status": "FLAGGED"}, Ability.LIMITED),
        ({"status": "BANNED"}, Ability.BLOCKED),
        ({"registered": False}, Ability.BLOCKED),
        ({"maintenance_until": LATER}, Ability.BLOCKED),
        ({"maintenance_until": MORNING}, Ability.AVAILABLE),
    ],
)
def test_a_number_is_as_able_as_its_status(facts: dict[str, Any], ability: Ability) -> None:
    """Connected with an approved name it is available."""
    assert health.of_number(NUMBER.changed(**facts), MORNING).ability is ability


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"maintenance_until": LATER}, "The phone number is being upgraded."),
        ({"status": "FLAGGED"}, "The phone number is FLAGGED."),
        ({"registered": False}, "The phone number is DISCONNECTED."),
    ],
)
def test_a_number_says_what_is_wrong_with_it(facts: dict[str, Any], words: str) -> None:
    """One code for all of it."""
    (problem,) = health.of_number(NUMBER.changed(**facts), MORNING).problems

    assert (problem.code, problem.description) == (141000, words)


@pytest.mark.parametrize(
    ("facts", "ability", "problems"),
    [
        ({}, Ability.AVAILABLE, []),
        ({"has_payment_method": False}, Ability.BLOCKED, [141006]),
        ({"review": "REJECTED"}, Ability.BLOCKED, [141002]),
        ({"restrictions": (Restriction(LOCKED),)}, Ability.BLOCKED, [141002]),
        ({"restrictions": (Restriction(DISABLED),)}, Ability.BLOCKED, [141002]),
        ({"restrictions": (Restriction(BIZ_INITIATED, LATER),)}, Ability.LIMITED, [141003]),
        ({"restrictions": (Restriction(BIZ_INITIATED, MORNING),)}, Ability.AVAILABLE, []),
        (
            {"restrictions": (Restriction(BIZ_INITIATED, LATER), Restriction(CUSTOMER_INITIATED, LATER))},
            Ability.BLOCKED,
            [141003],
        ),
    ],
)
def test_an_account_says_what_is_wrong_with_it(
    facts: dict[str, Any], ability: Ability, problems: list[Any]
) -> None:
    """Locks, reviews, restrictions and payment, each with its code."""
    entity = health.of_waba(WABA.changed(**facts), MORNING)

    assert (entity.ability, codes(entity)) == (ability, problems)


def test_a_portfolio_is_limited_until_it_is_verified() -> None:
    """With the code that accounts report."""
    new = Portfolio("3", "Lucky Shrub")

    assert codes(health.of_portfolio(new)) == [141010]
    assert health.of_portfolio(new.changed(verification="verified")).ability is Ability.AVAILABLE


@pytest.mark.parametrize("status", list(Status))
def test_only_an_approved_template_lets_messages_pass(status: Status) -> None:
    """Any other blocks them."""
    template = Template("4", "2", "order_shipped", "en_US", "UTILITY", status, (), MORNING)

    entity = health.of_template(template)

    assert (entity.ability is Ability.AVAILABLE) is (status is Status.APPROVED)
    assert codes(entity) == ([] if status is Status.APPROVED else [141004])


def test_the_whole_is_as_good_as_its_worst_part() -> None:
    """Blocked is worse than limited, limited worse than available."""
    parts = [
        health.of_app(App("5", "App", "secret")),
        health.of_portfolio(Portfolio("3", "Lucky Shrub")),
        health.of_waba(WABA.changed(review="PENDING"), MORNING),
    ]

    assert [overall(parts[: place + 1]) for place in range(3)] == ["AVAILABLE", "LIMITED", "BLOCKED"]
