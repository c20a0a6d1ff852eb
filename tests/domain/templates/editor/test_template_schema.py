"""The declared schema of a template: what each component and each button has, and what is no part of it."""

from __future__ import annotations

from typing import Any

import pytest
from kit.templates import buttons, carousel, draft, refusal

from emulator.domain.templates.components import BUTTON_TYPES, COMPONENT_TYPES
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.editor.schema import BUTTON, SCHEMA, members_of, needed_of
from emulator.domain.templates.template import Draft

UNEXPECTED = 'Message template "components" param contains unexpected field(s)'
MISSING = 'Message template "components" param is missing expected field(s)'
WORDS = {"type": "BODY", "text": "Good news: everything must go this week."}
SAMPLE = {"header_handle": ["4::aW1hZ2UvcG5n:ARb"]}
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": SAMPLE}
TITLE = {"type": "HEADER", "format": "TEXT", "text": "News"}
REPLY = {"type": "QUICK_REPLY", "text": "Yes"}
OTP = {"type": "OTP", "otp_type": "COPY_CODE"}


def code(*components: dict[str, Any]) -> Draft:
    return draft(*components, buttons(OTP), category="AUTHENTICATION")


def error_shown(given: Draft) -> tuple[int | None, str, str]:
    error = refusal(given)
    return error.subcode, error.user_title, error.user_message


@pytest.mark.parametrize(
    ("given", "kind", "fields"),
    [
        (code({"type": "BODY", "text": "{{1}} is your code."}), "BODY", "text"),
        (code({"type": "BODY", "example": {"body_text": [["1"]]}}), "BODY", "example"),
        (code({"type": "BODY", "text": "x", "example": {}}), "BODY", "text, example"),
        (code({"type": "BODY"}, {"type": "FOOTER", "text": "Bye"}), "FOOTER", "text"),
        (draft(WORDS | {"add_security_recommendation": True}), "BODY", "add_security_recommendation"),
        (draft(WORDS | {"format": "TEXT"}), "BODY", "format"),
        (draft(WORDS | {"buttons": []}), "BODY", "buttons"),
        (draft(WORDS, {"type": "FOOTER", "text": "Bye", "example": {}}), "FOOTER", "example"),
        (
            draft(WORDS, {"type": "FOOTER", "text": "Bye", "code_expiration_minutes": 5}),
            "FOOTER",
            "code_expiration_minutes",
        ),
        (draft(PICTURE | {"text": "News"}, WORDS), "HEADER", "text"),
        (draft({"type": "HEADER", "format": "LOCATION", "example": SAMPLE}, WORDS), "HEADER", "example"),
        (draft({"type": "HEADER", "format": "LOCATION", "text": "Here"}, WORDS), "HEADER", "text"),
        (draft(TITLE | {"example": SAMPLE}, WORDS), "HEADER", "example.header_handle"),
        (
            draft({**PICTURE, "example": SAMPLE | {"body_text": [["x"]]}}, WORDS),
            "HEADER",
            "example.body_text",
        ),
        (draft(WORDS, buttons(REPLY) | {"text": "Choose"}), "BUTTONS", "text"),
        (draft(WORDS, buttons(REPLY | {"url": "https://example.com"})), "BUTTONS", "url"),
        (draft(WORDS, buttons(REPLY | {"payload": "yes", "index": 0})), "BUTTONS", "payload, index"),
        (
            draft(
                WORDS,
                buttons({"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100", "url": ""}),
            ),
            "BUTTONS",
            "url",
        ),
        (
            draft(WORDS, {"type": "CALL_PERMISSION_REQUEST", "text": "May we?"}),
            "CALL_PERMISSION_REQUEST",
            "text",
        ),
    ],
)
def test_a_member_that_is_not_declared_is_unexpected(given: Draft, kind: str, fields: str) -> None:
    """With the type of the component and the names, those inside of another with a dot."""
    assert error_shown(given) == (
        2388042,
        UNEXPECTED,
        f"component of type {kind} has unexpected field(s) ({fields})",
    )


def test_a_card_is_declared_like_the_message_that_holds_it() -> None:
    """The hint says which card."""
    good = (PICTURE, {"type": "BODY", "text": "Look at this"}, buttons(REPLY))
    bad = (PICTURE, {"type": "BODY", "text": "Look at this", "format": "TEXT"}, buttons(REPLY))

    error = refusal(draft(WORDS, carousel(good, bad)))

    assert error.user_message == "component of type BODY has unexpected field(s) (format)"
    assert (error.hint or "").startswith("This is about the card at index 1.")


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        (draft({"type": "BODY"}), "BODY", "text"),
        (draft({"type": "BODY", "text": ""}), "BODY", "text"),
        (draft(WORDS, {"type": "FOOTER"}), "FOOTER", "text"),
        (draft({"type": "HEADER", "format": "TEXT", "text": ""}, WORDS), "HEADER", "text"),
        (code({"type": "BODY"}, {"type": "FOOTER"}), "FOOTER", "code_expiration_minutes"),
    ],
)
def test_a_member_that_is_needed_is_missed(given: Draft, kind: str, field: str) -> None:
    """An empty one is none."""
    assert error_shown(given) == (
        2388043,
        MISSING,
        f"component of type {kind} is missing expected field(s) ({field})",
    )


def test_what_is_too_much_is_told_before_what_is_missing() -> None:
    """Of whichever component."""
    given = draft({"type": "BODY"}, {"type": "FOOTER", "text": "Bye", "colour": "red"})

    assert error_shown(given)[2] == "component of type FOOTER has unexpected field(s) (colour)"


def test_absent_is_not_unexpected() -> None:
    """A member of an example that is null counts as left out."""
    check(draft({**PICTURE, "example": SAMPLE | {"header_text": None}}, WORDS))


def test_every_component_and_button_is_declared() -> None:
    """Each once, with its members."""
    owners = {*COMPONENT_TYPES, *(BUTTON + kind for kind in BUTTON_TYPES)}

    assert {row.of for row in SCHEMA} == owners - {"CALL_PERMISSION_REQUEST"}
    assert len({(row.of, row.name) for row in SCHEMA}) == len(SCHEMA)
    assert members_of("CALL_PERMISSION_REQUEST") == ()
    assert needed_of(BUTTON + "URL") == ("text", "url")
    assert needed_of("BODY", "AUTHENTICATION") == ()
