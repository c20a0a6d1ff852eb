"""Templates are read as they are created, and edits of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.refusals import complaint, refusal_of

from emulator.domain.templates.template import Draft
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import TemplateEdit, read_draft, read_edit

BODY = {"type": "BODY", "text": "Your order is ready."}


DRAFT = {"name": "order_ready", "language": "en_US", "category": "utility", "components": [BODY]}


def draft(**changes: Any) -> Draft:
    return read_draft(Parameter(DRAFT | changes))


def test_a_draft_is_read_in_canonical_form() -> None:
    """Types go to upper case, a phone number gets its plus, the rest stays as written."""
    given = draft(
        parameter_format="named",
        message_send_ttl_seconds="60",
        components=[
            {"type": "header", "format": "text", "text": "Hello"},
            BODY | {"type": "body", "example": None},
            {
                "type": "buttons",
                "buttons": [
                    {"type": "phone_number", "text": "Call", "phone_number": "59898400766"},
                    {"type": "phone_number", "text": "Call", "phone_number": "+1555"},
                ],
            },
        ],
    )

    assert given == Draft(
        "order_ready",
        "en_US",
        "utility",
        (
            {"type": "HEADER", "format": "TEXT", "text": "Hello"},
            BODY,
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+59898400766"},
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+1555"},
                ],
            },
        ),
        "NAMED",
        60,
    )


def test_a_recorded_creation_comes_back_as_recorded() -> None:
    """The components of a real exchange, before and after."""
    text = (
        "Thank you for your order, {{1}}! Your confirmation number is {{2}}. If you have any questions, "
        "please use the buttons below to contact support. Thank you for being a customer!"
    )
    body = {"type": "BODY", "text": text, "example": {"body_text": [["Ignacio", "860198-230332"]]}}
    call = {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "59898400766"}
    visit = {"type": "URL", "text": "Contact Support", "url": "https://www.luckyshrub.com/support"}

    given = draft(components=[body, {"type": "BUTTONS", "buttons": [call, visit]}])

    assert given.components == (
        body,
        {"type": "BUTTONS", "buttons": [call | {"phone_number": "+59898400766"}, visit]},
    )


def test_components_may_come_as_the_json_string_of_a_form() -> None:
    """Forms carry arrays as text."""
    assert draft(components=json.dumps([BODY])) == draft()


def test_authentication_components_are_read() -> None:
    """Truth values and numbers as forms spell them; the old fields of an OTP button move to its app."""
    given = draft(
        components=[
            {"type": "body", "add_security_recommendation": "true"},
            {"type": "footer", "code_expiration_minutes": "10"},
            {
                "type": "buttons",
                "buttons": [
                    {"type": "otp", "otp_type": "one_tap", "package_name": "com.x", "signature_hash": "abc"}
                ],
            },
        ]
    )

    assert given.components == (
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "OTP",
                    "otp_type": "ONE_TAP",
                    "supported_apps": [{"package_name": "com.x", "signature_hash": "abc"}],
                }
            ],
        },
    )


def test_cards_offers_and_their_buttons_are_read() -> None:
    """In canonical form down to the buttons of the cards, everything else as submitted."""
    given = draft(
        components=[
            {"type": "limited_time_offer", "limited_time_offer": {"text": "Soon", "has_expiration": "true"}},
            {"type": "call_permission_request"},
            {
                "type": "carousel",
                "cards": [
                    {
                        "components": [
                            {"type": "header", "format": "product"},
                            {"type": "buttons", "buttons": [{"type": "spm", "text": "View"}]},
                        ]
                    }
                ],
            },
            {
                "type": "buttons",
                "buttons": [
                    {
                        "type": "flow",
                        "text": "Go",
                        "flow_id": 7,
                        "flow_action": "data_exchange",
                        "icon": "review",
                    },
                    {"type": "voice_call", "text": "Call", "ttl_minutes": "60"},
                ],
            },
        ]
    )

    spm = {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}
    assert given.components == (
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon", "has_expiration": True}},
        {"type": "CALL_PERMISSION_REQUEST"},
        {"type": "CAROUSEL", "cards": [{"components": [{"type": "HEADER", "format": "PRODUCT"}, spm]}]},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "FLOW",
                    "text": "Go",
                    "flow_id": "7",
                    "flow_action": "DATA_EXCHANGE",
                    "icon": "REVIEW",
                },
                {"type": "VOICE_CALL", "text": "Call", "ttl_minutes": 60},
            ],
        },
    )


@pytest.mark.parametrize("key", ["name", "language", "category", "components"])
def test_a_draft_needs_four_things(key: str) -> None:
    """Each is asked for by name."""
    assert complaint(draft, **{key: None})[0] == f"(#100) The parameter {key} is required."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"category": 5}, "Param category must be a string."),
        ({"components": {}}, "Param components must be an array."),
        ({"components": ["x"]}, "Param components[0] must be a JSON object."),
        ({"components": [{}]}, "The parameter components[0]['type'] is required."),
        (
            {"components": [{"type": "sidebar"}]},
            "Param components[0]['type'] must be one of {HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, "
            'LIMITED_TIME_OFFER, CALL_PERMISSION_REQUEST} - got "sidebar".',
        ),
        (
            {"components": [{"type": "header", "format": "AUDIO"}]},
            "Param components[0]['format'] must be one of {TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION, PRODUCT, "
            'GIF} - got "AUDIO".',
        ),
        ({"components": [{"type": "body", "text": 5}]}, "Param components[0]['text'] must be a string."),
        ({"components": [BODY | {"example": "x"}]}, "Param components[0]['example'] must be a JSON object."),
        (
            {"components": [{"type": "buttons", "buttons": {}}]},
            "Param components[0]['buttons'] must be an array.",
        ),
        (
            {"components": [{"type": "buttons", "buttons": [{"type": "lever"}]}]},
            "Param components[0]['buttons'][0]['type'] must be one of {QUICK_REPLY, URL, PHONE_NUMBER, "
            "COPY_CODE, OTP, FLOW, CATALOG, MPM, SPM, VOICE_CALL, ORDER_DETAILS, REQUEST_CONTACT_INFO, "
            'APP} - got "lever".',
        ),
        (
            {"parameter_format": "mixed"},
            'Param parameter_format must be one of {NAMED, POSITIONAL} - got "mixed".',
        ),
        ({"message_send_ttl_seconds": "soon"}, "Param message_send_ttl_seconds must be an integer."),
        ({"components": [{"type": "carousel"}]}, "The parameter components[0]['cards'] is required."),
        (
            {"components": [{"type": "carousel", "cards": [{}]}]},
            "The parameter components[0]['cards'][0]['components'] is required.",
        ),
        (
            {"components": [{"type": "carousel", "cards": [{"components": [{"type": "footer"}]}]}]},
            "Param components[0]['cards'][0]['components'][0]['type'] must be one of {HEADER, BODY, BUTTONS} "
            '- got "footer".',
        ),
        (
            {"components": [{"type": "limited_time_offer", "limited_time_offer": "Soon"}]},
            "Param components[0]['limited_time_offer'] must be a JSON object.",
        ),
        (
            {"components": [{"type": "buttons", "buttons": [{"type": "flow", "flow_action": "jump"}]}]},
            "Param components[0]['buttons'][0]['flow_action'] must be one of {NAVIGATE, DATA_EXCHANGE} - got "
            '"jump".',
        ),
    ],
)
def test_a_draft_that_is_badly_formed_is_complained_about(changes: dict[str, Any], message: str) -> None:
    """In Graph's words, with the path."""
    assert complaint(draft, **changes) == (f"(#100) {message}", None)


