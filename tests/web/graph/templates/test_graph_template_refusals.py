"""What the template editor answers over the Graph API: whole bodies, and the settings of an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator import Sandbox
from emulator.domain.media import Upload
from emulator.wire import uploads

BODY = {"type": "BODY", "text": "Your order is on its way to you now."}
VARIABLES = {
    "type": "BODY",
    "text": "Hello {{1}}, your order {{2}} is underway",
    "example": {"body_text": [["Ann", "7"]]},
}


def header(*handles: str) -> dict[str, Any]:
    return {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": list(handles)}}


def code(label: str) -> dict[str, Any]:
    otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": label}
    return {
        "category": "AUTHENTICATION",
        "components": [{"type": "BODY"}, {"type": "BUTTONS", "buttons": [otp]}],
    }


def uploaded(graph: Any) -> str:
    """The handle that an upload in pieces ends with."""
    path = f"{graph.app}/uploads?file_length=4&file_type=image/png"
    session = graph.post(path).json["id"]
    return str(graph.post(session, data=b"1234", headers={"file_offset": "0"}).json["h"])


def test_a_member_that_is_not_declared_reads_as_recorded(refusal: Any, create: Any) -> None:
    """The text of an authentication template's body; other members come in the recorded order."""
    footer = {"type": "FOOTER", "code_expiration_minutes": 5}
    otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy Code"}
    body = {"type": "BODY", "text": "{{1}} is your verification code."}

    answer = create(
        category="AUTHENTICATION", components=[body, footer, {"type": "BUTTONS", "buttons": [otp]}]
    )

    assert refusal(answer) == (
        400,
        {
            "message": "Invalid parameter",
            "type": "OAuthException",
            "code": 100,
            "error_subcode": 2388042,
            "is_transient": False,
            "error_user_title": 'Message template "components" param contains unexpected field(s)',
            "error_user_msg": "component of type BODY has unexpected field(s) (text)",
        },
    )


def test_a_number_that_is_none_reads_as_recorded(refusal: Any, create: Any) -> None:
    """No subcode and no strings for a user: it is the generic reader that refuses it."""
    buttons = [
        {"type": "URL", "text": "Visit", "url": "https://example.com"},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "123"},
    ]

    answer = create(category="MARKETING", components=[BODY, {"type": "BUTTONS", "buttons": buttons}])

    assert refusal(answer) == (
        400,
        {
            "message": "(#192) Param components[1]['buttons'][1]['phone_number'] is not a valid phone "
            "number.",
            "type": "OAuthException",
            "code": 192,
        },
    )


def test_a_variable_at_the_edge_reads_as_recorded(refusal: Any, create: Any) -> None:
    """With the title of the answer, which Meta's page words otherwise."""
    body = {"type": "BODY", "text": "{{1}} is on its way to you now.", "example": {"body_text": [["It"]]}}

    assert refusal(create(components=[body])) == (
        400,
        {
            "message": "Invalid parameter",
            "type": "OAuthException",
            "code": 100,
            "error_subcode": 2388299,
            "is_transient": False,
            "error_user_title": "Leading or trailing params not allowed",
            "error_user_msg": "Variables can't be at the start or end of the template.",
        },
    )


def test_words_of_our_own_say_so(create: Any) -> None:
    """In the hint; of the platform's nothing is said."""
    ours = create(components=[BODY, BODY]).headers["X-Emulator-Hint"]
    theirs = create(name="Order").headers["X-Emulator-Hint"]

    assert ours.endswith("Title and sentence are the emulator's own wording; the platform's are not known.")
    assert "own wording" not in theirs


def test_which_handles_are_samples_is_a_setting(
    graph: Any, sandbox: Sandbox, refusal: Any, create: Any
) -> None:
    """Any of their form, or those of the sandbox's own uploads while they are valid."""
    handle = uploaded(graph)
    invented = "4::aW1hZ2UvcG5n:ARb:e:1:2:3:ARc"
    assert create(name="one", components=[header(invented), BODY]).status_code == 200
    sandbox.change_settings(header_handles="uploaded")

    assert create(name="two", components=[header(handle), BODY]).status_code == 200
    for wrong in (invented, handle + "x", handle.replace(graph.app, "1"), "4::aW1hZ2UvcG5n:ARb"):
        assert refusal(create(name="three", components=[header(wrong), BODY]))[1]["error_subcode"] == 2494102
    sandbox.clock.advance(timedelta(days=31))
    assert refusal(create(name="four", components=[header(handle), BODY]))[1]["error_subcode"] == 2494102


def test_an_upload_that_is_not_whole_has_no_handle(
    graph: Any, sandbox: Sandbox, refusal: Any, create: Any
) -> None:
    """Its handle could be guessed; it is none."""
    session = graph.post(f"{graph.app}/uploads?file_length=4&file_type=image/png").json["id"]
    graph.post(session, data=b"12", headers={"file_offset": "0"})
    upload = Upload(session.partition("?")[0], graph.app, "image/png", 4, None, 2)
    guessed = uploads.handle(upload.id, upload.app_id, upload.file_type, sandbox.clock.now())
    sandbox.change_settings(header_handles="uploaded")

    assert refusal(create(components=[header(guessed), BODY]))[1]["error_subcode"] == 2494102


@pytest.mark.parametrize(("words", "status"), [(2, 200), (3, 400)])
def test_how_many_words_a_variable_needs_is_a_setting(
    sandbox: Sandbox, create: Any, words: int, status: int
) -> None:
    """Here are five for two variables."""
    sandbox.change_settings(words_per_variable=words)

    assert create(components=[VARIABLES]).status_code == status


def test_which_labels_a_code_has_is_a_setting(sandbox: Sandbox, refusal: Any, create: Any) -> None:
    """The platform's own, or any."""
    assert refusal(create(**code("Copy OTP")))[1]["error_user_msg"] == (
        "Buttons can't have any variables, newlines, emojis, or formatting characters."
    )
    assert create(name="own", **code("Copy Code")).status_code == 200
    sandbox.change_settings(otp_labels="any")

    assert create(name="any", **code("Copy OTP")).status_code == 200


def test_which_businesses_may_create_codes_is_a_setting(sandbox: Sandbox, refusal: Any, create: Any) -> None:
    """Any, or those that are verified, as it was recorded; other templates are not concerned."""
    assert create(name="any", **code("Copy Code")).status_code == 200
    sandbox.change_settings(authentication_templates="verified")

    answer = create(name="unverified", **code("Copy Code"))
    assert refusal(answer) == (
        400,
        {
            "message": "Application does not have permission for this action",
            "type": "OAuthException",
            "code": 10,
            "error_subcode": 2388185,
            "is_transient": False,
            "error_user_title": "Cannot create message template",
            "error_user_msg": "This WhatsApp business account does not have permission to create message "
            "template",
        },
    )
    assert "is not_verified" in answer.headers["X-Emulator-Hint"]
    assert create(name="another", components=[BODY]).status_code == 200

    sandbox.accounts.change_portfolio(verification="verified")
    assert create(name="verified", **code("Copy Code")).status_code == 200


def test_an_edit_is_held_to_the_schema_as_well(graph: Any, sandbox: Sandbox, create: Any) -> None:
    """Unexpected members and samples that are none."""
    template_id = create().json["id"]
    sandbox.templates.review(template_id, "approve")

    for components, subcode in (
        ([BODY | {"url": "x"}], 2388042),
        ([header("https://example.com/a.png"), BODY], 2388273),
    ):
        answer = graph.post(template_id, {"components": components})
        assert answer.json["error"]["error_subcode"] == subcode
