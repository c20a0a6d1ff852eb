"""What fills a template is read: components, parameters, cards."""

from __future__ import annotations

from typing import Any

import pytest
from kit.refusals import complaint

from emulator.domain.templates.filling.match import SentCard, SentComponent, SentParameter, sent_parameters
from emulator.domain.templates.filling.parameters import SHAPES
from emulator.wire.parameters import Parameter
from emulator.wire.requests.sent_components import read_sent_components

PARAMETER = "template['components'][0]['parameters'][0]"


def sent(*components: Any) -> tuple[SentComponent, ...]:
    return read_sent_components(Parameter(list(components), ("template", "components")))


def parameter(**members: Any) -> SentParameter:
    return sent({"type": "body", "parameters": [members]})[0].parameters[0]


def test_sent_components_are_read_in_canonical_form() -> None:
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


@pytest.mark.parametrize("number", [9999, 0, -7])
def test_a_number_is_a_text(number: int) -> None:
    """Of a template's parameter: what is wrong with it is told after it was read."""
    assert parameter(type="text", text=number) == SentParameter("TEXT", str(number))


@pytest.mark.parametrize("value", [True, 1.5, [7], {"body": "Hello"}])
def test_nothing_else_is_a_text(value: object) -> None:
    """A list, an object, a fraction or a truth value is refused by the reader."""
    assert complaint(parameter, type="text", text=value)[0].endswith("['text'] must be a string.")


def test_a_template_may_need_no_components() -> None:
    """Absent and empty are the same."""
    assert read_sent_components(Parameter(None, ("template", "components"))) == ()
    assert sent() == ()


def test_values_of_every_kind_are_read() -> None:
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
    assert parameter(type="location", location=place | {"latitude": "1.5"}).payload == place
    product = {"product_retailer_id": "sku", "catalog_id": "7"}
    assert parameter(type="product", product=product | {"catalog_id": 7}).payload == product
    assert parameter(type="gif", gif={"id": "1"}).payload == {"id": "1"}
    assert parameter(type="ttl_minutes", ttl_minutes="100").payload == 100
    ends = {"expiration_time_ms": 1698562800000}
    assert parameter(type="limited_time_offer", limited_time_offer=ends).payload == ends
    targets = [{"url": "https://x.example", "title": "Shop"}]
    assert parameter(type="tap_target_configuration", tap_target_configuration=targets).payload == targets
    flow = {"flow_token": "a", "flow_action_data": {"name": "Ann"}}
    assert parameter(type="action", action=flow).payload == flow
    sections = [{"title": "All", "product_items": [{"product_retailer_id": "sku"}]}]
    assert parameter(type="action", action={"sections": sections}).payload == {"sections": sections}


def test_old_parts_of_a_date_are_taken() -> None:
    """Nobody localises by them any more."""
    date = {"fallback_value": "May 1", "day_of_week": 5, "calendar": "GREGORIAN"}

    assert parameter(type="date_time", date_time=date).text == "May 1"


def test_the_cards_of_a_carousel_are_read_where_they_stand() -> None:
    """With a path for what is complained about later."""
    (carousel,) = sent(
        {
            "type": "Carousel",
            "cards": [
                {"card_index": 0, "components": []},
                {
                    "card_index": "1",
                    "components": [
                        {"type": "header", "parameters": [{"type": "image", "image": {"id": "9"}}]},
                        {
                            "type": "button",
                            "sub_type": "Quick_Reply",
                            "index": "0",
                            "parameters": [{"type": "payload", "payload": "x"}],
                        },
                    ],
                },
            ],
        }
    )

    image = SentParameter("IMAGE", payload={"id": "9"})
    assert carousel == SentComponent(
        "CAROUSEL",
        cards=(
            SentCard(0),
            SentCard(
                1,
                (
                    SentComponent("HEADER", parameters=(image,)),
                    SentComponent("BUTTON", "QUICK_REPLY", 0, (SentParameter("PAYLOAD", "x"),)),
                ),
            ),
        ),
    )
    assert next(each.path for each in sent_parameters((carousel,))) == (
        "template['components'][0]['cards'][1]['components'][0]['parameters'][0]['image']"
    )


@pytest.mark.parametrize("kind", SHAPES)
def test_a_parameter_of_any_type_is_wanted_under_its_own_name(kind: str) -> None:
    """Fifteen types, one sentence."""
    assert complaint(parameter, type=kind) == (
        "(#100) Invalid parameter",
        f"Parameter '{kind.lower()}' is mandatory for component parameter type '{kind.lower()}'",
    )


def test_a_type_that_never_was_is_complained_about_with_all_there_are() -> None:
    """In the order of the alphabet, as the platform lists them elsewhere."""
    assert list(SHAPES) == sorted(SHAPES)
    assert complaint(parameter, type="song")[0] == (
        f"(#100) Param {PARAMETER}['type'] must be one of {{{', '.join(SHAPES)}}} - got \"song\"."
    )


