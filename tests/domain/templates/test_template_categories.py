"""Categories under the three policies."""

from __future__ import annotations

import pytest

from emulator.domain.errors import GraphError
from emulator.domain.templates.categories import CategoryChoice, billed_as, choose_category
from emulator.domain.templates.template import CATEGORIES, LEGACY_CATEGORIES

TODAY = '(#100) Param category must be one of {UTILITY, MARKETING, AUTHENTICATION} - got "TRANSACTIONAL".'


@pytest.mark.parametrize("policy", ["any", "current"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_the_categories_of_today_stay(policy: str, category: str) -> None:
    """Today's three are what they are, in any case of letters."""
    assert choose_category(category.lower(), policy) == CategoryChoice(category)


@pytest.mark.parametrize("category", LEGACY_CATEGORIES)
def test_an_old_category_becomes_utility_with_a_warning(category: str) -> None:
    """By default an old name is taken, kept as the previous category, and warned about."""
    chosen = choose_category(category)

    assert (chosen.category, chosen.previous) == ("UTILITY", category)
    assert chosen.warning == (
        f"The platform refuses the category {category} since 2023-05-01; taken as UTILITY here."
    )


@pytest.mark.parametrize("policy", ["any", "current"])
def test_an_unknown_category_is_refused_as_graph_does(policy: str) -> None:
    """TRANSACTIONAL was a name between the two sets; nobody takes it."""
    with pytest.raises(GraphError) as refused:
        choose_category("TRANSACTIONAL", policy)

    assert refused.value.message == TODAY
    assert refused.value.code == 100


def test_the_current_policy_refuses_old_categories() -> None:
    """As the platform does since 2023-05-01."""
    with pytest.raises(GraphError, match=r'got "ACCOUNT_UPDATE"\.'):
        choose_category("ACCOUNT_UPDATE", "current")


def test_the_legacy_policy_knows_the_ten_alone() -> None:
    """An old category stays itself, and today's are refused in the same words."""
    with pytest.raises(GraphError) as refused:
        choose_category("MARKETING", "legacy")

    assert choose_category("ACCOUNT_UPDATE", "legacy") == CategoryChoice("ACCOUNT_UPDATE")
    assert refused.value.message == (
        f'(#100) Param category must be one of {{{", ".join(LEGACY_CATEGORIES)}}} - got "MARKETING".'
    )


def test_old_categories_are_billed_as_utility() -> None:
    """Prices know today's categories only."""
    assert billed_as("SHIPPING_UPDATE") == "UTILITY"
    assert billed_as("MARKETING") == "MARKETING"


def test_a_policy_must_exist() -> None:
    """A misspelt policy is a mistake of the program, not of the request."""
    with pytest.raises(ValueError, match="policy must be one of any, current, legacy"):
        choose_category("UTILITY", "strict")


@pytest.mark.parametrize(
    ("asked", "old"),
    [("ACCOUNT_UPDATE", "was one until 2023-05-01"), ("TRANSACTION", "never was one")],
)
def test_the_hint_says_whether_a_category_ever_was_one(asked: str, old: str) -> None:
    """Who writes an old one has an old page before them."""
    with pytest.raises(GraphError) as refused:
        choose_category(asked, "current")

    assert refused.value.hint == f"{asked} {old}; the letters may be in either case."
