"""Webhooks on their way: signed, in order, tried again for seven days, and never in anybody's way."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from threading import Thread
from typing import Any, cast

import pytest
from kit.bad_hosts import AMPLE
from kit.graph import graph_of
from kit.hosts import Host, Visit, host, reads_and_hangs, refusing
from kit.identities import ORDER_SHIPPED, PABLO, PRODUCTION, RECEIVER, SHEENA, TEST, WABA_ID
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import notes, send
from kit.times import MICROSECOND, START, after, seconds
from kit.values import present

from emulator import Emulator, Sandbox, Server, Webhook
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt
from emulator.sandbox.webhooks.receivers import CallableReceiver, WsgiReceiver

RETRIES = [
    *(0, 15, 45, 105, 405, 1305),
    *(4905, 15705, 37305, 80505, 166905),
    *(253305, 339705, 426105, 512505, 598905),
]
"""Seconds at which a webhook that never succeeds is attempted; the last are a day apart."""


def deliveries(sandbox: Sandbox) -> list[Delivery]:
    with sandbox.services.command() as store:
        return store.deliveries.select()


def attempts(sandbox: Sandbox, delivery_id: int = 1) -> list[DeliveryAttempt]:
    with sandbox.services.command() as store:
        return store.deliveries.attempts(delivery_id)


# what arrives


def test_every_webhook_is_signed_with_the_secret_of_the_app(sandbox: Sandbox, inbox: Inbox) -> None:
    """Over exactly the bytes that are sent, by both algorithms."""
    sandbox.people.say(SHEENA, "Olá / ✓ <b>")
    send(sandbox, "Hello back")

    sandbox.settle()

    secret = sandbox.identity()["app_secret"].encode()
    assert len(inbox.webhooks) == 4
    for webhook in inbox.webhooks:
        new = hmac.new(secret, webhook.body, hashlib.sha256).hexdigest()
        old = hmac.new(secret, webhook.body, hashlib.sha1).hexdigest()
        assert webhook.headers["X-Hub-Signature-256"] == f"sha256={new}"
        assert webhook.headers["X-Hub-Signature"] == f"sha1={old}"
        assert webhook.headers["Content-Type"] == "application/json"


def test_webhooks_come_in_the_order_in_which_they_were_caused(sandbox: Sandbox, inbox: Inbox) -> None:
    """Across people and kinds."""
    for number in range(5):
        sandbox.people.say((SHEENA, PABLO)[number % 2], str(number))

    sandbox.settle()

    assert inbox.events == [f"text {number}" for number in range(5)]


def test_a_delivery_over_http_is_a_delivery(sandbox: Sandbox) -> None:
    """A real server gets the bytes and the headers that were signed."""
    requests: list[dict[str, Any]] = []
    with serve(requests) as url:
        sandbox.webhooks.connect(f"{url}/hook?tenant=1")
        sandbox.people.say(SHEENA, "Hello")
        sandbox.people.say(SHEENA, "Hello again")

        sandbox.settle()

    bodies = [delivery.body for delivery in deliveries(sandbox)]
    assert [request["body"] for request in requests] == bodies
    assert [request["target"] for request in requests] == ["POST /hook?tenant=1"] * 2
    assert requests[0]["signature"].startswith("sha256=")
    assert [delivery.state for delivery in deliveries(sandbox)] == ["delivered"] * 2


def test_a_wsgi_app_needs_no_socket(sandbox: Sandbox) -> None:
    """It gets the path, the query and the body that a server would give it."""
    requests: list[dict[str, Any]] = []
    sandbox.webhooks.connect(
        "http://receiver.invalid/hook?tenant=1", WsgiReceiver(remember(requests, "200 OK"))
    )
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert [(request["target"], request["body"]) for request in requests] == [
        ("POST /hook?tenant=1", deliveries(sandbox)[0].body)
    ]


def test_a_receiver_that_returns_nothing_has_taken_the_webhook(sandbox: Sandbox) -> None:
    """As a function that forgets to answer means it."""
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: None))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert [(attempt.status, attempt.succeeded) for attempt in attempts(sandbox)] == [(200, True)]


# again and again


def test_a_webhook_is_tried_again_for_seven_days(sandbox: Sandbox) -> None:
    """At growing intervals of simulated time, then it is given up."""
    inbox = listen(sandbox, answers=[500] * 100)
    sandbox.people.say(SHEENA, "Hello")

    sandbox.clock.advance(timedelta(days=30))

    assert [at for at, _ in inbox.times] == RETRIES
    assert len(set(inbox.bodies)) == 1
    (delivery,) = deliveries(sandbox)
    assert (delivery.state, delivery.attempts) == ("failed", len(RETRIES))
    assert sandbox.clock.next_due() is None


@pytest.mark.parametrize(
    ("later", "last", "state"),
    [(timedelta(0), timedelta(days=7), "waiting"), (MICROSECOND, timedelta(days=6) + MICROSECOND, "failed")],
)
def test_the_last_try_comes_at_most_seven_days_after_the_first(
    sandbox: Sandbox, later: timedelta, last: timedelta, state: str
) -> None:
    """Seven days to the microsecond: what would be tried after them is given up at once."""
    inbox = listen(sandbox, answers=[500] * 100)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(days=6) + later)

    sandbox.webhooks.redeliver(deliveries(sandbox)[0].id)
    sandbox.settle()
    after_six_days = deliveries(sandbox)[0].state
    sandbox.clock.advance(timedelta(days=30))

    assert after_six_days == state
    assert inbox.instants[-1] == START + last
    assert deliveries(sandbox)[0].state == "failed"


def test_a_webhook_that_succeeds_at_last_is_delivered(sandbox: Sandbox) -> None:
    """And not sent again."""
    inbox = listen(sandbox, answers=[500, 503])
    sandbox.people.say(SHEENA, "Hello")

    sandbox.clock.advance(timedelta(days=30))

    assert [at for at, _ in inbox.times] == [0, 15, 45]
    assert [(a.number, a.at, a.status, a.problem) for a in attempts(sandbox)] == [
        (1, START, 500, None),
        (2, after(15), 503, None),
        (3, after(45), 200, None),
    ]
    assert deliveries(sandbox)[0].state == "delivered"


@pytest.mark.parametrize("status", [201, 202, 204, 301, 302, 307, 400, 401, 404, 410, 500, 503])
def test_only_the_status_200_counts(sandbox: Sandbox, status: int) -> None:
    """Everything else is tried again."""
    inbox = listen(sandbox, answers=[status])
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert (inbox.events, deliveries(sandbox)[0].state) == (["text Hello"], "waiting")
    assert sandbox.clock.next_due() == after(15)


def test_a_failing_webhook_stops_nothing_else(sandbox: Sandbox) -> None:
    """What comes after it is delivered, and it comes again in its own time."""
    inbox = listen(sandbox, answers=[500])
    sandbox.people.say(SHEENA, "first")
    sandbox.people.say(SHEENA, "second")
    sandbox.clock.advance(seconds(5))
    sandbox.people.say(SHEENA, "third")

    sandbox.clock.advance(seconds(60))

    assert inbox.times == [
        (0.0, "text first"),
        (0.0, "text second"),
        (5.0, "text third"),
        (15.0, "text first"),
    ]


def test_every_attempt_is_journalled(sandbox: Sandbox) -> None:
    """With the answer, and when it will be tried again."""
    listen(sandbox, answers=[500])
    sandbox.people.say(SHEENA, "Hello")

    sandbox.clock.advance(seconds(20))

    assert notes(sandbox, "webhook") == [
        f"messages to {RECEIVER}: answered 500, again at 2026-10-05T09:00:15+00:00",
        f"messages to {RECEIVER}: answered 200, delivered",
    ]


# receivers that do not answer


def remember(requests: list[dict[str, Any]], status: str, **headers: str) -> Callable[..., list[bytes]]:
    """A WSGI app that keeps its requests and gives one answer."""

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        requests.append(
            {
                "target": f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{query}",
                "body": environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)),
                "signature": environ.get("HTTP_X_HUB_SIGNATURE_256"),
            }
        )
        start_response(status, [("Content-Length", "2"), *headers.items()])
        return [b"ok"]

    return app


@contextmanager
def serve(requests: list[dict[str, Any]], status: str = "200 OK", **headers: str) -> Iterator[str]:
    with Server(remember(requests, status, **headers)) as server:
        yield server.url


def answering(raw: bytes) -> AbstractContextManager[Host]:
    """A host that answers every request with the same bytes and closes the connection."""

    def behave(visit: Visit) -> None:
        visit.read()
        visit.write(raw)

    return host(behave)


@contextmanager
def at_host(made: AbstractContextManager[Host]) -> Iterator[str]:
    with made as here:
        yield here.url


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://127.0.0.1/hook", "begins with http:// or https://"),
        ("not a url", "begins with http:// or https://"),
        ("", "begins with http:// or https://"),
        ("http:///hook", "is no http:// or https:// URL of a host"),
        ("http://127.0.0.1:99999/hook", "Port out of range"),
        ("http://127.0.0.1:0/hook", "its port is 0"),
        ("http://[::1/hook", "Invalid IPv6 URL"),
        ("http://%31%32%37.0.0.1/hook", "'%31%32%37.0.0.1' is no name and no address"),
        ("http://8.8.8.8/hook", "8.8.8.8 is a public address: .*--allow-public, or .*--allow-host 8.8.8.8"),
        ("http://[2606:4700::1111]/hook", "2606:4700::1111 is a public address"),
        ("http://134744072/hook", "134744072 leads to 8.8.8.8, a public address"),
        ("http://169.254.169.254/hook", "a cloud metadata address: .*only with --allow-host 169.254.169.254"),
    ],
)
def test_what_no_webhook_could_go_to_cannot_be_connected(sandbox: Sandbox, url: str, problem: str) -> None:
    """It is refused at once, says why and what lets it, and nothing is changed."""
    with pytest.raises(ValueError, match=problem):
        sandbox.webhooks.connect(url)

    assert sandbox.identity()["webhook_url"] is None


@pytest.mark.parametrize(
    ("receiver", "timeout", "problem"),
    [
        pytest.param(refusing, AMPLE, "connection refused", id="refused"),
        pytest.param(lambda: at_host(host(reads_and_hangs)), 0.05, "no answer within 0.05 s", id="hanging"),
        pytest.param(lambda: at_host(answering(b"")), AMPLE, "closed without an answer", id="hung up"),
        pytest.param(
            lambda: at_host(answering(b"220 smtp ready\r\n")),
            AMPLE,
            "no HTTP answer.*220 smtp",
            id="no http",
        ),
    ],
)
def test_a_receiver_that_gives_no_answer_is_tried_again(
    sandbox: Sandbox, receiver: Callable[..., Any], timeout: float, problem: str
) -> None:
    """The attempt tells the problem, and the timeline goes on."""
    sandbox.change_settings(webhook_timeout=seconds(timeout))
    with receiver() as url:
        sandbox.webhooks.connect(url)
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, order_shipped(), PABLO)

        sandbox.clock.advance(seconds(1))

    first, *_ = attempts(sandbox)
    assert (first.status, first.succeeded, deliveries(sandbox)[0].due) == (None, False, after(15))
    assert first.problem is not None
    assert re.search(problem, first.problem)
    assert [message.status for message in sandbox.messages.all(outbound=True)] == ["delivered"]


def test_a_redirect_is_not_followed(sandbox: Sandbox) -> None:
    """It counts as a failure, as on the platform."""
    requests: list[dict[str, Any]] = []
    with serve(requests, "302 Found", Location="/elsewhere") as url:
        sandbox.webhooks.connect(f"{url}/hook")
        sandbox.people.say(SHEENA, "Hello")

        sandbox.settle()

    assert [request["target"] for request in requests] == ["POST /hook"]
    assert [attempt.status for attempt in attempts(sandbox)] == [302]


def test_a_receiver_that_comes_up_late_gets_what_it_missed(sandbox: Sandbox) -> None:
    """The port was closed when it was written to first."""
    requests: list[dict[str, Any]] = []
    with refusing() as url:
        sandbox.webhooks.connect(url)
        sandbox.people.say(SHEENA, "Hello")
        sandbox.settle()

    port = int(url.split(":")[2].split("/")[0])
    with Server(remember(requests, "200 OK"), port=port):
        sandbox.clock.advance(seconds(15))

    assert [attempt.succeeded for attempt in attempts(sandbox)] == [False, True]
    assert len(requests) == 1


def test_a_receiver_that_raises_is_quoted(sandbox: Sandbox) -> None:
    """The journal has the exception with the receiver's line; the webhook comes again."""

    def receive(_: Webhook) -> None:
        raise KeyError("entry")

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    (note,) = notes(sandbox, "webhook")
    assert re.fullmatch(
        rf"messages to {RECEIVER}: the receiver raised KeyError: 'entry' at \S*test_dispatcher\.py:\d+ "
        r"in receive, again at 2026-10-05T09:00:15\+00:00",
        note,
    )


