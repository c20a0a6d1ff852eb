"""Examples in templates: of variables by number and shape, of files by their handle."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import draft, refusal

from emulator.domain.templates.editor.limits import EditorLimits
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.template import Draft

WORDS = {"type": "BODY", "text": "Good news: everything must go this week."}
ONE = "Your order {{1}} is ready for you"
TWO = "Your order {{1}} is ready for {{2}} of you"
NAMED = "Hello {{name}}, your order is ready for you"


def body(text: str, **example: Any) -> dict[str, Any]:
    return {"type": "BODY", "text": text, "example": example}


def header(text: str, **example: Any) -> dict[str, Any]:
    return {"type": "HEADER", "format": "TEXT", "text": text, "example": example}


def picture(**example: Any) -> dict[str, Any]:
    return {"type": "HEADER", "format": "IMAGE", "example": example}


def named(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"param_name": name, "example": example} for name, example in pairs]


@pytest.mark.parametrize(
    "given",
    [
        draft(body(TWO, body_text=[["a", "b"]])),
        draft(body(TWO, body_text=[["a", "b"], ["c", "d"]])),
        draft(body(ONE, body_text=[["a"]])),
        draft(body(ONE, body_text=["a"])),
        draft(body(ONE, body_text="a")),
        draft(body(ONE, body_text=[[7]])),
        draft(header("Order {{1}}", header_text=["7"]), WORDS),
        draft(header("Order {{1}}", header_text=[["7"]]), WORDS),
        draft(body(NAMED, body_text_named_params=named(("name", "Ann"))), parameter_format="NAMED"),
    ],
)
def test_an_example_has_a_value_for_every_variable(given: Draft) -> None:
    """In lists of their own; of one variable it may be flat or bare."""
    check(given)


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        (draft({"type": "BODY", "text": ONE}), "BODY", "example"),
        (draft(body(ONE)), "BODY", "example"),
        (draft(body(TWO, body_text=["a", "b"])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a"]])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a", "b", "c"]])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a", "b"], ["c"]])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a"], "b"])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a", ""]])), "BODY", "example"),
        (draft(body(TWO, body_text=[["a", None]])), "BODY", "example"),
        (draft(body(ONE, body_text=[[True]])), "BODY", "example"),
        (draft(body(ONE, body_text={"1": "a"})), "BODY", "example"),
        (draft(body(ONE, body_text=[])), "BODY", "example"),
        (draft(header("Order {{1}}", header_text=["7", "8"]), WORDS), "HEADER", "example"),
        (
            draft(body(NAMED, body_text_named_params=named(("name", ""))), parameter_format="NAMED"),
            "BODY",
            "example",
        ),
        (
            draft(
                body(NAMED, body_text_named_params=named(("name", "Ann"), ("other", "x"))),
                parameter_format="NAMED",
            ),
            "BODY",
            "example",
        ),
        (draft(body(NAMED, body_text_named_params=named(("name", "Ann")))), "BODY", "example.body_text"),
        (draft(body(ONE, body_text_named_params=named(("1", "Ann")))), "BODY", "example.body_text"),
        (
            draft(body(ONE, body_text=[["a"]]), parameter_format="NAMED"),
            "BODY",
            "example.body_text_named_params",
        ),
        (
            draft(header("Hi {{name}}", header_text_named_params=named(("name", "Ann"))), WORDS),
            "HEADER",
            "example.header_text",
        ),
    ],
)
def test_an_example_that_does_not_fit_is_missing(given: Draft, kind: str, field: str) -> None:
    """One under the other format's member by that member's name, any other by the example's."""
    error = refusal(given)

    assert (error.subcode, error.user_message) == (
        2388043,
        f"component of type {kind} is missing expected field(s) ({field})",
    )


def test_named_variables_without_a_format_are_told_what_helps() -> None:
    """The hint names parameter_format."""
    error = refusal(draft(body(NAMED, body_text_named_params=named(("name", "Ann")))))

    assert error.hint == "The variables are named; say so with parameter_format NAMED."


