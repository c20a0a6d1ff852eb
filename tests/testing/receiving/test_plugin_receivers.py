"""Receivers of the ``whatsapp`` fixture, and the ways into its app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import httpx
import pytest
import requests
from kit.identities import (
    ACCESS_TOKEN,
    APP_ID,
    APP_SECRET,
    PRODUCTION,
    SHEENA,
    TEST,
    WABA_ID,
)
from kit.messages import text_message
from kit.plugin import call, send
from kit.receivers import Inbox, change_of, webhook_app
from kit.times import MORNING
from kit.values import present

from emulator import PlatformError, Server, Webhook
from emulator.testing.receiving.names import AppNotFound
from emulator.testing.whatsapp import WhatsApp

# receivers


def test_webhooks_reach_a_url(whatsapp: WhatsApp) -> None:
    """Over HTTP, as on the platform."""
    inbox = Inbox()
    with Server(webhook_app(inbox)) as server:
        whatsapp.deliver_to(f"{server.url}/webhook")
        whatsapp.person().says("Hello")

        whatsapp.settle()

    assert inbox.events == ["text Hello"]


def test_webhooks_reach_a_wsgi_app(whatsapp: WhatsApp) -> None:
    """Without a socket; the path is where the app takes them."""
    inbox = Inbox()
    whatsapp.deliver_to(webhook_app(inbox))
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert inbox.events == ["text Hello"]


def test_webhooks_reach_a_wsgi_app_at_its_path(whatsapp: WhatsApp) -> None:
    """An app that takes them elsewhere is told of no error."""
    seen = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        seen.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b""]

    whatsapp.deliver_to(app, "/hooks/whatsapp")
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert seen == ["/hooks/whatsapp"]


def test_a_test_hears_of_the_webhook_fields_it_asks_for(whatsapp: WhatsApp) -> None:
    """Once each, and of none that does not exist."""
    whatsapp.subscribe("account_update", "messages")

    with whatsapp.sandbox.services.command() as store:
        subscription = present(store.accounts.subscription(whatsapp.app_id))
    assert [name for name, _ in subscription.fields] == [
        "account_update",
        "message_template_status_update",
        "messages",
    ]
    with pytest.raises(ValueError, match="there is no webhook field 'letters'"):
        whatsapp.subscribe("letters")


def test_webhooks_reach_a_function(whatsapp: WhatsApp) -> None:
    """It gets the signed bytes and the payload; ``None`` is a 200."""
    received: list[Webhook] = []
    whatsapp.deliver_to(received.append)
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert received[0].headers["X-Hub-Signature-256"].startswith("sha256=")
    assert change_of(received[0].json)["value"]["messages"][0]["text"] == {"body": "Hello"}
    assert whatsapp.deliveries[0].state == "delivered"


@pytest.mark.whatsapp(strict="undelivered")
def test_a_function_may_refuse_a_webhook(whatsapp: WhatsApp) -> None:
    """Anything but 200 is delivered again, fifteen simulated seconds later."""
    answers = iter([403, 200])
    whatsapp.deliver_to(lambda webhook: next(answers))
    whatsapp.person().says("Hello")

    whatsapp.settle()
    refused = whatsapp.deliveries[0].state
    whatsapp.clock.advance(seconds=15)

    assert (refused, whatsapp.deliveries[0].state) == ("waiting", "delivered")


def test_a_receiver_may_answer_from_its_webhook(whatsapp: WhatsApp) -> None:
    """The app calls the API back while its webhook is under way; settle waits for all of it."""

    def echo(webhook: Webhook) -> None:
        for message in change_of(webhook.json)["value"].get("messages", ()):
            send(whatsapp, f"You said: {message['text']['body']}", message["from"])

    whatsapp.deliver_to(echo)
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert whatsapp.messages.texts == ["Hello", "You said: Hello"]
    assert whatsapp.messages.last.status == "read"


@pytest.mark.parametrize(
    ("receiver", "sentence"),
    [
        (42, r"a receiver is a URL, an app \(WSGI, ASGI, Django, aiohttp\), the name of one .* not int"),
        (
            lambda: 200,
            r"takes 0 arguments: a function takes one \(the webhook\), a WSGI app two, an ASGI app three",
        ),
        (lambda a, b, c, d: 200, "takes 4 arguments"),
    ],
    ids=["a number", "no argument", "four arguments"],
)
def test_a_receiver_that_is_none_is_refused(
    whatsapp: WhatsApp, receiver: int | Callable[..., Any], sentence: str
) -> None:
    """With the sentence that says what it could be."""
    with pytest.raises(TypeError, match=sentence):
        whatsapp.deliver_to(receiver)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "localhost:5000/webhook",
            "'localhost:5000/webhook' is no URL, which begins with http:// or https://",
        ),
        ("ftp://127.0.0.1/webhook", "'ftp://127.0.0.1/webhook' is no URL"),
        ("no_such_app:app", "names 'no_such_app:app', and there is no module 'no_such_app'"),
    ],
    ids=["no scheme", "another scheme", "a name of nothing"],
)
def test_a_text_that_names_no_receiver_is_refused(whatsapp: WhatsApp, text: str, sentence: str) -> None:
    """Whether it was meant as a URL or as the name of an app."""
    with pytest.raises(AppNotFound) as caught:
        whatsapp.deliver_to(text)

    assert sentence in str(caught.value)


@pytest.mark.whatsapp(strict=False)
def test_a_function_with_an_answer_that_is_no_status_is_a_problem_of_its_webhook(whatsapp: WhatsApp) -> None:
    """The journal says so, and the sandbox goes on, as for a receiver that raises."""
    whatsapp.deliver_to(lambda webhook: "fine")
    whatsapp.person().says("Hello")

    whatsapp.settle()

    assert "fine" in [entry.summary for entry in whatsapp.journal if entry.kind == "webhook"][-1]


def test_the_handshake_is_made_when_asked(whatsapp: WhatsApp) -> None:
    """With the verify token, over whatever way the webhooks go."""
    app = webhook_app(Inbox(), whatsapp.verify_token)
    whatsapp.deliver_to(app)
    whatsapp.verify_webhook()

    with Server(app) as server:
        whatsapp.deliver_to(f"{server.url}/webhook")
        whatsapp.verify_webhook()


def test_a_failed_handshake_says_what_came(whatsapp: WhatsApp) -> None:
    """Graph's own error, with the answer of the app in its hint."""
    whatsapp.deliver_to(webhook_app(Inbox(), "another token"))

    with pytest.raises(PlatformError, match=r"2200") as caught:
        whatsapp.verify_webhook()

    assert (caught.value.code, caught.value.__notes__) == (2200, [caught.value.hint])
    assert "answered 403 with 'Forbidden'" in caught.value.hint


