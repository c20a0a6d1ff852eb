"""The editor's rules about name, language, header, body and footer."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.errors import GraphError, TemplateEditorError
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.languages import LANGUAGES
from emulator.domain.templates.template import Draft

BODY = {"type": "BODY", "text": "Your order is ready for pick-up."}
CODE_BUTTONS = {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}
MISSING = 'Message template "components" param is missing expected field(s)'
HEADER_TITLE = "Message header format is incorrect"
BODY_TITLE = "Message body format is incorrect"
HEADER_MARKS = "The message header can't have any new lines, formatting characters, emojis or asterisks."
BODY_LAYOUT = (
    "The message body can't have more than two consecutive newline characters, only have parameters, or have "
    "more than 10 emojis."
)


def draft(*components: dict[str, Any], **facts: Any) -> Draft:
    values = {"name": "order_ready", "language": "en_US", "category": "UTILITY"} | facts
    return Draft(components=components or (BODY,), **values)


def body(text: str, *values: str) -> dict[str, Any]:
    example = {"example": {"body_text": [list(values)]}} if values else {}
    return {"type": "BODY", "text": text, **example}


def header(text: str, *values: str) -> dict[str, Any]:
    example = {"example": {"header_text": list(values)}} if values else {}
    return {"type": "HEADER", "format": "TEXT", "text": text, **example}


def refusal(given: Draft) -> TemplateEditorError:
    with pytest.raises(TemplateEditorError) as refused:
        check(given)
    assert (refused.value.message, refused.value.code, refused.value.status) == (
        "Invalid parameter",
        100,
        400,
    )
    return refused.value


def error_shown(given: Draft) -> tuple[int | None, str, str]:
    error = refusal(given)
    return error.subcode, error.user_title, error.user_message


def test_a_recorded_template_is_accepted() -> None:
    """What the real platform took, the emulator takes."""
    check(
        draft(
            body(
                "Thank you for your order, {{1}}! Your confirmation number is {{2}}. If you have any "
                "questions, please use the buttons below to contact support. Thank you for being a customer!",
                "Ignacio",
                "860198-230332",
            ),
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+59898400766"},
                    {"type": "URL", "text": "Contact Support", "url": "https://www.luckyshrub.com/support"},
                ],
            },
            category="MARKETING",
            language="nl",
        )
    )


def test_a_recorded_named_template_is_accepted() -> None:
    """Named variables bring named examples."""
    check(
        draft(
            {
                "type": "BODY",
                "text": "Thank you for your order, {{name}}! Your confirmation number is {{order_number}}. "
                "Thank you for being a customer!",
                "example": {
                    "body_text_named_params": [
                        {"param_name": "name", "example": "Ignacio"},
                        {"param_name": "order_number", "example": "860198-230332"},
                    ]
                },
            },
            parameter_format="NAMED",
        )
    )


@pytest.mark.parametrize(
    "top",
    [
        header("Hello World"),
        header("Our {{1}} is on!", "sale"),
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}},
        {"type": "HEADER", "format": "LOCATION"},
    ],
)
def test_headers_are_texts_files_and_places(top: dict[str, Any]) -> None:
    """A header stands over a body and a footer."""
    check(draft(top, BODY, {"type": "FOOTER", "text": "WhatsApp Business API Team"}))


@pytest.mark.parametrize("name", ["Order", "order-ready", "bestellung_fällig", "order ready", "a\n"])
def test_a_name_has_lower_case_letters_digits_and_underscores(name: str) -> None:
    """The recorded refusal blames the name."""
    error = refusal(draft(name=name))

    assert (error.subcode, error.user_title, error.blame) == (2388046, "Name Format is Incorrect", ("name",))
    assert error.user_message == "The message template name can only have lowercase letters and underscores."


def test_sample_names_are_taken() -> None:
    """hello_world is in every account from its birth."""
    assert error_shown(draft(name="hello_world")) == (
        2388155,
        "Template name is already used as a sample template",
        "This template is named after a sample template created by default. Please use a different name.",
    )


def test_a_language_is_one_of_the_supported() -> None:
    """An unknown code is a complaint about an enum."""
    with pytest.raises(GraphError) as refused:
        check(draft(language="xx"))

    assert refused.value.message == (
        f'(#100) Param language must be one of {{{", ".join(LANGUAGES)}}} - got "xx".'
    )


@pytest.mark.parametrize(
    "given",
    [
        draft(name="a" * 513),
        draft(header("x" * 61), BODY),
        draft(body("x" * 1025)),
        draft(BODY, {"type": "FOOTER", "text": "x" * 61}),
    ],
)
def test_lengths_are_limited(given: Draft) -> None:
    """One number and sentence for every length; the hint names the field."""
    error = refusal(given)

    assert (error.subcode, error.user_title, error.user_message) == (
        2388040,
        "Character limit exceeded",
        "A field in your template has exceeded the maximum character limit allowed.",
    )
    assert "are allowed" in (error.hint or "")


def test_a_template_has_one_body_and_at_most_one_of_the_rest() -> None:
    """Doubled and missing components are refused."""
    assert error_shown(draft(header("Hello"))) == (2388043, MISSING, "component of type BODY is missing")
    assert error_shown(draft(BODY, BODY))[2] == "A message template can have only one component of type BODY."
    assert error_shown(draft(header("A"), header("B"), BODY))[1] == "Message template has a component twice"


@pytest.mark.parametrize(
    ("component", "kind", "field"),
    [
        ({"type": "BODY"}, "BODY", "text"),
        (body("Your order {{1}} is ready for you"), "BODY", "example"),
        (body("Your order is ready for you", "x"), "BODY", "example"),
        (body("Your order {{1}} is ready for you", "x", "y"), "BODY", "example"),
        (body("Your order {{1}} is ready for you", ""), "BODY", "example"),
        (header("Our {{1}} is on"), "HEADER", "example"),
        (header("Our sale is on", "x"), "HEADER", "example"),
        ({"type": "HEADER", "format": "TEXT"}, "HEADER", "text"),
        ({"type": "HEADER", "format": "IMAGE"}, "HEADER", "example"),
        ({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": []}}, "HEADER", "example"),
        ({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [7]}}, "HEADER", "example"),
        ({"type": "HEADER", "format": "IMAGE", "example": {}}, "HEADER", "example"),
        (
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [""]}},
            "HEADER",
            "example.header_url",
        ),
        (
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ""}},
            "HEADER",
            "example.header_url",
        ),
        ({"type": "FOOTER"}, "FOOTER", "text"),
    ],
)
def test_texts_and_examples_are_expected_fields(component: dict[str, Any], kind: str, field: str) -> None:
    """Missing, superfluous and miscounted examples get one sentence."""
    components = (component,) if kind == "BODY" else (component, BODY)

    assert error_shown(draft(*components)) == (
        2388043,
        MISSING,
        f"component of type {kind} is missing expected field(s) ({field})",
    )


@pytest.mark.parametrize("example", [[["a"]], ["a"], "a"])
def test_an_example_may_be_nested_flat_or_bare(example: list[Any] | list[str] | str) -> None:
    """The platform is lenient about the shape of body_text."""
    check(draft({"type": "BODY", "text": "Your code {{1}} is here", "example": {"body_text": example}}))


def test_named_examples_name_every_variable() -> None:
    """An example for another name is no example."""
    given = {
        "type": "BODY",
        "text": "Your order {{number}} is ready for you",
        "example": {"body_text_named_params": [{"param_name": "other", "example": "1"}]},
    }

    assert error_shown(draft(given, parameter_format="NAMED"))[0] == 2388043


@pytest.mark.parametrize("text", ["Two\nlines", "A *bold* word", "An _italic_ word", "~gone~", "Party 🎉"])
def test_a_header_is_plain_text(text: str) -> None:
    """The recorded sentence about marks, with its number."""
    assert error_shown(draft(header(text), BODY)) == (2388072, HEADER_TITLE, HEADER_MARKS)


def test_a_header_has_one_variable_at_most() -> None:
    """Two variables in a header are refused; an underscore in a name is no formatting."""
    assert error_shown(draft(header("{{1}} and {{2}} meet", "a", "b"), BODY)) == (
        2388072,
        HEADER_TITLE,
        "The message header can't have more than one variable.",
    )
    check(draft(header("For order_id 7 only"), BODY))


@pytest.mark.parametrize("text", ["Hello\n\n\nworld", "{{1}}", "{{1}}\n{{2}}", "🎉" * 11])
def test_a_body_is_laid_out_decently(text: str) -> None:
    """Three line breaks, variables alone or eleven emojis are too much."""
    assert error_shown(draft(body(text))) == (2388047, BODY_TITLE, BODY_LAYOUT)


def test_ten_emojis_and_two_line_breaks_are_fine() -> None:
    """The limits themselves are allowed."""
    check(draft(body("👩‍👩‍👧" * 10 + "\n\nHello")))


@pytest.mark.parametrize("text", ["{{1}} is your order number today", "Your order number today is {{1}}."])
def test_variables_stay_off_the_edges(text: str) -> None:
    """A variable before a final dot still is at the end."""
    assert error_shown(draft(body(text, "1"))) == (
        2388299,
        "Leading or trailing params not allowed",
        "Variables can't be at the start or end of the template.",
    )


def test_a_body_has_words_enough_for_its_variables() -> None:
    """The words ratio has its own number."""
    assert error_shown(draft(body("Code {{1}} here", "1"))) == (
        2388293,
        "Params Words Ratio Exceeds Limit",
        "This template has too many variables for its length. Reduce the number of variables or increase the "
        "message length.",
    )


@pytest.mark.parametrize(
    ("text", "parameter_format", "hint"),
    [
        ("Your order {{1} is on its way", "POSITIONAL", "The braces of a variable do not match."),
        (
            "Your order {{#1}} is on its way",
            "POSITIONAL",
            "{{#1}} is neither a number nor a lower-case name.",
        ),
        ("Hi {{1}}, your order {{a}} is coming", "NAMED", "Positional and named variables can't be mixed."),
        (
            "Your order {{number}} is on its way",
            "POSITIONAL",
            "The template has parameter_format POSITIONAL: its variables must be positional.",
        ),
        (
            "Your order {{2}} is on its way",
            "POSITIONAL",
            "Positional variables must be numbered from 1 without a gap.",
        ),
    ],
)
def test_variables_are_well_written(text: str, parameter_format: str, hint: str) -> None:
    """The hint tells which rule a variable breaks."""
    error = refusal(draft(body(text, "x"), parameter_format=parameter_format))

    assert (error.subcode, error.user_title) == (2388047, BODY_TITLE)
    assert (error.hint or "").startswith(hint)
    assert error.user_message == "The variables of the message body are not correctly formatted."


def test_the_name_of_a_variable_is_unique() -> None:
    """A numbered one may be repeated, a named one may not."""
    named = {
        "type": "BODY",
        "text": "Hello {{name}} and hello again {{name}} from all of us",
        "example": {"body_text_named_params": [{"param_name": "name", "example": "Ann"}]},
    }

    check(draft(body("Hello {{1}} and hello again {{1}} from all of us here", "Ann")))
    assert (refusal(draft(named, parameter_format="NAMED")).hint or "").startswith(
        "The name of a variable must be unique."
    )


def test_a_footer_has_no_variables() -> None:
    """The footer is the same for everybody."""
    assert error_shown(draft(BODY, {"type": "FOOTER", "text": "Bye {{1}} now"})) == (
        2388073,
        "Message footer format is incorrect",
        "The message footer can't have any variables.",
    )


def test_an_authentication_template_has_only_what_the_platform_lets_it() -> None:
    """Its body takes no text, its footer minutes alone, and a header is not for it."""
    footer = {"type": "FOOTER", "code_expiration_minutes": 10}
    check(draft({"type": "BODY"}, footer, CODE_BUTTONS, category="AUTHENTICATION"))

    def told_for(*components: dict[str, Any]) -> tuple[int | None, str]:
        error = refusal(draft(*components, CODE_BUTTONS, category="AUTHENTICATION"))
        return error.subcode, error.user_message

    late = {"type": "FOOTER", "code_expiration_minutes": 91}
    assert told_for(BODY) == (2388042, "component of type BODY has unexpected field(s) (text)")
    assert told_for(header("Hi"), {"type": "BODY"}) == (
        2388072,
        "An authentication template can't have a header.",
    )
    assert told_for({"type": "BODY"}, {"type": "FOOTER", "text": "Bye"}) == (
        2388042,
        "component of type FOOTER has unexpected field(s) (text)",
    )
    assert told_for({"type": "BODY"}, late) == (
        2388073,
        "A code must expire after at least 1 and at most 90 minutes.",
    )
    assert told_for({"type": "BODY"}, {"type": "FOOTER"}) == (
        2388043,
        "component of type FOOTER is missing expected field(s) (code_expiration_minutes)",
    )


@pytest.mark.parametrize(
    ("category", "seconds"),
    [
        ("UTILITY", 30),
        ("UTILITY", 43_200),
        ("UTILITY", -1),
        ("SHIPPING_UPDATE", 30),
        ("MARKETING", 43_201),
        ("MARKETING", 43_200),
        ("MARKETING", 2_592_000),
    ],
)
def test_validity_periods_inside_the_range_pass(category: str, seconds: int) -> None:
    """The edges of the ranges belong to them; an old category counts as UTILITY."""
    check(draft(category=category, message_send_ttl_seconds=seconds))


@pytest.mark.parametrize(
    ("category", "seconds", "message"),
    [
        ("UTILITY", 29, "UTILITY templates must be between 30 and 43200 seconds, or -1 for 30 days."),
        ("UTILITY", 43_201, "UTILITY templates must be between 30 and 43200 seconds, or -1 for 30 days."),
        ("UTILITY", 0, "UTILITY templates must be between 30 and 43200 seconds, or -1 for 30 days."),
        ("MARKETING", -1, "MARKETING templates must be between 43200 and 2592000 seconds."),
        ("MARKETING", 43_199, "MARKETING templates must be between 43200 and 2592000 seconds."),
        ("MARKETING", 2_592_001, "MARKETING templates must be between 43200 and 2592000 seconds."),
    ],
)
def test_validity_periods_outside_the_range_are_refused(category: str, seconds: int, message: str) -> None:
    """The refusal blames the field."""
    error = refusal(draft(category=category, message_send_ttl_seconds=seconds))

    assert error.user_message == f"The validity period of {message}"
    assert error.blame == ("message_send_ttl_seconds",)


@pytest.mark.parametrize(
    ("seconds", "is_refused"), [(-1, False), (29, True), (30, False), (900, False), (901, True)]
)
def test_a_code_is_valid_for_half_a_minute_to_a_quarter_of_an_hour(seconds: int, is_refused: bool) -> None:
    """Or for 30 days, which is written -1."""
    given = draft({"type": "BODY"}, CODE_BUTTONS, category="AUTHENTICATION", message_send_ttl_seconds=seconds)

    if not is_refused:
        check(given)
        return
    assert refusal(given).user_message == (
        "The validity period of AUTHENTICATION templates must be between 30 and 900 seconds, or -1 for 30 "
        "days."
    )


def test_the_languages_are_those_of_the_platform_s_page() -> None:
    """111, each once."""
    assert (len(LANGUAGES), len(set(LANGUAGES))) == (111, 111)


def test_a_template_from_the_library_is_judged_by_its_head_alone() -> None:
    """The platform's own words may begin with a variable."""
    own = {"options": {"library_template_name": "delivery_confirmation_4"}}

    check(draft({"type": "BODY", "text": "{{1}}, it is here"}, **own))
    assert error_shown(draft(BODY, name="Order", **own))[0] == 2388046
    assert refusal(draft(BODY, message_send_ttl_seconds=1, **own)).blame == ("message_send_ttl_seconds",)


def test_a_component_that_never_was_is_a_complaint_about_an_enum() -> None:
    """Graph lists what there is."""
    with pytest.raises(GraphError) as refused:
        check(draft(BODY, {"type": "SIDEBAR"}))

    assert refused.value.message == (
        "(#100) Param components[1]['type'] must be one of {HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, "
        'LIMITED_TIME_OFFER, CALL_PERMISSION_REQUEST} - got "SIDEBAR".'
    )
