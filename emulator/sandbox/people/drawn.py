"""Invent people of any locale that Faker knows; imported only for those that ``fixtures/people`` has not.

It needs the extra ``faker``. Its numbers are tried until one is a mobile number of the country.
"""

from __future__ import annotations

from functools import cache
from threading import Lock

import phonenumbers
from faker import Faker
from faker.config import AVAILABLE_LOCALES

_TRIES = 60
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
_ONE_AT_A_TIME = Lock()
"""A Faker is shared by all sandboxes, and seeding it is not for two at once."""


@cache
def _faker(locale: str) -> Faker:
    if locale not in AVAILABLE_LOCALES:  # Faker itself takes what is only like one
        raise LookupError(locale)
    return Faker(locale)


def invent(locale: str, entropy: bytes) -> tuple[str, str]:
    """Invent a name and the digits of a mobile number that is possible in the locale's country.

    The same ``entropy`` (at least 12 bytes) and ``locale`` give the same, with one version of Faker. Waits
    while another thread invents. Raises :class:`LookupError` for a locale that Faker does not know.
    """
    with _ONE_AT_A_TIME:
        return _invent(_faker(locale), locale, entropy)


def _invent(faker: Faker, locale: str, entropy: bytes) -> tuple[str, str]:
    faker.seed_instance(int.from_bytes(entropy[:8]))
    name = str(faker.name())
    country = locale.partition("_")[2] or "US"
    for _ in range(_TRIES):
        try:
            number = phonenumbers.parse(faker.phone_number().partition("x")[0], country)
        except phonenumbers.NumberParseException:
            continue
        digits = f"{number.country_code}{number.national_number}"
        if phonenumbers.parse(f"+{digits}") == number and _is_mobile_of(number, country):
            return name, digits
    return name, _like_an_example(country, entropy)


def _is_mobile_of(number: phonenumbers.PhoneNumber, country: str) -> bool:
    return (
        phonenumbers.is_valid_number(number)
        and phonenumbers.region_code_for_number(number) == country
        and phonenumbers.number_type(number) in _MOBILE
    )


def _like_an_example(country: str, entropy: bytes) -> str:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        example = phonenumbers.example_number_for_type("US", phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    digits = f"{example.country_code}{example.national_number}"
    tail = int.from_bytes(entropy[8:12]) % 10_000
    return f"{digits[:-4]}{tail:04d}"
