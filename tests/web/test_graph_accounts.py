"""Numbers, WABAs and apps: what they are, who listens to them, and the handshake with a callback."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import APP_SECRET, PRODUCTION, RECEIVER, WABA_ID

from emulator.sandbox.sandbox import Sandbox

OTHER = "http://receiver.invalid/other"
SUBSCRIPTION = {
    "object": "whatsapp_business_account",
    "callback_url": RECEIVER,
    "verify_token": "vibecoding",
    "fields": "messages",
}


@pytest.fixture
def at(sandbox: Sandbox, callback: Any) -> Any:
    """Puts a receiver at an address, without telling the platform of it."""

    def place(url: str = RECEIVER, **facts: Any) -> Any:
        made = callback(**facts)
        sandbox.subscribing._receivers.connect(url, made)
        return made

    return place


@pytest.fixture
def subscribe(graph: Any) -> Any:
    def post(**changes: Any) -> Any:
        return graph.post(f"{graph.app}/subscriptions", SUBSCRIPTION | changes, token=graph.app_token)

    return post


def subscriptions(graph: Any) -> Any:
    return graph.get(f"{graph.app}/subscriptions", token=graph.app_token).json["data"]


# what they are


def test_a_number_shows_its_usual_members(graph: Any):
    """In the captured order, unset ones left out."""
    assert graph.get(graph.number).data == (
        rb'{"verified_name":"Lucky Shrub","code_verification_status":"VERIFIED",'
        rb'"display_phone_number":"+1 555-078-3881","quality_rating":"GREEN","platform_type":"CLOUD_API",'
        rb'"throughput":{"level":"STANDARD"},"last_onboarded_time":"2024-01-01T00:00:00+0000",'
        rb'"id":"106540352242922"}'
    )


def test_a_number_shows_what_is_asked(graph: Any):
    """The fields of a well-known client's health check."""
    fields = (
        "id,quality_rating,whatsapp_business_manager_messaging_limit,status,code_verification_status,"
        "account_mode,display_phone_number,name_status,verified_name,webhook_configuration,throughput,"
        "last_onboarded_time,is_on_biz_app,platform_type"
    )

    answer = graph.get(f"{graph.test_number}?fields={fields}")

    assert list(answer.json) == [name for name in fields.split(",") if name != "webhook_configuration"]
    assert (answer.json["account_mode"], answer.json["status"]) == ("SANDBOX", "CONNECTED")


def test_a_number_says_where_its_webhooks_go(graph: Any, sandbox: Sandbox):
    """The app's callback is the lowest of three levels."""
    sandbox.connect(RECEIVER)

    assert graph.get(f"{graph.number}?fields=webhook_configuration").json == {
        "webhook_configuration": {"application": RECEIVER},
        "id": graph.number,
    }


def test_a_waba_shows_its_usual_members(graph: Any):
    """Id, name, time zone, namespace."""
    assert graph.get(graph.waba).json == {
        "id": WABA_ID,
        "name": "Lucky Shrub",
        "timezone_id": "1",
        "message_template_namespace": "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9",
    }


def test_a_waba_shows_what_is_asked(graph: Any):
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
):
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


def test_a_waba_lists_its_numbers(graph: Any):
    """Each as the node itself shows it, in the order of the seed, with cursors."""
    answer = graph.get(f"{graph.waba}/phone_numbers")

    assert answer.json["data"] == [graph.get(graph.number).json, graph.get(graph.test_number).json]
    assert list(answer.json["paging"]) == ["cursors"]


def test_the_list_of_numbers_has_pages(graph: Any):
    """``limit`` and the cursors work as everywhere."""
    first = graph.get(f"{graph.waba}/phone_numbers?limit=1&fields=id").json
    second = graph.get(
        f"{graph.waba}/phone_numbers?limit=1&fields=id&after={first['paging']['cursors']['after']}"
    )

    assert first["data"] == [{"id": graph.number}]
    assert second.json["data"] == [{"id": graph.test_number}]
    assert "next" not in second.json["paging"]
    assert "previous" in second.json["paging"]


def test_an_edge_can_be_read_as_a_field(graph: Any):
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
):
    """In the same words."""
    status, error = refusal(graph.get(graph.waba, query_string={"fields": fields}))

    assert (status, error["message"]) == (400, message)


