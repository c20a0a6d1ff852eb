"""What a send must bring for a template."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import body, button, buttons, header, send_error, template, text

from emulator.domain.templates.filling.match import SentParameter, match
from emulator.domain.templates.filling.rendered import Rendered, RenderedButton
from emulator.domain.templates.template import Template

BODY = {"type": "BODY", "text": "Hi {{1}}, your order {{2}} is ready for you."}
PLAIN = {"type": "BODY", "text": "Welcome and congratulations!!"}
TOP = {"type": "HEADER", "format": "TEXT", "text": "Our {{1}} is on"}
IMAGE = {"type": "HEADER", "format": "IMAGE"}
URL = {"type": "URL", "text": "Track", "url": "https://shop.example/{{1}}"}
CODE = (
    {"type": "BODY"},
    {"type": "FOOTER", "code_expiration_minutes": 10},
    {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
)


def test_a_template_without_variables_needs_nothing() -> None:
    """hello_world is sent with its name alone."""
    given = template(
        {"type": "HEADER", "format": "TEXT", "text": "Hello World"}, PLAIN, {"type": "FOOTER", "text": "Team"}
    )

    assert match(given, ()) == Rendered("Hello World", "Welcome and congratulations!!", "Team")


def test_header_body_and_buttons_are_filled() -> None:
    """Every variable gets its value, and every button what it does when tapped."""
    given = template(
        TOP,
        BODY,
        buttons(
            {"type": "QUICK_REPLY", "text": "Stop"},
            {"type": "QUICK_REPLY", "text": "More"},
            URL,
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100"},
            {"type": "COPY_CODE", "example": "X"},
        ),
    )

    rendered = match(
        given,
        (
            header(text("sale")),
            body("Ann", "7"),
            button(1, "QUICK_REPLY", SentParameter("PAYLOAD", "more-please")),
            button(2, "URL", text("orders/7")),
            button(4, "COPY_CODE", SentParameter("COUPON_CODE", "SAVE20")),
        ),
    )

    assert rendered == Rendered(
        "Our sale is on",
        "Hi Ann, your order 7 is ready for you.",
        None,
        (
            RenderedButton("QUICK_REPLY", "Stop", "Stop"),
            RenderedButton("QUICK_REPLY", "More", "more-please"),
            RenderedButton("URL", "Track", None, "https://shop.example/orders/7"),
            RenderedButton("PHONE_NUMBER", "Call", None, "tel:+15550100"),
            RenderedButton("COPY_CODE", "Copy offer code", "SAVE20"),
        ),
    )


def test_positional_values_go_by_number() -> None:
    """The first value is {{1}}'s, wherever that stands."""
    given = template({"type": "BODY", "text": "Order {{2}} is for {{1}} and nobody else"})

    assert match(given, (body("Ann", "7"),)).body == "Order 7 is for Ann and nobody else"


def test_named_values_go_by_name() -> None:
    """Their order does not matter."""
    given = template(
        {"type": "HEADER", "format": "TEXT", "text": "For {{who}} only"},
        {"type": "BODY", "text": "Hi {{name}}, order {{number}} is ready"},
        parameter_format="NAMED",
    )

    rendered = match(given, (header(text("you", "who")), body(text("7", "number"), text("Ann", "name"))))

    assert rendered == Rendered("For you only", "Hi Ann, order 7 is ready", None)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("IMAGE", {"id": "1"}),
        ("VIDEO", {"link": "https://x.example/a.mp4"}),
        ("DOCUMENT", {"id": "1", "filename": "a.pdf"}),
        ("GIF", {"id": "1"}),
        ("LOCATION", {"latitude": 1.5, "longitude": 2}),
    ],
)
def test_files_and_places_are_shown_by_their_kind(kind: str, payload: dict[str, Any]) -> None:
    """A rendered header says what it is."""
    given = template({"type": "HEADER", "format": kind}, PLAIN)

    rendered = match(given, (header(SentParameter(kind, payload=payload)),))

    assert rendered.header == f"[{kind.lower()}]"


