"""The grammar of template requests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from emulator.domain.errors import PlatformError
from emulator.domain.templates.matching import SentComponent, SentParameter
from emulator.domain.templates.refusals import NotEmulated
from emulator.domain.templates.template import Draft
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import Edit, read_draft, read_edit, read_sent_components

BODY = {"type": "BODY", "text": "Your order is ready."}
DRAFT = {"name": "order_ready", "language": "en_US", "category": "utility", "components": [BODY]}
PARAMETER = "template['components'][0]['parameters'][0]"


def draft(**changes: Any) -> Draft:
    return read_draft(Parameter(DRAFT | changes))


def sent(*components: Any) -> tuple[SentComponent, ...]:
    return read_sent_components(Parameter(list(components), ("template", "components")))


def parameter(**members: Any) -> SentParameter:
    return sent({"type": "body", "parameters": [members]})[0].parameters[0]


def complaint(read: Any, *args: Any, **members: Any) -> tuple[str, str | None]:
    with pytest.raises(PlatformError) as refused:
        read(*args, **members)
    assert refused.value.code == 100
    return refused.value.message, refused.value.details


def test_a_draft_is_read_in_canonical_form():
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


def test_a_recorded_creation_comes_back_as_recorded():
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


def test_components_may_come_as_the_json_string_of_a_form():
    """Forms carry arrays as text."""
    assert draft(components=json.dumps([BODY])) == draft()


def test_authentication_components_are_read():
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


@pytest.mark.parametrize("key", ["name", "language", "category", "components"])
def test_a_draft_needs_four_things(key):
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
    ],
)
def test_a_draft_that_is_badly_formed_is_complained_about(changes, message):
    """In Graph's words, with the path."""
    assert complaint(draft, **changes) == (f"(#100) {message}", None)


def test_the_category_is_not_judged():
    """Which categories there are is a setting."""
    assert draft(category="account_update").category == "account_update"


def test_library_templates_are_not_emulated():
    """They have no components of their own."""
    with pytest.raises(NotEmulated):
        draft(library_template_name="delivery_update_1", components=None)


def test_an_edit_replaces_what_it_names():
    """Everything is optional."""
    assert read_edit(Parameter({})) == Edit()
    assert read_edit(
        Parameter({"category": "marketing", "components": [BODY], "message_send_ttl_seconds": 60})
    ) == Edit("marketing", (BODY,), 60)


