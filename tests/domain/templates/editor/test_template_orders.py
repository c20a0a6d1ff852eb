"""The editor's rules about bills, about the state of an order, and about what else one account may write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.templates import buttons, carousel, draft, refusal
from kit.times import MICROSECOND

from emulator.domain.errors import TemplateEditorError
from emulator.domain.templates.editor.limits import VARIABLES_CHECKED_SINCE, EditorLimits, limits_at
from emulator.domain.templates.editor.rules import check

BODY = {"type": "BODY", "text": "Here is the bill of your order."}
BILL = buttons({"type": "ORDER_DETAILS", "text": "Copy Pix code"})
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
FILM = {"type": "HEADER", "format": "VIDEO", "example": {"header_handle": ["4::a"]}}


@pytest.mark.parametrize("option", ["display_format", "sub_category"])
@pytest.mark.parametrize("category", ["UTILITY", "MARKETING"])
def test_a_bill_is_a_button_under_a_text_a_picture_or_a_document(option: str, category: str) -> None:
    """However it is announced."""
    check(draft(PICTURE, BODY, BILL, category=category, options={option: "ORDER_DETAILS"}))
    check(draft(BODY, BILL, category=category, options={option: "ORDER_DETAILS"}))


@pytest.mark.parametrize("sub_category", ["ORDER_STATUS", "RICH_ORDER_STATUS"])
def test_the_status_of_an_order_is_a_utility_template(sub_category: str) -> None:
    """A body is enough."""
    check(draft(BODY, category="UTILITY", options={"sub_category": sub_category}))


@pytest.mark.parametrize(
    ("components", "category", "options", "message"),
    [
        (
            (BODY,),
            "UTILITY",
            {"display_format": "ORDER_DETAILS"},
            "A template with a bill must have a button of type ORDER_DETAILS.",
        ),
        (
            (FILM, BODY, BILL),
            "UTILITY",
            {"display_format": "ORDER_DETAILS"},
            "The header of a template with a bill must be a text, image or document.",
        ),
        (
            ({"type": "BODY"}, buttons({"type": "OTP", "otp_type": "COPY_CODE"})),
            "AUTHENTICATION",
            {"display_format": "ORDER_DETAILS"},
            "A template with a bill must be UTILITY or MARKETING.",
        ),
        (
            (BODY,),
            "MARKETING",
            {"sub_category": "ORDER_STATUS"},
            "A template about the state of an order must be UTILITY.",
        ),
        (
            (BODY, BILL),
            "UTILITY",
            {"sub_category": "ORDER_STATUS"},
            "A template about the state of an order can't have a bill.",
        ),
    ],
)
def test_what_says_it_is_about_an_order_is_made_like_it(
    components: tuple[dict[str, Any], ...], category: str, options: dict[str, str], message: str
) -> None:
    """The wording is ours."""
    error = refusal(draft(*components, category=category, options=options))

    assert (error.subcode, error.user_title, error.user_message) == (
        None,
        "Order template is not valid",
        message,
    )


def body(length: int) -> dict[str, Any]:
    return {"type": "BODY", "text": "x" * length}


@pytest.mark.parametrize(("length", "is_refused"), [(549, False), (550, False), (551, True)])
def test_the_body_of_a_marketing_template_may_be_shorter_here(length: int, is_refused: bool) -> None:
    """Where an account is send_error 550 characters; other categories keep theirs."""
    limits = EditorLimits(marketing_body=550)

    check(draft(body(length), category="UTILITY"), limits)
    if not is_refused:
        check(draft(body(length)), limits)
        return
    with pytest.raises(TemplateEditorError) as refused:
        check(draft(body(length)), limits)
    assert refused.value.subcode == 2388040


@pytest.mark.parametrize(("length", "is_refused"), [(1024, False), (1025, True)])
def test_no_account_has_a_longer_body_than_the_platform_s(length: int, is_refused: bool) -> None:
    """A larger limit means nothing."""
    limits = EditorLimits(marketing_body=2000)

    if is_refused:
        with pytest.raises(TemplateEditorError):
            check(draft(body(length)), limits)
    else:
        check(draft(body(length)), limits)


@pytest.mark.parametrize(
    ("late", "judges"), [(-MICROSECOND, False), (timedelta(0), True), (MICROSECOND, True)]
)
def test_variables_are_refused_at_once_since_october_2025(late: timedelta, judges: bool) -> None:
    """Before, they were rejected afterwards."""
    assert datetime(2025, 10, 1, tzinfo=UTC) == VARIABLES_CHECKED_SINCE
    assert limits_at(VARIABLES_CHECKED_SINCE + late, 550) == EditorLimits(550, judges)


@pytest.mark.parametrize("text", ["{{1}} is your code, keep it well", "Code {{1}} here"])
def test_variables_that_are_not_judged_pass_the_editor(text: str) -> None:
    """In a card, too; everything else is judged as ever."""
    written = {"type": "BODY", "text": text, "example": {"body_text": [["7"]]}}
    card = (PICTURE, written, buttons({"type": "QUICK_REPLY", "text": "More"}))
    lenient = EditorLimits(checks_variables=False)

    check(draft(written), lenient)
    check(draft(BODY, carousel(card, card)), lenient)
    with pytest.raises(TemplateEditorError):
        check(draft(written))
    with pytest.raises(TemplateEditorError):
        check(draft({"type": "BODY", "text": text}), lenient)


def long_body(variables: int) -> dict[str, Any]:
    text = " ".join(f"a{{{{{number}}}}}" for number in range(1, variables + 1)) + " z"
    return {"type": "BODY", "text": text, "example": {"body_text": [["7"] * variables]}}


@pytest.mark.parametrize(("in_body", "is_refused"), [(98, False), (99, False), (100, True)])
def test_a_template_has_a_hundred_variables_at_most(in_body: int, is_refused: bool) -> None:
    """All texts and addresses together; here one is in the address of a button."""
    row = buttons({"type": "URL", "text": "Go", "url": "https://a.example/{{1}}", "example": "x"})
    given = draft(long_body(in_body), row, category="UTILITY")
    limits = EditorLimits(checks_variables=False)

    if not is_refused:
        check(given, limits)
        return
    with pytest.raises(TemplateEditorError) as refused:
        check(given, limits)
    assert (refused.value.subcode, refused.value.hint) == (
        2388293,
        "It has 101 variables; at most 100 are allowed.",
    )


def test_the_variables_of_cards_count() -> None:
    """Ten cards with eleven each are too many."""
    card = (PICTURE, long_body(11), buttons({"type": "QUICK_REPLY", "text": "More"}))

    with pytest.raises(TemplateEditorError) as refused:
        check(draft(BODY, carousel(*(card,) * 10)), EditorLimits(checks_variables=False))

    assert refused.value.hint == "It has 110 variables; at most 100 are allowed."
