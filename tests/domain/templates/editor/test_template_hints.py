"""What the editor's hints say of a template that it refuses: what there is, in place of what should be."""

from __future__ import annotations

from typing import Any

import pytest
from kit.refusals import refusal_of

from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.template import Draft

WORDS = {"type": "BODY", "text": "Good news: everything must go this week."}
URL = {"type": "URL", "text": "Go", "url": "https://shop.example/orders"}
REPLY = {"type": "QUICK_REPLY", "text": "More"}
OFFER = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon"}}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
NAMED = {"body_text_named_params": [{"param_name": "order", "example": "1"}]}
CARD = {"components": [PICTURE, {"type": "BUTTONS", "buttons": [REPLY]}]}


def marketing(*components: dict[str, Any], **more: Any) -> Draft:
    return Draft("everything_must_go", "en_US", "MARKETING", components, **more)


def buttons(*each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(each)}


def cards(*each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "CAROUSEL", "cards": list(each)}


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (marketing({"type": "FOOTER", "text": "Bye"}), "The components are FOOTER; add one of type BODY."),
        (marketing(WORDS, cards(CARD, {"components": [buttons(REPLY)]})), "The card has BUTTONS."),
        (
            marketing({"type": "HEADER", "format": "TEXT", "text": "Hi"}, WORDS, OFFER, buttons(URL)),
            "Its format is TEXT.",
        ),
        (marketing(PICTURE, WORDS, OFFER, buttons(REPLY)), "The buttons are QUICK_REPLY."),
        (
            marketing({"type": "BODY", "text": "Your order {{1}} is ready", "example": NAMED}),
            "The template has parameter_format POSITIONAL.",
        ),
        (
            marketing({"type": "BODY", "text": "Your order {{order}} is ready", "example": NAMED}),
            "The variables are named; say so with parameter_format NAMED.",
        ),
    ],
)
def test_the_hint_says_what_there_is(given: Draft, hint: str) -> None:
    """The platform's sentence says what should be there."""
    assert hint in refusal_of(check, given).hint


def test_a_sample_that_was_uploaded_may_have_an_address_beside_it() -> None:
    """The handle counts."""
    both = {"header_handle": ["4::a"], "header_url": ["https://shop.example/a.png"]}

    check(marketing(PICTURE | {"example": both}, WORDS))
