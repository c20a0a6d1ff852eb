"""What the platform writes in authentication templates."""

from __future__ import annotations

import pytest

from emulator.domain.templates.authentication_texts import ENGLISH, authentication_texts
from emulator.domain.templates.languages import LANGUAGES


def test_spanish_reads_as_the_documentation_prints_it() -> None:
    """Body with its advice, footer and both labels."""
    texts = authentication_texts("es_ES")

    assert texts.body(with_recommendation=True) == (
        "Tu código de verificación es *{{1}}*. Por tu seguridad, no lo compartas."
    )
    assert texts.expiry.format(10) == "Este código caduca en 10 minutos."
    assert (texts.copy, texts.autofill) == ("Copiar código", "Autocompletar")


def test_the_advice_is_an_option() -> None:
    """Without it the body is one sentence."""
    assert ENGLISH.body(with_recommendation=False) == "*{{1}}* is your verification code."
    assert ENGLISH.body(with_recommendation=True) == (
        "*{{1}}* is your verification code. For your security, do not share this code."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_place_for_the_code_and_one_for_the_minutes(language: str) -> None:
    """Once each, in whatever order the language has its words."""
    texts = authentication_texts(language)

    assert texts.body(with_recommendation=True).count("{{1}}") == 1
    assert texts.expiry.count("{}") == 1
    assert all((texts.copy, texts.autofill, texts.recommendation))


@pytest.mark.parametrize(("variety", "language"), [("es_MX", "es"), ("de_AT", "de"), ("ar_EG", "ar")])
def test_the_variety_of_a_country_is_written_as_its_language(variety: str, language: str) -> None:
    """Unless it has texts of its own."""
    assert authentication_texts(variety) == authentication_texts(language)
    assert authentication_texts("pt_BR") != authentication_texts("pt_PT")


@pytest.mark.parametrize("language", ["en_GB", "kk", "zu"])
def test_a_language_nobody_prints_is_written_in_english(language: str) -> None:
    """So it stands in the lists of others, too."""
    assert authentication_texts(language) == ENGLISH
