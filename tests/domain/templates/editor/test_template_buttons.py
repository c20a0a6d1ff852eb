"""The editor's rules about buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from emulator.domain.errors import GraphError, TemplateEditorError
from emulator.domain.templates.authentication_texts import authentication_texts
from emulator.domain.templates.editor.limits import EditorLimits
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.template import Draft

BODY = {"type": "BODY", "text": "Your order is ready for pick-up."}
REPLY = {"type": "QUICK_REPLY", "text": "Stop"}
URL = {"type": "URL", "text": "Go", "url": "https://shop.example/orders"}
PHONE = {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100"}
COUPON = {"type": "COPY_CODE", "example": "SAVE20"}
APP = {"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}
COMBINATION = "Button combination is not valid"
OTP_TITLE = "Authentication button is not valid"


def draft(*buttons: dict[str, Any]) -> Draft:
    return Draft("order_ready", "en_US", "UTILITY", (BODY, {"type": "BUTTONS", "buttons": list(buttons)}))


def code_draft(*buttons: dict[str, Any]) -> Draft:
    components = ({"type": "BODY"}, {"type": "BUTTONS", "buttons": list(buttons)})
    return Draft("login_code", "en_US", "AUTHENTICATION", components)


def error_shown(given: Draft) -> tuple[int | None, str, str]:
    with pytest.raises(TemplateEditorError) as refused:
        check(given)
    return refused.value.subcode, refused.value.user_title, refused.value.user_message


@pytest.mark.parametrize(
    "buttons",
    [
        (REPLY, REPLY),
        (REPLY, REPLY, URL, PHONE),
        (URL, PHONE, REPLY, REPLY),
        (REPLY,) * 10,
        (COUPON, URL, URL),
    ],
)
def test_good_combinations(buttons: tuple[Any, ...]) -> None:
    """Quick replies stand together, at the start or at the end."""
    check(draft(*buttons))


@pytest.mark.parametrize("buttons", [(REPLY, URL, REPLY), (URL, REPLY, URL)])
def test_quick_replies_are_not_scattered(buttons: tuple[Any, ...]) -> None:
    """One block, and not in the middle."""
    assert error_shown(draft(*buttons)) == (
        None,
        COMBINATION,
        "Quick reply buttons must be grouped together, before or after all other buttons.",
    )


@pytest.mark.parametrize(
    ("buttons", "message"),
    [
        ((REPLY,) * 11, "A message template can have at most 10 buttons."),
        ((URL,) * 3, "A message template can have at most 2 button(s) of type URL."),
        ((PHONE,) * 2, "A message template can have at most 1 button(s) of type PHONE_NUMBER."),
        ((COUPON,) * 2, "A message template can have at most 1 button(s) of type COPY_CODE."),
    ],
)
def test_buttons_are_counted(buttons: tuple[Any, ...], message: str) -> None:
    """Ten in all, fewer of most kinds."""
    assert error_shown(draft(*buttons)) == (None, COMBINATION, message)


@pytest.mark.parametrize(
    "button",
    [
        REPLY | {"text": "x" * 26},
        URL | {"url": "https://shop.example/" + "x" * 2000},
        PHONE | {"phone_number": "+" + "1" * 20},
        COUPON | {"example": ["X" * 21]},
    ],
)
def test_lengths_are_limited(button: dict[str, Any]) -> None:
    """Labels 25, addresses 2000, phone numbers and codes 20 characters."""
    assert error_shown(draft(button)) == (
        2388040,
        "Character limit exceeded",
        "A field in your template has exceeded the maximum character limit allowed.",
    )


@pytest.mark.parametrize("label", ["Stop it\nnow", "Stop {{1}}", "*Stop*", "Stop 🎉", "_Stop_ it", "~Stop~"])
def test_labels_are_plain_words(label: str) -> None:
    """The recorded refusal, whatever the button is for."""
    expected = (
        2388060,
        "Button format is incorrect",
        "Buttons can't have any variables, newlines, emojis or formatting characters.",
    )

    assert error_shown(draft(REPLY | {"text": label})) == expected
    assert error_shown(code_draft({"type": "OTP", "otp_type": "COPY_CODE", "text": label})) == expected


@pytest.mark.parametrize("number", ["+15550100", "+1 (631) 555-1010", "+49.151.23456789"[:20]])
def test_a_phone_number_may_be_written_as_people_write_it(number: str) -> None:
    """With its country's calling code."""
    check(draft(PHONE | {"phone_number": number}))


@pytest.mark.parametrize(
    ("button", "kind", "field"),
    [
        ({"type": "QUICK_REPLY"}, "QUICK_REPLY", "text"),
        ({"type": "URL", "text": "Go"}, "URL", "url"),
        ({"type": "PHONE_NUMBER", "text": "Call"}, "PHONE_NUMBER", "phone_number"),
    ],
)
def test_fields_are_expected(button: dict[str, Any], kind: str, field: str) -> None:
    """The refusal names the button and the field."""
    assert error_shown(draft(button)) == (
        2388050,
        "Message template button is missing expected field(s)",
        f"button at index 0 of type {kind} is missing expected field(s) ({field})",
    )


@pytest.mark.parametrize(
    "button",
    [
        {"type": "COPY_CODE"},
        URL | {"url": "https://shop.example/{{1}}"},
        URL | {"example": ["https://shop.example/1"]},
    ],
)
def test_examples_are_expected_where_something_varies(button: dict[str, Any]) -> None:
    """And only there."""
    assert error_shown(draft(button)) == (
        2388043,
        'Message template "components" param is missing expected field(s)',
        "component of type BUTTONS is missing expected field(s) (example)",
    )


