"""Who listens to webhooks: the subscriptions of an app, of a WABA and of a number, and the handshake."""

from __future__ import annotations

from typing import Any

import pytest
from kit.identities import RECEIVER

from emulator.sandbox.network.problems import (
    BadAnswer,
    BadCertificate,
    ConnectionClosed,
    NoConnection,
    NoSuchHost,
    TimedOut,
)
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
        sandbox.services.subscriptions._receivers.connect(url, made)
        return made

    return place


@pytest.fixture
def subscribe(graph: Any) -> Any:
    def post(**changes: Any) -> Any:
        return graph.post(f"{graph.app}/subscriptions", SUBSCRIPTION | changes, token=graph.app_token)

    return post


def subscriptions(graph: Any) -> Any:
    return graph.get(f"{graph.app}/subscriptions", token=graph.app_token).json["data"]


# subscriptions of an app


def test_a_callback_is_asked_for_the_challenge_before_it_counts(
    graph: Any, sandbox: Sandbox, at: Any, subscribe: Any
) -> None:
    """Three parameters; afterwards the webhooks go there."""
    receiver = at()

    answer = subscribe()
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.settle()

    ((url, query),) = receiver.asked
    assert (answer.status_code, answer.json) == (200, {"success": True})
    assert url == RECEIVER
    assert list(query) == ["hub.mode", "hub.challenge", "hub.verify_token"]
    assert (query["hub.mode"], query["hub.verify_token"]) == ("subscribe", "vibecoding")
    assert query["hub.challenge"].isdigit()
    assert [webhook.json["entry"][0]["changes"][0]["field"] for webhook in receiver.posted] == ["messages"]


def test_two_handshakes_have_two_challenges(at: Any, subscribe: Any) -> None:
    """An answer cannot be kept for the next time."""
    receiver = at()

    subscribe()
    subscribe()

    challenges = [query["hub.challenge"] for _, query in receiver.asked]
    assert len(set(challenges)) == 2


@pytest.mark.parametrize("body", [b"{}\n", b" {} "])
def test_white_space_around_the_challenge_is_forgiven(
    at: Any, subscribe: Any, sandbox: Sandbox, body: bytes
) -> None:
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
            {"problem": TimedOut("no answer within 10 s")},
            "curl_errno = 28; curl_error = Operation timed out; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": NoSuchHost("no such host")},
            "curl_errno = 6; curl_error = Could not resolve host; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": BadCertificate("no TLS")},
            "curl_errno = 60; curl_error = SSL certificate problem; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": ConnectionClosed("closed", answered=False)},
            "curl_errno = 52; curl_error = Empty reply from server; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": BadAnswer("no HTTP")},
            "curl_errno = 8; curl_error = Weird server reply; HTTP Status Code = 0; HTTP Message = ",
        ),
        (
            {"problem": NoConnection("connection refused")},
            "curl_errno = 7; curl_error = Failed to connect; HTTP Status Code = 0; HTTP Message = ",
        ),
    ],
)
def test_a_failed_handshake_leaves_the_old_subscription(
    graph: Any, sandbox: Sandbox, refusal: Any, at: Any, subscribe: Any, facts: Any, tail: str
) -> None:
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


def test_an_address_that_nobody_serves_fails_the_handshake(graph: Any, refusal: Any, subscribe: Any) -> None:
    """Nonsense and forbidden schemes too; no network is needed to know."""
    for url in ("nonsense", "ftp://receiver.invalid/x", "http://"):
        status, error = refusal(subscribe(callback_url=url))
        assert (status, error["code"]) == (400, 2200)


def test_a_subscription_can_be_read(graph: Any, at: Any, subscribe: Any) -> None:
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
def test_fields_are_taken_in_every_shape(graph: Any, at: Any, subscribe: Any, fields: object) -> None:
    """Commas, JSON in a string, JSON."""
    at()
    graph.delete(f"{graph.app}/subscriptions", token=graph.app_token)

    subscribe(fields=fields)

    assert [field["name"] for field in subscriptions(graph)[0]["fields"]] == ["messages", "security"]


@pytest.mark.parametrize("member", ["object", "callback_url", "verify_token"])
def test_a_subscription_needs_its_members(refusal: Any, subscribe: Any, member: str) -> None:
    """Before anybody is asked for a challenge."""
    status, error = refusal(subscribe(**{member: None}))

    assert (status, error["message"]) == (400, f"(#100) The parameter {member} is required.")


