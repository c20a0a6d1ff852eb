"""What the emulator costs, as ratios within one run; run with ``-s`` to see the numbers.

``EMULATOR_BENCH_MESSAGES`` sets how many messages the large sandbox holds, ``EMULATOR_BENCH_EVENTS`` how many
events a month has (default: 100,000 each).
"""

from __future__ import annotations

import http.client
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from flask import Flask, Response, request
from kit.figures import measured
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA
from kit.measurements import FEW, MANY, ROUNDS, fairly, fill, interleaved, ratio_of, show
from kit.messages import order_shipped
from kit.times import MORNING

from emulator import Emulator, Sandbox, Server, create_app
from emulator.domain.messages.outbound import MarkRead, Send, text

pytestmark = pytest.mark.benchmark

EVENTS = int(os.environ.get("EMULATOR_BENCH_EVENTS", "100000"))


def made(emulator: Emulator, name: str = "default", messages: int = 0) -> Sandbox:
    """A sandbox whose people answer at once, with a past of ``messages`` and an open window."""
    sandbox = emulator.create(name, at=MORNING, speed=None, at_once=True)
    if messages:
        fill(sandbox, messages)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()
    return sandbox


def send(sandbox: Sandbox) -> None:
    """Send a text, and carry out its whole life."""
    with sandbox.services.command() as store:
        number = store.accounts.numbers()[0]
        sandbox.services.outbound.accept(number, Send(SHEENA, text("Hello")))
    sandbox.settle()


def hear_and_mark_read(sandbox: Sandbox) -> None:
    """Get a text and mark it as read, as most bots do with every one."""
    message = sandbox.people.say(SHEENA, "Hello")
    with sandbox.services.command() as store:
        sandbox.services.outbound.mark_read(store.accounts.numbers()[0], MarkRead(message.id))


def constant_app(answer: bytes) -> Flask:
    """The same framework, with one route that always answers the same."""
    app = Flask("constant")

    @app.post("/v24.0/<number>/messages")
    def messages(number: str) -> Response:
        request.get_data()
        return Response(answer, content_type="application/json")

    return app


