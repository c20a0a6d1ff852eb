"""Answers and headers of the Graph API."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from kit.times import MORNING

from emulator.domain.errors import (
    GraphError,
    PlatformError,
    TemplateEditorError,
    bad_parameter,
    invalid_parameter,
    message_error,
    refuse,
)
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.wire.responses import accepted, error, headers, printable, session_expired

HINT = "It came so; send something else."

TRACE = "AzJYAMZdf4WaDlLDXeqjTr9"


def shown(refusal: PlatformError) -> str:
    return json.dumps(error(refusal, TRACE)["error"])


def sent(kind: str) -> Message:
    return Message("wamid.1", "1", "13437772910", True, kind, MessageStatus.ACCEPTED, MORNING)


def made(refusal: PlatformError | None = None, method: str = "POST", **facts: str | None) -> dict[str, str]:
    values = {"waba_id": "114503234599312", "version_warning": None} | facts
    found = headers(
        method,
        "v24.0",
        TRACE,
        "GAhHQlHMkW+",
        usage="whatsapp",
        refusal=refusal,
        waba_id=values["waba_id"],
        version_warning=values["version_warning"],
    )
    assert len(dict(found)) == len(found)
    return dict(found)


def test_an_accepted_message_is_answered_as_recorded() -> None:
    """The recipient as it was written, and the number WhatsApp made of it."""
    assert json.dumps(accepted(sent("text"), "+1 343 777 2910", None)) == json.dumps(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": "+1 343 777 2910", "wa_id": "13437772910"}],
            "messages": [{"id": "wamid.1"}],
        }
    )


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        (None, {"input": "US.1", "user_id": "US.1"}),
        ("+1 343 777 2910", {"input": "+1 343 777 2910", "wa_id": "13437772910", "user_id": "US.1"}),
    ],
    ids=["user id alone", "both"],
)
def test_a_recipient_given_by_user_id_is_named_by_it(number: str | None, contact: dict[str, str]) -> None:
    """Alone without a number, and beside the number when both were given."""
    assert accepted(sent("text"), number, "US.1")["contacts"] == [contact]


def test_only_a_template_has_a_message_status() -> None:
    """As recorded, against the documentation."""
    assert accepted(sent("template"), "1", None)["messages"] == [
        {"id": "wamid.1", "message_status": "accepted"}
    ]


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (
            bad_parameter("The parameter messaging_product is required.", hint=HINT),
            {
                "message": "(#100) The parameter messaging_product is required.",
                "type": "OAuthException",
                "code": 100,
                "fbtrace_id": TRACE,
            },
        ),
        (
            invalid_parameter("Please check the message ID you have provided.", hint=HINT),
            {
                "message": "(#100) Invalid parameter",
                "type": "OAuthException",
                "code": 100,
                "error_data": {
                    "messaging_product": "whatsapp",
                    "details": "Please check the message ID you have provided.",
                },
                "fbtrace_id": TRACE,
            },
        ),
        (
            message_error(133010, rule="x", hint=HINT),
            {
                "message": "(#133010) Account not registered",
                "type": "OAuthException",
                "code": 133010,
                "fbtrace_id": TRACE,
            },
        ),
        (
            GraphError("Unsupported get request.", 100, type="GraphMethodException", subcode=33, hint=HINT),
            {
                "message": "Unsupported get request.",
                "type": "GraphMethodException",
                "code": 100,
                "error_subcode": 33,
                "fbtrace_id": TRACE,
            },
        ),
        (
            TemplateEditorError(
                subcode=2593002,
                user_title="Message Template Not Found",
                user_message="It wasn't found.",
                hint=HINT,
            ),
            {
                "message": "Invalid parameter",
                "type": "OAuthException",
                "code": 100,
                "error_subcode": 2593002,
                "is_transient": False,
                "error_user_title": "Message Template Not Found",
                "error_user_msg": "It wasn't found.",
                "fbtrace_id": TRACE,
            },
        ),
        (
            TemplateEditorError(
                subcode=2388046, user_title="Name", user_message="It is wrong.", blame=("name",), hint=HINT
            ),
            {
                "message": "Invalid parameter",
                "type": "OAuthException",
                "code": 100,
                "error_data": {"blame_field_specs": [["name"]]},
                "error_subcode": 2388046,
                "is_transient": False,
                "error_user_title": "Name",
                "error_user_msg": "It is wrong.",
                "fbtrace_id": TRACE,
            },
        ),
    ],
    ids=["generic", "details", "no details", "object", "editor", "editor with blame"],
)
def test_a_refusal_has_its_members_in_the_recorded_order(
    refusal: PlatformError, expected: dict[str, object]
) -> None:
    """Only those it has."""
    assert shown(refusal) == json.dumps(expected)


def test_what_the_emulator_explains_stays_out_of_the_body() -> None:
    """Rule, hint, facts and source are no part of the platform's answer."""
    refusal = message_error(
        131030, rule="the-rule", hint="the-hint", source="the-source", facts={"the": "fact"}
    )

    body = shown(refusal)

    assert not [secret for secret in ("the-rule", "the-hint", "the-source", "fact") if secret in body]


def test_a_refusal_that_passes_says_so() -> None:
    """``is_transient`` stands where the platform sends it: with code 2, and in its forms."""
    down = refuse(2, rule="x", hint=HINT)

    assert shown(down) == json.dumps(
        {
            "message": "(#2) Service temporarily unavailable",
            "type": "OAuthException",
            "code": 2,
            "is_transient": True,
            "fbtrace_id": TRACE,
        }
    )


