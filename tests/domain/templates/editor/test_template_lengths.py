"""Every length and count of the template editor: the least and the most are taken, no more and no less."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kit.templates import buttons, draft

from emulator.domain.errors import TemplateEditorError
from emulator.domain.templates.editor.button_fields import example_of
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.template import Draft

WORDS = {"type": "BODY", "text": "Good news: everything must go this week."}
URL = {"type": "URL", "text": "Buy", "url": "https://x.example/shop"}
OTP = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}
TAP = {
    **OTP,
    "otp_type": "ONE_TAP",
    "supported_apps": [{"package_name": "com.example.a", "signature_hash": "x" * 11}],
}
APP = {"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}


def sale(*components: dict[str, Any]) -> Draft:
    return draft(*components, category="MARKETING")


def code(*components: dict[str, Any]) -> Draft:
    return draft({"type": "BODY"}, *components, category="AUTHENTICATION")


def offer(text: str) -> dict[str, Any]:
    return {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": text}}


def one_tap(*apps: dict[str, str]) -> dict[str, Any]:
    return buttons({**OTP, "otp_type": "ONE_TAP", "autofill_text": "Fill", "supported_apps": list(apps)})


def package(length: int) -> str:
    return "a." + "b" * (length - 2)


LIMITS: list[tuple[str, Callable[[int], Draft], int, int]] = [
    ("name", lambda count: draft(WORDS, name="n" * count), 1, 512),
    ("body", lambda count: sale({"type": "BODY", "text": "x" * count}, buttons(URL)), 1, 1024),
    ("header", lambda count: sale({"type": "HEADER", "format": "TEXT", "text": "x" * count}, WORDS), 1, 60),
    ("footer", lambda count: sale(WORDS, {"type": "FOOTER", "text": "x" * count}), 1, 60),
    (
        "emojis of a body",
        lambda count: sale({"type": "BODY", "text": "Hello " + "🌱 " * count + "you"}),
        0,
        10,
    ),
    ("label", lambda count: sale(WORDS, buttons({**URL, "text": "x" * count})), 1, 25),
    (
        "address",
        lambda count: sale(WORDS, buttons({**URL, "url": f"https://x.example/{'x' * count}"})),
        0,
        1982,
    ),
    (
        "phone number",
        lambda count: sale(
            WORDS, buttons({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+" + "1" * count})
        ),
        0,
        19,
    ),
    ("coupon", lambda count: sale(WORDS, buttons({"type": "COPY_CODE", "example": "x" * count})), 1, 20),
    ("text of an offer", lambda count: sale(offer("x" * count), WORDS, buttons(URL)), 1, 16),
    (
        "coupon of an offer",
        lambda count: sale(offer("Soon"), WORDS, buttons({"type": "COPY_CODE", "example": "x" * count}, URL)),
        1,
        15,
    ),
    (
        "body of an offer",
        lambda count: sale(offer("Soon"), {"type": "BODY", "text": "x" * count}, buttons(URL)),
        1,
        600,
    ),
    (
        "minutes of a code",
        lambda count: code({"type": "FOOTER", "code_expiration_minutes": count}, buttons(OTP)),
        1,
        90,
    ),
    (
        "apps",
        lambda count: code(
            one_tap(*({**APP, "package_name": f"com.example.a{place}"} for place in range(count)))
        ),
        1,
        5,
    ),
    (
        "label of autofill",
        lambda count: code(buttons({**TAP, "autofill_text": "x" * count})),
        0,
        25,
    ),
    (
        "minutes of a call",
        lambda count: sale(WORDS, buttons({"type": "VOICE_CALL", "text": "Call", "ttl_minutes": count})),
        1,
        43_200,
    ),
    ("package", lambda count: code(one_tap({**APP, "package_name": package(count)})), 3, 224),
    ("hash", lambda count: code(one_tap({**APP, "signature_hash": "x" * count})), 11, 11),
]


@pytest.mark.parametrize(
    ("make", "least", "most"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS]
)
def test_both_ends_are_taken_and_what_is_beyond_is_refused(
    make: Callable[[int], Draft], least: int, most: int
) -> None:
    """As the pages about components print them."""
    for count in {least, most - 1, most} - {least - 1}:
        check(make(count))
    for count in {most + 1, least - 1} - {-1}:
        with pytest.raises(TemplateEditorError):
            check(make(count))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ""),
        ({"example": None}, ""),
        ({"example": []}, ""),
        ({"example": "SAVE20"}, "SAVE20"),
        ({"example": ["SAVE20", "SAVE30"]}, "SAVE20"),
        ({"example": 20}, "20"),
    ],
)
def test_the_example_of_a_button_is_its_first(given: dict[str, Any], expected: str) -> None:
    """Bare or in an array."""
    assert example_of(given) == expected