def test_a_send_over_http_costs_little_more_than_a_constant(emulator: Emulator) -> None:
    """At most thrice the same Flask on the same server answering a constant; the target is twice."""
    made(emulator)
    body = json.dumps(
        {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}
    ).encode()
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"}

    def post(connection: http.client.HTTPConnection) -> bytes:
        connection.request("POST", f"/v24.0/{PRODUCTION}/messages", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content
        return content

    with (
        Server(create_app(emulator)) as real,
        closing(http.client.HTTPConnection("127.0.0.1", real.port, timeout=60)) as to_real,
        Server(constant_app(post(to_real))) as constant,
        closing(http.client.HTTPConnection("127.0.0.1", constant.port, timeout=60)) as to_constant,
    ):
        calls = {"a constant": lambda: post(to_constant), "a send": lambda: post(to_real)}
        cost = fairly(lambda: interleaved(calls, times=10, rounds=60), 3)

    show("a call over HTTP, keep-alive", cost, f"{ratio_of(cost):.2f} × (target: 1.8 ×)")
    measured("send", ratio_of(cost))
    assert ratio_of(cost) <= 3


@pytest.mark.parametrize(
    ("title", "act", "times"),
    [("send, with its three statuses", send, 20), ("get a text and mark it as read", hear_and_mark_read, 10)],
    ids=["send", "mark as read"],
)
def test_cost_does_not_grow_with_what_is_stored(
    emulator: Emulator, title: str, act: Callable[..., Any], times: int
) -> None:
    """However long the conversation is already."""
    few, many = made(emulator, "few", FEW), made(emulator, "many", MANY)

    acts = {f"with {FEW:,} messages": lambda: act(few), f"with {MANY:,} messages": lambda: act(many)}
    cost = fairly(lambda: interleaved(acts, times), 1.5)

    show(title, cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    if act is send:
        measured("send, among many", ratio_of(cost))
    assert ratio_of(cost) <= 1.5


def test_a_reset_does_not_ask_what_was_there(emulator: Emulator) -> None:
    """With ten thousand messages it costs what it costs with none, give or take."""
    empty, full = made(emulator, "empty"), made(emulator, "full")
    found: dict[str, list[float]] = {"of an empty sandbox": [], "of one with 10,000 messages": []}

    for _ in range(ROUNDS):
        fill(full, 10_000)
        for sandbox, seconds in zip((empty, full), found.values(), strict=True):
            begin = process_time()
            sandbox.reset()
            seconds.append(process_time() - begin)

    cost = {name: min(seconds) for name, seconds in found.items()}
    least, most = cost.values()
    show("reset", cost, f"{most / least:.2f} × (target: 1 ms whatever was there)")
    assert full.messages.all() == []
    assert most / least <= 10


def test_the_first_reset_after_much(emulator: Emulator) -> None:
    """The pages of a long past are let go of at once, whatever was in them."""
    empty, full = made(emulator, "empty"), made(emulator, "full")
    found: dict[str, list[float]] = {"of an empty sandbox": [], f"the first after {MANY:,} messages": []}

    for _ in range(5):
        fill(full, MANY)
        for sandbox, seconds in zip((empty, full), found.values(), strict=True):
            begun = process_time()
            sandbox.reset()
            seconds.append(process_time() - begun)

    cost = {name: min(seconds) for name, seconds in found.items()}
    show("the first reset", cost, f"{ratio_of(cost):.2f} × (target: 1.5 ×)")
    measured("reset", ratio_of(cost))
    assert full.messages.all() == []


def test_a_sandbox_for_a_test_is_a_copy(emulator: Emulator) -> None:
    """A fresh one costs little more than what SQLite needs to copy its database."""
    blueprint = emulator.create(at=MORNING, speed=None).blueprint

    def copy_database() -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            blueprint.database.connection.backup(connection)
            connection.execute("SELECT COUNT(*) FROM facts").fetchone()

    def copy() -> None:
        emulator.remove("default")
        emulator.create(at=MORNING, speed=None)

    cost = interleaved({"its database": copy_database, "a sandbox": copy}, times=3)

    show("a fresh copy", cost, f"{ratio_of(cost):.2f} × (target: 2 ms)")
    assert ratio_of(cost) <= 4


def test_advance_carries_out_many_events(emulator: Emulator) -> None:
    """A day in which everything happens takes as long as its events, not as its hours."""
    sandbox = emulator.create(at=MORNING, speed=None)
    sandbox.people.say(SHEENA, "Hello")
    found: dict[str, list[float]] = {"an hour": [], "twenty hours": []}

    for _ in range(5):
        for hours, seconds in zip((1, 20), found.values(), strict=True):
            sandbox.people.say(SHEENA, "Hello")
            with sandbox.services.command() as store:
                number = store.accounts.numbers()[0]
                for _ in range(200):
                    sandbox.services.outbound.accept(number, Send(SHEENA, text("Hello")))
            begin = process_time()
            happened = sandbox.clock.advance(timedelta(hours=hours))
            seconds.append((process_time() - begin) / happened.events)

    cost = {f"an event, in {name}": min(seconds) for name, seconds in found.items()}
    least, most = sorted(cost.values())
    show("advance, without webhooks", cost, f"{1 / most:,.0f} events a second (target: 10,000)")
    measured("advance", 1 / most)
    assert happened.events == 600
    assert most / least <= 3


def test_an_event_of_a_month_costs_as_much_as_one_of_a_day(emulator: Emulator) -> None:
    """However many are still to come; and whoever waits hears how far it is."""
    cost: dict[str, float] = {}
    heard: list[int] = []
    for days, messages in ((1, 1_000), (30, EVENTS // 3)):
        sandbox = emulator.create(f"{days}-days", at=MORNING, speed=None)
        number = sandbox.services.store.accounts.numbers()[0]
        people = [
            sandbox.people.add(number=f"4915{i:08d}", habits={"sent_after": i * days * 400}).wa_id
            for i in range(200)
        ]
        order = order_shipped()
        with sandbox.services.command():
            for i in range(messages):
                sandbox.services.outbound.accept(number, Send(people[i % 200], order))
        begin = process_time()
        happened = sandbox.clock.advance(timedelta(days=days), lambda walk, at: heard.append(walk.events))
        cost[f"an event, of {happened.events:,} in {days} days"] = (process_time() - begin) / happened.events
        assert happened.events == 3 * messages == heard[-1]

    show("advance, days and a month", cost, f"{1 / max(cost.values()):,.0f} events a second (target: 10,000)")
    measured("advance, flat", ratio_of(cost))
    assert ratio_of(cost) <= 2