def test_an_app_that_raises_is_quoted(sandbox: Sandbox) -> None:
    """As the function is."""

    def app(environ: dict[str, Any], start_response: object) -> list[bytes]:
        raise KeyError("entry")

    sandbox.webhooks.connect(RECEIVER, WsgiReceiver(app))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    (problem,) = [attempt.problem or "" for attempt in attempts(sandbox)]
    assert re.fullmatch(r"the app raised KeyError: 'entry' at \S*test_dispatcher\.py:\d+ in app", problem)


@pytest.mark.parametrize("answer", ["ok", {"status": "ok"}, ("ok", 200)], ids=["text", "table", "pair"])
def test_a_receiver_whose_answer_is_no_status_is_told_so(
    sandbox: Sandbox, answer: str | dict[str, Any] | tuple[Any, ...]
) -> None:
    """It fails its own webhook, not the sandbox."""
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(lambda _: cast(int, answer)))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    (attempt,) = attempts(sandbox)
    assert attempt.problem is not None
    assert repr(answer) in attempt.problem


# once more


def test_a_webhook_can_be_delivered_again(sandbox: Sandbox, inbox: Inbox) -> None:
    """The same bytes with the same signature, when it had succeeded."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    sandbox.clock.advance(seconds(60))

    sandbox.webhooks.redeliver(1)
    sandbox.settle()

    first, second = inbox.webhooks
    assert (first.body, dict(first.headers)) == (second.body, dict(second.headers))
    assert [at for at, _ in inbox.times] == [0, 60]


def test_a_webhook_that_was_given_up_can_be_delivered_again(sandbox: Sandbox) -> None:
    """When the receiver has been mended."""
    inbox = listen(sandbox, answers=[500] * len(RETRIES))
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(days=30))

    sandbox.webhooks.redeliver(1)
    sandbox.settle()

    assert deliveries(sandbox)[0].state == "delivered"
    assert len(inbox.webhooks) == len(RETRIES) + 1


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ({"first": 2, "last": 3}, ["2", "3"]),
        ({"first": 3}, ["3", "4"]),
        ({"last": 1}, ["1"]),
        ({"state": "failed"}, ["2", "4"]),
        ({"state": "failed", "first": 3}, ["4"]),
        ({"state": "delivered"}, ["1", "3"]),
        ({"first": 5}, []),
    ],
)
def test_many_webhooks_can_be_delivered_again(
    sandbox: Sandbox, said: dict[str, Any], again: list[str]
) -> None:
    """From one number to another, those in a state, or both; whatever became of them."""
    inbox = listen(sandbox)
    inbox.listener = lambda body: 500 if b'"body":"2"' in body or b'"body":"4"' in body else 200
    for text in ("1", "2", "3", "4"):
        sandbox.people.say(SHEENA, text)
    sandbox.clock.advance(timedelta(days=30))
    inbox.clear()
    inbox.listener = lambda _: 200

    numbers = sandbox.webhooks.redeliver_all(**said)
    sandbox.settle()

    assert numbers == [int(text) for text in again]
    assert inbox.events == [f"text {text}" for text in again]


def test_what_shall_be_delivered_again_has_to_be_said(sandbox: Sandbox) -> None:
    """A state that there is, or numbers."""
    with pytest.raises(ValueError, match="say which webhooks"):
        sandbox.webhooks.redeliver_all()
    with pytest.raises(ValueError, match="waiting, delivered, failed; not 'lost'"):
        sandbox.webhooks.redeliver_all("lost")


def test_only_a_webhook_that_exists_can_be_delivered_again(sandbox: Sandbox) -> None:
    """With its number in the refusal."""
    with pytest.raises(LookupError, match="no delivery 7"):
        sandbox.webhooks.redeliver(7)


# where to


@pytest.fixture
def inboxes(sandbox: Sandbox) -> dict[str, Inbox]:
    """Receivers at the URL of the app, of a WABA's override and of a number's."""
    made = {name: Inbox() for name in ("app", "waba", "number")}
    for name, inbox in made.items():
        sandbox.services.dispatcher.receivers.connect(f"http://{name}.invalid/", CallableReceiver(inbox))
    sandbox.webhooks.connect("http://app.invalid/")
    return made


def heard(inboxes: dict[str, Inbox]) -> dict[str, list[str]]:
    return {name: inbox.events for name, inbox in inboxes.items() if inbox.events}


def override(sandbox: Sandbox, *names: str) -> None:
    if "waba" in names:
        sandbox.services.subscriptions.listen(
            WABA_ID, sandbox.accounts.app(), "http://waba.invalid/", "token"
        )
    if "number" in names:
        with sandbox.services.command() as store:
            number = store.accounts.number(PRODUCTION)
        assert number is not None
        sandbox.services.subscriptions.override(
            number, sandbox.accounts.app(), "http://number.invalid/", "token"
        )


@pytest.mark.parametrize(
    ("overrides", "hears"),
    [((), "app"), (("waba",), "waba"), (("number",), "number"), (("waba", "number"), "number")],
    ids=["none", "waba", "number", "both"],
)
def test_the_nearest_callback_hears(
    sandbox: Sandbox, inboxes: dict[str, Inbox], overrides: tuple[Any, ...] | tuple[str, ...], hears: str
) -> None:
    """A number's override goes before the WABA's, and that before the app's URL."""
    override(sandbox, *overrides)

    sandbox.people.say(SHEENA, "Hello", to=PRODUCTION)
    sandbox.settle()

    assert heard(inboxes) == {hears: ["text Hello"]}


