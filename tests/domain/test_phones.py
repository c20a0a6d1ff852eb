"""Phone numbers as integrators write them, and the other forms a person's number may have."""

from __future__ import annotations

import pytest

from emulator.domain.errors import MessageError
from emulator.domain.phones import (
    MOST_WRITTEN,
    aliases,
    allow_list_spelling,
    country_of,
    dial_code,
    digits_of,
    displayed,
    is_number_of_a_button,
    is_us_number,
    with_country_code,
)


@pytest.mark.parametrize(
    "written",
    [
        "16505551234",
        "+16505551234",
        "+1 650 555 1234",
        "+1 (650) 555-1234",
        "1 (650) 555-1234",
        "1-650-555-1234",
        "  +16505551234 ",
    ],
)
def test_a_number_is_accepted_in_every_documented_way_of_writing_it(written: str) -> None:
    """Digits, plus, hyphens, brackets and spaces."""
    assert digits_of(written) == "16505551234"


def test_a_number_may_be_written_with_a_hundred_characters() -> None:
    """One more, and it is no number: what an answer repeats of it has an end."""
    most = "1650" + " " * (MOST_WRITTEN - 11) + "5551234"

    assert digits_of(most) == "16505551234"
    with pytest.raises(MessageError):
        digits_of(most + ")")


@pytest.mark.parametrize("written", ["12345", "123456789012345"])
def test_a_number_may_have_five_to_fifteen_digits(written: str) -> None:
    """E.164 has at most 15."""
    assert digits_of(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "+",
        "1234",
        "1234567890123456",
        "0016505551234",
        "+0016505551234",
        "16505551234,16505554321",
        "16505551234;16505554321",
        "1650555CALL",
        "sheena",
        "++16505551234",
        "1650+5551234",
        "16505551234x5",
        "١٦٥٠٥٥٥١٢٣٤",
        "16505551234\x00",
        "US.13491208655302741918",
    ],
)
def test_what_is_no_number_gets_the_platform_complaint(written: str) -> None:
    """Letters, a ``00`` prefix, several numbers in one, and lengths that no number has."""
    with pytest.raises(MessageError) as refused:
        digits_of(written)

    assert refused.value.code == 100
    assert refused.value.status == 400
    assert refused.value.message == "(#100) Invalid parameter"
    assert refused.value.details == "Parameter Invalid"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5541996127300", "554196127300"),
        ("5516992318222", "551692318222"),
        ("5215512345678", "525512345678"),
        ("5491123456789", "541123456789"),
    ],
)
def test_two_forms_of_a_number_name_each_other(one: str, other: str) -> None:
    """Brazil's ninth digit, Mexico's 1 and Argentina's 9, in both directions, the dialled form first."""
    assert aliases(one) == (one, other)
    assert aliases(other) == (other, one)


@pytest.mark.parametrize(
    ("digits", "spelled"),
    [
        ("5491123456789", "541123456789"),
        ("541123456789", "541123456789"),
        ("5215512345678", "525512345678"),
        ("525512345678", "525512345678"),
        ("5541996127300", "5541996127300"),
        ("16505551234", "16505551234"),
        ("549112345678", "549112345678"),
        ("4915123456789", "4915123456789"),
    ],
)
def test_an_allow_list_knows_a_number_as_it_is_dialled(digits: str, spelled: str) -> None:
    """Without Argentina's 9 and Mexico's 1; every other number as it stands."""
    assert allow_list_spelling(digits) == spelled


@pytest.mark.parametrize(
    "digits",
    [
        *("16505551234", "14159265358", "442071838750", "4915123456789"),
        *("551133334444567", "52155123456", "54912"),
    ],
)
def test_other_numbers_have_one_form(digits: str) -> None:
    """Other countries, and lengths that those three do not have."""
    assert aliases(digits) == (digits,)


def test_a_brazilian_number_whose_ninth_digit_is_no_nine_has_one_form() -> None:
    """Only a 9 is left out."""
    assert aliases("5541896127300") == ("5541896127300",)


@pytest.mark.parametrize(
    ("digits", "country", "code", "shown"),
    [
        ("15550783881", "US", "1", "+1 555-078-3881"),
        ("5511987654321", "BR", "55", "+55 11 98765-4321"),
        ("442071838750", "GB", "44", "+44 20 7183 8750"),
    ],
)
def test_a_number_knows_its_country_and_how_it_is_shown(
    digits: str, country: str, code: str, shown: str
) -> None:
    """As ``GET /{phone_number_id}`` tells them."""
    assert (country_of(digits), dial_code(digits), displayed(digits)) == (country, code, shown)


def test_a_number_of_no_country_is_shown_as_it_is() -> None:
    """Nothing raises for digits that no numbering plan knows."""
    assert (country_of("00000"), dial_code("00000"), displayed("00000")) == ("US", None, "+00000")


@pytest.mark.parametrize(("digits", "country"), [("4400000", "GB"), ("5500000", "BR"), ("100000", "US")])
def test_a_number_that_is_none_has_the_country_of_its_code(digits: str, country: str) -> None:
    """Its other digits belong to no plan; the code alone decides the market."""
    assert country_of(digits) == country


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("12125551234", True),
        ("16505551234", True),
        ("14165551234", False),
        ("18765551234", False),
        ("1212555123", False),
        ("121255512345", False),
        ("22125551234", False),
        ("442071838750", False),
    ],
)
def test_a_number_of_the_united_states_has_an_area_code_there(digits: str, is_one: bool) -> None:
    """Canada and Jamaica share the code 1 and do not count; the number has eleven digits."""
    assert is_us_number(digits) is is_one


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("+1234", True),
        ("+1 (650) 555-12.34", True),
        ("+(650) 5551234", True),
        ("+123", False),
        ("1234567", False),
        ("+-12345", False),
        ("+1234x", False),
        ("", False),
    ],
)
def test_the_number_of_a_button_has_a_plus_and_four_signs_more(number: str, is_one: bool) -> None:
    """Digits, and what one writes between them."""
    assert is_number_of_a_button(number) is is_one


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+16315551234", "16315551234"),
        ("+1 (631) 555-1234", "16315551234"),
        ("(631) 555-1234", "916315551234"),
        ("1 (631) 555-1234", "9116315551234"),
    ],
)
def test_a_number_without_a_plus_may_get_the_code_of_the_business(written: str, expected: str) -> None:
    """The table of the platform's page, for a business in India."""
    assert with_country_code(written, "919876543210") == expected