@pytest.mark.parametrize(
    "example",
    [
        {"header_handle": ["https://example.com/a.jpg"]},
        {"header_handle": "https://example.com/a.jpg"},
        {"header_url": ["https://example.com/a.jpg"]},
        {"header_handle": ["4::aW1hZ2U=", "https://example.com/a.jpg"]},
    ],
)
@pytest.mark.parametrize("kind", ["IMAGE", "VIDEO", "DOCUMENT"])
def test_an_address_is_no_sample(kind: str, example: dict[str, Any]) -> None:
    """Of no format; the sentence names it."""
    error = refusal(draft(picture(**example) | {"format": kind}, WORDS))

    assert (error.subcode, error.user_title, error.user_message) == (
        2388273,
        "Missing sample parameter for title type",
        f"Templates with {kind} header type need an example/sample, but it was not provided.",
    )


@pytest.mark.parametrize("handle", ["683942204742981", "a.png", "4:"])
def test_what_no_upload_ended_with_is_an_invalid_handle(handle: str) -> None:
    """The id of a media file, of which it is reported, or any text; the hint says where handles are from."""
    error = refusal(draft(picture(header_handle=[handle]), WORDS))

    assert (error.code, error.subcode, error.message, error.user_title) == (
        131009,
        2494102,
        "(#131009) Parameter value is not valid",
        "Uploaded Media Handle Is Invalid",
    )
    assert handle in error.hint
    assert "/uploads" in error.hint


@pytest.mark.parametrize("handle", ["4::aW1hZ2UvcG5n:ARb", "2:c2FtcGxlLm1wNA==:image/jpeg:GKAj0g:e:1:ARZ_"])
def test_a_handle_is_a_sample(handle: str) -> None:
    """In the forms that uploads have ended with; of an account that knows its uploads, one of those."""
    check(draft(picture(header_handle=[handle]), WORDS))
    check(draft(picture(header_handle=handle), WORDS))

    error = refusal_of_uploads(draft(picture(header_handle=[handle]), WORDS))
    assert error == 2494102


def refusal_of_uploads(given: Draft) -> int | None:
    """The subcode where no handle is that of an upload."""
    with pytest.raises(Exception) as refused:  # noqa: PT011
        check(given, EditorLimits(is_uploaded=lambda _: False))
    return getattr(refused.value, "subcode", None)


@pytest.mark.parametrize(
    ("text", "values", "subcode"),
    [
        ("Reminder: your {{1}} shift at {{2}} is on {{3}} at {{4}}.", 4, 2388293),
        ("Purchase order {{1}} for {{2}} is ready: {{3}}. Raised {{4}}, needed by {{5}}.", 5, 2388293),
        ("Update about your {{1}} shift: {{2}}", 2, 2388293),
        ("A message from {{1}} — {{2}}: {{3}} Read it here: {{4}}", 4, 2388293),
        ("{{1}} item(s) at {{2}} are below their reorder level: {{3}}.", 3, 2388299),
    ],
)
def test_too_many_variables_are_told_before_one_at_the_edge(text: str, values: int, subcode: int) -> None:
    """As five bodies that have both were answered in September 2026."""
    assert refusal(draft(body(text, body_text=[["x"] * values]))).subcode == subcode


@pytest.mark.parametrize(("words", "passes"), [(2, True), (3, True), (4, False), (7, False)])
def test_how_many_words_a_variable_needs_is_the_account_s(words: int, passes: bool) -> None:
    """From what providers print to what one team measured; here are 13 words for four variables."""
    text = "Hello {{1}} and {{2}}, we have three good new pieces of {{3}} for you at {{4}} today"
    given = draft(body(text, body_text=[["x"] * 4]))

    if passes:
        check(given, EditorLimits(words_per_variable=words))
    else:
        with pytest.raises(Exception, match="Params Words Ratio Exceeds Limit"):
            check(given, EditorLimits(words_per_variable=words))


@pytest.mark.parametrize("text", ["Two\nlines", "Party 🎉"])
def test_a_footer_is_a_plain_line(text: str) -> None:
    """In the quoted words."""
    error = refusal(draft(WORDS, {"type": "FOOTER", "text": text}))

    assert (error.subcode, error.user_message) == (
        2388073,
        "The message footer can't have any newlines or emojis.",
    )
