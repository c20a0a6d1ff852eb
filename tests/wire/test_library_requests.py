"""The grammar of requests to the template library, and for authentication templates in many languages."""

from __future__ import annotations

from typing import Any

import pytest
from kit import refusals

from emulator.domain.templates.editor.library import LibraryFilter
from emulator.domain.templates.languages import LANGUAGES
from emulator.wire.parameters import Parameter
from emulator.wire.requests.authentication_templates import PreviewRequest, read_preview, read_upsert
from emulator.wire.requests.template_library import read_library_filter, read_library_request

WISH = {
    "name": "my_delivery_update",
    "language": "en_US",
    "category": "UTILITY",
    "library_template_name": "delivery_update_1",
}
INPUTS = (
    {
        "type": "URL",
        "url": {
            "base_url": "https://www.example.com/{{1}}",
            "url_suffix_example": "https://www.example.com/demo",
        },
    },
    {"type": "PHONE_NUMBER", "phone_number": "+16315551010"},
)
SAMPLE = """[
    {'type': 'URL', 'url': {'base_url' : 'https://www.example.com/{{1}}',
    'url_suffix_example' : 'https://www.example.com/demo'}},
    {type: 'PHONE_NUMBER', 'phone_number': '+16315551010'}
]"""
"""As the documentation quotes it."""
OTP = {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}
CODES = {"name": "codes", "category": "authentication", "components": [{"type": "BODY"}, OTP]}


def complaint(read: Any, *args: Any) -> str:
    return refusals.complaint(read, *args)[0]


@pytest.mark.parametrize(
    "written",
    [
        list(INPUTS),
        SAMPLE,
        '[{"type":"url","url":{"base_url":"https://www.example.com/{{1}}",'
        '"url_suffix_example":"https://www.example.com/demo"}},'
        '{"type":"phone_number","phone_number":"16315551010"}]',
    ],
    ids=["array", "sample", "json"],
)
def test_inputs_of_buttons_are_read_however_they_are_quoted(written: object) -> None:
    """As an array, as its JSON, or as loosely as the documentation's own sample."""
    read = read_library_request(Parameter(WISH | {"library_template_button_inputs": written}))

    assert (read.library_name, read.button_inputs) == ("delivery_update_1", INPUTS)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[{'url': {}}]", "The parameter library_template_button_inputs[0]['type'] is required."),
        ("[{'type': 'URL'", "Param library_template_button_inputs must be an array."),
        ("[{'type': True}]", "Param library_template_button_inputs[0]['type'] must be one of"),
        (
            [{"type": "URL", "url": "x"}],
            "Param library_template_button_inputs[0]['url'] must be a JSON object.",
        ),
    ],
)
def test_inputs_of_buttons_that_make_no_sense_are_complained_about(written: object, expected: str) -> None:
    """The first sentence is recorded."""
    given = Parameter(WISH | {"library_template_button_inputs": written})

    assert complaint(read_library_request, given).startswith(f"(#100) {expected}")


def test_quotes_inside_words_survive() -> None:
    """An apostrophe is escaped, a word in double quotes is left alone."""
    written = """[{'type': "URL", 'url': {'base_url': 'https://example.com/?q=it\\'s'}}]"""

    read = read_library_request(Parameter(WISH | {"library_template_button_inputs": written}))

    assert read.button_inputs == ({"type": "URL", "url": {"base_url": "https://example.com/?q=it's"}},)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "URL", "url": {"base_url": "a b"}}, "['url']['base_url'] is not a valid URI."),
        ({"type": "URL", "url": {"base": "x"}}, 'Unexpected key "base"'),
        ({"type": "URL", "text": "Visit"}, 'Unexpected key "text"'),
        ({"type": "OTP", "otp_type": "PASSWORD"}, "['otp_type'] must be one of {COPY_CODE, "),
        ({"type": "OTP", "supported_apps": "x"}, "['supported_apps'] must be an array."),
        ({"type": "OTP", "zero_tap_terms_accepted": "perhaps"}, "must be a boolean."),
    ],
)
def test_inputs_are_read_by_the_declared_members(given: dict[str, Any], expected: str) -> None:
    """Those of the buttons, as the editor reads them."""
    body = Parameter(WISH | {"library_template_button_inputs": [given]})

    assert expected in complaint(read_library_request, body)


def test_a_number_that_is_none_has_the_code_of_a_button_s() -> None:
    """192, with its path among the inputs."""
    inputs = [{"type": "PHONE_NUMBER", "phone_number": "12"}]
    body = Parameter(WISH | {"library_template_button_inputs": inputs})

    refused = refusals.refusal_of(read_library_request, body)

    assert (refused.code, refused.message) == (
        192,
        "(#192) Param library_template_button_inputs[0]['phone_number'] is not a valid phone number.",
    )