def test_sent_components_are_read_in_canonical_form():
    """Types in any case, an index as number or numeric string."""
    components = sent(
        {"type": "Header", "parameters": [{"type": "image", "image": {"id": 7}}]},
        {"type": "body", "parameters": [{"type": "TEXT", "text": "Ann", "parameter_name": "name"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": "x"}],
        },
        {"type": "BUTTON", "sub_type": "COPY_CODE", "index": 1},
    )

    assert components == (
        SentComponent("HEADER", parameters=(SentParameter("IMAGE", payload={"id": "7"}),)),
        SentComponent("BODY", parameters=(SentParameter("TEXT", "Ann", "name"),)),
        SentComponent("BUTTON", "QUICK_REPLY", 0, (SentParameter("PAYLOAD", "x"),)),
        SentComponent("BUTTON", "COPY_CODE", 1),
    )
    assert components[0].parameters[0].path == f"{PARAMETER}['image']"


def test_a_template_may_need_no_components():
    """Absent and empty are the same."""
    assert read_sent_components(Parameter(None, ("template", "components"))) == ()
    assert sent() == ()


def test_values_of_every_kind_are_read():
    """A currency and a date are read for their fallback, a place and a file for what they are."""
    assert parameter(
        type="currency", currency={"fallback_value": "$1", "code": "USD", "amount_1000": 1000}
    ) == SentParameter("CURRENCY", "$1", payload={"fallback_value": "$1", "code": "USD", "amount_1000": 1000})
    assert parameter(type="date_time", date_time={"fallback_value": "May 1"}).text == "May 1"
    assert parameter(type="coupon_code", coupon_code="X").text == "X"
    assert parameter(
        type="document", document={"link": "https://x.example/a", "filename": "a.pdf"}
    ).payload == {
        "link": "https://x.example/a",
        "filename": "a.pdf",
    }
    place = {"latitude": 1.5, "longitude": 2, "name": "Shop"}
    assert parameter(type="location", location=place).payload == place


@pytest.mark.parametrize(
    ("members", "details"),
    [
        ({"type": "text"}, "Parameter 'text' is mandatory for component parameter type 'text'"),
        ({"type": "text", "text": ""}, "Parameter 'text' is mandatory for component parameter type 'text'"),
        ({"type": "IMAGE"}, "Parameter 'image' is mandatory for component parameter type 'image'"),
    ],
)
def test_a_parameter_brings_its_value(members, details):
    """The recorded complaint; an empty text counts as none."""
    assert complaint(parameter, **members) == ("(#100) Invalid parameter", details)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"type": "text", "text": 5}, f"Param {PARAMETER}['text'] must be a string."),
        ({"type": "text", "text": "a", "value": "b"}, f'Unexpected key "value" on param "{PARAMETER}".'),
        ({"text": "a"}, f"The parameter {PARAMETER}['type'] is required."),
        (
            {"type": "image", "image": {"link": "shop.example/a.png"}},
            f"Param {PARAMETER}['image']['link'] is not a valid URI.",
        ),
        (
            {"type": "image", "image": {"link": "ftp://x.example/a"}},
            f"Param {PARAMETER}['image']['link'] is not a valid URI.",
        ),
        ({"type": "video", "video": {}}, f"The parameter {PARAMETER}['video']['id'] is required."),
        (
            {"type": "image", "image": {"id": "1", "filename": "a"}},
            f'Unexpected key "filename" on param "{PARAMETER}[\'image\']".',
        ),
        ({"type": "image", "image": "1"}, f"Param {PARAMETER}['image'] must be a JSON object."),
        (
            {"type": "currency", "currency": {"code": "USD"}},
            f"The parameter {PARAMETER}['currency']['fallback_value'] is required.",
        ),
        (
            {"type": "location", "location": {"latitude": 1}},
            f"The parameter {PARAMETER}['location']['longitude'] is required.",
        ),
    ],
)
def test_a_parameter_that_is_badly_formed_is_complained_about(members, message):
    """In Graph's words, with the path."""
    assert complaint(parameter, **members) == (f"(#100) {message}", None)


@pytest.mark.parametrize(
    ("component", "message"),
    [
        (
            {"type": "tail"},
            "Param template['components'][0]['type'] must be one of {HEADER, BODY, BUTTON, CAROUSEL, "
            'LIMITED_TIME_OFFER, TAP_TARGET_CONFIGURATION} - got "tail".',
        ),
        (
            {"type": "button", "index": 0},
            "The parameter template['components'][0]['sub_type'] is required.",
        ),
        (
            {"type": "button", "sub_type": "url"},
            "The parameter template['components'][0]['index'] is required.",
        ),
        (
            {"type": "button", "sub_type": "url", "index": "first"},
            "Param template['components'][0]['index'] must be an integer.",
        ),
        (
            {"type": "button", "sub_type": "lever", "index": 0},
            "Param template['components'][0]['sub_type'] must be one of {QUICK_REPLY, URL, PHONE_NUMBER, "
            'COPY_CODE, FLOW, CATALOG, MPM, SPM, ORDER_DETAILS, VOICE_CALL} - got "lever".',
        ),
        (
            {"type": "body", "parameters": {}},
            "Param template['components'][0]['parameters'] must be an array.",
        ),
        (
            {"type": "body", "text": "x"},
            'Unexpected key "text" on param "template[\'components\'][0]".',
        ),
    ],
)
def test_a_component_that_is_badly_formed_is_complained_about(component, message):
    """In Graph's words, with the path."""
    assert complaint(sent, component) == (f"(#100) {message}", None)


@pytest.mark.parametrize(
    "component",
    [
        {"type": "carousel", "cards": []},
        {"type": "limited_time_offer"},
        {"type": "tap_target_configuration"},
        {"type": "button", "sub_type": "flow", "index": 0, "parameters": [{"type": "action", "action": {}}]},
        {"type": "body", "parameters": [{"type": "product", "product": {}}]},
    ],
)
def test_what_the_platform_knows_and_the_emulator_does_not_says_so(component):
    """An unsupported component is no mistake of the caller."""
    with pytest.raises(NotEmulated):
        sent(component)
