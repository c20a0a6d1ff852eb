"""Block lists as the API writes them: cursors that know which state of the list they are from."""

from __future__ import annotations

import base64
import json

import pytest
from kit.identities import SHEENA, SHEENA_NUMBER

from emulator.domain.errors import PlatformError
from emulator.domain.people.block_list import NOT_ENGAGED
from emulator.wire.block_list import BlockResult, Cursor, listing, outcomes, read_cursor
from emulator.wire.parameters import Parameter
from emulator.wire.requests.block_list import NamedUser, read

VERSION = 1737679688383584
URL = "https://graph.facebook.com/v25.0/1/block_users"


def test_a_cursor_is_read_as_it_was_written() -> None:
    """Place and version."""
    assert read_cursor(str(Cursor(7, VERSION)), VERSION, 24) == Cursor(7, VERSION)


def test_a_cursor_holds_what_those_of_the_documentation_hold() -> None:
    """An offset, and the version as a string."""
    decoded = json.loads(base64.b64decode(str(Cursor(0, VERSION)).replace("ZD", "=")))

    assert decoded == {"offset": 0, "version_id": "1737679688383584"}


def test_a_cursor_of_another_version_is_refused() -> None:
    """139102: the list has changed."""
    with pytest.raises(PlatformError) as refused:
        read_cursor(str(Cursor(7, VERSION)), VERSION + 1, 24)

    assert refused.value.code == 139102


@pytest.mark.parametrize("text", ["nonsense", "", "MQZDZD", "e30ZD", str(Cursor(-1, VERSION)), "ée"])
@pytest.mark.parametrize(("version", "code"), [(23, 100), (24, 131059)])
def test_what_is_no_cursor_is_refused(text: str, version: int, code: int) -> None:
    """As on every other list."""
    with pytest.raises(PlatformError) as refused:
        read_cursor(text, VERSION, version)

    assert refused.value.code == code


def test_a_page_leads_on_and_back() -> None:
    """Only where there is more."""
    page = listing(["1", "2"], 2, 5, VERSION, URL, {"limit": "2", "after": "x"})

    assert page["data"] == [
        {"messaging_product": "whatsapp", "wa_id": "1"},
        {"messaging_product": "whatsapp", "wa_id": "2"},
    ]
    assert page["paging"] == {
        "cursors": {"before": str(Cursor(2, VERSION)), "after": str(Cursor(3, VERSION))},
        "previous": f"{URL}?limit=2&before={Cursor(2, VERSION)}",
        "next": f"{URL}?limit=2&after={Cursor(3, VERSION)}",
    }


def test_an_empty_list_has_no_paging() -> None:
    """There is nothing to lead to."""
    assert listing([], 0, 0, 0, URL, {}) == {"data": []}


def test_an_answer_tells_who_was_blocked_and_who_was_not() -> None:
    """``wa_id`` stands where there is one."""
    done = BlockResult("+1 650 555 1234", SHEENA)
    failed = BlockResult("nobody", None, NOT_ENGAGED)

    assert outcomes("added_users", [done, failed]) == {
        "messaging_product": "whatsapp",
        "block_users": {
            "added_users": [{"input": "+1 650 555 1234", "wa_id": SHEENA}],
            "failed_users": [
                {
                    "input": "nobody",
                    "errors": [
                        {
                            "message": "Re-engagement required",
                            "code": 131047,
                            "error_data": {"details": "User has not messaged in the last 24 hours"},
                        }
                    ],
                }
            ],
        },
    }


def test_people_are_named_by_number_or_by_user_id() -> None:
    """Numbers may be JSON numbers."""
    body = {
        "messaging_product": "whatsapp",
        "block_users": [{"user": SHEENA_NUMBER}, {"user": 16505551234}, {"user_id": "US.1"}],
    }

    assert read(Parameter(body)) == (
        NamedUser(SHEENA_NUMBER),
        NamedUser(SHEENA),
        NamedUser("US.1", is_user_id=True),
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, "(#100) The parameter messaging_product is required."),
        ({"messaging_product": "sms"}, "(#100) Param messaging_product must be one of {WHATSAPP} - got"),
        ({"messaging_product": "whatsapp"}, "(#100) The parameter block_users is required."),
        ({"messaging_product": "whatsapp", "block_users": "x"}, "(#100) Param block_users must be an array."),
        (
            {"messaging_product": "whatsapp", "block_users": ["x"]},
            "(#100) Param block_users[0] must be a JSON object.",
        ),
        (
            {"messaging_product": "whatsapp", "block_users": [{}]},
            "(#100) The parameter block_users[0]['user'] is required.",
        ),
        (
            {"messaging_product": "whatsapp", "block_users": [{"user": "1", "why": "x"}]},
            '(#100) Unexpected key "why" on param "block_users[0]".',
        ),
    ],
)
def test_what_names_nobody_is_complained_about(body: dict[str, object], complaint: str) -> None:
    """By Graph's reader."""
    with pytest.raises(PlatformError) as refused:
        read(Parameter(body))

    assert refused.value.message.startswith(complaint)
