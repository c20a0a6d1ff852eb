"""Limited-time offers, products, flows, orders and calls: sending them, and making templates of them."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import (
    action,
    body,
    button,
    buttons,
    draft,
    header,
    payload,
    refusal,
    send_error,
    template,
    text,
)

from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.filling.match import SentComponent, SentParameter, match
from emulator.domain.templates.filling.rendered import RenderedButton, RenderedOffer

WORDS = {"type": "BODY", "text": "Good news: everything must go this week."}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
TOP = {"type": "HEADER", "format": "TEXT", "text": "Kits for everybody"}
PRODUCT = {"type": "HEADER", "format": "PRODUCT"}
OFFER = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon!", "has_expiration": True}}
ENDLESS = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "For good"}}
COUPON = {"type": "COPY_CODE", "example": "SAVE20"}
URL = {"type": "URL", "text": "Buy", "url": "https://x.example/shop"}
REPLY = {"type": "QUICK_REPLY", "text": "Stop"}
FLOW = {"type": "FLOW", "text": "Sign up", "flow_id": "7", "flow_action": "NAVIGATE", "navigate_screen": "A"}
ENDS = 1_698_562_800_000
KINDS = ("CATALOG", "MPM", "SPM", "VOICE_CALL", "ORDER_DETAILS", "REQUEST_CONTACT_INFO", "APP")


def plain(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "text": "Tap", **more}


def ends(at: int = ENDS) -> SentComponent:
    parameter = SentParameter("LIMITED_TIME_OFFER", payload={"expiration_time_ms": at})
    return SentComponent("LIMITED_TIME_OFFER", parameters=(parameter,))


def coupon(code: str) -> SentComponent:
    return button(0, "COPY_CODE", SentParameter("COUPON_CODE", code))


def section(count: int = 1, **more: Any) -> dict[str, Any]:
    return {"product_items": [{"product_retailer_id": str(place)} for place in range(count)], **more}


def bill(total: int = 500) -> dict[str, Any]:
    money = {"value": 500, "offset": 100}
    return {
        "reference_id": "order-7",
        "type": "physical-goods",
        "currency": "INR",
        "total_amount": {"value": total, "offset": 100},
        "order": {
            "status": "pending",
            "items": [{"retailer_id": "1", "name": "Bread", "amount": money, "quantity": 1}],
            "subtotal": money,
            "tax": {"value": 0, "offset": 100},
        },
    }


# limited-time offers


def test_an_offer_is_rendered_with_its_end_and_its_coupon() -> None:
    """The end comes with the send."""
    rendered = match(template(OFFER, WORDS, buttons(COUPON, URL)), (ends(), coupon("SAVE20")))

    assert rendered.offer == RenderedOffer("Ends soon!", ENDS)
    assert rendered.buttons[0] == RenderedButton("COPY_CODE", "Copy offer code", "SAVE20")


def test_an_offer_without_an_end_takes_none() -> None:
    """Whether there is one is fixed in the template."""
    assert match(template(ENDLESS, WORDS, buttons(URL)), ()).offer == RenderedOffer("For good")
    assert send_error(template(ENDLESS, WORDS, buttons(URL)), ends()) == (
        132000,
        "limited_time_offer: number of localizable_params (1) does not match the expected number of params "
        "(0)",
    )


def test_an_end_is_required_where_there_is_one() -> None:
    """And of its own type."""
    given = template(OFFER, WORDS, buttons(URL))

    assert send_error(given) == (
        132000,
        "limited_time_offer: number of localizable_params (0) does not match the expected number of params "
        "(1)",
    )
    assert send_error(given, SentComponent("LIMITED_TIME_OFFER", parameters=(text("soon"),))) == (
        132012,
        "limited_time_offer: Format mismatch, expected LIMITED_TIME_OFFER, received TEXT",
    )
    assert send_error(given, ends(-1)) == (
        131009,
        "expiration_time_ms is out of range. Min value: 0, Max value: 253402300799999",
    )


def test_the_coupon_of_an_offer_has_fifteen_characters() -> None:
    """Elsewhere it may have twenty."""
    assert match(template(OFFER, WORDS, buttons(COUPON, URL)), (ends(), coupon("X" * 15)))
    assert send_error(template(OFFER, WORDS, buttons(COUPON, URL)), ends(), coupon("X" * 16)) == (
        132018,
        "buttons: Parameter at index 0 exceeds the parameter length limit 15",
    )
    assert match(template(WORDS, buttons(COUPON)), (coupon("X" * 20),))


def test_the_words_of_an_offer_are_short() -> None:
    """Six hundred characters with their variables filled in."""
    given = template(OFFER, {"type": "BODY", "text": "Dear {{1}} friend"}, buttons(URL))

    assert match(given, (ends(), body("x" * 588)))
    assert send_error(given, ends(), body("x" * 589)) == (132005, "body: Translated text is too long")


@pytest.mark.parametrize(
    "components",
    [
        (OFFER, WORDS, buttons(COUPON, URL)),
        (ENDLESS, WORDS, buttons(URL)),
        (PICTURE, OFFER, WORDS, buttons(COUPON | {"example": ["X" * 15]}, URL)),
    ],
)
def test_good_offers(components: tuple[Any, ...]) -> None:
    """With or without a picture, a coupon and an end."""
    check(draft(*components))


def offer(value: str) -> dict[str, Any]:
    return {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": value}}


@pytest.mark.parametrize(
    ("components", "category", "subcode", "message"),
    [
        (
            (OFFER, WORDS, buttons(URL)),
            "UTILITY",
            None,
            "A limited-time offer must have the category MARKETING.",
        ),
        (
            (OFFER, WORDS, {"type": "FOOTER", "text": "Bye"}, buttons(URL)),
            "MARKETING",
            None,
            "A limited-time offer can't have a footer.",
        ),
        (
            (TOP, OFFER, WORDS, buttons(URL)),
            "MARKETING",
            None,
            "The header of a limited-time offer must be an image or a video.",
        ),
        (
            ({"type": "LIMITED_TIME_OFFER"}, WORDS, buttons(URL)),
            "MARKETING",
            2388043,
            "component of type LIMITED_TIME_OFFER is missing expected field(s) (limited_time_offer)",
        ),
        (
            (offer("x" * 17), WORDS, buttons(URL)),
            "MARKETING",
            2388040,
            "A field in your template has exceeded the maximum character limit allowed.",
        ),
        (
            (OFFER, {"type": "BODY", "text": "x" * 601}, buttons(URL)),
            "MARKETING",
            2388040,
            "A field in your template has exceeded the maximum character limit allowed.",
        ),
        (
            (OFFER, WORDS, buttons(COUPON | {"example": "X" * 16}, URL)),
            "MARKETING",
            2388040,
            "A field in your template has exceeded the maximum character limit allowed.",
        ),
        (
            (OFFER, WORDS, buttons({"type": "COPY_CODE"}, URL)),
            "MARKETING",
            2388043,
            "component of type BUTTONS is missing expected field(s) (example)",
        ),
        *(
            (
                (OFFER, WORDS, *wrong),
                "MARKETING",
                None,
                "A limited-time offer must have a button of type URL, and may have one of type COPY_CODE "
                "before it.",
            )
            for wrong in ((), (buttons(URL, COUPON),), (buttons(COUPON),), (buttons(REPLY, URL),))
        ),
    ],
)
def test_offers_that_the_editor_refuses(
    components: tuple[Any, ...], category: str, subcode: int | None, message: str
) -> None:
    """Each for one reason."""
    error = refusal(draft(*components, category=category))

    assert (error.subcode, error.user_message) == (subcode, message)


# what buttons open


@pytest.mark.parametrize(
    ("written", "given", "opened"),
    [
        (
            FLOW,
            action(flow_token="abc", flow_action_data={"name": "Ann"}),
            {
                "flow_token": "abc",
                "flow_id": "7",
                "flow_action": "NAVIGATE",
                "navigate_screen": "A",
                "flow_action_data": {"name": "Ann"},
            },
        ),
        (
            FLOW,
            None,
            {"flow_token": "unused", "flow_id": "7", "flow_action": "NAVIGATE", "navigate_screen": "A"},
        ),
        (
            plain("CATALOG"),
            action(thumbnail_product_retailer_id="sku"),
            {"thumbnail_product_retailer_id": "sku"},
        ),
        (plain("CATALOG"), None, None),
        (plain("MPM"), action(sections=[section()]), {"sections": [section()]}),
        (plain("ORDER_DETAILS"), action(order_details=bill()), {"order_details": bill()}),
    ],
)
def test_a_button_opens_what_the_send_says(
    written: dict[str, Any], given: SentParameter | None, opened: dict[str, Any] | None
) -> None:
    """A flow knows its token, a catalogue its picture, a list its products."""
    component = button(0, written["type"], *(() if given is None else (given,)))

    (rendered,) = match(template(WORDS, buttons(written)), (component,)).buttons

    assert (rendered.text, rendered.action) == (written["text"], opened)


def test_a_call_knows_its_payload_and_how_long_it_may_be_made() -> None:
    """Both are optional."""
    given = template(WORDS, buttons(plain("VOICE_CALL", ttl_minutes=60)))
    component = button(0, "VOICE_CALL", SentParameter("TTL_MINUTES", payload=100), payload("order-7"))

    assert match(given, (component,)).buttons == (
        RenderedButton("VOICE_CALL", "Tap", "order-7", None, {"ttl_minutes": 100}),
    )
    assert match(given, ()).buttons == (RenderedButton("VOICE_CALL", "Tap", None, None, {"ttl_minutes": 60}),)


@pytest.mark.parametrize("kind", ["SPM", "REQUEST_CONTACT_INFO", "APP", "PHONE_NUMBER"])
def test_some_buttons_take_nothing(kind: str) -> None:
    """They are there without being named, and naming them as something else is refused."""
    top = (PRODUCT,) if kind == "SPM" else ()
    product = SentParameter("PRODUCT", payload={"product_retailer_id": "1", "catalog_id": "2"})
    needed = (header(product),) if top else ()
    given = template(*top, WORDS, buttons(plain(kind)))

    assert match(given, needed).buttons[0].type == kind
    assert send_error(given, *needed, button(0, "CATALOG"))[0] == 132018


def test_a_single_product_stands_on_top() -> None:
    """It is required, and a product."""
    given = template(PRODUCT, WORDS, buttons(plain("SPM")))

    assert send_error(given) == (132012, "header: Format mismatch, expected PRODUCT, received UNKNOWN")
    product = SentParameter("PRODUCT", payload={"product_retailer_id": "sku", "catalog_id": "1"})
    assert match(given, (header(product),)).header == "[product sku]"


def test_where_a_tap_on_the_message_leads_is_shown() -> None:
    """With its own title."""
    targets = SentParameter(
        "TAP_TARGET_CONFIGURATION", payload=[{"url": "https://x.example", "title": "Our shop"}]
    )
    component = SentComponent("TAP_TARGET_CONFIGURATION", parameters=(targets,))

    assert match(template(WORDS, buttons(URL)), (component,)).buttons[-1] == RenderedButton(
        "TAP_TARGET", "Our shop", None, "https://x.example"
    )
    assert send_error(
        template(WORDS), SentComponent("TAP_TARGET_CONFIGURATION", parameters=(targets, targets))
    ) == (
        132000,
        "tap_target_configuration: number of localizable_params (2) does not match the expected number of "
        "params (1)",
    )
    assert send_error(
        template(WORDS), SentComponent("TAP_TARGET_CONFIGURATION", parameters=(text("x"),))
    ) == (
        132012,
        "tap_target_configuration: Format mismatch, expected TAP_TARGET_CONFIGURATION, received TEXT",
    )


@pytest.mark.parametrize(
    ("written", "sent", "refused"),
    [
        (FLOW, (), (131009, "buttons: Button at index 0 of type Flow requires a parameter")),
        (
            plain("CATALOG"),
            (),
            (131008, "buttons: Button at index 0 of type Catalog requires a parameter"),
        ),
        (plain("MPM"), (), (131008, "buttons: Button at index 0 of type Mpm requires a parameter")),
        (
            plain("ORDER_DETAILS"),
            (button(0, "ORDER_DETAILS"),),
            (131008, "buttons: Button at index 0 of type OrderDetails requires a parameter"),
        ),
        (
            plain("MPM"),
            (button(0, "MPM", action(thumbnail_product_retailer_id="1")),),
            (131008, "buttons: Button at index 0 of type Mpm requires a non-empty parameter sections"),
        ),
        (
            FLOW,
            (button(0, "FLOW", action(sections=[section()])),),
            (132018, "buttons: Button at index 0 of type Flow does not take sections"),
        ),
        (
            FLOW,
            (button(0, "FLOW", text("x")),),
            (132012, "buttons: Format mismatch, expected ACTION, received TEXT"),
        ),
        (
            plain("VOICE_CALL"),
            (button(0, "VOICE_CALL", text("x")),),
            (132012, "buttons: Format mismatch, expected PAYLOAD or TTL_MINUTES, received TEXT"),
        ),
        (
            plain("VOICE_CALL"),
            (button(0, "VOICE_CALL", payload("x"), payload("y")),),
            (
                132000,
                "buttons: number of localizable_params (2) does not match the expected number of params (1)",
            ),
        ),
        (
            FLOW,
            (button(0, "FLOW", action(), action()),),
            (
                132000,
                "buttons: number of localizable_params (2) does not match the expected number of params (1)",
            ),
        ),
        (
            plain("VOICE_CALL"),
            (button(0, "VOICE_CALL", payload("x" * 513)),),
            (131009, "Payload is too long. Max length is 512"),
        ),
        *(
            (
                plain("VOICE_CALL"),
                (button(0, "VOICE_CALL", SentParameter("TTL_MINUTES", payload=minutes)),),
                (131009, "ttl_minutes is out of range. Min value: 1, Max value: 43200"),
            )
            for minutes in (0, 43_201)
        ),
        (
            plain("ORDER_DETAILS"),
            (button(0, "ORDER_DETAILS", action(order_details=bill(499))),),
            (131009, "Total amount 499 is not subtotal + tax + shipping - discount, 500"),
        ),
        *(
            (plain("MPM"), (button(0, "MPM", action(sections=sections)),), (131009, details))
            for sections, details in (
                ([], "Invalid sections count. Min allowed sections: 1, Max allowed sections: 10"),
                (
                    [section(title=str(place)) for place in range(11)],
                    "Invalid sections count. Min allowed sections: 1, Max allowed sections: 10",
                ),
                (
                    [section(16, title="A"), section(15, title="B")],
                    "Total product count exceed max allowed count: 30",
                ),
                ([section(title="x" * 25)], "Section title is too long. Max length is 24"),
                ([section(), section()], "Section title is required when there is more than one section"),
                ([section(0)], "Invalid product items count. Min allowed product items: 1"),
            )
        ),
    ],
)
def test_what_a_button_opens_is_complete_and_within_limits(
    written: dict[str, Any], sent: tuple[Any, ...], refused: tuple[Any, ...]
) -> None:
    """Missing, misplaced and oversized values, each with its number."""
    assert send_error(template(WORDS, buttons(written)), *sent) == refused


def test_a_place_is_on_earth() -> None:
    """As in a message of its own."""
    nowhere = SentParameter("LOCATION", payload={"latitude": "91", "longitude": 0})

    assert send_error(template({"type": "HEADER", "format": "LOCATION"}, WORDS), header(nowhere)) == (
        131009,
        "Location latitude is out of range. Min value: -90, Max value: 90",
    )


@pytest.mark.parametrize("otp", ["COPY_CODE", "ONE_TAP", "ZERO_TAP"])
def test_every_kind_of_code_is_sent_alike(otp: str) -> None:
    """As the text of a URL button, repeated from the body; not as a coupon."""
    written = {"type": "OTP", "otp_type": otp}
    given = template({"type": "BODY"}, buttons(written), category="AUTHENTICATION")

    assert match(given, (body("123456"), button(0, "URL", text("123456")))).buttons[0].payload == "123456"
    assert send_error(given, body("123456"), coupon("123456")) == (
        132018,
        "buttons: Button at index 0 must be of type Url",
    )


# templates of them


@pytest.mark.parametrize(
    "components",
    [
        (WORDS, buttons(FLOW)),
        (WORDS, buttons({"type": "FLOW", "text": "Go", "flow_name": "sign_up"})),
        (WORDS, buttons({"type": "FLOW", "text": "Go", "flow_json": "{}"}, URL)),
        (WORDS, {"type": "FOOTER", "text": "Bye"}, buttons(plain("CATALOG"))),
        (TOP, WORDS, buttons(plain("MPM"))),
        (PRODUCT, WORDS, buttons(plain("SPM"))),
        (PICTURE, WORDS, buttons(plain("ORDER_DETAILS"))),
        (WORDS, buttons(plain("VOICE_CALL", ttl_minutes=43_200), URL)),
        (WORDS, buttons({"type": "REQUEST_CONTACT_INFO"})),
        (WORDS, buttons(plain("APP", app_deep_link={"meta_app_id": "1"}))),
        (TOP, WORDS, {"type": "FOOTER", "text": "Bye"}, {"type": "CALL_PERMISSION_REQUEST"}),
        (PICTURE | {"format": "GIF"}, WORDS),
        (WORDS, buttons(REPLY, COUPON)),
    ],
)
@pytest.mark.parametrize("category", ["MARKETING", "UTILITY"])
def test_good_templates(components: tuple[Any, ...], category: str) -> None:
    """Everything the platform knows can be made."""
    check(draft(*components, category=category))


def alone(kind: str) -> str:
    return f"A button of type {kind} must be the only button."


def only_one(kind: str) -> str:
    return f"A message template can have at most 1 button(s) of type {kind}."


@pytest.mark.parametrize(
    ("components", "subcode", "message"),
    [
        *(((WORDS, buttons(plain(kind), plain(kind))), None, only_one(kind)) for kind in KINDS),
        *(((WORDS, buttons(plain(kind), URL)), None, alone(kind)) for kind in ("CATALOG", "MPM", "SPM")),
        *(
            (
                (WORDS, buttons({"type": kind})),
                2388050,
                f"button at index 0 of type {kind} is missing expected field(s) (text)",
            )
            for kind in ("FLOW", "CATALOG", "MPM", "SPM", "VOICE_CALL", "ORDER_DETAILS", "APP")
        ),
        (
            (WORDS, buttons({"type": "FLOW", "text": "Go"})),
            2388050,
            "button at index 0 of type FLOW is missing expected field(s) (flow_id)",
        ),
        (
            (WORDS, buttons(FLOW | {"flow_name": "a"})),
            None,
            "A flow button must have exactly one of flow_id, flow_name and flow_json.",
        ),
        (
            (WORDS, buttons(plain("VOICE_CALL", ttl_minutes=0))),
            None,
            "A call button must work for at least 1 and at most 43200 minutes.",
        ),
        (
            (PRODUCT, WORDS),
            None,
            "A header of format PRODUCT and a button of type SPM need each other.",
        ),
        (
            (WORDS, buttons(plain("SPM"))),
            None,
            "A header of format PRODUCT and a button of type SPM need each other.",
        ),
        (
            (PRODUCT, {"type": "BODY", "text": "x" * 161}, buttons(plain("SPM"))),
            2388040,
            "A field in your template has exceeded the maximum character limit allowed.",
        ),
        (
            (TOP, WORDS, buttons(plain("CATALOG"))),
            None,
            "A template with a button of type CATALOG can't have a header.",
        ),
        (
            (PICTURE, WORDS, buttons(plain("MPM"))),
            None,
            "A template with a button of type MPM can only have a header of format TEXT.",
        ),
        (
            (WORDS, {"type": "CALL_PERMISSION_REQUEST"}, buttons(REPLY)),
            None,
            "A call permission request can't have buttons.",
        ),
        (
            ({"type": "HEADER", "format": "GIF"}, WORDS),
            2388043,
            "component of type HEADER is missing expected field(s) (example)",
        ),
    ],
)
def test_templates_that_the_editor_refuses(
    components: tuple[Any, ...], subcode: int | None, message: str
) -> None:
    """Each for one reason."""
    error = refusal(draft(*components))

    assert (error.subcode, error.user_message) == (subcode, message)


@pytest.mark.parametrize("kind", ["CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST"])
def test_an_authentication_template_has_none_of_it(kind: str) -> None:
    """It brings a code and nothing else."""
    otp = buttons({"type": "OTP", "otp_type": "COPY_CODE"})

    error = refusal(draft({"type": "BODY"}, otp, {"type": kind}, category="AUTHENTICATION"))

    assert error.user_message == f"An authentication template can't have a component of type {kind}."
