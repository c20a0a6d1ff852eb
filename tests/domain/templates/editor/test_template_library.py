"""The template library: finding in it, and making a template of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.templates import template

from emulator.domain.errors import NOT_EMULATED, PlatformError, TemplateEditorError
from emulator.domain.templates.editor.library import (
    LibraryFilter,
    LibraryRequest,
    LibraryTemplate,
    detached_from_library,
    draft_from_library,
)
from emulator.domain.templates.template import Draft

FAILED = LibraryTemplate(
    id="1",
    name="delivery_failed_1",
    language="en_US",
    category="UTILITY",
    topic="ORDER_MANAGEMENT",
    usecase="DELIVERY_FAILED",
    industry=("E_COMMERCE",),
    header="Delivery failed",
    body="{{1}}, we tried to deliver your order on {{2}}.",
    body_params=("John", "Jan 1, 2024"),
    body_param_types=("TEXT", "DATE"),
    footer="Lucky Shrub",
    buttons=(
        {"type": "URL", "text": "Manage delivery", "url": "https://www.example.com"},
        {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+18005551234"},
        {"type": "QUICK_REPLY", "text": "Later"},
    ),
)
ALERT = LibraryTemplate(
    id="2",
    name="fraud_alert_1",
    language="en",
    category="UTILITY",
    topic="ACCOUNT_UPDATES",
    usecase="FRAUD_ALERT",
    industry=("E_COMMERCE", "FINANCIAL_SERVICES"),
    body="We noticed something.",
)
LIBRARY = (FAILED, ALERT)
URL = {"type": "URL", "url": {"base_url": "https://shop.example/orders/{{1}}", "url_suffix_example": "7"}}
PHONE = {"type": "PHONE_NUMBER", "phone_number": "+16315551010"}


def wish(*inputs: dict[str, Any], library_name: str = "delivery_failed_1", **changes: Any) -> LibraryRequest:
    draft = Draft("missed_you", "en_US", "UTILITY", (), message_send_ttl_seconds=60, options={"a": 1})
    return LibraryRequest(replace(draft, **changes), library_name, inputs)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (LibraryFilter(), [FAILED, ALERT]),
        (LibraryFilter(search="LUCKY"), [FAILED]),
        (LibraryFilter(search="delivery failed"), [FAILED]),
        (LibraryFilter(search="tried to"), [FAILED]),
        (LibraryFilter(search="fraud_"), [ALERT]),
        (LibraryFilter(name="fraud"), []),
        (LibraryFilter(name="fraud_alert_1"), [ALERT]),
        (LibraryFilter(topic="ACCOUNT_UPDATE"), [ALERT]),
        (LibraryFilter(topic="ACCOUNT_UPDATES"), [ALERT]),
        (LibraryFilter(usecase="DELIVERY_FAILED"), [FAILED]),
        (LibraryFilter(industry=("FINANCIAL_SERVICES",)), [ALERT]),
        (LibraryFilter(industry=("E_COMMERCE",), language="en_US"), [FAILED]),
    ],
)
def test_the_library_is_filtered(asked: LibraryFilter, found: list[LibraryTemplate]) -> None:
    """By a part of its words, by name, topic (in both of its spellings), use case, industry and language."""
    assert asked.select(LIBRARY) == found


def test_a_template_is_made_with_what_goes_into_its_buttons() -> None:
    """Words and samples are the library's, addresses and numbers the author's; it knows where it is from."""
    made = draft_from_library(wish(PHONE, URL), LIBRARY)

    assert made == Draft(
        "missed_you",
        "en_US",
        "UTILITY",
        (
            {"type": "HEADER", "format": "TEXT", "text": "Delivery failed"},
            {
                "type": "BODY",
                "text": "{{1}}, we tried to deliver your order on {{2}}.",
                "example": {"body_text": [["John", "Jan 1, 2024"]]},
            },
            {"type": "FOOTER", "text": "Lucky Shrub"},
            {
                "type": "BUTTONS",
                "buttons": [
                    {
                        "type": "URL",
                        "text": "Manage delivery",
                        "url": "https://shop.example/orders/{{1}}",
                        "example": ["7"],
                    },
                    {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+16315551010"},
                    {"type": "QUICK_REPLY", "text": "Later"},
                ],
            },
        ),
        message_send_ttl_seconds=60,
        options={"a": 1, "library_template_name": "delivery_failed_1"},
        parameter_types=("TEXT", "DATE"),
    )
    assert made.is_from_library


def test_a_template_without_buttons_takes_no_inputs() -> None:
    """And one without variables has no sample."""
    assert draft_from_library(wish(library_name="fraud_alert_1", language="en"), LIBRARY).components == (
        {"type": "BODY", "text": "We noticed something."},
    )


@pytest.mark.parametrize("inputs", [(), (URL,), (PHONE,), (URL, URL)])
def test_every_button_that_leads_somewhere_needs_its_input(inputs: tuple[dict[str, Any], ...]) -> None:
    """A hint names the button."""
    with pytest.raises(PlatformError) as refused:
        draft_from_library(wish(*inputs), LIBRARY)

    assert refused.value.message == "(#100) The parameter library_template_button_inputs is required."
    assert "The button at index" in (refused.value.hint or "")


def refusal(request: LibraryRequest) -> tuple[int | None, str]:
    with pytest.raises(TemplateEditorError) as refused:
        draft_from_library(request, LIBRARY)
    return refused.value.subcode, refused.value.user_message


def test_an_input_without_a_button_is_refused() -> None:
    """So that nobody looks for it in the message."""
    assert refusal(wish(URL, PHONE, PHONE)) == (
        None,
        "The library template has no button for an input of type PHONE_NUMBER.",
    )


@pytest.mark.parametrize(
    ("given", "subcode", "message"),
    [
        ({"base_url": "https://wa.me/1"}, 2388081, "Direct links to WhatsApp aren't allowed for buttons."),
        (
            {"base_url": "https://shop.example/{{1}}"},
            2388043,
            "component of type BUTTONS is missing expected field(s) (example)",
        ),
        ({}, 2388050, "button at index 0 of type URL is missing expected field(s) (url)"),
    ],
)
def test_inputs_are_held_to_the_rules_of_buttons(given: dict[str, str], subcode: int, message: str) -> None:
    """An address is an address, wherever its template comes from."""
    assert refusal(wish({"type": "URL", "url": given}, PHONE)) == (subcode, message)


def test_a_library_template_keeps_its_category() -> None:
    """All of them are utility."""
    assert refusal(wish(URL, PHONE, category="MARKETING")) == (
        None,
        "A template from the template library must be UTILITY.",
    )


@pytest.mark.parametrize(
    ("library_name", "language", "hint"),
    [
        ("weather_1", "en_US", "The emulator has a part of the library only."),
        ("fraud_alert_1", "en_US", "The library has it in en."),
    ],
)
def test_what_is_not_in_the_library_counts_as_not_emulated(
    library_name: str, language: str, hint: str
) -> None:
    """The platform may have it: a test that meets this should know."""
    with pytest.raises(TemplateEditorError) as refused:
        draft_from_library(wish(library_name=library_name, language=language), LIBRARY)

    assert refused.value.rule == NOT_EMULATED
    assert (refused.value.hint or "").startswith(hint)
    assert refused.value.facts == {"feature": f"library template {library_name}"}


def test_a_template_whose_words_change_is_the_library_s_no_longer() -> None:
    """Its values have no types any more."""
    options = {"library_template_name": "fraud_alert_1", "is_sms_fallback_enabled": True}
    made = template({"type": "BODY", "text": "Hi"}, options=options, parameter_types=("DATE",))

    changed = detached_from_library(made)

    assert (changed.options, changed.parameter_types) == ({"is_sms_fallback_enabled": True}, ())
    assert not changed.is_from_library
