"""Templates taken apart, listed and rendered."""

from __future__ import annotations

import json

from kit.templates import carousel

from emulator.domain.templates.components import Body, Button, Footer, Header, Offer, template_parts
from emulator.domain.templates.filling.rendered import (
    Rendered,
    RenderedButton,
    RenderedOffer,
    as_json,
    from_json,
    plain_text,
)


def test_a_template_falls_into_its_parts() -> None:
    """Every component is found, with its variables."""
    made = template_parts(
        (
            {"type": "HEADER", "format": "TEXT", "text": "Our {{1}} is on"},
            {"type": "BODY", "text": "Shop now with {{1}} and get {{2}} off."},
            {"type": "FOOTER", "text": "Bye"},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "QUICK_REPLY", "text": "Stop"},
                    {"type": "URL", "text": "Shop", "url": "https://x.example/{{1}}", "example": ["a"]},
                    {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100"},
                    {"type": "COPY_CODE", "example": "SAVE20"},
                ],
            },
        )
    )

    assert made.header == Header("TEXT", "Our {{1}} is on", ("1",))
    assert made.body == Body("Shop now with {{1}} and get {{2}} off.", ("1", "2"))
    assert made.footer == Footer("Bye")
    assert made.buttons == (
        Button("QUICK_REPLY", "Stop"),
        Button("URL", "Shop", "https://x.example/{{1}}", None, ("1",)),
        Button("PHONE_NUMBER", "Call", None, "+15550100"),
        Button("COPY_CODE", "Copy offer code"),
    )
    assert not made.is_body_only


def test_a_body_alone_is_a_template() -> None:
    """Absent parts are None."""
    made = template_parts(({"type": "BODY", "text": "Hello"},))

    assert (made.header, made.footer, made.buttons) == (None, None, ())
    assert made.is_body_only


def test_the_platform_writes_authentication_templates_itself() -> None:
    """Body, footer and button of an authentication template have the platform's texts."""
    made = template_parts(
        (
            {"type": "BODY", "add_security_recommendation": True},
            {"type": "FOOTER", "code_expiration_minutes": 10},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
        )
    )

    assert made.body == Body(
        "*{{1}}* is your verification code. For your security, do not share this code.", ("1",)
    )
    assert made.footer == Footer("This code expires in 10 minutes.")
    assert made.buttons[0].text == "Copy code"
    assert made.buttons[0].variables == ("1",)


def test_the_security_sentence_is_an_option() -> None:
    """Without add_security_recommendation the body is one sentence."""
    made = template_parts(({"type": "BODY"},))

    assert made.body == Body("*{{1}}* is your verification code.", ("1",))


def test_a_carousel_falls_into_cards_that_are_templates_themselves() -> None:
    """Header, body and buttons of each card are found."""
    card = (
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "More"}]},
    )

    made = template_parts(({"type": "BODY", "text": "Look"}, carousel(card, card)))

    assert [(each.header, each.body, each.buttons) for each in made.cards] == [
        (Header("IMAGE"), None, (Button("QUICK_REPLY", "More"),))
    ] * 2
    assert not made.is_body_only


def test_an_offer_and_a_call_permission_are_no_body_alone() -> None:
    """What stands beside a body shortens it."""
    offer = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon", "has_expiration": True}}

    made = template_parts(({"type": "BODY", "text": "Look"}, offer))
    asking = template_parts(({"type": "BODY", "text": "May we call?"}, {"type": "CALL_PERMISSION_REQUEST"}))

    assert made.offer == Offer("Soon", True)
    assert (made.is_body_only, asking.asks_to_call, asking.is_body_only) == (False, True, False)


def test_a_rendered_template_survives_json() -> None:
    """What is stored is read back equal, cards and offer included."""
    card = Rendered("[product 1]", "", None, (RenderedButton("SPM", "View"),))
    rendered = Rendered(
        "[image]",
        "Hi",
        None,
        (
            RenderedButton("QUICK_REPLY", "Stop", "stop"),
            RenderedButton("FLOW", "Go", action={"flow_token": "unused"}),
        ),
        RenderedOffer("Soon", 1_698_562_800_000),
        (card, card),
    )

    stored = json.loads(json.dumps(as_json(rendered)))

    assert from_json(stored) == rendered
    assert stored["buttons"][0] == {
        "type": "QUICK_REPLY",
        "text": "Stop",
        "payload": "stop",
        "url": None,
        "action": None,
    }


def test_what_was_stored_before_there_were_cards_is_read_too() -> None:
    """Offer, cards and actions may be absent."""
    button = {"type": "URL", "text": "Go", "payload": None, "url": "https://x.example"}
    stored = {"header": None, "body": "Hi", "footer": None, "buttons": [button]}

    assert from_json(stored) == Rendered(
        None, "Hi", None, (RenderedButton("URL", "Go", None, "https://x.example"),)
    )


def test_a_rendered_template_reads_as_text() -> None:
    """Offer, buttons and cards have lines of their own."""
    card = Rendered("[image]", "Bread\nand butter", None, (RenderedButton("QUICK_REPLY", "More"),))
    rendered = Rendered(
        None,
        "Hi",
        "Bye",
        (RenderedButton("URL", "Go"),),
        RenderedOffer("Soon", 1_698_562_800_000),
        (card, card),
    )

    assert plain_text(rendered).splitlines() == [
        "Soon (until 2023-10-29 07:00 UTC)",
        "Hi",
        "Bye",
        "[Go]",
        "(1) [image] Bread and butter [More]",
        "(2) [image] Bread and butter [More]",
    ]
    assert plain_text(Rendered(None, "Hi", None, (), RenderedOffer("Soon"))) == "Soon\nHi"