def test_a_function_is_asked_for_the_challenge(whatsapp: WhatsApp) -> None:
    """By a webhook with the method GET; it sees the verify token, and may refuse it."""
    asked = []

    def receive(webhook: Webhook) -> str | int:
        asked.append((webhook.method, webhook.query["hub.verify_token"], webhook.body))
        return webhook.query["hub.challenge"]

    whatsapp.deliver_to(receive)
    whatsapp.verify_webhook()
    whatsapp.deliver_to(lambda webhook: 403)
    with pytest.raises(PlatformError, match="HTTP Status Code = 403; HTTP Message = Forbidden"):
        whatsapp.verify_webhook()

    assert asked == [("GET", whatsapp.verify_token, b"")]


def test_a_function_that_knows_no_handshake_is_told_what_it_is(whatsapp: WhatsApp) -> None:
    """It was called as for a webhook, and has not returned the challenge."""
    whatsapp.deliver_to(lambda webhook: None)

    with pytest.raises(PlatformError) as caught:
        whatsapp.verify_webhook()

    assert 'whose method is GET, and returns webhook.query["hub.challenge"]' in caught.value.hint


def test_a_handshake_needs_a_receiver(whatsapp: WhatsApp) -> None:
    """The sentence names both ways to have one."""
    with pytest.raises(LookupError, match=r"name one with deliver_to\(\) or whatsapp_app"):
        whatsapp.verify_webhook()


# the ways in


