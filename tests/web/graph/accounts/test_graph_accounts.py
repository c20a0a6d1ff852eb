"""Numbers, WABAs and apps: what they are, and the token of an app."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import APP_SECRET, PORTFOLIO, PRODUCTION, RECEIVER, WABA_ID

from emulator.sandbox.sandbox import Sandbox

# what they are


def test_a_number_shows_its_usual_members(graph: Any) -> None:
    """In the captured order, unset ones left out."""
    assert graph.get(graph.number).data == (
        rb'{"verified_name":"Lucky Shrub","code_verification_status":"VERIFIED",'
        rb'"display_phone_number":"+1 555-078-3881","quality_rating":"GREEN","platform_type":"CLOUD_API",'
        rb'"throughput":{"level":"STANDARD"},"last_onboarded_time":"2024-01-01T00:00:00+0000",'
        rb'"id":"106540352242922"}'
    )


def test_a_number_shows_what_is_asked(graph: Any) -> None:
    """The fields of a well-known client's health check."""
    fields = (
        "id,quality_rating,whatsapp_business_manager_messaging_limit,status,code_verification_status,"
        "account_mode,display_phone_number,name_status,verified_name,webhook_configuration,throughput,"
        "last_onboarded_time,is_on_biz_app,platform_type"
    )

    answer = graph.get(f"{graph.test_number}?fields={fields}")

    assert list(answer.json) == [name for name in fields.split(",") if name != "webhook_configuration"]
    assert (answer.json["account_mode"], answer.json["status"]) == ("SANDBOX", "CONNECTED")


def test_a_number_says_where_its_webhooks_go(graph: Any, sandbox: Sandbox) -> None:
    """The app's callback is the lowest of three levels."""
    sandbox.webhooks.connect(RECEIVER)

    assert graph.get(f"{graph.number}?fields=webhook_configuration").json == {
        "webhook_configuration": {"application": RECEIVER},
        "id": graph.number,
    }


def test_a_waba_shows_its_usual_members(graph: Any) -> None:
    """Id, name, time zone, namespace."""
    assert graph.get(graph.waba).json == {
        "id": WABA_ID,
        "name": "Lucky Shrub",
        "timezone_id": "1",
        "message_template_namespace": "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9",
    }


def test_a_waba_shows_what_is_asked(graph: Any) -> None:
    """In the order asked, with the id at the end."""
    answer = graph.get(f"{graph.waba}?fields=name,status,currency,country")

    assert answer.data == (
        b'{"name":"Lucky Shrub","status":"ACTIVE","currency":"USD","country":"US","id":"102290129340398"}'
    )


@pytest.mark.parametrize(
    ("path", "node_type"),
    [
        (PRODUCTION, "WhatsAppBusinessPhoneNumber"),
        (WABA_ID, "WhatsAppBusinessAccount"),
    ],
)
def test_an_unknown_field_is_told_with_the_type_of_the_node(
    graph: Any, refusal: Any, path: str, node_type: str
) -> None:
    """As captured."""
    status, error = refusal(graph.get(f"{path}?fields=id,foo"))

    assert (status, error) == (
        400,
        {
            "message": f"(#100) Tried accessing nonexisting field (foo) on node type ({node_type})",
            "type": "OAuthException",
            "code": 100,
        },
    )


def test_a_waba_lists_its_numbers(graph: Any) -> None:
    """Each as the node itself shows it, in the order of the seed, with cursors."""
    answer = graph.get(f"{graph.waba}/phone_numbers")

    assert answer.json["data"] == [graph.get(graph.number).json, graph.get(graph.test_number).json]
    assert list(answer.json["paging"]) == ["cursors"]


def test_the_list_of_numbers_has_pages(graph: Any) -> None:
    """``limit`` and the cursors work as everywhere."""
    first = graph.get(f"{graph.waba}/phone_numbers?limit=1&fields=id").json
    second = graph.get(
        f"{graph.waba}/phone_numbers?limit=1&fields=id&after={first['paging']['cursors']['after']}"
    )

    assert first["data"] == [{"id": graph.number}]
    assert second.json["data"] == [{"id": graph.test_number}]
    assert "next" not in second.json["paging"]
    assert "previous" in second.json["paging"]


