"""What a template reads like under the content rules of a review."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import buttons, carousel, draft

from emulator.domain.templates.components import TemplateParts, template_parts
from emulator.domain.templates.lifecycle import content, review
from emulator.domain.templates.template import Status


def body(text: str) -> dict[str, Any]:
    return {"type": "BODY", "text": text}


def made(text: str, *more: dict[str, Any]) -> TemplateParts:
    return template_parts((body(text), *more))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Your order {{1}} is on its way. Enjoy {{2}}% off your next one!", "a discount"),
        ("Thank you, {{1}}! Use code {{2}} at checkout.", "a coupon"),
        ("Hello {{1}}, our limited-time offers are waiting for you.", "an offer"),
        ("The summer sale begins on {{1}} in every shop of ours.", "a sale"),
        ("Your plan ends on {{1}}. Renew today and keep your number.", "a call to buy"),
        ("You left {{1}} in your cart, we kept it for you.", "a cart left behind"),
        ("Dear {{1}}, a free gift waits in our shop for you.", "a gift"),
        ("Did you know? We opened a shop in {{1}} last week.", "something new"),
        ("Happy birthday, {{1}}! We wish you the best.", "good wishes"),
        ("Hello {{1}}, download our app and order there.", "an app to install"),
        ("Hello {{1}}, save up to half on your next trip.", "money to save"),
        ("{{1}}", "content that is unclear"),
        ("Congratulations!", "content that is unclear"),
        ("Two words", None),
    ],
)
def test_marketing_is_recognised_by_its_phrases(text: str, cue: str | None) -> None:
    """Mixed content is marketing, and so is what says nothing."""
    assert content.marketing_cue(made(text)) == cue


@pytest.mark.parametrize(
    "text",
    [
        "Thank you! Your order {{1}} is confirmed. We will let you know once it is on its way.",
        "Daily update for the account ending in {{1}}: your balance is {{2}} today.",
        "Reminder: your monthly payment will be billed on {{1}} to the card you saved.",
        "Thanks for confirming opt-in! You'll now receive notifications via WhatsApp.",
        "There is a {{1}} alert in your area. We recommend you remain indoors today.",
    ],
)
def test_messages_about_what_somebody_did_are_not_marketing(text: str) -> None:
    """In the manner of the platform's examples of utility."""
    assert content.marketing_cue(made(text)) is None


@pytest.mark.parametrize(
    ("more", "cue"),
    [
        ({"type": "FOOTER", "text": "Shop now"}, "a call to buy"),
        (
            {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Soon over"}},
            "a limited-time offer",
        ),
        (buttons({"type": "CATALOG", "text": "View"}), "a button that sells"),
        (carousel(({"type": "HEADER", "format": "PRODUCT"},)), "a product"),
        (carousel((body("Everything on sale this week"),)), "a sale"),
    ],
    ids=["footer", "offer", "button", "product", "card"],
)
def test_marketing_may_stand_in_any_part(more: dict[str, Any], cue: str) -> None:
    """Not only in the body."""
    assert content.marketing_cue(made("Your order {{1}} has left our house.", more)) == cue


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Hello, {{1}} is your verification code for our shop.", True),
        ("Use the one-time password {{1}} to log in to your account.", True),
        ("Your order {{1}} is waiting. Show this code at the desk.", False),
        ("Never share your security code with anybody.", False),
    ],
)
def test_a_hidden_code_has_a_variable(text: str, hidden: bool) -> None:
    """A warning about codes carries none."""
    assert content.carries_code(made(text)) is hidden


@pytest.mark.parametrize(
    ("text", "language", "fits"),
    [
        ("Vielen Dank für Ihren Besuch!", "de", True),
        ("Спасибо за ваш заказ {{order}}!", "ru", True),
        ("Спасибо за ваш заказ {{order}}!", "en_US", False),
        ("Thank you for your order.", "zh_CN", False),
        ("感谢您的订购，我们会尽快发货。", "zh_CN", True),
        ("شكرا لك على طلبك", "ar_EG", True),
        ("شكرا لك على طلبك", "he", False),
        ("OK {{first_name}} 24", "ja", True),
        ("ninechars {{1}}!", "ja", True),
        ("tenletters {{1}}!", "ja", False),
        ("十letters {{1}} and", "ja", True),
    ],
)
def test_a_template_is_written_in_a_script_of_its_language(text: str, language: str, fits: bool) -> None:
    """Ten letters at least; names of variables are none."""
    assert content.is_in_language(made(text), language) is fits


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Dear customer, we take legal action against you.", ("REJECTED", "ABUSIVE_CONTENT", False)),
        ("Please send us your card number to go on.", ("REJECTED", "SCAM", False)),
        ("More about your order at https://bit.ly/abc now.", ("REJECTED", "INVALID_FORMAT", True)),
        ("Спасибо за ваш заказ, до свидания!", ("REJECTED", "TAG_CONTENT_MISMATCH", False)),
        ("Hello, {{1}} is your login code for our shop.", ("REJECTED", "INCORRECT_CATEGORY", False)),
        ("Enjoy {{1}}% off your next order with us!", ("APPROVED", "NONE", False)),
        ("Your order has left our house.", ("APPROVED", "NONE", False)),
    ],
)
def test_what_is_forbidden_is_rejected_with_its_reason(text: str, decision: tuple[Any, ...]) -> None:
    """Only a reason about the format comes with a sentence; without reading all of them pass."""
    reviewed = draft(body(text), category="UTILITY")

    read = review.decide(reviewed, reads_content=True)

    assert (read.status, read.reason, read.rejection_info is not None) == decision
    assert review.decide(reviewed).status is Status.APPROVED


@pytest.mark.parametrize(
    ("category", "text", "becomes"),
    [
        ("UTILITY", "Enjoy {{1}}% off your next order with us!", "MARKETING"),
        ("UTILITY", "Your order {{1}} has left our house.", "UTILITY"),
        ("MARKETING", "Your order {{1}} has left our house.", "MARKETING"),
    ],
)
def test_only_utility_becomes_marketing_by_its_content(category: str, text: str, becomes: str) -> None:
    """A marketing template may say anything."""
    assert review.category_by_content(draft(body(text), category=category)) == becomes
