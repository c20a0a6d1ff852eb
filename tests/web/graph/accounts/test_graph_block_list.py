"""The block list of a business number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import SHEENA
from kit.times import DAY, MICROSECOND

from emulator.domain.accounts.apps import MANAGEMENT, Token
from emulator.domain.people import block_list
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.sandbox import Sandbox

NOT_ENGAGED = {
    "message": "Re-engagement required",
    "code": 131047,
    "error_data": {"details": "User has not messaged in the last 24 hours"},
}


@pytest.fixture
def block(graph: Any) -> Any:
    """Blocks people, or with ``DELETE`` unblocks them."""

    def act(*users: Any, method: str = "POST", number: str = graph.number) -> Any:
        named = [user if isinstance(user, dict) else {"user": user} for user in users]
        body = {"messaging_product": "whatsapp", "block_users": named}
        return graph(method, f"{number}/block_users", body)

    return act


@pytest.fixture
def blocked(graph: Any) -> Any:
    """Everybody on the list."""
    return lambda: [user["wa_id"] for user in graph.get(f"{graph.number}/block_users").json["data"]]


def test_who_wrote_can_be_blocked_and_unblocked(
    graph: Any, sandbox: Sandbox, block: Any, blocked: Any
) -> None:
    """The answers name them as the call did."""
    sandbox.people.say(graph.sheena, "Hello")

    added = block("+1 (650) 555-1234")
    during = blocked()
    removed = block(SHEENA, method="DELETE")

    assert (added.status_code, added.json) == (
        200,
        {
            "messaging_product": "whatsapp",
            "block_users": {"added_users": [{"input": "+1 (650) 555-1234", "wa_id": SHEENA}]},
        },
    )
    assert (removed.status_code, removed.json) == (
        200,
        {
            "messaging_product": "whatsapp",
            "block_users": {"removed_users": [{"input": SHEENA, "wa_id": SHEENA}]},
        },
    )
    assert (during, blocked()) == ([SHEENA], [])


@pytest.mark.parametrize(
    ("since", "status"), [(DAY - MICROSECOND, 200), (DAY, 400), (DAY + MICROSECOND, 400)]
)
def test_who_wrote_24_hours_ago_cannot_be_blocked(
    graph: Any, sandbox: Sandbox, block: Any, since: timedelta, status: int
) -> None:
    """To the microsecond."""
    sandbox.people.say(graph.sheena, "Hello")
    sandbox.clock.advance(since)

    assert block(graph.sheena).status_code == status


def test_a_mixed_result_tells_both(graph: Any, sandbox: Sandbox, block: Any, blocked: Any) -> None:
    """HTTP 400, and who could be blocked is."""
    sandbox.people.say(graph.sheena, "Hello")

    answer = block(graph.sheena, f"+{graph.pablo}", graph.jonas, "+1 212 555 0000", "nobody", "15550783881")
    told = answer.json
    del told["error"]["fbtrace_id"]

    assert answer.status_code == 400
    assert told == {
        "messaging_product": "whatsapp",
        "block_users": {
            "added_users": [{"input": graph.sheena, "wa_id": graph.sheena}],
            "failed_users": [
                {"input": f"+{graph.pablo}", "wa_id": graph.pablo, "errors": [NOT_ENGAGED]},
                {"input": graph.jonas, "errors": [NOT_ENGAGED]},
                {"input": "+1 212 555 0000", "errors": [NOT_ENGAGED]},
                {"input": "nobody", "errors": [NOT_ENGAGED]},
                {
                    "input": "15550783881",
                    "errors": [
                        {
                            "message": "Self block",
                            "code": 131021,
                            "error_data": {"details": "Cannot block your own phone number"},
                        }
                    ],
                },
            ],
        },
        "error": {
            "message": "(#139100) Failed to block/unblock users",
            "type": "OAuthException",
            "code": 139100,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Failed to block some users, see the block_users response list for details",
            },
        },
    }
    assert answer.headers["X-Emulator-Rule"] == "block_users"
    assert blocked() == [graph.sheena]


def test_unblocking_somebody_unknown_fails_in_its_own_words(block: Any) -> None:
    """Who is known and was not blocked counts as unblocked, also long after they wrote."""
    answer = block(SHEENA, "+1 212 555 0000", method="DELETE")

    assert answer.status_code == 400
    assert [user["wa_id"] for user in answer.json["block_users"]["removed_users"]] == [SHEENA]
    assert answer.json["error"]["error_data"]["details"] == (
        "Failed to unblock some users, see the block_users response list for details"
    )


def test_blocking_twice_is_blocking_once(graph: Any, sandbox: Sandbox, block: Any, blocked: Any) -> None:
    """Even when the 24 hours are over."""
    sandbox.people.say(graph.sheena, "Hello")
    block(graph.sheena)
    sandbox.clock.advance(timedelta(days=2))

    assert (block(graph.sheena).status_code, blocked()) == (200, [graph.sheena])


def test_people_can_be_named_by_their_user_id(graph: Any, sandbox: Sandbox, block: Any, blocked: Any) -> None:
    """As webhooks tell it."""
    sandbox.people.say(graph.sheena, "Hello")

    answer = block({"user_id": sandbox.people.get(graph.sheena).user_id}, {"user_id": "US.0"})

    assert answer.json["block_users"]["failed_users"] == [{"input": "US.0", "errors": [NOT_ENGAGED]}]
    assert blocked() == [graph.sheena]


def test_every_number_has_its_own_list(graph: Any, sandbox: Sandbox, block: Any) -> None:
    """Who wrote to one cannot be blocked by another."""
    sandbox.people.say(graph.sheena, "Hello")
    block(graph.sheena)

    assert block(graph.sheena, number=graph.test_number).status_code == 400
    assert graph.get(f"{graph.test_number}/block_users").json == {"data": []}


@pytest.mark.parametrize(("count", "status"), [(1000, 200), (1001, 400)])
def test_a_call_names_a_thousand_people_at_most(
    graph: Any, sandbox: Sandbox, block: Any, count: int, status: int
) -> None:
    """130429."""
    sandbox.people.say(graph.sheena, "Hello")

    answer = block(*[graph.sheena] * count)

    assert answer.status_code == status
    assert "error" not in answer.json or answer.json["error"]["code"] == 130429


def test_a_full_list_takes_nobody_more(
    graph: Any, sandbox: Sandbox, block: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """139101 for those who do not fit, until somebody is unblocked."""
    monkeypatch.setattr(block_list, "LIST_SIZE", 1)
    sandbox.people.say(graph.sheena, "Hello")
    sandbox.people.say(graph.pablo, "Hello")

    full = block(graph.sheena, graph.pablo)
    block(graph.sheena, method="DELETE")

    (failed,) = full.json["block_users"]["failed_users"]
    assert (failed["input"], failed["errors"][0]["code"]) == (graph.pablo, 139101)
    assert block(graph.pablo).status_code == 200


def fill(sandbox: Sandbox, number: str, count: int) -> list[str]:
    wa_ids = [f"1212555{place:04}" for place in range(count)]
    with sandbox.services.command() as store:
        for wa_id in wa_ids:
            store.relationships.put(Relationship(number, wa_id, blocked_person_at=sandbox.clock.now()))
    return wa_ids


def test_a_list_is_read_page_by_page(graph: Any, sandbox: Sandbox) -> None:
    """On and back again, by its cursors."""
    wa_ids = fill(sandbox, graph.number, 5)

    def page(**query: Any) -> Any:
        return graph.get(f"{graph.number}/block_users", query_string={"limit": 2, **query}).json

    first = page()
    second = page(after=first["paging"]["cursors"]["after"])
    third = page(after=second["paging"]["cursors"]["after"])
    back = page(before=third["paging"]["cursors"]["before"])

    told = [[user["wa_id"] for user in each["data"]] for each in (first, second, third, back)]
    assert told == [wa_ids[:2], wa_ids[2:4], wa_ids[4:], wa_ids[2:4]]
    assert ("previous" in first["paging"], "next" in first["paging"]) == (False, True)
    assert ("previous" in third["paging"], "next" in third["paging"]) == (True, False)


def test_a_list_that_changed_meanwhile_is_read_from_the_beginning(
    graph: Any, sandbox: Sandbox, block: Any, refusal: Any
) -> None:
    """139102 for a cursor of before."""
    fill(sandbox, graph.number, 5)
    sandbox.people.say(graph.sheena, "Hello")
    after = graph.get(f"{graph.number}/block_users?limit=2").json["paging"]["cursors"]["after"]
    block(graph.sheena)

    status, error = refusal(graph.get(f"{graph.number}/block_users?limit=2&after={after}"))

    assert (status, error["message"]) == (400, "(#139102) Blocklist concurrent update")


def test_what_is_no_cursor_or_limit_is_refused(graph: Any, refusal: Any) -> None:
    """As on every list."""
    assert refusal(graph.get(f"{graph.number}/block_users?after=x"))[1]["code"] == 131059
    assert refusal(graph.get(f"{graph.number}/block_users?limit=x"))[1]["code"] == 100


def test_nothing_reaches_who_is_blocked(graph: Any, sandbox: Sandbox, inbox: Any, block: Any) -> None:
    """Texts and templates are accepted and fail with 130403, until they are unblocked."""
    sandbox.people.say(graph.sheena, "Hello")
    block(graph.sheena)
    graph.text()
    graph.reminder()
    sandbox.settle()
    block(graph.sheena, method="DELETE")
    graph.reminder()
    sandbox.settle()

    told = [status["status"] for status in inbox.statuses]
    codes = [error["code"] for status in inbox.statuses for error in status.get("errors", ())]
    assert (told, codes) == (["failed", "failed", "sent", "delivered", "read"], [130403, 130403])


def test_nobody_hears_of_who_is_blocked(graph: Any, sandbox: Sandbox, inbox: Any, block: Any) -> None:
    """No webhook, no window, no message; the journal has it."""
    sandbox.people.say(graph.sheena, "Hello")
    block(graph.sheena)
    sandbox.clock.advance(timedelta(hours=20))
    sandbox.people.say(graph.sheena, "Why don't you answer?")
    sandbox.clock.advance(timedelta(hours=4))

    block(graph.sheena, method="DELETE")
    graph.text()
    sandbox.settle()

    assert [message["text"]["body"] for message in inbox.messages] == ["Hello"]
    assert [error["code"] for error in inbox.statuses[0]["errors"]] == [131047]
    assert len(sandbox.messages.all(outbound=False)) == 1
    with sandbox.services.command() as store:
        told = [entry.summary for entry in store.journal.select(kind="message")]
    assert told[-1] == "Sheena Nelson wrote and nobody hears of it: Lucky Shrub has blocked them"


def test_a_token_needs_the_permission(graph: Any, sandbox: Sandbox, refusal: Any) -> None:
    """That of sending."""
    with sandbox.services.command() as store:
        store.accounts.add_token(Token("MANAGES-ONLY", graph.app, scopes=(MANAGEMENT,)))

    status, error = refusal(graph.get(f"{graph.number}/block_users", token="MANAGES-ONLY"))

    assert (status, error["code"]) == (403, 200)
