"""What the values of a library template must look like."""

from __future__ import annotations

import pytest
from kit.templates import body, send_error, template, text

from emulator.domain.templates.filling.match import SentParameter, match
from emulator.domain.templates.filling.typed_values import (
    is_address,
    is_amount,
    is_date,
    is_email,
    is_number,
    is_phone_number,
)
from emulator.domain.templates.template import Template


@pytest.mark.parametrize("value", ["145", "USD $375.32", "1,376.22 EUR", "RS 1200", "$12.34", "€ 5", "12 €"])
def test_amounts_have_a_number_and_perhaps_a_currency(value: str) -> None:
    """The page's samples are amounts."""
    assert is_amount(value)


@pytest.mark.parametrize("value", ["", "free", "$", "12 pack of towels", "-", "1 2"])
def test_what_is_no_amount(value: str) -> None:
    """Words, a sign without a number, two numbers."""
    assert not is_amount(value)


@pytest.mark.parametrize(
    "value",
    [
        "2021-04-19",
        "13/03/2021",
        "31/12/2021",
        "12-31-2021",
        "5th January 1982",
        "08.22.1991",
        "January 1st, 2024",
        "05 12 2022",
        "Jan 1, 2024",
        "Friday, 6 Nov",
        "1st of May 2026",
        "1/2/26",
    ],
)
def test_dates_are_days_of_the_calendar(value: str) -> None:
    """The page's samples are dates."""
    assert is_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "tomorrow",
        "January",
        "2021",
        "32/01/2021",
        "13/13/2021",
        "13/14/05",
        "012/01/2021",
        "0/12/2021",
        "31/0/2021",
        "1/2/3/4",
        "Jan Feb 1",
        "May 99",
        "2021-2022-1",
    ],
)
def test_what_is_no_date(value: str) -> None:
    """Words, months without a day, days that no month has."""
    assert not is_date(value)


@pytest.mark.parametrize("value", ["+1 4256789900", "+91-7884-789122", "+39 87 62232", "(0800) 123"])
def test_phone_numbers_have_figures_spaces_dashes_parentheses_and_plus_signs(value: str) -> None:
    """Nothing else."""
    assert is_phone_number(value)
    assert not is_phone_number(f"call {value}")


@pytest.mark.parametrize("value", ["", "+", "( )"])
def test_a_phone_number_has_a_figure(value: str) -> None:
    """Signs alone are none."""
    assert not is_phone_number(value)


@pytest.mark.parametrize("value", ["1hackerway@meta.com", "yourcustomername@gmail.com", "a@b.co.uk"])
def test_email_addresses(value: str) -> None:
    """The page's samples are addresses; without a host, or with a space, they are not."""
    assert is_email(value)
    assert not is_email(value.replace("@", " "))
    assert not is_email(value.partition(".")[0])


@pytest.mark.parametrize(
    ("value", "expected"), [("23444", True), ("1.5", True), ("2 3", False), ("x", False)]
)
def test_numbers_have_no_spaces(value: str, expected: bool) -> None:
    """And no words."""
    assert is_number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1 Hacker Way, Menlo Park, CA 94025", True),
        ("Baker Street, London", True),
        ("Hauptstraße 5", True),
        ("5", False),
        ("12345", False),
        ("here", False),
        ("London,", False),
        ("", False),
        ("around the corner", False),
    ],
)
def test_addresses_have_words_and_a_figure_or_a_comma(value: str, expected: bool) -> None:
    """That the platform looks closer is likely."""
    assert is_address(value) == expected


def library(*types: str) -> Template:
    names = " and ".join(f"{{{{{number}}}}}" for number in range(1, len(types) + 1))
    return template({"type": "BODY", "text": f"Here are {names} for you."}, parameter_types=types)


def test_a_send_is_held_to_the_types_of_its_template() -> None:
    """Counted from 1; a text is any text."""
    given = library("TEXT", "DATE")

    assert send_error(given, body("whenever", "whenever")) == (
        132018,
        "body: Parameter at index 2 is not a valid value of type DATE",
    )
    assert match(given, [body("whenever", "Jan 1, 2024")]).body == (
        "Here are whenever and Jan 1, 2024 for you."
    )


def test_a_currency_counts_as_what_it_reads() -> None:
    """Its fallback value is what the person sees."""
    given = library("AMOUNT")

    assert match(given, [body(SentParameter("CURRENCY", "$12.34"))]).body == "Here are $12.34 for you."
    assert send_error(given, body(text("a lot")))[0] == 132018


def test_the_year_of_a_date_may_have_two_figures() -> None:
    """It is no day, and need not be one."""
    assert is_date("1/2/99")
    assert is_date("13/2/45")