@pytest.mark.parametrize("url", ["https://wa.me/15550100", "https://api.whatsapp.com/send?phone=1"])
def test_buttons_do_not_lead_to_whatsapp(url: str) -> None:
    """The recorded refusal."""
    assert error_shown(draft(URL | {"url": url})) == (
        2388081,
        "Error while adding button URL",
        "Direct links to WhatsApp aren't allowed for buttons.",
    )


@pytest.mark.parametrize(
    "path",
    ["{{1}}/track", "{{1}}{{2}}", "{{1}", "{{#}}", "{{2}}"],
    ids=["inside", "two", "broken", "illegal", "second"],
)
def test_the_variable_of_a_url_is_its_end(path: str) -> None:
    """One variable, last."""
    button = URL | {"url": f"https://shop.example/{path}", "example": ["https://shop.example/1"]}

    assert error_shown(draft(button)) == (
        2388052,
        "Message template button has invalid URL format",
        "A button URL can have one variable, at the end of the address.",
    )


def test_a_url_with_a_suffix_is_fine() -> None:
    """The common case, with its example as list or bare."""
    check(draft(URL | {"url": "https://shop.example/{{1}}", "example": ["https://shop.example/1"]}))
    check(draft(URL | {"url": "https://shop.example/{{1}}", "example": "1"}))


@pytest.mark.parametrize("label", ["Copy code", "Copy Code", "Kode kopieren", "Code kopieren"])
def test_the_label_of_a_code_is_the_platform_s(label: str) -> None:
    """In the template's language or in English; any other is refused in its own spelling of the sentence."""
    button = {"type": "OTP", "otp_type": "COPY_CODE", "text": label}
    given = replace(code_draft(button), language="de")
    known = {"copy code", authentication_texts("de").copy.casefold()}

    if label.casefold() in known:
        check(given)
    else:
        assert error_shown(given) == (
            2388060,
            "Button format is incorrect",
            "Buttons can't have any variables, newlines, emojis, or formatting characters.",
        )
    check(given, EditorLimits(fixes_labels=False))


@pytest.mark.parametrize("buttons", [(), (REPLY,), ({"type": "OTP"}, {"type": "OTP"})])
def test_an_authentication_template_has_exactly_one_otp_button(buttons: tuple[Any, ...]) -> None:
    """No more, no less, no other."""
    message = "An authentication template must have exactly one OTP button."

    assert error_shown(code_draft(*buttons)) == (None, OTP_TITLE, message)


def test_otp_buttons_are_for_authentication_alone() -> None:
    """A utility template cannot have one."""
    assert error_shown(draft({"type": "OTP", "otp_type": "COPY_CODE"}))[2] == (
        "OTP buttons are only for authentication templates."
    )


@pytest.mark.parametrize("kind", ["ONE_TAP", "ZERO_TAP"])
def test_tapping_codes_need_an_app(kind: str) -> None:
    """Autofill goes to apps that are named with package and signature."""
    button = {"type": "OTP", "otp_type": kind, "zero_tap_terms_accepted": True}

    check(code_draft(button | {"supported_apps": [APP]}))
    assert error_shown(code_draft(button))[0] == 2388050
    assert error_shown(code_draft(button | {"supported_apps": [APP] * 6}))[2] == (
        "An OTP button can have at most 5 supported apps."
    )
    assert error_shown(code_draft(button | {"supported_apps": [APP | {"package_name": "shop"}]}))[2] == (
        '"shop" is not a valid package name.'
    )
    assert error_shown(code_draft(button | {"supported_apps": [APP | {"signature_hash": "short"}]}))[2] == (
        "A signature hash must have exactly 11 characters."
    )


def test_zero_tap_terms_are_accepted_expressly() -> None:
    """Silence is no consent."""
    button = {"type": "OTP", "otp_type": "ZERO_TAP", "supported_apps": [APP]}

    assert error_shown(code_draft(button))[2] == "Zero-tap buttons need zero_tap_terms_accepted to be true."


def test_an_otp_button_says_how_the_code_is_taken() -> None:
    """otp_type is needed and is one of three."""
    assert error_shown(code_draft({"type": "OTP"}))[2] == (
        "button at index 0 of type OTP is missing expected field(s) (otp_type)"
    )
    with pytest.raises(GraphError, match=r'must be one of \{COPY_CODE, ONE_TAP, ZERO_TAP\} - got "TWO_TAP"'):
        check(code_draft({"type": "OTP", "otp_type": "TWO_TAP"}))


def test_a_button_that_never_was_is_a_complaint_about_an_enum() -> None:
    """Graph lists what there is."""
    with pytest.raises(GraphError, match=r"Param buttons\[0\]\['type'\] must be one of .* - got \"LEVER\"\."):
        check(draft({"type": "LEVER"}))


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (draft(*(REPLY,) * 12), "It has 12 buttons, 2 too many."),
        (
            code_draft({"type": "OTP", "otp_type": "ONE_TAP", "supported_apps": [APP] * 7}),
            "It has 7, 2 too many.",
        ),
        (code_draft(), "The buttons are none."),
        (code_draft(URL, PHONE), "The buttons are URL, PHONE_NUMBER."),
    ],
)
def test_the_hint_says_what_buttons_there_are(given: Draft, hint: str) -> None:
    """And how many too many."""
    with pytest.raises(TemplateEditorError) as refused:
        check(given)

    assert refused.value.hint.startswith(hint)


def test_an_address_has_one_variable() -> None:
    """Not the same one twice."""
    twice = URL | {"url": "https://shop.example/{{1}}/{{1}}", "example": ["https://shop.example/a/a"]}

    assert error_shown(draft(twice))[0] == 2388052