def test_an_app_can_be_read(graph: Any):
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
def test_an_app_gets_its_own_token(graph: Any, method: str):
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
):
    """Each thing wrong has its own sentence."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": graph.app,
        "client_secret": APP_SECRET,
    }

    status, error = refusal(graph.get("oauth/access_token", token=None, query_string=asked | changes))

    assert (status, error["code"], error["message"]) == (400, code, message)


# subscriptions of an app


def test_a_callback_is_asked_for_the_challenge_before_it_counts(
    graph: Any, sandbox: Sandbox, at: Any, subscribe: Any
):
    """Three parameters; afterwards the webhooks go there."""
    receiver = at()

    answer = subscribe()
    sandbox.say(graph.sheena, "Hi")
    sandbox.settle()

    ((url, query),) = receiver.asked
    assert (answer.status_code, answer.json) == (200, {"success": True})
    assert url == RECEIVER
    assert list(query) == ["hub.mode", "hub.challenge", "hub.verify_token"]
    assert (query["hub.mode"], query["hub.verify_token"]) == ("subscribe", "vibecoding")
    assert query["hub.challenge"].isdigit()
    assert [webhook.json["entry"][0]["changes"][0]["field"] for webhook in receiver.posted] == ["messages"]


def test_two_handshakes_have_two_challenges(at: Any, subscribe: Any):
    """An answer cannot be kept for the next time."""
    receiver = at()

    subscribe()
    subscribe()

    challenges = [query["hub.challenge"] for _, query in receiver.asked]
    assert len(set(challenges)) == 2


@pytest.mark.parametrize("body", [b"{}\n", b" {} "])
def test_white_space_around_the_challenge_is_forgiven(at: Any, subscribe: Any, sandbox: Sandbox, body: bytes):
    """Frameworks add a line end."""
    receiver = at()
    verify = receiver.verify
    receiver.verify = lambda url, query, timeout: (
        *verify(url, query, timeout)[:2],
        body.replace(b"{}", query["hub.challenge"].encode()),
    )

    assert subscribe().status_code == 200


@pytest.mark.parametrize(
    ("facts", "tail"),
    [
        ({"status": 404}, "HTTP Status Code = 404; HTTP Message = Not Found"),
        ({"status": 403}, "HTTP Status Code = 403; HTTP Message = Forbidden"),
        ({"body": b"something else"}, "HTTP Status Code = 200; HTTP Message = OK"),
        ({"body": b""}, "HTTP Status Code = 200; HTTP Message = OK"),
        (
            {"problem": "no answer within 10 s"},
            "curl_errno = 28; curl_error = Operation timed out; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": "connection refused"},
            "curl_errno = 7; curl_error = Failed to connect; HTTP Status Code = 0; HTTP Message = ",
        ),
    ],
)
def test_a_failed_handshake_leaves_the_old_subscription(
    graph: Any, sandbox: Sandbox, refusal: Any, at: Any, subscribe: Any, facts: Any, tail: str
):
    """The call is answered with 400 and code 2200, and what was before still is."""
    at(OTHER)
    subscribe(callback_url=OTHER)
    before = subscriptions(graph)
    at(RECEIVER, **facts)

    told = refusal(subscribe(fields="security"))

    assert told == (
        400,
        {
            "message": f"(#2200) Callback verification failed with the following errors: {tail}",
            "type": "OAuthException",
            "code": 2200,
        },
    )
    assert subscriptions(graph) == before
    assert before[0]["callback_url"] == OTHER


def test_an_address_that_nobody_serves_fails_the_handshake(graph: Any, refusal: Any, subscribe: Any):
    """Nonsense and forbidden schemes too; no network is needed to know."""
    for url in ("nonsense", "ftp://receiver.invalid/x", "http://"):
        status, error = refusal(subscribe(callback_url=url))
        assert (status, error["code"]) == (400, 2200)


def test_a_subscription_can_be_read(graph: Any, at: Any, subscribe: Any):
    """Fields in order, each with the version its payloads follow."""
    at()
    subscribe(fields=["security", "messages"])

    assert subscriptions(graph) == [
        {
            "object": "whatsapp_business_account",
            "callback_url": RECEIVER,
            "active": True,
            "fields": [
                {"name": "message_template_status_update", "version": "v24.0"},
                {"name": "messages", "version": "v24.0"},
                {"name": "security", "version": "v24.0"},
            ],
        }
    ]


@pytest.mark.parametrize("fields", ["messages,security", '["messages","security"]', ["messages", "security"]])
def test_fields_are_taken_in_every_shape(graph: Any, at: Any, subscribe: Any, fields: object):
    """Commas, JSON in a string, JSON."""
    at()
    graph.delete(f"{graph.app}/subscriptions", token=graph.app_token)

    subscribe(fields=fields)

    assert [field["name"] for field in subscriptions(graph)[0]["fields"]] == ["messages", "security"]


@pytest.mark.parametrize("member", ["object", "callback_url", "verify_token"])
def test_a_subscription_needs_its_members(refusal: Any, subscribe: Any, member: str):
    """Before anybody is asked for a challenge."""
    status, error = refusal(subscribe(**{member: None}))

    assert (status, error["message"]) == (400, f"(#100) The parameter {member} is required.")


def test_an_unknown_field_is_refused_before_the_handshake(refusal: Any, at: Any, subscribe: Any):
    """With its place in the list."""
    receiver = at()

    status, error = refusal(subscribe(fields="messages,colours"))

    assert (status, error["code"]) == (400, 100)
    assert error["message"].startswith("(#100) Param fields[1] must be one of {account_alerts, ")
    assert error["message"].endswith('} - got "colours".')
    assert receiver.asked == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_subscriptions_want_the_app_s_own_token(graph: Any, refusal: Any, method: str):
    """A person's or a system user's is not enough."""
    status, error = refusal(
        graph(method, f"{graph.app}/subscriptions", SUBSCRIPTION if method == "POST" else None)
    )

    assert (status, error["code"], error["message"]) == (
        400,
        15,
        "(#15) This method must be called with an app access_token.",
    )


def test_one_field_can_be_dropped(graph: Any, sandbox: Sandbox, at: Any, subscribe: Any):
    """The others go on; without a word all are dropped."""
    receiver = at()
    subscribe()
    dropped = graph.delete(
        f"{graph.app}/subscriptions?object=whatsapp_business_account&fields=messages", token=graph.app_token
    )
    sandbox.say(graph.sheena, "Hi")
    sandbox.review("1689556908129836", "approve")
    sandbox.settle()
    left = subscriptions(graph)
    graph.delete(f"{graph.app}/subscriptions", token=graph.app_token)

    assert dropped.json == {"success": True}
    assert [field["name"] for field in left[0]["fields"]] == ["message_template_status_update"]
    assert [webhook.json["entry"][0]["changes"][0]["field"] for webhook in receiver.posted] == [
        "message_template_status_update"
    ]
    assert subscriptions(graph) == []


# who listens to a WABA


def test_the_seed_s_app_listens_to_the_seed_s_waba(graph: Any):
    """As a dashboard's test numbers are subscribed by themselves."""
    assert graph.get(f"{graph.waba}/subscribed_apps").json == {
        "data": [
            {
                "whatsapp_business_api_data": {
                    "id": graph.app,
                    "link": f"https://www.facebook.com/games/?app_id={graph.app}",
                    "name": "Lucky Shrub",
                }
            }
        ]
    }


