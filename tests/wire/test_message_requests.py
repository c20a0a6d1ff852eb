"""Sends and read receipts are read, and refused with the platform's words."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import SHEENA
from kit.refusals import refusal_of

from emulator.domain.errors import PlatformError
from emulator.domain.messages.outbound import MarkRead, Send, TemplateUse, text
from emulator.wire.parameters import Parameter
from emulator.wire.requests import messages

TEXT = {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}


TEMPLATE = {
    "messaging_product": "whatsapp",
    "to": SHEENA,
    "type": "template",
    "template": {"name": "order_shipped", "language": {"code": "en_US"}},
}


TYPES = (
    "{AUDIO, CONTACTS, DOCUMENT, GIF, IMAGE, INTERACTIVE, LINK_PREVIEW, LOCATION, PIN, REACTION, STICKER, "
    "TEMPLATE, TEXT, VIDEO}"
)


FIRST = "template['components'][0]['parameters'][0]"


def read(body: dict[str, Any]) -> Send | MarkRead:
    return messages.read(Parameter(body))


def refusal(body: dict[str, Any]) -> PlatformError:
    return refusal_of(read, body)


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in names}


def template(**facts: Any) -> dict[str, Any]:
    return TEMPLATE | {"template": TEMPLATE["template"] | facts}  # type: ignore[operator]


def with_parameter(**members: Any) -> dict[str, Any]:
    return template(components=[{"type": "body", "parameters": [members]}])


COMPLAINTS = [
    ("nothing", {}, "(#100) The parameter messaging_product is required."),
    (
        "no product",
        without(TEXT, "messaging_product"),
        "(#100) The parameter messaging_product is required.",
    ),
    ("no to", without(TEXT, "to"), "The parameter to is required."),
    ("empty to", TEXT | {"to": ""}, "The parameter to is required."),
    ("to of null", TEXT | {"to": None}, "The parameter to is required."),
    (
        "wrong product",
        TEXT | {"messaging_product": "foo"},
        '(#100) Param messaging_product must be one of {WHATSAPP} - got "foo".',
    ),
    ("wrong type", TEXT | {"type": "jpeg"}, f'(#100) Param type must be one of {TYPES} - got "jpeg".'),
    ("type of a number", TEXT | {"type": 7}, f'(#100) Param type must be one of {TYPES} - got "7".'),
    (
        "wrong recipient_type",
        TEXT | {"recipient_type": "crowd"},
        '(#100) Param recipient_type must be one of {INDIVIDUAL, GROUP} - got "crowd".',
    ),
    ("to of an object", TEXT | {"to": {"a": 1}}, "(#100) Param to must be a string."),
    ("to of a truth value", TEXT | {"to": True}, "(#100) Param to must be a string."),
    ("text of a text", TEXT | {"text": "Hello"}, "(#100) Param text must be a JSON object."),
    ("text of a list", TEXT | {"text": ["Hello"]}, "(#100) Param text must be a JSON object."),
    ("no body", TEXT | {"text": {"preview_url": True}}, "(#100) The parameter text['body'] is required."),
    ("empty body", TEXT | {"text": {"body": ""}}, "(#100) The parameter text['body'] is required."),
    ("body of a number", TEXT | {"text": {"body": 7}}, "(#100) Param text['body'] must be a string."),
    (
        "unknown member of text",
        TEXT | {"text": {"body": "Hello", "templateId": 1}},
        '(#100) Unexpected key "templateId" on param "text".',
    ),
    (
        "unknown member of template",
        template(templateId=1),
        '(#100) Unexpected key "templateId" on param "template".',
    ),
    (
        "preview of a word",
        TEXT | {"text": {"body": "Hello", "preview_url": "perhaps"}},
        "(#100) Param text['preview_url'] must be a boolean.",
    ),
    ("context of a text", TEXT | {"context": "wamid.1"}, "(#100) Param context must be a JSON object."),
    ("empty context", TEXT | {"context": {}}, "(#100) The parameter context['message_id'] is required."),
    (
        "unknown member of context",
        TEXT | {"context": {"message_id": "wamid.1", "from": "1"}},
        '(#100) Unexpected key "from" on param "context".',
    ),
    (
        "callback data of an object",
        TEXT | {"biz_opaque_callback_data": {}},
        "(#100) Param biz_opaque_callback_data must be a string.",
    ),
    ("no name", template(name=None), "(#100) The parameter template['name'] is required."),
    ("no language", template(language=None), "(#100) The parameter template['language'] is required."),
    ("language", template(language="en_US"), "(#100) Param template['language'] must be a JSON object."),
    ("no code", template(language={}), "(#100) The parameter template['language']['code'] is required."),
    (
        "policy",
        template(language={"code": "en_US", "policy": "fallback"}),
        "(#100) Param template['language']['policy'] must be one of {DETERMINISTIC} - got \"fallback\".",
    ),
    ("components", template(components={}), "(#100) Param template['components'] must be an array."),
    (
        "component of a text",
        template(components=["body"]),
        "(#100) Param template['components'][0] must be a JSON object.",
    ),
    (
        "no component type",
        template(components=[{}]),
        "(#100) The parameter template['components'][0]['type'] is required.",
    ),
    (
        "unknown member of a component",
        template(components=[{"type": "body"}, {"type": "body", "text": "Hello"}]),
        '(#100) Unexpected key "text" on param "template[\'components\'][1]".',
    ),
    (
        "parameter text of a list",
        with_parameter(type="text", text=[7]),
        f"(#100) Param {FIRST}['text'] must be a string.",
    ),
    (
        "media link",
        with_parameter(type="image", image={"link": "not a link"}),
        f"(#100) Param {FIRST}['image']['link'] is not a valid URI.",
    ),
    (
        "unknown member of media",
        with_parameter(type="image", image={"link": "https://example.com/a.png", "filename": "a.png"}),
        f'(#100) Unexpected key "filename" on param "{FIRST}[\'image\']".',
    ),
    (
        "read receipt without id",
        {"messaging_product": "whatsapp", "status": "read"},
        "(#100) The parameter message_id is required.",
    ),
    (
        "read receipt of another status",
        {"messaging_product": "whatsapp", "status": "seen", "message_id": "wamid.1"},
        '(#100) Param status must be one of {READ} - got "seen".',
    ),
    (
        "typing indicator of another type",
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": "wamid.1",
            "typing_indicator": {"type": "voice"},
        },
        "(#100) Param typing_indicator['type'] must be one of {TEXT} - got \"voice\".",
    ),
]


@pytest.mark.parametrize(
    ("body", "message"), [case[1:] for case in COMPLAINTS], ids=[c[0] for c in COMPLAINTS]
)
def test_a_wrong_body_is_told_in_the_platform_s_words(body: dict[str, Any], message: str) -> None:
    """Code 100, HTTP 400, one sentence with the path in brackets, no details."""
    refused = refusal(body)

    assert (refused.code, refused.status, refused.message, refused.details) == (100, 400, message, None)


DETAILED = [
    ("no object for the type", without(TEXT, "text"), "Parameter 'text' is mandatory for type 'text'"),
    (
        "no template",
        without(TEMPLATE, "template"),
        "Parameter 'template' is mandatory for type 'template'",
    ),
    ("no image", TEXT | {"type": "image"}, "Parameter 'image' is mandatory for type 'image'"),
    ("no type at all", without(TEXT, "type", "text"), "Parameter 'text' is mandatory for type 'text'"),
    (
        "parameter without its value",
        with_parameter(type="text"),
        "Parameter 'text' is mandatory for component parameter type 'text'",
    ),
    (
        "parameter with an empty value",
        with_parameter(type="text", text=""),
        "Parameter 'text' is mandatory for component parameter type 'text'",
    ),
]


@pytest.mark.parametrize(("body", "details"), [case[1:] for case in DETAILED], ids=[c[0] for c in DETAILED])
def test_what_is_mandatory_for_a_type_is_told_in_the_details(body: dict[str, Any], details: str) -> None:
    """``Invalid parameter`` with a second sentence."""
    refused = refusal(body)

    assert (refused.code, refused.message, refused.details) == (100, "(#100) Invalid parameter", details)


def test_the_first_thing_wrong_is_the_one_reported() -> None:
    """Product there, recipient there, product right, type right, its object there, its inside right."""
    worst: dict[str, Any] = {"type": "jpeg"}
    steps = [
        worst,
        worst | {"messaging_product": "foo"},
        worst | {"messaging_product": "foo", "to": SHEENA},
        worst | {"messaging_product": "whatsapp", "to": SHEENA},
        without(TEXT, "text"),
        TEXT | {"text": {}},
    ]

    assert [refusal(step).message for step in steps] == [
        "(#100) The parameter messaging_product is required.",
        "The parameter to is required.",
        '(#100) Param messaging_product must be one of {WHATSAPP} - got "foo".',
        f'(#100) Param type must be one of {TYPES} - got "jpeg".',
        "(#100) Invalid parameter",
        "(#100) The parameter text['body'] is required.",
    ]


def test_a_text_is_read() -> None:
    """A number in ``to`` counts as a string, words of fixed sets may be in any case, unknown top-level
    members are ignored."""
    body = {
        "messaging_product": "WhatsApp",
        "recipient_type": "INDIVIDUAL",
        "to": 16505551234,
        "type": "Text",
        "text": {"body": "Hello", "preview_url": "true"},
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": 7,
        "colour": "blue",
    }

    assert read(body) == Send(
        SHEENA, text("Hello", preview_url=True), context_id="wamid.1", callback_data="7"
    )


def test_the_type_is_text_unless_said() -> None:
    """So an old client's body without a type is a text."""
    assert read(without(TEXT, "type")) == Send(SHEENA, text("Hello"))