def test_an_edge_can_be_read_as_a_field(graph: Any) -> None:
    """With its list and its pages, its own fields and its own limit; the links lead to the edge."""
    answer = graph.get(f"{graph.waba}?fields=name,phone_numbers.limit(1){{id,verified_name}}").json

    paging = answer["phone_numbers"].pop("paging")
    assert answer == {
        "name": "Lucky Shrub",
        "phone_numbers": {"data": [{"id": graph.number, "verified_name": "Lucky Shrub"}]},
        "id": graph.waba,
    }
    following = graph.get(paging["next"].removeprefix("http://localhost")).json
    assert following["data"] == [{"id": graph.test_number, "verified_name": "Test Number"}]


def test_an_edge_of_an_edge_can_be_read_as_a_field(graph: Any) -> None:
    """Of each WABA in the list of a portfolio; the links lead to that WABA."""
    asked = "owned_whatsapp_business_accounts{id,phone_numbers.limit(1){id}}"
    whole = graph.get(f"{PORTFOLIO}?fields={asked}").json["owned_whatsapp_business_accounts"]
    listed = graph.get(
        f"{PORTFOLIO}/owned_whatsapp_business_accounts?fields=id,phone_numbers.limit(1){{id}}"
    ).json

    assert whole["data"] == listed["data"]
    (waba,) = listed["data"]
    assert (waba["id"], waba["phone_numbers"]["data"]) == (graph.waba, [{"id": graph.number}])
    following = graph.get(waba["phone_numbers"]["paging"]["next"].removeprefix("http://localhost")).json
    assert following["data"] == [{"id": graph.test_number}]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            "phone_numbers{foo}",
            "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessPhoneNumber)",
        ),
        ("phone_numbers.limit(x)", "(#100) Param limit must be an integer."),
        ("phone_numbers{id", "(#100) Syntax error in the field specification: phone_numbers{id"),
    ],
)
def test_an_edge_read_as_a_field_is_refused_like_the_edge(
    graph: Any, refusal: Any, fields: str, message: str
) -> None:
    """In the same words."""
    status, error = refusal(graph.get(graph.waba, query_string={"fields": fields}))

    assert (status, error["message"]) == (400, message)


def test_an_app_can_be_read(graph: Any) -> None:
    """By its id, or as ``/app`` by whoever asks."""
    expected = {
        "category": "Business",
        "link": f"https://www.facebook.com/games/?app_id={graph.app}",
        "name": "Lucky Shrub",
        "id": graph.app,
    }

    assert graph.get(graph.app).json == expected
    assert graph.get("app").json == expected


# the app's token


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_app_gets_its_own_token(graph: Any, method: str) -> None:
    """For its id and secret; it is made of both."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": graph.app,
        "client_secret": APP_SECRET,
    }
    more = {"query_string": asked} if method == "GET" else {"data": asked}

    answer = graph(method, "oauth/access_token", token=None, **more)

    assert (answer.status_code, answer.json) == (
        200,
        {"access_token": graph.app_token, "token_type": "bearer"},
    )


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"client_secret": "wrong"}, 1, "Error validating client secret."),
        (
            {"client_id": "1"},
            101,
            "Error validating application. Cannot get application info due to a system error.",
        ),
        ({"client_id": ""}, 100, "(#100) The parameter client_id is required."),
        ({"client_secret": ""}, 100, "(#100) The parameter client_secret is required."),
        (
            {"grant_type": "password"},
            100,
            '(#100) Param grant_type must be one of {client_credentials} - got "password".',
        ),
    ],
)
def test_no_token_without_the_right_credentials(
    graph: Any, refusal: Any, changes: dict[str, str], code: int, message: str
) -> None:
    """Each thing wrong has its own sentence."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": graph.app,
        "client_secret": APP_SECRET,
    }

    status, error = refusal(graph.get("oauth/access_token", token=None, query_string=asked | changes))

    assert (status, error["code"], error["message"]) == (400, code, message)