@pytest.mark.parametrize(
    ("members", "details"),
    [
        ({"type": "text"}, "Parameter 'text' is mandatory for component parameter type 'text'"),
        ({"type": "text", "text": ""}, "Parameter 'text' is mandatory for component parameter type 'text'"),
        ({"type": "IMAGE"}, "Parameter 'image' is mandatory for component parameter type 'image'"),
    ],
)
def test_a_parameter_brings_its_value(members: dict[str, Any], details: str) -> None:
    """The recorded complaint; an empty text counts as none."""
    assert complaint(parameter, **members) == ("(#100) Invalid parameter", details)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"type": "text", "text": [5]}, f"Param {PARAMETER}['text'] must be a string."),
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
            {"type": "currency", "currency": {"fallback_value": "$1", "code": "USD"}},
            f"The parameter {PARAMETER}['currency']['amount_1000'] is required.",
        ),
        (
            {"type": "currency", "currency": {"fallback_value": "$1", "code": "USD", "amount_1000": 1.5}},
            f"Param {PARAMETER}['currency']['amount_1000'] must be an integer.",
        ),
        (
            {"type": "location", "location": {"latitude": "north", "longitude": 1}},
            f"Param {PARAMETER}['location']['latitude'] must be a number.",
        ),
        (
            {"type": "product", "product": {"product_retailer_id": "1"}},
            f"The parameter {PARAMETER}['product']['catalog_id'] is required.",
        ),
        (
            {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": "soon"}},
            f"Param {PARAMETER}['limited_time_offer']['expiration_time_ms'] must be an integer.",
        ),
        (
            {"type": "limited_time_offer", "limited_time_offer": {"expires": 1}},
            f'Unexpected key "expires" on param "{PARAMETER}[\'limited_time_offer\']".',
        ),
        (
            {"type": "tap_target_configuration", "tap_target_configuration": {"url": "x"}},
            f"Param {PARAMETER}['tap_target_configuration'] must be an array.",
        ),
        (
            {"type": "tap_target_configuration", "tap_target_configuration": [{"url": "x", "title": "y"}]},
            f"Param {PARAMETER}['tap_target_configuration'][0]['url'] is not a valid URI.",
        ),
        (
            {"type": "tap_target_configuration", "tap_target_configuration": [{"url": "https://x.example"}]},
            f"The parameter {PARAMETER}['tap_target_configuration'][0]['title'] is required.",
        ),
        (
            {"type": "action", "action": {"flow_action_data": "x"}},
            f"Param {PARAMETER}['action']['flow_action_data'] must be a JSON object.",
        ),
        (
            {"type": "action", "action": {"sections": [{"title": "A"}]}},
            f"The parameter {PARAMETER}['action']['sections'][0]['product_items'] is required.",
        ),
        (
            {"type": "action", "action": {"order_details": {}}},
            f"The parameter {PARAMETER}['action']['order_details']['reference_id'] is required.",
        ),
        (
            {"type": "ttl_minutes", "ttl_minutes": "x"},
            f"Param {PARAMETER}['ttl_minutes'] must be an integer.",
        ),
        (
            {"type": "location", "location": {"latitude": 1}},
            f"The parameter {PARAMETER}['location']['longitude'] is required.",
        ),
    ],
)
def test_a_parameter_that_is_badly_formed_is_complained_about(members: dict[str, Any], message: str) -> None:
    """In Graph's words, with the path."""
    assert complaint(parameter, **members) == (f"(#100) {message}", None)


@pytest.mark.parametrize(
    ("component", "message"),
    [
        (
            {"type": "tail"},
            "Param template['components'][0]['type'] must be one of {BODY, BUTTON, CAROUSEL, HEADER, "
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
            "Param template['components'][0]['sub_type'] must be one of {BOOKING_CONFIRMATION, CATALOG, "
            'COPY_CODE, FLOW, MPM, ORDER_DETAILS, QUICK_REPLY, REMINDER, URL, VOICE_CALL} - got "lever".',
        ),
        (
            {"type": "button", "sub_type": "phone_number", "index": 0},
            "Param template['components'][0]['sub_type'] must be one of {BOOKING_CONFIRMATION, CATALOG, "
            "COPY_CODE, FLOW, MPM, ORDER_DETAILS, QUICK_REPLY, REMINDER, URL, VOICE_CALL} - got "
            '"phone_number".',
        ),
        (
            {"type": "carousel"},
            "The parameter template['components'][0]['cards'] is required.",
        ),
        (
            {"type": "carousel", "cards": [], "parameters": []},
            'Unexpected key "parameters" on param "template[\'components\'][0]".',
        ),
        (
            {"type": "carousel", "cards": [{"components": []}]},
            "The parameter template['components'][0]['cards'][0]['card_index'] is required.",
        ),
        (
            {"type": "carousel", "cards": [{"card_index": 0}]},
            "The parameter template['components'][0]['cards'][0]['components'] is required.",
        ),
        (
            {"type": "carousel", "cards": [{"card_index": 0, "components": [{"type": "carousel"}]}]},
            "Param template['components'][0]['cards'][0]['components'][0]['type'] must be one of {BODY, "
            'BUTTON, HEADER} - got "carousel".',
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
def test_a_component_that_is_badly_formed_is_complained_about(
    component: dict[str, Any], message: str
) -> None:
    """In Graph's words, with the path."""
    assert complaint(sent, component) == (f"(#100) {message}", None)