def test_a_call_is_told_where_messages_are(sandbox: Sandbox, inboxes: dict[str, Inbox]) -> None:
    """At the nearest callback, when it begins and when it ends."""
    sandbox.webhooks.subscribe("calls")
    override(sandbox, "number")

    sandbox.people.call(SHEENA, lasts=timedelta(seconds=5))
    sandbox.clock.advance(timedelta(seconds=5))

    assert {name: len(inbox.of("calls")) for name, inbox in inboxes.items()} == {
        "app": 0,
        "waba": 0,
        "number": 2,
    }


def test_the_override_of_a_number_is_its_own(sandbox: Sandbox, inboxes: dict[str, Inbox]) -> None:
    """Another number of the WABA has the next nearest."""
    override(sandbox, "waba", "number")

    sandbox.people.say(SHEENA, "Hello", to=TEST)
    sandbox.settle()

    assert heard(inboxes) == {"waba": ["text Hello"]}


def test_an_override_ends(sandbox: Sandbox, inboxes: dict[str, Inbox]) -> None:
    """An empty URL goes back to the app's."""
    override(sandbox, "waba", "number")
    with sandbox.services.command() as store:
        number = present(store.accounts.number(PRODUCTION))
    sandbox.services.subscriptions.override(number, sandbox.accounts.app(), "", "")
    sandbox.services.subscriptions.listen(WABA_ID, sandbox.accounts.app(), None, None)

    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    assert heard(inboxes) == {"app": ["text Hello"]}


