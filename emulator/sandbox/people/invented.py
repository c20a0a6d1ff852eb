"""Invent people: a name and a mobile number in a locale, by Faker, as a function of given entropy.

Faker is imported when the first person is invented.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import phonenumbers

if TYPE_CHECKING:
    from faker import Faker

_TRIES = 60
_ONE_AT_A_TIME = Lock()
"""A Faker is shared by all sandboxes, and seeding it is not for two at once."""


class NoSuchLocale(ValueError):
    """Faker does not know the locale that a person was to be invented in.

    The sentence says how one is written.
    """


@cache
def _faker(locale: str) -> Faker:
    from faker import Faker

    try:
        return Faker(locale)
    except AttributeError:
        raise NoSuchLocale(f"there is no locale {locale!r}; write one like en_US, pt_BR or de_DE") from None


def invent(locale: str, entropy: bytes) -> tuple[str, str]:
    """Invent a name and the digits of a mobile number that is possible in the locale's country.

    The same ``entropy`` (at least 12 bytes) and ``locale`` give the same. Waits while another thread invents.
    Raises :class:`NoSuchLocale`.
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
        if phonenumbers.region_code_for_number(number) == country and _is_mobile(number):
            return name, f"{number.country_code}{number.national_number}"
    return name, _like_an_example(country, entropy)


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def _like_an_example(country: str, entropy: bytes) -> str:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        example = phonenumbers.example_number_for_type("US", phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    digits = f"{example.country_code}{example.national_number}"
    tail = int.from_bytes(entropy[8:12]) % 10_000
    return f"{digits[:-4]}{tail:04d}"