def button(**members: Any) -> Draft:
    return draft(components=[BODY, {"type": "buttons", "buttons": [{"type": "url"}, members]}])


@pytest.mark.parametrize("number", ["123", "CALL-ME", "", "+1;555010", "+", "call +1 650 555 1234"])
def test_a_number_that_is_none_has_a_code_of_its_own(number: str) -> None:
    """192, with the path in brackets."""
    error = refusal_of(button, type="phone_number", text="Call", phone_number=number)

    assert (error.code, error.subcode, error.message) == (
        192,
        None,
        "(#192) Param components[1]['buttons'][1]['phone_number'] is not a valid phone number.",
    )


@pytest.mark.parametrize("number", ["59898400766", 59898400766, "+1 (631) 555-1010", "49.151.23456789"])
def test_a_number_is_read_with_its_plus(number: str | int) -> None:
    """However it is written."""
    read = button(type="phone_number", text="Call", phone_number=number).components[1]["buttons"][1]

    assert read["phone_number"] == "+" + str(number).removeprefix("+")


@pytest.mark.parametrize(
    "url",
    [
        "{{link}}",
        "shop.example",
        "shop.example/?a={{1}}",
        "ftp://shop.example",
        "https://[",
        "https://{{1}}",
        "",
    ],
)
def test_an_address_that_is_none_is_refused_by_the_reader(url: str) -> None:
    """With the path, also in a card."""
    spelled = {"type": "url", "text": "Go", "url": url}
    card = {"components": [{"type": "header", "format": "image"}, {"type": "buttons", "buttons": [spelled]}]}

    assert complaint(button, **spelled)[0] == (
        "(#100) Param components[1]['buttons'][1]['url'] is not a valid URI."
    )
    assert complaint(draft, components=[BODY, {"type": "carousel", "cards": [card, card]}])[0] == (
        "(#100) Param components[1]['cards'][0]['components'][1]['buttons'][0]['url'] is not a valid URI."
    )