def test_the_status_of_a_template_goes_to_the_app(sandbox: Sandbox, inboxes: dict[str, Inbox]) -> None:
    """Overrides are for messages only."""
    override(sandbox, "waba", "number")

    sandbox.templates.review(ORDER_SHIPPED, "pause")
    sandbox.settle()

    assert heard(inboxes) == {"app": ["order_shipped PAUSED"]}


def test_an_app_hears_only_the_fields_it_asked_for(
    emulator: Emulator, sandbox: Sandbox, inbox: Inbox
) -> None:
    """The first gate."""
    app = sandbox.accounts.app()
    with sandbox.services.command():
        sandbox.services.subscriptions.unsubscribe(app, ["messages"])

    sandbox.people.say(SHEENA, "Hello")
    sandbox.templates.review(ORDER_SHIPPED, "pause")
    sandbox.settle()

    assert inbox.events == ["order_shipped PAUSED"]


def test_an_app_hears_only_wabas_it_is_subscribed_to(
    emulator: Emulator, sandbox: Sandbox, inbox: Inbox
) -> None:
    """The second gate; it opens again."""
    api = graph_of(emulator)
    told = [api("DELETE", f"{WABA_ID}/subscribed_apps").json]
    sandbox.people.say(SHEENA, "unheard")
    sandbox.settle()

    told.append(api("POST", f"{WABA_ID}/subscribed_apps", {}).json)
    sandbox.people.say(SHEENA, "heard")
    sandbox.settle()

    assert told == [{"success": True}] * 2
    assert inbox.events == ["text heard"]


def test_a_webhook_that_nobody_hears_is_journalled(sandbox: Sandbox) -> None:
    """A developer who forgot to register a callback finds out."""
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert notes(sandbox, "webhook") == ["nobody listens to messages: no app has a callback URL for it"]
    assert deliveries(sandbox) == []


# in nobody's way


def test_no_webhook_is_sent_inside_the_request(emulator: Emulator, sandbox: Sandbox, inbox: Inbox) -> None:
    """The answer is there before anything is told."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    answer = graph_of(emulator).text("Hello back")

    assert (answer.status_code, inbox.events) == (200, ["text Hello"])


def test_a_receiver_is_called_outside_every_lock(emulator: Emulator, sandbox: Sandbox) -> None:
    """It may call the API back from another thread, and is answered while it waits."""
    api = graph_of(emulator)
    answers: list[object] = []
    inside: list[bool] = []

    def receive(_: Webhook) -> None:
        caller = Thread(target=lambda: answers.append(api("GET", PRODUCTION).status_code))
        caller.start()
        caller.join(5)
        answers.append("late" if caller.is_alive() else "in time")
        inside.append(sandbox.services.store.database.in_transaction)

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(receive))
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    assert (answers, inside) == ([200, "in time"], [False])