@pytest.mark.parametrize(
    "given", [{"add_contact_number": True}, [{"code_expiration_minutes": 5}], "{'add_learn_more_link': 1}"]
)
def test_inputs_of_the_body_are_taken(given: object) -> None:
    """No template of the library here has a place for them."""
    assert read_library_request(Parameter(WISH | {"library_template_body_inputs": given}))


def test_inputs_of_the_body_are_truth_values_and_a_number() -> None:
    """Otherwise they are complained about."""
    given = Parameter(WISH | {"library_template_body_inputs": {"add_learn_more_link": "perhaps"}})

    assert complaint(read_library_request, given) == (
        "(#100) Param library_template_body_inputs['add_learn_more_link'] must be a boolean."
    )


def test_the_library_is_searched_by_words_and_by_words_of_fixed_sets() -> None:
    """The documentation's sample has quotes around the searched word."""
    query = {
        "search": '"payments"',
        "topic": "payments",
        "industry": "e_commerce",
        "usecase": "payment_overdue",
    }

    assert read_library_filter(Parameter(query)) == LibraryFilter(
        search="payments", topic="PAYMENTS", industry=("E_COMMERCE",), usecase="PAYMENT_OVERDUE"
    )
    assert complaint(read_library_filter, Parameter({"topic": "WEATHER"})).startswith(
        "(#100) Param topic must be one of {ACCOUNT_UPDATE, "
    )


def test_a_preview_shows_what_is_asked() -> None:
    """Without languages it shows all; ``language`` is what the page calls them in one place."""
    whole = {
        "category": "authentication",
        "languages": "en_US,es_ES",
        "add_security_recommendation": "true",
        "code_expiration_minutes": "10",
        "button_types": "OTP",
    }

    assert read_preview(Parameter(whole)) == PreviewRequest(("en_US", "es_ES"), True, 10, True)
    assert read_preview(Parameter({"category": "AUTHENTICATION", "language": "fr"})).languages == ("fr",)
    assert read_preview(Parameter({"category": "AUTHENTICATION"})) == PreviewRequest(
        LANGUAGES, False, None, False
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"category": None}, "The parameter category is required."),
        ({"category": "UTILITY"}, 'Param category must be one of {AUTHENTICATION} - got "UTILITY".'),
        ({"languages": "xx"}, "Param languages must be one of {af, sq, "),
        ({"button_types": "URL"}, 'Param button_types must be one of {OTP} - got "URL".'),
        ({"code_expiration_minutes": 0}, "Param code_expiration_minutes must be between 1 and 90."),
        ({"code_expiration_minutes": 91}, "Param code_expiration_minutes must be between 1 and 90."),
    ],
)
def test_a_preview_of_what_there_is_not_is_complained_about(
    changes: dict[str, object], expected: str
) -> None:
    """In the words of the generic reader."""
    given = Parameter({"category": "AUTHENTICATION"} | changes)

    assert complaint(read_preview, given).startswith(f"(#100) {expected}")


@pytest.mark.parametrize("minutes", [1, 90])
def test_a_code_may_expire_after_one_to_ninety_minutes(minutes: int) -> None:
    """Both belong to it."""
    given = {"category": "AUTHENTICATION", "code_expiration_minutes": minutes}

    assert read_preview(Parameter(given)).minutes == minutes


def test_many_templates_are_one_draft_and_their_languages() -> None:
    """In a list of any shape."""
    draft, languages = read_upsert(Parameter(CODES | {"languages": '["en_US","fr"]'}), 24)

    assert (draft.name, draft.category, languages) == ("codes", "authentication", ("en_US", "fr"))
    assert draft.components == ({"type": "BODY"}, OTP)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"languages": None}, "The parameter languages is required."),
        ({"languages": []}, "The parameter languages is required."),
        ({"category": "UTILITY"}, 'Param category must be one of {AUTHENTICATION} - got "UTILITY".'),
        (
            {
                "components": [
                    {"type": "BODY"},
                    {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copy"}]},
                ]
            },
            'Unexpected key "text" on param "components[1][\'buttons\'][0]".',
        ),
    ],
)
def test_many_templates_have_languages_one_category_and_no_labels(
    changes: dict[str, object], expected: str
) -> None:
    """The platform writes the labels itself."""
    given = Parameter(CODES | {"languages": ["en_US"]} | changes)

    assert complaint(read_upsert, given, 24) == f"(#100) {expected}"