def test_an_unknown_field_is_refused_before_the_handshake(refusal: Any, at: Any, subscribe: Any) -> None:
    """With its place in the list."""
    receiver = at()

    status, error = refusal(subscribe(fields="messages,colours"))

    assert (status, error["code"]) == (400, 100)
    assert error["message"].startswith("(#100) Param fields[1] must be one of {account_alerts, ")
    assert error["message"].endswith('} - got "colours".')
    assert receiver.asked == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_subscriptions_want_the_app_s_own_token(graph: Any, refusal: Any, method: str) -> None:
    """A person's or a system user's is not enough."""
    status, error = refusal(
        graph(method, f"{graph.app}/subscriptions", SUBSCRIPTION if method == "POST" else None)
    )

    assert (status, error["code"], error["message"]) == (
        400,
        15,
        "(#15) This method must be called with an app access_token.",
    )


def test_one_field_can_be_dropped(graph: Any, sandbox: Sandbox, at: Any, subscribe: Any) -> None:
    """The others go on; without a word all are dropped."""
    receiver = at()
    subscribe()
    dropped = graph.delete(
        f"{graph.app}/subscriptions?object=whatsapp_business_account&fields=messages", token=graph.app_token
    )
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.templates.review("1689556908129836", "approve")
    sandbox.settle()
    left = subscriptions(graph)
    graph.delete(f"{graph.app}/subscriptions", token=graph.app_token)

    assert dropped.json == {"success": True}
    assert [field["name"] for field in left[0]["fields"]] == ["message_template_status_update"]
    assert [webhook.json["entry"][0]["changes"][0]["field"] for webhook in receiver.posted] == [
        "message_template_status_update"
    ]
    assert subscriptions(graph) == []


def test_an_app_that_wants_no_values_hears_which_fields_have_changed(
    graph: Any, sandbox: Sandbox, at: Any, subscribe: Any
) -> None:
    """``include_values`` holds until it is said anew; two such webhooks in a batch stay two entries."""
    receiver = at()
    subscribe(include_values="false")
    sandbox.faults.add(kind="batch", size=2)
    sandbox.people.say(graph.sheena, "Hi")
    sandbox.people.say(graph.sheena, "Hi again")
    subscribe()
    sandbox.templates.review("1689556908129836", "approve")
    sandbox.settle()
    subscribe(include_values=True)
    sandbox.people.say(graph.sheena, "And now?")
    sandbox.settle()

    batch, template, message = (webhook.json["entry"] for webhook in receiver.posted)
    assert batch == [{"id": graph.waba, "changed_fields": ["messages"]}] * 2
    assert template == [
        {"id": graph.waba, "time": template[0]["time"], "changed_fields": ["message_template_status_update"]}
    ]
    assert message[0]["changes"][0]["value"]["messages"][0]["text"] == {"body": "And now?"}


# who listens to a WABA


def test_the_seed_s_app_listens_to_the_seed_s_waba(graph: Any) -> None:
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