def test_who_does_not_listen_hears_nothing(graph: Any, sandbox: Sandbox, inbox: Any):
    """Both gates are needed: the app's subscription and the WABA's."""
    stopped = graph.delete(f"{graph.waba}/subscribed_apps")
    sandbox.say(graph.sheena, "Into the void")
    sandbox.settle()
    listed = graph.get(f"{graph.waba}/subscribed_apps").json
    again = graph.post(f"{graph.waba}/subscribed_apps")
    sandbox.say(graph.sheena, "Hi again")
    sandbox.settle()

    assert (stopped.json, again.json) == ({"success": True}, {"success": True})
    assert listed == {"data": []}
    assert [message["text"]["body"] for message in inbox.messages] == ["Hi again"]


def test_a_waba_s_webhooks_can_go_elsewhere(graph: Any, sandbox: Sandbox, inbox: Any, at: Any):
    """Messages do, templates do not; the same call without a body ends it."""
    override = at(OTHER)
    body = {"override_callback_uri": OTHER, "verify_token": "other"}

    set_to = graph.post(f"{graph.waba}/subscribed_apps", body)
    shown = graph.get(f"{graph.waba}/subscribed_apps").json["data"][0]["override_callback_uri"]
    sandbox.say(graph.sheena, "Elsewhere")
    sandbox.review("1689556908129836", "approve")
    sandbox.settle()
    graph.post(f"{graph.waba}/subscribed_apps")
    sandbox.say(graph.sheena, "Here again")
    sandbox.settle()

    assert set_to.json == {"success": True}
    assert shown == OTHER
    assert [query["hub.verify_token"] for _, query in override.asked] == ["other"]
    assert len(override.posted) == 1
    assert [message["text"]["body"] for message in inbox.messages] == ["Here again"]
    assert len(inbox.of("message_template_status_update")) == 1
    assert "override_callback_uri" not in graph.get(f"{graph.waba}/subscribed_apps").json["data"][0]


