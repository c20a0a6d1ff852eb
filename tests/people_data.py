"""Make ``fixtures/people``: names and mobile numbers for the people that a sandbox invents, drawn with Faker.

``make people`` runs it. The emulator reads these files, so that its users need not install Faker, whose
plugin every pytest run would load. Faker is drawn with a fixed seed; another version of it may give other
people, and so other names in sandboxes of the same seed: there should be a reason to do it.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import phonenumbers
from faker import Faker

PEOPLE = Path(__file__).parent.parent / "fixtures" / "people"
LOCALES = [
    "ar_AE",
    "ar_EG",
    "ar_SA",
    "bn_BD",
    "cs_CZ",
    "da_DK",
    "de_AT",
    "de_CH",
    "de_DE",
    "el_GR",
    "en_AU",
    "en_CA",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_KE",
    "en_NG",
    "en_NZ",
    "en_PH",
    "en_PK",
    "en_US",
    "es_AR",
    "es_CL",
    "es_CO",
    "es_ES",
    "es_MX",
    "es_VE",
    "fi_FI",
    "fr_BE",
    "fr_CA",
    "fr_CH",
    "fr_FR",
    "he_IL",
    "hi_IN",
    "hu_HU",
    "id_ID",
    "it_IT",
    "ja_JP",
    "ko_KR",
    "nl_BE",
    "nl_NL",
    "no_NO",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "ro_RO",
    "ru_RU",
    "sv_SE",
    "th_TH",
    "tr_TR",
    "uk_UA",
    "vi_VN",
    "zh_CN",
    "zh_TW",
    "zu_ZA",
]
"""Where the platform has many users and Faker has names; others need Faker when people are invented."""
NAMED_AS = {"ar_AE": "ar_AA", "ar_EG": "ar_AA", "es_VE": "es_CO"}
"""Locales for which Faker has only English names, and the nearest one that has others."""
NAMES, PREFIXES = 400, 120
TAIL = 4
"""How many digits at the end of a number are drawn when somebody is invented."""
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def names_of(faker: Faker) -> list[str]:
    """Draw different names, without titles and degrees."""
    found: dict[str, None] = {}
    titles = _titles(faker)
    for _ in range(50 * NAMES):
        name = str(faker.name())
        if (
            not titles & set(name.split())
            and not {".", ","} & set(name)
            and len(name.split()) <= 4
            and not name.isupper()
        ):
            found[name] = None
        if len(found) == NAMES:
            break
    return sorted(found)


def _titles(faker: Faker) -> set[str]:
    lists = [
        getattr(provider, name)
        for provider in faker.providers
        if ".person" in type(provider).__module__
        for name in dir(provider)
        if name.startswith(("prefixes", "suffixes"))
    ]
    return {word for titles in lists for title in titles for word in title.split()}


def prefixes_of(faker: Faker, country: str, chance: Random) -> list[str]:
    """Draw beginnings of the country's mobile numbers that are valid with every end that is tried."""
    found: dict[str, None] = {}
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None, country
    for _ in range(60 * PREFIXES if hasattr(faker, "phone_number") else 0):
        prefix = _digits(faker.phone_number().partition("x")[0], country)[:-TAIL]
        if prefix and prefix not in found and _holds(prefix, country, chance):
            found[prefix] = None
        if len(found) == PREFIXES:
            break
    likely = f"{example.country_code}{example.national_number}"[:-TAIL]
    while len(found) < PREFIXES // 4:  # Faker has few mobile numbers of the country, or none
        near = likely[:-2] + f"{chance.randrange(100):02d}"
        if _holds(near, country, chance):
            found[near] = None
    return sorted(found)


def _digits(written: str, country: str) -> str:
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return ""
    return f"{number.country_code}{number.national_number}"


def _holds(prefix: str, country: str, chance: Random) -> bool:
    return all(
        is_mobile_of(f"{prefix}{tail:0{TAIL}d}", country)
        for tail in (0, 10**TAIL - 1, *chance.sample(range(10**TAIL), 20))
    )


def is_mobile_of(digits: str, country: str) -> bool:
    """Whether a number in international form is a valid mobile number of the country."""
    number = phonenumbers.parse(f"+{digits}")
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == f"+{digits}"
        and phonenumbers.is_valid_number(number)
        and phonenumbers.number_type(number) in _MOBILE
        and phonenumbers.region_code_for_number(number) == country
    )


def main() -> None:
    """Write a file for each locale."""
    PEOPLE.mkdir(exist_ok=True)
    for locale in LOCALES:
        names, numbers = Faker(NAMED_AS.get(locale, locale)), Faker(locale)
        names.seed_instance(locale)
        numbers.seed_instance(locale)
        known = {
            "names": names_of(names),
            "mobile": prefixes_of(numbers, locale.partition("_")[2], Random(locale)),
        }
        text = json.dumps(known, ensure_ascii=False, indent=0, separators=(",", ":"))
        (PEOPLE / f"{locale}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{locale}: {len(known['names'])} names, {len(known['mobile'])} beginnings of numbers")  # noqa: T201


if __name__ == "__main__":
    main()
