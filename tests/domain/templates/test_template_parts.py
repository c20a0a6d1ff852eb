"""Templates taken apart, listed and rendered."""

from __future__ import annotations

import json

from emulator.domain.templates.components import Body, Button, Footer, Header, as_listed, parts
from emulator.domain.templates.rendering import Rendered, RenderedButton, as_json, from_json


def test_a_template_falls_into_its_parts():
    """Every component is found, with its variables."""
    made = parts(
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


def test_a_body_alone_is_a_template():
    """Absent parts are None."""
    made = parts(({"type": "BODY", "text": "Hello"},))

    assert (made.header, made.footer, made.buttons) == (None, None, ())
    assert made.is_body_only


def test_the_platform_writes_authentication_templates_itself():
    """Body, footer and button of an authentication template have the platform's texts."""
    made = parts(
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


def test_the_security_sentence_is_an_option():
    """Without add_security_recommendation the body is one sentence."""
    made = parts(({"type": "BODY"},))

    assert made.body == Body("*{{1}}* is your verification code.", ("1",))


def test_listing_shows_the_texts_and_an_otp_button_as_url():
    """Reading an authentication template back gives ordinary components."""
    listed = as_listed(
        (
            {"type": "BODY"},
            {"type": "FOOTER", "code_expiration_minutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy it"}]},
        )
    )

    assert listed == (
        {"type": "BODY", "text": "*{{1}}* is your verification code."},
        {"type": "FOOTER", "code_expiration_minutes": 5, "text": "This code expires in 5 minutes."},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "URL",
                    "text": "Copy it",
                    "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=5"
                    "&code=otp{{1}}",
                    "example": [
                        "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=5"
                        "&code=otp123456"
                    ],
                }
            ],
        },
    )


def test_listing_leaves_other_components_as_written():
    """Examples and addresses come back as they were given."""
    components = (
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}},
        {"type": "BODY", "text": "Hello there {{1}} you", "example": {"body_text": [["Ann"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]},
    )

    assert as_listed(components) == components


def test_a_rendered_template_survives_json():
    """What is stored is read back equal."""
    rendered = Rendered(
        "[image]", "Hi", None, (RenderedButton("QUICK_REPLY", "Stop", "stop"), RenderedButton("URL", "Go"))
    )

    stored = json.loads(json.dumps(as_json(rendered)))

    assert from_json(stored) == rendered
    assert stored["buttons"][0] == {"type": "QUICK_REPLY", "text": "Stop", "payload": "stop", "url": None}