def test_an_answer_has_the_recorded_headers() -> None:
    """Of a message that was accepted."""
    assert made() == {
        "Content-Type": "application/json; charset=UTF-8",
        "Access-Control-Allow-Origin": "*",
        "Pragma": "no-cache",
        "Expires": "Sat, 01 Jan 2000 00:00:00 GMT",
        "X-Fb-Rev": "1017314811",
        "Vary": "Origin",
        "Facebook-Api-Version": "v24.0",
        "X-Fb-Request-Id": TRACE,
        "X-Fb-Trace-Id": "GAhHQlHMkW+",
        "Cache-Control": "private, no-cache, no-store, must-revalidate",
        "X-Business-Use-Case-Usage": '{"114503234599312":[{"type":"whatsapp","call_count":0,'
        '"total_cputime":0,"total_time":0,"estimated_time_to_regain_access":0}]}',
    }


def test_a_read_varies_with_the_encoding_too() -> None:
    """As recorded for every GET."""
    assert made(method="GET")["Vary"] == "Accept-Encoding, Origin"


def test_an_answer_about_no_known_object_counts_for_the_app() -> None:
    """Then there is no business use case."""
    found = made(waba_id=None)

    assert found["X-App-Usage"] == '{"call_count":0,"total_cputime":0,"total_time":0}'
    assert "X-Business-Use-Case-Usage" not in found


def test_an_upgraded_call_is_warned() -> None:
    """In the recorded sentence."""
    assert (
        made(version_warning="The call has been auto-upgraded.")["X-Ad-Api-Version-Warning"]
        == "The call has been auto-upgraded."
    )


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (
            invalid_parameter("Details stay out.", hint=HINT),
            'OAuth "Facebook Platform" "invalid_request" "(#100) Invalid parameter"',
        ),
        (
            GraphError("Invalid OAuth access token - Cannot parse access token", 190, status=401, hint=HINT),
            'OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token - Cannot parse access '
            'token"',
        ),
        (
            bad_parameter('Param type must be one of {TEXT} - got "x".', hint=HINT),
            'OAuth "Facebook Platform" "invalid_request" "(#100) Param type must be one of {TEXT} - got '
            '"x"."',
        ),
    ],
)
def test_every_refusal_has_a_header_too(refusal: PlatformError, expected: str) -> None:
    """``WWW-Authenticate`` with the message as it is; nothing of it may be cached."""
    found = made(refusal)

    assert found["WWW-Authenticate"] == expected
    assert found["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "text",
    [
        "\r\nSet-Cookie: a=b",
        "\n",
        "\r",
        "\x00",
        "\x7f",
        "\u2028",
        "\x85",
        "ä",
        "日本",
        "😀",
        "\ud800",
        "x" * 9999,
    ],
)
def test_no_text_can_break_a_header(text: str) -> None:
    """Printable ASCII, one line, not endless — in the message and in the hint."""
    refusal = bad_parameter(f"Param got {text}.", hint=f"It was {text}.")

    found = made(refusal)

    for value in found.values():
        assert value.isascii()
        assert value.isprintable()
        assert len(value) <= 1000
    assert printable(text).isascii()


# the sentence about an expired token


def test_the_recorded_sentence_about_an_expired_token_is_written_again() -> None:
    """Pacific time, the day in words, the year in two digits."""
    assert session_expired(
        datetime(2024, 4, 26, 13, tzinfo=UTC), datetime(2024, 4, 28, 10, 40, 10, tzinfo=UTC)
    ) == (
        "Error validating access token: Session has expired on Friday, 26-Apr-24 06:00:00 PDT. The current "
        "time is Sunday, 28-Apr-24 03:40:10 PDT."
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 8, 9, 59, 59, tzinfo=UTC), "Sunday, 08-Mar-26 01:59:59 PST"),
        (datetime(2026, 3, 8, 10, tzinfo=UTC), "Sunday, 08-Mar-26 03:00:00 PDT"),
        (datetime(2026, 11, 1, 8, 59, 59, tzinfo=UTC), "Sunday, 01-Nov-26 01:59:59 PDT"),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), "Sunday, 01-Nov-26 01:00:00 PST"),
        (datetime(2027, 1, 1, 7, 59, 59, tzinfo=UTC), "Thursday, 31-Dec-26 23:59:59 PST"),
    ],
)
def test_the_clocks_change_on_their_sundays(at: datetime, expected: str) -> None:
    """To the second, and over the turn of a year."""
    assert f"has expired on {expected}." in session_expired(at, at)


def test_pacific_time_is_that_of_the_time_zone_database() -> None:
    """Every day of the years from 2024 to 2030, and every half hour of those on which the clocks change."""
    zone = ZoneInfo("America/Los_Angeles")
    days = [datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=number) for number in range(7 * 365 + 2)]
    changes = [
        day for day in days if day.astimezone(zone).dst() != (day + timedelta(days=1)).astimezone(zone).dst()
    ]
    around = [day + timedelta(minutes=30 * number) for day in changes for number in range(48)]

    assert len(changes) == 14
    for at in (*days, *around):
        expected = at.astimezone(zone).strftime("%A, %d-%b-%y %H:%M:%S %Z")
        assert f"has expired on {expected}." in session_expired(at, at)
