"""On a clock that stands still the journal is a function of the script, whatever a server's threads do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from flask import Flask, Response, request
from kit.graph import Graph, graph_of
from kit.identities import ACCESS_TOKEN, BEATRIZ, JONAS, PABLO, PRODUCTION, RECEIVER, SHEENA, TEST
from kit.messages import text_message
from kit.receivers import listen
from kit.served import LIMIT, Served, until
from kit.times import START

from emulator import Emulator, Sandbox, Server, Webhook
from emulator.sandbox.webhooks.receivers import CallableReceiver

Call = Callable[[str, Any], Any]


@pytest.fixture(autouse=True)
def _many_switches() -> Iterator[None]:
    """Threads take turns after a few instructions: an order that depends on them does not last."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def script(send: Call, act: Call) -> None:
    """What one caller does, with bursts that nobody waits for, and an app that answers what people write."""
    act("people/" + SHEENA + "/messages", {"text": {"body": "Hello"}})
    act("settle", None)
    for number, to in enumerate((SHEENA, PABLO, JONAS, SHEENA, "nobody")):
        send(PRODUCTION if number % 2 else TEST, text_message(to, f"burst {number}"))
    act("people/" + BEATRIZ + "/messages", {"text": {"body": "Are you there?"}})
    act("settle", None)
    send(PRODUCTION, text_message(BEATRIZ, "Yes"))
    act("clock/advance", {"minutes": 10})
    send(PRODUCTION, text_message(SHEENA, "Bye"))
    act("people", {"name": "Vera"})
    act("clock/advance", {"hours": 30})
    send(PRODUCTION, text_message(SHEENA, "Too late"))
    act("settle", None)


def replies(body: bytes) -> list[str]:
    """Whom an app answers: whoever wrote."""
    value = json.loads(body)["entry"][0]["changes"][0]["value"]
    return [message["from"] for message in value.get("messages", ())]


def in_process(at_once: bool) -> bytes:
    """The journal of a sandbox with a worker, called without sockets, and an app in this process."""
    with Emulator(worker=True) as emulator:
        sandbox = emulator.create(at=START, speed=None, at_once=at_once)
        api, count = graph_of(emulator), iter(range(10_000))

        def answer(webhook: Webhook) -> int:
            for who in replies(webhook.body):
                graph_of(emulator).text("I am", to=who)
            return 500 if next(count) % 5 == 3 else 200

        sandbox.webhooks.connect(RECEIVER, CallableReceiver(answer))
        script(*doors_of(api, sandbox))
        return bytes(api.client.get("/_emulator/sandboxes/default/journal").data)


def doors_of(api: Graph, sandbox: Sandbox) -> tuple[Call, Call]:
    def act(path: str, body: Any) -> None:
        api.client.post(f"/_emulator/sandboxes/{sandbox.name}/{path}", json=body or {})

    return (lambda number, body: api.post(f"{number}/messages", body)), act


def over_http(at_once: bool) -> bytes:
    """The same over sockets: the server's threads, the worker's and those of the app's own server."""
    with Served() as served:
        served.emulator.remove("default")
        served.emulator.create(at=START, speed=None, at_once=at_once)
        app, count = Flask("app"), iter(range(10_000))

        def send(number: str, body: Any) -> requests.Response:
            return requests.post(
                f"{served.server.url}/v24.0/{number}/messages",
                json=body,
                headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
                timeout=LIMIT,
            )

        @app.post("/webhook")
        def receive() -> Response:
            for who in replies(request.get_data()):
                send(PRODUCTION, text_message(who, "I am"))
            return Response(status=500 if next(count) % 5 == 3 else 200)

        with Server(app) as receiver:
            named = RECEIVER  # the URL in the journal must not have this run's port
            sandbox = served.emulator.get("default")
            sandbox.webhooks.connect(named, Forward(f"{receiver.url}/webhook"))
            script(send, lambda path, body: served.control("POST", f"/{path}", body or {}))
            return served.control("GET", "/journal").content


class Forward(CallableReceiver):
    """Passes webhooks on to a URL over HTTP."""

    def __init__(self, url: str) -> None:
        super().__init__(
            lambda webhook: (
                requests.post(url, webhook.body, headers=dict(webhook.headers), timeout=LIMIT).status_code
            )
        )


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "lifelike"])
@pytest.mark.parametrize("run", [in_process, over_http])
def test_the_same_script_gives_the_same_journal(run: Callable[[bool], bytes], at_once: bool) -> None:
    """Every byte of it: order, numbers, instants, ids, trace ids, attempts."""
    expected = run(at_once)

    found = [run(at_once) for _ in range(4)]

    assert len(json.loads(expected)["journal"]) > 30
    assert [each == expected for each in found] == [True] * len(found)


@pytest.mark.soak
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "lifelike"])
@pytest.mark.parametrize("run", [in_process, over_http])
def test_the_same_script_gives_the_same_journal_always(run: Callable[[bool], bytes], at_once: bool) -> None:
    """In a hundred runs."""
    assert {run(at_once) for _ in range(100)} == {run(at_once)}


def test_a_worker_changes_nothing_in_the_order_of_what_happened() -> None:
    """But for the outcomes of webhooks, which come when all is quiet, it is that of a test without one."""

    def journal(worker: bool) -> list[tuple[str, str]]:
        with Emulator(worker=worker) as emulator:
            sandbox = emulator.create(at=START, speed=None, at_once=True)
            listen(sandbox)
            api = graph_of(emulator)
            for number in range(5):
                api.text(f"burst {number}", to=SHEENA)
                sandbox.settle()
            return [(entry.kind, entry.summary) for entry in sandbox.journal.all() if entry.kind != "webhook"]

    assert journal(worker=True) == journal(worker=False)


def test_the_outcomes_of_webhooks_are_written_when_the_sandbox_is_closed(tmp_path: Any) -> None:
    """Nobody has to settle: a kept sandbox has them."""
    with Emulator(worker=True, data=tmp_path) as emulator:
        sandbox = emulator.create(at=START, speed=None, at_once=True)
        inbox = listen(sandbox)
        graph_of(emulator).text()
        until(lambda: "failed 131047" in inbox.events)

    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create()
        written = [entry.subject for entry in sandbox.journal.all(kind="webhook")]
        states = [delivery.state for delivery in sandbox.webhooks.all()]

    assert written == ["delivery:1"]
    assert states == ["delivered"]