def test_a_number_s_webhooks_go_before_the_waba_s(graph: Any, sandbox: Sandbox, inbox: Any, at: Any):
    """Number before WABA before app; an empty address ends it."""
    of_number, of_waba = at(RECEIVER), at(OTHER)
    graph.post(f"{graph.waba}/subscribed_apps", {"override_callback_uri": OTHER, "verify_token": "w"})
    configuration = {"override_callback_uri": RECEIVER, "verify_token": "n"}

    graph.post(graph.number, {"webhook_configuration": configuration})
    shown = graph.get(f"{graph.number}?fields=webhook_configuration").json["webhook_configuration"]
    sandbox.say(graph.sheena, "To the number's")
    sandbox.say(graph.sheena, "To the WABA's", to=graph.test_number)
    sandbox.settle()
    graph.post(graph.number, {"webhook_configuration": {"override_callback_uri": ""}})
    sandbox.say(graph.sheena, "To the WABA's again")
    sandbox.settle()

    assert shown == {
        "phone_number": RECEIVER,
        "whatsapp_business_account": OTHER,
        "application": RECEIVER,
    }
    bodies = [
        [w.json["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] for w in receiver.posted]
        for receiver in (of_number, of_waba)
    ]
    assert bodies == [["To the number's"], ["To the WABA's", "To the WABA's again"]]
    assert inbox.webhooks == []


@pytest.mark.parametrize("level", ["number", "waba"])
def test_an_override_that_does_not_answer_is_not_taken(
    graph: Any, sandbox: Sandbox, refusal: Any, at: Any, level: str
):
    """What was before still is."""
    at(OTHER)
    at(RECEIVER, status=404)

    def override(url: str) -> Any:
        facts = {"override_callback_uri": url, "verify_token": "x"}
        if level == "number":
            return graph.post(graph.number, {"webhook_configuration": facts})
        return graph.post(f"{graph.waba}/subscribed_apps", facts)

    override(OTHER)
    before = graph.get(f"{graph.number}?fields=webhook_configuration").json
    status, error = refusal(override(RECEIVER))

    assert (status, error["code"]) == (400, 2200)
    assert graph.get(f"{graph.number}?fields=webhook_configuration").json == before


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_an_override_has_at_most_200_characters(graph: Any, at: Any, length: int, fits: bool):
    """As documented."""
    url = f"{OTHER}/".ljust(length, "x")
    at(url)

    answer = graph.post(f"{graph.waba}/subscribed_apps", {"override_callback_uri": url, "verify_token": "x"})

    assert answer.status_code == (200 if fits else 400)


def test_every_webhook_is_signed_with_the_app_s_secret(graph: Any, sandbox: Sandbox, inbox: Any):
    """Over the very bytes, also at an override."""
    import hashlib
    import hmac

    sandbox.say(graph.sheena, "Ein Häuschen: https://example.com/a")
    sandbox.settle()

    (webhook,) = inbox.webhooks
    secret = b"5eedab1e5eedab1e5eedab1e5eedab1e"
    assert webhook.headers["X-Hub-Signature-256"] == (
        "sha256=" + hmac.new(secret, webhook.body, hashlib.sha256).hexdigest()
    )
    assert rb"H\u00e4uschen: https:\/\/example.com\/a" in webhook.body