def test_currencies_and_dates_show_their_fallback() -> None:
    """The platform no longer localises them."""
    rendered = match(
        template(BODY), (body(SentParameter("CURRENCY", "$10.99"), SentParameter("DATE_TIME", "May 1")),)
    )

    assert rendered.body == "Hi $10.99, your order May 1 is ready for you."


def test_a_code_is_in_body_and_button() -> None:
    """An authentication template shows its code and copies it."""
    rendered = match(
        template(*CODE, category="AUTHENTICATION"), (body("123456"), button(0, "URL", text("123456")))
    )

    assert rendered.body == "*123456* is your verification code."
    assert rendered.footer == "This code expires in 10 minutes."
    assert rendered.buttons[0] == RenderedButton(
        "OTP",
        "Copy code",
        "123456",
        "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp123456",
    )


@pytest.mark.parametrize(
    ("given", "sent", "details"),
    [
        (
            template(BODY),
            (body("Ann"),),
            "body: number of localizable_params (1) does not match the expected number of params (2)",
        ),
        (
            template(PLAIN),
            (body("Ann"),),
            "body: number of localizable_params (1) does not match the expected number of params (0)",
        ),
        (
            template(TOP, PLAIN),
            (),
            "header: number of localizable_params (0) does not match the expected number of params (1)",
        ),
        (
            template(PLAIN),
            (header(text("x")),),
            "header: number of localizable_params (1) does not match the expected number of params (0)",
        ),
        (
            template(IMAGE, PLAIN),
            (header(SentParameter("IMAGE"), SentParameter("IMAGE")),),
            "header: number of localizable_params (2) does not match the expected number of params (1)",
        ),
        (
            template(PLAIN, buttons(URL)),
            (button(0, "URL", text("a")), button(1, "URL", text("b"))),
            "buttons: number of buttons (2) does not match the expected number of params (1)",
        ),
        (
            template(PLAIN, buttons(URL)),
            (button(0, "URL", text("a")), button(0, "URL", text("b"))),
            "buttons: number of buttons (2) does not match the expected number of params (1)",
        ),
        (
            template(PLAIN, buttons(URL | {"url": "https://shop.example"})),
            (button(0, "URL", text("a")),),
            "buttons: number of localizable_params (1) does not match the expected number of params (0)",
        ),
    ],
)
def test_counts_must_fit(given: Template, sent: tuple[Any, ...], details: str) -> None:
    """The refusal names the component and both counts."""
    assert send_error(given, *sent) == (132000, details)


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ((), "UNKNOWN"),
        ((header(),), "UNKNOWN"),
        ((header(text("x")),), "TEXT"),
        ((header(SentParameter("VIDEO")),), "VIDEO"),
    ],
)
def test_a_header_file_is_required_and_of_its_kind(sent: tuple[Any, ...], received: str) -> None:
    """The recorded refusal."""
    assert send_error(template(IMAGE, PLAIN), *sent) == (
        132012,
        f"header: Format mismatch, expected IMAGE, received {received}",
    )


def test_texts_take_no_files_and_replies_no_texts() -> None:
    """The same sentence for the other components."""
    reply = buttons({"type": "QUICK_REPLY", "text": "Stop"})

    assert send_error(template(TOP, PLAIN), header(SentParameter("IMAGE"))) == (
        132012,
        "header: Format mismatch, expected TEXT, received IMAGE",
    )
    assert send_error(template(BODY), body("Ann", SentParameter("PAYLOAD", "x"))) == (
        132012,
        "body: Format mismatch, expected TEXT, received PAYLOAD",
    )
    assert send_error(template(PLAIN, reply), button(0, "QUICK_REPLY", text("x"))) == (
        132012,
        "buttons: Format mismatch, expected PAYLOAD, received TEXT",
    )


