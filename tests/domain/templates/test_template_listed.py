"""The components of a template as the platform lists them."""

from __future__ import annotations

import pytest
from kit.templates import buttons, carousel

from emulator.domain.templates.listing import as_listed, as_written


def test_listing_shows_the_texts_and_an_otp_button_as_url() -> None:
    """Reading an authentication template back gives ordinary components, in the recorded order."""
    listed = as_listed(
        (
            {"type": "BODY"},
            {"type": "FOOTER", "code_expiration_minutes": 5},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy it"}]},
        )
    )

    assert list(listed[1]) == ["type", "text", "code_expiration_minutes"]
    assert listed == (
        {
            "type": "BODY",
            "text": "*{{1}}* is your verification code.",
            "example": {"body_text": [["123456"]]},
        },
        {"type": "FOOTER", "text": "This code expires in 5 minutes.", "code_expiration_minutes": 5},
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


def test_listing_leaves_other_components_as_written() -> None:
    """Examples and addresses come back as they were given."""
    components = (
        {"type": "HEADER", "format": "TEXT", "text": "Our {{1}}", "example": {"header_text": ["sale"]}},
        {"type": "BODY", "text": "Hello there {{1}} you", "example": {"body_text": [["Ann"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop"}]},
    )

    assert as_listed(components) == components


def test_listing_shows_cards_offers_and_buttons_as_submitted() -> None:
    """Down to the buttons of the cards; a fixed label is put in."""
    reply = {"type": "QUICK_REPLY", "text": "More"}
    card = ({"type": "HEADER", "format": "PRODUCT"}, {"type": "BUTTONS", "buttons": [reply]})
    components = (
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon"}},
        carousel(card, card),
        {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Go", "flow_id": "1"}]},
    )

    assert as_listed(components) == components
    assert as_listed((buttons({"type": "REQUEST_CONTACT_INFO"}),)) == (
        buttons({"type": "REQUEST_CONTACT_INFO", "text": "Share Contact Info"}),
    )


def test_listing_writes_an_authentication_template_in_its_language() -> None:
    """The body, the footer and the label of the button."""
    body, footer, row = as_listed(
        (
            {"type": "BODY", "add_security_recommendation": True},
            {"type": "FOOTER", "code_expiration_minutes": 10},
            buttons({"type": "OTP", "otp_type": "COPY_CODE"}),
        ),
        "es_MX",
    )

    assert body["text"] == "Tu código de verificación es *{{1}}*. Por tu seguridad, no lo compartas."
    assert footer["text"] == "Este código caduca en 10 minutos."
    assert row["buttons"][0]["text"] == "Copiar código"


@pytest.mark.parametrize(
    ("format_", "suffix"), [("IMAGE", ".jpg"), ("VIDEO", ".mp4"), ("GIF", ".mp4"), ("DOCUMENT", ".pdf")]
)
def test_listing_shows_the_address_of_a_sample_instead_of_its_handle(format_: str, suffix: str) -> None:
    """The same handle has the same address, another one another."""
    headers = [
        {"type": "HEADER", "format": format_, "example": {"header_handle": [handle]}}
        for handle in ("4::a", "4::a", "4::b")
    ]

    first, again, other = (as_listed((header,))[0]["example"]["header_handle"][0] for header in headers)

    assert first.startswith("https://scontent.whatsapp.net/")
    assert first.endswith(suffix)
    assert (first == again, first == other) == (True, False)


def test_the_address_of_a_sample_is_the_same_in_every_release() -> None:
    """It has sixteen figures, which follow from the handle alone."""
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}

    assert as_listed((header,))[0]["example"]["header_handle"] == [
        "https://scontent.whatsapp.net/v/t61.29466-34/2512763084873547_n.jpg"
    ]


def test_listing_leaves_a_sample_that_has_an_address() -> None:
    """Nothing is made of what somebody can open already."""
    header = {
        "type": "HEADER",
        "format": "IMAGE",
        "example": {"header_handle": ["https://example.com/a.png"]},
    }

    assert as_listed((carousel((header,)),)) == (carousel((header,)),)


# and back


CODE = "https://www.whatsapp.com/otp/code/?otp_type="


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        (
            {"type": "URL", "text": "Copy it", "url": f"{CODE}COPY_CODE&code=otp{{{{1}}}}", "example": ["x"]},
            {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy it"},
        ),
        (
            {
                "type": "URL",
                "text": "Fill in",
                "url": f"{CODE}ONE_TAP&package_name=com.a&signature_hash=K8a&code=otp{{{{1}}}}",
            },
            {
                "type": "OTP",
                "otp_type": "ONE_TAP",
                "text": "Fill in",
                "supported_apps": [{"package_name": "com.a", "signature_hash": "K8a"}],
            },
        ),
        (
            {"type": "URL", "text": "Copy", "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}"},
            {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"},
        ),
        (
            {"type": "URL", "text": "Visit", "url": "https://x.example/otp/code/", "example": None},
            {"type": "URL", "text": "Visit", "url": "https://x.example/otp/code/"},
        ),
        (
            {"type": "QUICK_REPLY", "text": "Stop", "url": None},
            {"type": "QUICK_REPLY", "text": "Stop"},
        ),
        (
            {"type": "PHONE_NUMBER", "text": "Call", "url": f"{CODE}COPY_CODE"},
            {"type": "PHONE_NUMBER", "text": "Call", "url": f"{CODE}COPY_CODE"},
        ),
    ],
)
def test_a_listed_button_is_taken_back_to_what_was_written(
    listed: dict[str, object], written: dict[str, object]
) -> None:
    """A URL of the platform's for codes is an OTP button; every other stays, without empty members."""
    given = ({"type": "BUTTONS", "buttons": [listed]},)

    assert as_written(given, "AUTHENTICATION") == ({"type": "BUTTONS", "buttons": [written]},)


@pytest.mark.parametrize(
    ("category", "written"),
    [
        ("AUTHENTICATION", {"type": "BODY", "add_security_recommendation": True}),
        (
            "UTILITY",
            {
                "type": "BODY",
                "text": "A",
                "add_security_recommendation": True,
                "example": {"body_text": [["1"]]},
            },
        ),
    ],
)
def test_the_platforms_own_body_is_taken_out(category: str, written: dict[str, object]) -> None:
    """Of an authentication template alone; it is written again when the template is read."""
    listed = {
        "type": "BODY",
        "text": "A",
        "add_security_recommendation": True,
        "example": {"body_text": [["1"]]},
        "unused": None,
    }

    assert as_written((listed,), category) == (written,)


def test_the_platforms_own_footer_is_taken_out() -> None:
    """The one about the time a code is good for; a footer of one's own stays."""
    expiry = {"type": "FOOTER", "text": "This code expires in 5 minutes.", "code_expiration_minutes": 5}
    own = {"type": "FOOTER", "text": "Lucky Shrub"}

    assert as_written((expiry, own), "AUTHENTICATION") == (
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "FOOTER", "text": "Lucky Shrub"},
    )


def test_what_is_taken_back_is_listed_as_it_was() -> None:
    """An authentication template, and a carousel down to the buttons of its cards."""
    code = (
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy it"}]},
    )
    cards = (carousel((buttons({"type": "QUICK_REPLY", "text": "More"}),)),)

    assert as_written(as_listed(code), "AUTHENTICATION") == code
    assert as_listed(as_written(as_listed(cards), "MARKETING")) == as_listed(cards)