def test_who_does_not_listen_hears_nothing(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Both gates are needed: the app's subscription and the WABA's."""
    stopped = graph.delete(f"{graph.waba}/subscribed_apps")
    sandbox.people.say(graph.sheena, "Into the void")
    sandbox.settle()
    listed = graph.get(f"{graph.waba}/subscribed_apps").json
    again = graph.post(f"{graph.waba}/subscribed_apps")
    sandbox.people.say(graph.sheena, "Hi again")
    sandbox.settle()

    assert (stopped.json, again.json) == ({"success": True}, {"success": True})
    assert listed == {"data": []}
    assert [message["text"]["body"] for message in inbox.messages] == ["Hi again"]


def test_a_waba_s_webhooks_can_go_elsewhere(graph: Any, sandbox: Sandbox, inbox: Any, at: Any) -> None:
    """Messages do, templates do not; the same call without a body ends it."""
    override = at(OTHER)
    body = {"override_callback_uri": OTHER, "verify_token": "other"}

    set_to = graph.post(f"{graph.waba}/subscribed_apps", body)
    shown = graph.get(f"{graph.waba}/subscribed_apps").json["data"][0]["override_callback_uri"]
    sandbox.people.say(graph.sheena, "Elsewhere")
    sandbox.templates.review("1689556908129836", "approve")
    sandbox.settle()
    graph.post(f"{graph.waba}/subscribed_apps")
    sandbox.people.say(graph.sheena, "Here again")
    sandbox.settle()

    assert set_to.json == {"success": True}
    assert shown == OTHER
    assert [query["hub.verify_token"] for _, query in override.asked] == ["other"]
    assert len(override.posted) == 1
    assert [message["text"]["body"] for message in inbox.messages] == ["Here again"]
    assert len(inbox.of("message_template_status_update")) == 1
    assert "override_callback_uri" not in graph.get(f"{graph.waba}/subscribed_apps").json["data"][0]


def test_a_number_s_webhooks_go_before_the_waba_s(graph: Any, sandbox: Sandbox, inbox: Any, at: Any) -> None:
    """Number before WABA before app; an empty address ends it."""
    of_number, of_waba = at(RECEIVER), at(OTHER)
    graph.post(f"{graph.waba}/subscribed_apps", {"override_callback_uri": OTHER, "verify_token": "w"})
    configuration = {"override_callback_uri": RECEIVER, "verify_token": "n"}

    graph.post(graph.number, {"webhook_configuration": configuration})
    shown = graph.get(f"{graph.number}?fields=webhook_configuration").json["webhook_configuration"]
    sandbox.people.say(graph.sheena, "To the number's")
    sandbox.people.say(graph.sheena, "To the WABA's", to=graph.test_number)
    sandbox.settle()
    graph.post(graph.number, {"webhook_configuration": {"override_callback_uri": ""}})
    sandbox.people.say(graph.sheena, "To the WABA's again")
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
) -> None:
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


_SUBSCRIBE_FIRST = (
    "(#100) Before override the current callback uri, your app must be subscribed to receive messages for "
    "WhatsApp Business Account"
)


@pytest.mark.parametrize("level", ["number", "waba"])
@pytest.mark.parametrize(
    ("fields", "listens"),
    [("messages", True), ("messages", False), ("calls", True), (None, True), (None, False)],
)
def test_an_override_needs_both_subscriptions_before(
    graph: Any, refusal: Any, at: Any, subscribe: Any, level: str, fields: str | None, listens: bool
) -> None:
    """To the messages and to the WABA; nobody is asked for a challenge, and ending one needs nothing."""
    at()
    other = at(OTHER)
    graph.delete(f"{graph.app}/subscriptions", token=graph.app_token)
    if fields is not None:
        subscribe(fields=fields)
    if not listens:
        graph.delete(f"{graph.waba}/subscribed_apps")

    def override(url: str) -> Any:
        facts = {"override_callback_uri": url, "verify_token": "x"}
        if level == "number":
            return graph.post(graph.number, {"webhook_configuration": facts})
        return graph.post(f"{graph.waba}/subscribed_apps", facts)

    answer = override(OTHER)

    if fields == "messages" and listens:
        assert answer.status_code == 200
    else:
        status, error = refusal(answer)
        assert (status, error["code"], error["message"]) == (400, 100, _SUBSCRIBE_FIRST)
        assert "error_data" not in error
        assert other.asked == []
    assert override("").status_code == 200


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_an_override_has_at_most_200_characters(graph: Any, at: Any, length: int, fits: bool) -> None:
    """As documented."""
    url = f"{OTHER}/".ljust(length, "x")
    at(url)

    answer = graph.post(f"{graph.waba}/subscribed_apps", {"override_callback_uri": url, "verify_token": "x"})

    assert answer.status_code == (200 if fits else 400)


def test_every_webhook_is_signed_with_the_app_s_secret(graph: Any, sandbox: Sandbox, inbox: Any) -> None:
    """Over the very bytes, also at an override."""
    import hashlib
    import hmac

    sandbox.people.say(graph.sheena, "Ein Häuschen: https://example.com/a")
    sandbox.settle()

    (webhook,) = inbox.webhooks
    secret = b"5eedab1e5eedab1e5eedab1e5eedab1e"
    assert webhook.headers["X-Hub-Signature-256"] == (
        "sha256=" + hmac.new(secret, webhook.body, hashlib.sha256).hexdigest()
    )
    assert rb"H\u00e4uschen: https:\/\/example.com\/a" in webhook.body
