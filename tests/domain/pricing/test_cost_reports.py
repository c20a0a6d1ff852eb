"""The report of what a stretch of time cost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emulator.domain.pricing.costs import CostLine, CostReport, rate_card_as_json, rate_card_from_json

COSTS = CostReport(
    None,
    None,
    (
        CostLine("marketing", "BR", "Brazil", None, 3),
        CostLine("marketing", "US", "North America", None, 2),
        CostLine("utility", "BR", "Brazil", None, 1),
        CostLine("service", "US", "North America", "free_customer_service", 4),
        CostLine("referral_conversion", "US", "North America", "free_entry_point", 5),
    ),
)


def test_billable_messages_are_counted_by_category_and_country() -> None:
    """Free ones are not among them."""
    assert COSTS.billable() == 6
    assert COSTS.billable("marketing") == 5
    assert COSTS.billable("marketing", "BR") == 3
    assert COSTS.billable(country="BR") == 4
    assert COSTS.billable("service") == 0
    assert COSTS.by_category == {"marketing": 5, "utility": 1}
    assert COSTS.by_country == {"BR": 4, "US": 2}


def test_free_messages_are_counted_by_their_reason() -> None:
    """Each message has one."""
    assert COSTS.free() == 9
    assert COSTS.free("free_entry_point") == 5
    assert COSTS.by_reason == {"free_customer_service": 4, "free_entry_point": 5}


def test_somebodys_rates_turn_counts_into_money() -> None:
    """The country's own rate goes before its market's, and that before the one for all."""
    rates = {
        "marketing": {"BR": Decimal("0.06"), "*": Decimal("0.02")},
        "utility": {"Brazil": Decimal("0.01")},
    }

    assert [line.amount(rates) for line in COSTS.lines] == [
        Decimal("0.18"),
        Decimal("0.04"),
        Decimal("0.01"),
        Decimal(0),
        Decimal(0),
    ]
    assert COSTS.total(rates) == Decimal("0.23")


def test_rates_that_say_nothing_invent_nothing() -> None:
    """A total without one of its amounts is none."""
    assert COSTS.lines[2].amount({}) is None
    assert COSTS.total({"marketing": {"*": Decimal(1)}}) is None


def test_rates_are_read_as_they_are_shown() -> None:
    """Numbers and texts alike, and nothing is lost."""
    rates = rate_card_from_json({"marketing": {"*": 0.05, "BR": "0.0625"}})

    assert rates == {"marketing": {"*": Decimal("0.05"), "BR": Decimal("0.0625")}}
    assert rate_card_from_json(rate_card_as_json(rates)) == rates


@pytest.mark.parametrize("amount", [0, "0.0001"])
def test_a_rate_may_be_zero_and_have_any_number_of_digits(amount: object) -> None:
    """A message that costs nothing has a rate, too."""
    rates = rate_card_from_json({"marketing": {"*": amount}})

    assert COSTS.lines[0].amount(rates) == 3 * Decimal(str(amount))


@pytest.mark.parametrize("amount", [-1, "-0.0001", "much", True, None, "NaN", "Infinity"])
def test_a_rate_is_an_amount(amount: object) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match="amount of money"):
        rate_card_from_json({"marketing": {"*": amount}})


@pytest.mark.parametrize("value", [[], {"marketing": 1}, "0.05"])
def test_rates_stand_by_category_and_country(value: object) -> None:
    """An amount alone says too little."""
    with pytest.raises(ValueError, match="by category and country"):
        rate_card_from_json(value)


def test_norway_is_no_boolean() -> None:
    """In YAML it has to stand in quotes, and the complaint says so."""
    with pytest.raises(ValueError, match="write it in quotes, not False"):
        rate_card_from_json({"marketing": {False: 0.05}})


def test_the_first_name_that_is_no_text_is_quoted() -> None:
    """Categories come before countries."""
    with pytest.raises(ValueError, match="write it in quotes, not 7"):
        rate_card_from_json({7: {}, "marketing": {False: 0.05}})