@pytest.mark.parametrize(
    "url", ["https://shop.example/{{1}}", "HTTP://shop.example", "https://a.example/{{1}}/b"]
)
def test_an_address_may_have_variables(url: str) -> None:
    """Where they stand is judged by the editor."""
    assert button(type="url", text="Go", url=url).components[1]["buttons"][1]["url"] == url


@pytest.mark.parametrize(
    ("component", "message"),
    [
        (
            {"type": "body", "text": "x", "example": {"body_text_named_params": {"param_name": "a"}}},
            "Param components[0]['example']['body_text_named_params'] must be an array.",
        ),
        (
            {"type": "limited_time_offer", "limited_time_offer": {"has_expiration": "perhaps"}},
            "Param components[0]['limited_time_offer']['has_expiration'] must be a boolean.",
        ),
        (
            {"type": "buttons", "buttons": [{"type": "voice_call", "ttl_minutes": "soon"}]},
            "Param components[0]['buttons'][0]['ttl_minutes'] must be an integer.",
        ),
        (
            {"type": "footer", "code_expiration_minutes": "soon"},
            "Param components[0]['code_expiration_minutes'] must be an integer.",
        ),
    ],
)
def test_a_member_of_another_type_is_complained_about(component: dict[str, Any], message: str) -> None:
    """By the row of the schema, with its path."""
    assert complaint(draft, components=[component]) == (f"(#100) {message}", None)


def test_reading_leaves_the_request_alone() -> None:
    """What the caller sent is not changed."""
    sent = {"type": "limited_time_offer", "limited_time_offer": {"text": "Soon", "has_expiration": "true"}}

    draft(components=[sent])

    assert sent["limited_time_offer"] == {"text": "Soon", "has_expiration": "true"}


def test_the_category_is_not_judged() -> None:
    """Which categories there are is a setting."""
    assert draft(category="account_update").category == "account_update"


@pytest.mark.parametrize(("version", "apps"), [(20, True), (21, False), (None, True)])
def test_an_app_stands_on_the_button_itself_until_20(version: int | None, apps: bool) -> None:
    """Later versions read ``supported_apps`` alone; a seed may write either."""
    app = {"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}
    button = {"type": "OTP", "otp_type": "ONE_TAP", **app}
    components = [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [button]}]

    read = read_draft(Parameter(DRAFT | {"components": components}), version)

    (made,) = read.components[1]["buttons"]
    assert (made.get("supported_apps") == [app]) == apps


def test_options_are_taken_as_they_are() -> None:
    """Truth values in any spelling, words of a fixed set in any case, specifications as objects."""
    options = {
        "cta_url_link_tracking_opted_out": "true",
        "degrees_of_freedom_spec": {"creative_features_spec": {}},
        "display_format": "order_details",
        "is_primary_device_delivery_only": 1,
        "is_sms_fallback_enabled": False,
        "product_set_id": 17,
        "send_type": "campaign",
        "sub_category": "order_status",
    }

    assert draft(**options, allow_category_change=True, colour="red").options == {
        "cta_url_link_tracking_opted_out": True,
        "degrees_of_freedom_spec": {"creative_features_spec": {}},
        "display_format": "ORDER_DETAILS",
        "is_primary_device_delivery_only": True,
        "is_sms_fallback_enabled": False,
        "product_set_id": "17",
        "send_type": "CAMPAIGN",
        "sub_category": "ORDER_STATUS",
    }


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("display_format", "BIG", 'must be one of {ORDER_DETAILS} - got "BIG".'),
        (
            "sub_category",
            "CUSTOM",
            'must be one of {ORDER_DETAILS, ORDER_STATUS, RICH_ORDER_STATUS} - got "CUSTOM".',
        ),
        ("send_type", "NOW", 'must be one of {CAMPAIGN, DIRECT, TRIGGER} - got "NOW".'),
        ("is_sms_fallback_enabled", "perhaps", "must be a boolean."),
        ("degrees_of_freedom_spec", "x", "must be a JSON object."),
    ],
)
def test_an_option_that_makes_no_sense_is_complained_about(member: str, value: object, expected: str) -> None:
    """In the words of the generic reader."""
    assert complaint(draft, **{member: value}) == (f"(#100) Param {member} {expected}", None)


def test_an_edit_replaces_what_it_names() -> None:
    """Everything is optional."""
    assert read_edit(Parameter({})) == TemplateEdit()
    assert read_edit(
        Parameter({"category": "marketing", "components": [BODY], "message_send_ttl_seconds": 60})
    ) == TemplateEdit("marketing", (BODY,), 60)