def test_the_api_answers_at_a_url(whatsapp: WhatsApp) -> None:
    """Any HTTP client reaches the test's own sandbox with its token."""
    whatsapp.person().says("Hello")
    url = f"{whatsapp.url}/v23.0/{whatsapp.phone_number_id}/messages"
    headers = {"Authorization": f"Bearer {whatsapp.token}"}

    with requests.Session() as session, httpx.Client() as client:
        answers: list[Any] = [
            session.post(url, json=text_message(SHEENA, "From requests"), headers=headers),
            client.post(url, json=text_message(SHEENA, "From httpx"), headers=headers),
        ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert whatsapp.messages.sent.texts == ["From requests", "From httpx"]


def test_the_api_answers_without_a_socket(whatsapp: WhatsApp) -> None:
    """For clients whose transport takes a WSGI app."""
    with httpx.Client(transport=httpx.WSGITransport(whatsapp.app), base_url="http://graph") as client:
        answer = client.get(
            f"/v23.0/{whatsapp.phone_number_id}", headers={"Authorization": f"Bearer {whatsapp.token}"}
        )

    assert answer.json()["id"] == whatsapp.phone_number_id


def test_identity_is_the_documented_one(whatsapp: WhatsApp) -> None:
    """The same values on every machine and in every test."""
    assert (whatsapp.token, whatsapp.verify_token) == (ACCESS_TOKEN, "EMULATOR-VERIFY-TOKEN")
    assert (whatsapp.app_id, whatsapp.waba_id) == (APP_ID, WABA_ID)
    assert whatsapp.app_secret == APP_SECRET
    assert (whatsapp.phone_number_id, whatsapp.test_phone_number_id) == (PRODUCTION, TEST)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_does_not_see_another(whatsapp: WhatsApp, turn: str) -> None:
    """Each has a sandbox of its own: no messages, no people, no time of the one before."""
    found = (
        len(whatsapp.messages),
        len(whatsapp.sandbox.people.all()),
        whatsapp.clock.now(),
        whatsapp.webhooks,
    )

    whatsapp.deliver_to(lambda webhook: None)
    whatsapp.person("Maria").says("Hello")
    whatsapp.clock.advance(days=400)

    assert found == (0, 4, MORNING, [])


@pytest.mark.whatsapp(start="2031-02-03T04:05:06+02:00")
def test_a_marker_chooses_the_beginning(whatsapp: WhatsApp) -> None:
    """Given in any zone, told in UTC."""
    assert whatsapp.clock.now() == datetime(2031, 2, 3, 2, 5, 6, tzinfo=UTC)


@pytest.mark.whatsapp(start=datetime(2031, 2, 3, 4, 5, 6))
def test_a_marker_takes_a_datetime(whatsapp: WhatsApp) -> None:
    """Without a zone it is UTC."""
    assert whatsapp.clock.now() == datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.whatsapp(strict=False)
def test_a_marker_loosens_a_test(whatsapp: WhatsApp) -> None:
    """What is not emulated yet does not fail it."""
    answer = call(whatsapp, "POST", f"{whatsapp.phone_number_id}/not_there", {})

    assert answer.status_code == 400


@pytest.mark.whatsapp(strict=False)
def test_what_a_receiver_raises_while_the_sandbox_is_live_reaches_the_test(whatsapp: WhatsApp) -> None:
    """Also an exit or an outcome of pytest, which would end the thread unseen."""
    raised = Event()

    def leave(webhook: Webhook) -> None:
        raised.set()
        raise SystemExit("enough")

    def live() -> None:
        with whatsapp.live():
            whatsapp.person().says("Hello")
            raised.wait(5)

    whatsapp.deliver_to(leave)

    with pytest.raises(SystemExit, match="enough"):
        live()


def test_advance_takes_one_way_of_saying_how_far(whatsapp: WhatsApp) -> None:
    """Nothing is dropped in silence."""
    with pytest.raises(TypeError, match="not both"):
        whatsapp.clock.advance(timedelta(days=1), hours=3)


def test_a_person_is_found_by_any_way_of_writing_the_number(whatsapp: WhatsApp) -> None:
    """In the list of messages too."""
    whatsapp.person().says("Hello")

    assert whatsapp.messages.of("+1 650-555-1234").texts == ["Hello"]
