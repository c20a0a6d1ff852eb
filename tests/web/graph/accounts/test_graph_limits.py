"""Limits and the state of a business, as the Graph API tells them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.answers import Answer
from kit.graph import Graph, error_of
from kit.identities import PORTFOLIO
from kit.sandboxes import limit

from emulator import Emulator, Sandbox
from emulator.domain.accounts.restrictions import LOCKED


def usage(answer: Answer) -> Any:
    """What the header tells of the account."""
    told = json.loads(answer.headers["X-Business-Use-Case-Usage"])
    return next(iter(told.values()))[0]


def limit_of(graph: Graph, node: str, version: str = "v24.0") -> Any:
    fields = "messaging_limit_tier,whatsapp_business_manager_messaging_limit"
    return graph.get(f"/{version}/{node}", query_string={"fields": fields}).json


def test_the_burst_is_refused_with_the_platform_s_words(graph: Graph, sandbox: Sandbox) -> None:
    """Throughput and pair rate, each whole."""
    sandbox.limits.set(throughput=1)
    graph.reminder()
    throughput = graph.reminder(to=graph.pablo)
    sandbox.limits.set(throughput="off", pair_rate=1)
    graph.reminder()
    pair = graph.reminder()

    assert (throughput.status_code, pair.status_code) == (400, 400)
    assert error_of(throughput)[1] == {
        "message": "(#130429) Rate limit hit",
        "type": "OAuthException",
        "code": 130429,
        "error_data": {
            "messaging_product": "whatsapp",
            "details": "Cloud API message throughput has been reached.",
        },
    }
    assert error_of(pair)[1] == {
        "message": "(#131056) (Business Account, Consumer Account) pair rate limit hit",
        "type": "OAuthException",
        "code": 131056,
        "error_data": {
            "messaging_product": "whatsapp",
            "details": "Message failed to send because there were too many messages sent from this phone "
            "number to the same phone number in a short period of time.",
        },
    }


def test_a_restricted_account_is_refused_with_368(graph: Graph, sandbox: Sandbox) -> None:
    """HTTP 403, from the Graph layer, with the end in the hint."""
    ends = sandbox.clock.now() + timedelta(days=3)
    sandbox.accounts.restrict("RESTRICTED_BIZ_INITIATED_MESSAGING", expires_at=ends)

    answer = graph.reminder()

    assert (answer.status_code, answer.json["error"]["code"]) == (403, 368)
    assert answer.headers["X-Emulator-Rule"] == "account_may_send"


def test_management_calls_run_out(graph: Graph, sandbox: Sandbox) -> None:
    """The header counts up in percent; when it is full, 80008 and how many minutes to wait."""
    sandbox.limits.set(management_calls=4)
    used = [usage(graph.get(f"{graph.waba}/phone_numbers")) for _ in range(4)]
    refused = graph.get(graph.waba)

    assert [each["call_count"] for each in used] == [25, 50, 75, 100]
    assert [each["estimated_time_to_regain_access"] for each in used] == [0, 0, 0, 60]
    assert (refused.status_code, refused.json["error"]["code"]) == (400, 80008)
    assert refused.json["error"]["message"].startswith("(#80008) There have been too many calls to this")
    assert usage(refused) == used[-1]


def test_management_calls_come_back_after_an_hour(graph: Graph, sandbox: Sandbox) -> None:
    """At the instant before there is none, at the instant itself there is one."""
    sandbox.limits.set(management_calls=1)
    graph.get(graph.waba)
    tick = timedelta(microseconds=1)

    sandbox.clock.advance(timedelta(hours=1) - tick)
    assert graph.get(graph.waba).status_code == 400
    sandbox.clock.advance(tick)
    assert graph.get(graph.waba).status_code == 200


@pytest.mark.parametrize(
    "edge", ["", "/assigned_users", "/phone_numbers", "/message_templates", "/subscribed_apps"]
)
def test_the_account_and_its_management_edges_are_metered(graph: Graph, sandbox: Sandbox, edge: str) -> None:
    """Each by itself uses up the calls, also one that is not emulated."""
    sandbox.limits.set(management_calls=1)
    used = graph.get(f"{graph.waba}{edge}")
    refused = graph.get(f"{graph.waba}{edge}")

    assert usage(used)["call_count"] == 100
    assert (refused.status_code, refused.json["error"]["code"]) == (400, 80008)


def test_a_head_of_the_account_is_metered_like_a_get(graph: Graph, sandbox: Sandbox) -> None:
    """It asks the same."""
    sandbox.limits.set(management_calls=1)
    used = graph("HEAD", graph.waba)
    refused = graph.get(graph.waba)

    assert usage(used)["call_count"] == 100
    assert (refused.status_code, refused.json["error"]["code"]) == (400, 80008)


def test_messages_and_numbers_are_no_management_calls(graph: Graph, sandbox: Sandbox) -> None:
    """They neither count nor are refused."""
    sandbox.limits.set(management_calls=1)
    graph.get(graph.waba)

    assert graph.reminder().status_code == 200
    assert graph.get(graph.number).status_code == 200
    assert graph.get(f"{graph.waba}/message_templates").status_code == 400


def test_a_refused_call_counts_only_if_there_was_one_left(graph: Graph, sandbox: Sandbox) -> None:
    """A mistake in a call is a call; one too many is none."""
    sandbox.limits.set(management_calls=2)
    graph.post(f"{graph.waba}/message_templates", {})
    for _ in range(3):
        graph.get(graph.waba)

    assert limit(sandbox, "management_calls").used == 2


def test_how_many_calls_there_are_depends_on_a_registered_number(graph: Graph, sandbox: Sandbox) -> None:
    """5,000 an hour with one, 200 without."""

    def most() -> int | None:
        return limit(sandbox, "management_calls").most

    with_numbers = most()
    for number in (graph.number, graph.test_number):
        graph.post(f"{number}/deregister")

    assert (with_numbers, most()) == (5000, 200)


def test_number_and_account_tell_the_tier_of_the_portfolio(graph: Graph, sandbox: Sandbox) -> None:
    """The number by two names, of which the older knew no 2K."""
    sandbox.accounts.change_portfolio(tier="TIER_2K")

    assert limit_of(graph, graph.number) == {
        "messaging_limit_tier": "TIER_2K",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "id": graph.number,
    }
    shown = graph.get(graph.waba, query_string={"fields": "whatsapp_business_manager_messaging_limit"}).json
    assert shown["whatsapp_business_manager_messaging_limit"] == "TIER_2K"


def test_the_portfolio_is_a_node_with_its_accounts(graph: Graph, sandbox: Sandbox) -> None:
    """Found by the account that names its owner."""
    owner = graph.get(graph.waba, query_string={"fields": "owner_business_info"}).json["owner_business_info"]
    sandbox.accounts.change_portfolio(verification="verified")
    fields = {"fields": "id,name,verification_status,whatsapp_business_manager_messaging_limit"}

    assert owner["id"] == PORTFOLIO
    assert graph.get(PORTFOLIO, query_string=fields).json == {
        "id": PORTFOLIO,
        "name": owner["name"],
        "verification_status": "verified",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
    }
    owned = graph.get(f"{PORTFOLIO}/owned_whatsapp_business_accounts").json["data"]
    assert [waba["id"] for waba in owned] == [graph.waba]
    assert graph.get(f"{PORTFOLIO}/client_whatsapp_business_accounts").json == {"data": []}


def test_health_says_what_stands_in_the_way(graph: Graph, sandbox: Sandbox) -> None:
    """Of a number everything above it too, and the worst of all of them."""

    def health(node: str) -> Any:
        return graph.get(node, query_string={"fields": "health_status"}).json["health_status"]

    new = health(graph.number)
    sandbox.accounts.change_portfolio(verification="verified")
    fine = health(graph.number)
    sandbox.accounts.change_waba(payment_method=False)
    unpaid = health(graph.waba)

    assert [entity["entity_type"] for entity in new["entities"]] == [
        "PHONE_NUMBER",
        "WABA",
        "BUSINESS",
        "APP",
    ]
    assert (new["can_send_message"], new["entities"][2]["errors"][0]["error_code"]) == ("LIMITED", 141010)
    assert fine == {
        "can_send_message": "AVAILABLE",
        "entities": [
            {"entity_type": kind, "id": id_, "can_send_message": "AVAILABLE"}
            for kind, id_ in zip(
                ("PHONE_NUMBER", "WABA", "BUSINESS", "APP"),
                (graph.number, graph.waba, PORTFOLIO, graph.app),
                strict=True,
            )
        ],
    }
    assert unpaid["can_send_message"] == "BLOCKED"
    assert [error["error_code"] for error in unpaid["entities"][0]["errors"]] == [141006]


def test_the_health_of_a_template_is_that_of_its_account_too(graph: Graph, sandbox: Sandbox) -> None:
    """A locked account blocks it, and so does its own state."""
    listed = graph.get(
        f"{graph.waba}/message_templates", query_string={"fields": "name,status,health_status"}
    ).json["data"]
    blocked = {each["name"] for each in listed if each["health_status"]["can_send_message"] == "BLOCKED"}
    sandbox.accounts.restrict(LOCKED)
    shown = graph.get(listed[0]["id"], query_string={"fields": "health_status"}).json["health_status"]

    assert blocked == {each["name"] for each in listed if each["status"] != "APPROVED"}
    assert shown["can_send_message"] == "BLOCKED"


def test_a_number_shows_its_throughput_and_status(graph: Graph, sandbox: Sandbox) -> None:
    """As they were set."""
    sandbox.accounts.change_number(graph.number, throughput="HIGH", status="FLAGGED", quality_rating="RED")
    fields = {"fields": "throughput,status,quality_rating"}

    assert graph.get(graph.number, query_string=fields).json == {
        "throughput": {"level": "HIGH"},
        "status": "FLAGGED",
        "quality_rating": "RED",
        "id": graph.number,
    }


def test_before_version_16_a_used_up_throughput_had_a_subcode(graph: Graph, emulator: Emulator) -> None:
    """In the spring of 2023 version 15 still had it, version 16 had not."""
    sandbox = emulator.create("old", at=datetime(2023, 3, 1, tzinfo=UTC), speed=None)
    identity = sandbox.identity()
    number, token = identity["numbers"][0]["phone_number_id"], identity["access_token"]
    sandbox.limits.set(throughput=1)
    body = {"messaging_product": "whatsapp", "to": graph.sheena, "type": "text", "text": {"body": "Hello"}}

    _, old, new = [
        graph.post(f"/{version}/{number}/messages", body, token=token)
        for version in ("v15.0", "v15.0", "v16.0")
    ]

    assert (old.json["error"]["error_subcode"], "error_subcode" in new.json["error"]) == (2494055, False)
