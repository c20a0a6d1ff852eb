"""What it costs to deliver webhooks: by itself, as a part of a send's whole life, and in threads.

The receiver and whoever sends are processes of their own, so that CPU time is that of the emulator.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from itertools import pairwise
from time import process_time

import pytest
from flask import Flask, Response, request
from kit.figures import measured
from kit.identities import ACCESS_TOKEN, PRODUCTION, RECEIVER, SHEENA
from kit.measurements import MANY, fairly, ratio_of, show
from kit.peers import Caller, caller, receiver
from kit.times import MORNING

from emulator import Emulator, Sandbox, Server, Webhook, create_app
from emulator.domain.messages.outbound import Send, text
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.wire import signing

pytestmark = pytest.mark.benchmark

ROUNDS = 8
WEBHOOKS = 400
SENDS = 150
BODY = b'{"object":"whatsapp_business_account","entry":[%s]}' % (b"1," * 300 + b"1")
"""As long as most webhooks."""


def made(emulator: Emulator, name: str = "default", *, at_once: bool = False) -> Sandbox:
    """A sandbox that holds nobody up, with an open window."""
    sandbox = emulator.create(name, at=MORNING, speed=None, at_once=at_once)
    sandbox.limits.set(throughput="off", pair_rate="off", messaging="off")
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    return sandbox


def test_a_webhook_over_http_against_a_bare_loop() -> None:
    """The yardstick posts to a kept connection by the standard library's client, and does nothing else.

    A webhook is looked up, signed, posted, recorded as an attempt and written into the journal.
    """
    with Emulator(worker=True) as emulator, receiver() as url:
        sandbox = made(emulator)
        sandbox.webhooks.connect(url)
        port, path = int(url.split(":")[2].split("/")[0]), "/hook"
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:

            def bare() -> float:
                begin = process_time()
                for _ in range(WEBHOOKS):
                    connection.request("POST", path, BODY, signing.headers(BODY, "secret"))
                    connection.getresponse().read()
                return (process_time() - begin) / WEBHOOKS

            def delivered() -> float:
                sandbox.worker.stop()
                with sandbox.transaction():
                    for _ in range(WEBHOOKS):
                        sandbox.people.say(SHEENA, "Hello")
                begin = process_time()
                sandbox.worker.start()
                sandbox.settle()
                return (process_time() - begin) / WEBHOOKS

            acts = {"a bare loop of http.client": bare, "a webhook": delivered}
            cost = fairly(lambda: least(acts), 2)

    show("a webhook over HTTP", cost, f"{1 / ratio_of(cost):.2f} × as many a second of CPU (target: 0.5 ×)")
    measured("webhooks, HTTP", 1 / ratio_of(cost))
    assert ratio_of(cost) <= 4


CHUNK = 250
"""Webhooks between two looks at the clock; the least of some chunks counts."""


def test_webhooks_to_a_function(emulator: Emulator) -> None:
    """The events that cause them are a part of it; as fast for a hundred thousand as for a few."""
    cost: dict[str, float] = {}
    for messages in (1_000, MANY // 3 // CHUNK * CHUNK):
        sandbox = made(emulator, f"sandbox-{messages}")
        stamps: list[float] = []
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(partial(stamp, stamps)))
        with sandbox.services.command() as store:
            number = store.accounts.numbers()[0]
            for _ in range(messages):
                sandbox.services.outbound.accept(number, Send(SHEENA, text("Hello")))
        happened = sandbox.clock.advance(timedelta(hours=1))
        cost[f"an event and its webhook, of {happened.deliveries:,}"] = at_the_end(stamps, messages)
        assert happened.deliveries == 3 * messages == len(stamps)
        emulator.remove(sandbox.name)

    few, _ = cost.values()
    show("advance, with webhooks to a function", cost, f"{1 / few:,.0f} webhooks a second (target: 4,000)")
    measured("advance, callable", 1 / few)
    assert ratio_of(cost) <= 2


def stamp(stamps: list[float], _: Webhook) -> None:
    """Take a webhook, and note when it came."""
    stamps.append(process_time())


def at_the_end(stamps: list[float], messages: int) -> float:
    """CPU of a webhook: the mean of the three statuses, each by the quickest of its last chunks."""
    quickest = []
    for status in range(3):
        end = (status + 1) * messages - 1
        looked = stamps[max(status * messages, end - 8 * CHUNK) : end + 1 : CHUNK]
        quickest.append(min(then - now for now, then in pairwise(looked)) / CHUNK)
    return sum(quickest) / len(quickest)


@contextmanager
def sending(port: int, number: str = PRODUCTION) -> Iterator[Caller]:
    """A process that sends a text to a person, again and again."""
    body = {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"}
    with caller(port, f"/v24.0/{number}/messages", json.dumps(body).encode(), headers) as made:
        yield made


def test_the_whole_life_of_a_send() -> None:
    """CPU of a send with its three signed webhooks, all over HTTP, against a constant answer of Flask."""
    constant = Flask("constant")

    @constant.post("/v24.0/<number>/messages")
    def messages(number: str) -> Response:
        request.get_data()
        answer = {
            "messaging_product": "whatsapp",
            "contacts": [{"input": SHEENA, "wa_id": SHEENA}],
            "messages": [{"id": "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI2NjRBMkM1RTVBOTNERUIzRjkA"}],
        }
        return Response(json.dumps(answer), content_type="application/json")

    with Emulator(worker=True) as emulator, receiver() as url:
        sandbox = made(emulator, at_once=True)
        sandbox.webhooks.connect(url)
        with (
            Server(create_app(emulator)) as real,
            Server(constant) as other,
            sending(real.port) as to_real,
            sending(other.port) as to_constant,
        ):

            def live() -> float:
                before = len(sandbox.messages.all(outbound=True))
                begin = process_time()
                to_real.call(SENDS)
                sandbox.settle()
                took = (process_time() - begin) / SENDS
                assert len(sandbox.messages.all(outbound=True)) == before + SENDS
                assert sandbox.webhooks.all("waiting") == []
                return took

            def answer() -> float:
                begin = process_time()
                to_constant.call(SENDS)
                return (process_time() - begin) / SENDS

            cost = fairly(lambda: least({"a constant": answer, "a send and its webhooks": live}), 5)

    show("CPU of a whole send", cost, f"{ratio_of(cost):.1f} × (target: 5 ×)")
    measured("send, whole life", ratio_of(cost))
    assert ratio_of(cost) <= 15


def test_threads_do_not_grow_with_sandboxes() -> None:
    """Neither while nothing happens, nor while each of them delivers a webhook."""
    found: dict[int, tuple[int, int]] = {}
    for sandboxes in (1, 300):
        before, most = set(threading.enumerate()), 0

        def since() -> int:
            return len(set(threading.enumerate()) - before)  # noqa: B023 - called in this round alone

        def count(_: object) -> None:
            nonlocal most
            most = max(most, since())

        with Emulator(worker=True) as emulator:
            opened = [emulator.create(f"s{number}", at=MORNING) for number in range(sandboxes)]
            at_rest = since()
            for sandbox in opened:
                sandbox.webhooks.connect(RECEIVER, CallableReceiver(count))
                sandbox.people.say(SHEENA, "Hello")
            for sandbox in opened:
                sandbox.settle()
        found[sandboxes] = 1 + at_rest, 1 + most

    lines = [f"  {n:>3} sandboxes  {rest:>4} at rest {busy:>6} busy" for n, (rest, busy) in found.items()]
    sys.stdout.write("\n".join(["", "threads", *lines, ""]))
    measured("threads", found[300][0] / found[1][0])
    assert found[300][0] <= found[1][0] + 3
    assert found[300][1] <= 20


def least(acts: dict[str, Callable[[], float]]) -> dict[str, float]:
    """What each act says that it takes: the least over rounds in which every act has its turn."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(ROUNDS):
        for name, act in acts.items():
            found[name].append(act())
    return {name: min(seconds) for name, seconds in found.items()}