def test_names_are_for_named_templates_and_needed_there() -> None:
    """Named and positional values do not replace each other."""
    named = template({"type": "BODY", "text": "Hi {{name}} over there"}, parameter_format="NAMED")

    assert send_error(template(BODY), body(text("Ann", "a"), text("7", "b"))) == (
        132012,
        "body: Format mismatch, expected POSITIONAL, received NAMED",
    )
    assert send_error(named, body("Ann")) == (100, "Parameter name is missing or empty")
    assert send_error(named, body(text("Ann", ""))) == (100, "Parameter name is missing or empty")
    assert send_error(named, body(text("Ann", "nmae"))) == (
        132012,
        "body: Parameter names (nmae) do not match the expected names (name)",
    )


@pytest.mark.parametrize("sent", [(), (button(0, "URL"),)])
def test_a_url_suffix_is_required(sent: tuple[Any, ...]) -> None:
    """The recorded refusal."""
    assert send_error(template(PLAIN, buttons(URL)), *sent) == (
        131008,
        "buttons: Button at index 0 of type Url requires a parameter",
    )


def test_coupons_and_codes_are_required() -> None:
    """A copy-code button copies what the send says; a code without its button is incomplete."""
    coupon = buttons({"type": "QUICK_REPLY", "text": "Stop"}, {"type": "COPY_CODE", "example": "X"})

    assert send_error(template(PLAIN, coupon)) == (
        131008,
        "buttons: Button at index 1 of type copy_code requires a non-empty parameter coupon_code",
    )
    assert send_error(template(*CODE, category="AUTHENTICATION"), body("123456")) == (
        131008,
        "buttons: Button at index 0 of type Url requires a parameter",
    )


def test_a_button_is_sent_as_what_it_is() -> None:
    """The recorded refusal."""
    assert send_error(
        template(PLAIN, buttons(URL)), button(0, "QUICK_REPLY", SentParameter("PAYLOAD", "x"))
    ) == (
        132018,
        "buttons: Button at index 0 must be of type Url",
    )


@pytest.mark.parametrize("value", ["two\nlines", "a\ttab", "five     spaces"])
def test_values_are_tidy(value: str) -> None:
    """The recorded refusal, wherever the value goes."""
    details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"

    assert send_error(template(BODY), body("Ann", value)) == (132018, details)
    assert send_error(template(TOP, PLAIN), header(text(value))) == (132018, details)
    assert send_error(template(PLAIN, buttons(URL)), button(0, "URL", text(value))) == (132018, details)
    assert match(template(BODY), (body("Ann", "four    spaces"),))


def test_codes_are_short_and_the_same_in_both_places() -> None:
    """Fifteen characters, in body and button alike."""
    given = template(*CODE, category="AUTHENTICATION")

    assert match(given, (body("1" * 15), button(0, "URL", text("1" * 15)))).body
    assert send_error(given, body("1" * 16), button(0, "URL", text("1" * 16))) == (
        132018,
        "body: Parameter at index 1 exceeds the parameter length limit 15",
    )
    assert send_error(given, body("123456"), button(0, "URL", text("654321"))) == (
        132018,
        "buttons: Button at index 0 must have the same code as the body",
    )


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("X" * 21, "buttons: Parameter at index 0 exceeds the parameter length limit 20"),
        ("SAVE-20", "buttons: Parameter at index 0 must be alphanumeric"),
    ],
)
def test_coupons_are_short_and_alphanumeric(code: str, details: str) -> None:
    """Twenty letters and digits."""
    given = template(PLAIN, buttons({"type": "COPY_CODE", "example": "X"}))

    assert send_error(given, button(0, "COPY_CODE", SentParameter("COUPON_CODE", code))) == (132018, details)


def test_filled_texts_have_limits() -> None:
    """A body may be long only when it is all there is."""
    one = {"type": "BODY", "text": "Dear {{1}} friend"}
    footer = {"type": "FOOTER", "text": "Bye"}

    assert match(template(one), (body("x" * 2000),))
    assert match(template(one, footer), (body("x" * 1012),))
    assert send_error(template(one), body("x" * 32_768)) == (132005, "body: Translated text is too long")
    assert send_error(template(one, footer), body("x" * 1013)) == (
        132005,
        "body: Translated text is too long",
    )
    assert send_error(template(TOP, PLAIN), header(text("x" * 60))) == (
        132005,
        "header: Translated text is too long",
    )