def test_a_form_brings_objects_as_json_strings() -> None:
    """``text={"body":"Hello"}`` is the same as the object."""
    assert read(TEXT | {"text": '{"body":"Hello"}'}) == Send(SHEENA, text("Hello"))


def test_a_template_needs_no_components() -> None:
    """When it has no variables."""
    assert read(TEMPLATE) == Send(SHEENA, TemplateUse("order_shipped", "en_US"))


def test_a_read_receipt_is_read() -> None:
    """With a typing indicator or without; ``recipient_type`` is tolerated."""
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "status": "read",
        "message_id": "wamid.1",
    }

    assert read(body) == MarkRead("wamid.1")
    assert read(body | {"typing_indicator": {"type": "text"}}) == MarkRead("wamid.1", typing=True)


@pytest.mark.parametrize(("length", "fits"), [(4096, True), (4097, False)])
def test_a_text_has_at_most_4096_characters(length: int, fits: bool) -> None:
    """Characters, not bytes: an emoji counts once."""
    body = TEXT | {"text": {"body": "😀" * length}}

    if fits:
        assert read(body) == Send(SHEENA, text("😀" * length))
    else:
        assert refusal(body).code == 100


@pytest.mark.parametrize(("length", "fits"), [(512, True), (513, False)])
def test_callback_data_has_at_most_512_characters(length: int, fits: bool) -> None:
    """What is longer is refused at once."""
    body = TEXT | {"biz_opaque_callback_data": "x" * length}

    if fits:
        assert read(body) == Send(SHEENA, text("Hello"), callback_data="x" * length)
    else:
        assert refusal(body).code == 100
