"""Calls that wait do not hold up the calls they wait for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock, Semaphore
from typing import Any

import pytest
from kit.command_line import client, post_text
from kit.identities import SHEENA
from kit.raw_http import LIMIT, ask, connect, health
from kit.served import Served, until

from emulator import Sandbox, Server
from emulator.web.http.threads import Threads


class SendingApp:
    """An integrator's app: answers every text of a person with a text, from inside the webhook.

    ``together``: how many webhooks it gathers before the first of them is answered.
    """

    def __init__(self, to: Server, together: int) -> None:
        self.sent: list[int] = []
        self.health: list[int] = []
        """Statuses of the health while everybody waits."""
        self._to = to
        self._together = Barrier(together, self._ask_health)
        self._sandboxes: dict[str, tuple[str, str]] = {}

    def connect(self, sandbox: Sandbox, url: str) -> None:
        identity = sandbox.identity()
        number = identity["numbers"][0]["phone_number_id"]
        self._sandboxes[f"/{sandbox.name}"] = number, identity["access_token"]
        sandbox.webhooks.connect(f"{url}/{sandbox.name}")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        change = json.loads(environ["wsgi.input"].read())["entry"][0]["changes"][0]["value"]
        if "messages" in change:
            self._together.wait(LIMIT)
            number, token = self._sandboxes[environ["PATH_INFO"]]
            with client() as session:
                answer = post_text(session, self._to.url, "Hi", number=number, token=token)
            self.sent.append(answer.status_code)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    def _ask_health(self) -> None:
        self.health.append(health(self._to.port).status)


def test_sixteen_sandboxes_advance_while_their_apps_send(served: Served) -> None:
    """All at once: every advance waits for its app, and every app for the answer to its send."""
    app = SendingApp(served.server, together=16)
    sandboxes = [served.create(f"s{n}") for n in range(16)]
    with Server(app) as receiver, ThreadPoolExecutor(16) as pool:
        for sandbox in sandboxes:
            app.connect(sandbox, receiver.url)
            sandbox.people.say(sandbox.people.all()[0].wa_id, "Hello")
        advances = [
            pool.submit(served.control, "POST", "/clock/advance", {"hours": 1}, each.name)
            for each in sandboxes
        ]
        statuses = [advance.result(LIMIT).status_code for advance in advances]

    assert statuses == [200] * 16
    assert app.sent == [200] * 16
    assert app.health == [200]


def test_twelve_advances_of_one_sandbox_beside_a_sender(served: Served) -> None:
    """Eleven of them wait for the first, which waits for an app that sends; somebody else sends, too."""
    app, sandbox = SendingApp(served.server, together=1), served.sandbox
    with Server(app) as receiver, ThreadPoolExecutor(13) as pool:
        app.connect(sandbox, receiver.url)
        for _ in range(5):
            sandbox.people.say(SHEENA, "Hello")
        advances = [pool.submit(served.control, "POST", "/clock/advance", {"minutes": 1}) for _ in range(12)]
        sends = [served.send().status_code for _ in range(20)]
        statuses = [advance.result(LIMIT).status_code for advance in advances]

    assert statuses == [200] * 12
    assert sends == [200] * 20
    assert app.sent == [200] * 5


def test_health_answers_beside_a_hundred_waiting_calls() -> None:
    """Whatever they wait for, and without a word of theirs."""
    go, came = Event(), Semaphore(0)

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            came.release()
            assert go.wait(LIMIT)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with Server(app) as server, ThreadPoolExecutor(100) as pool:

        def wait() -> int:
            with connect(server.port) as connection:
                return ask(connection, b"GET /wait HTTP/1.1\r\n\r\n").status

        waiting = [pool.submit(wait) for _ in range(100)]
        for _ in waiting:
            assert came.acquire(timeout=LIMIT)
        while_they_wait = health(server.port).status
        threads = server.threads
        go.set()
        statuses = [each.result(LIMIT) for each in waiting]

    assert while_they_wait == 200
    assert 101 <= threads <= 110
    assert statuses == [200] * 100


# the threads themselves


class Call:
    """A call for a pool of threads: says when it is there, and ends when it may."""

    def __init__(self, go: Event, waits_for: Barrier | None = None) -> None:
        self._go, self._waits_for = go, waits_for
        self.came, self.ended, self.cancelled = Event(), Event(), Event()

    def service(self) -> None:
        self.came.set()
        if self._waits_for is not None:
            self._waits_for.wait(LIMIT)
        assert self._go.wait(LIMIT)
        self.ended.set()

    def cancel(self) -> None:
        self.cancelled.set()


def test_a_flood_of_calls_makes_no_more_threads() -> None:
    """As long as calls begin and end there are as many threads as shall work."""
    threads = Threads(working=2, stall=LIMIT)
    at_once, most, lock, left = 0, 0, Lock(), Semaphore(0)

    class Short:
        def service(self) -> None:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            with lock:
                at_once -= 1
            left.release()

        def cancel(self) -> None: ...

    for _ in range(2000):
        threads.add_task(Short())
        threads.relieve()
    for _ in range(2000):
        assert left.acquire(timeout=LIMIT)

    assert threads.count <= 2
    assert most <= 2
    assert threads.stop(LIMIT)


def test_calls_that_wait_for_each_other_all_get_a_thread() -> None:
    """Sixteen that only end together; the threads that are too many end afterwards."""
    threads = Threads(working=2, stall=0.001, rest=0.05)
    go, together = Event(), Barrier(16)
    go.set()
    calls = [Call(go, together) for _ in range(16)]

    for call in calls:
        threads.add_task(call)
    while threads.is_behind:
        threads.relieve()
    for call in calls:
        assert call.ended.wait(LIMIT)

    until(lambda: threads.count <= 2)
    assert threads.stop(LIMIT)


def test_a_call_that_raises_takes_no_thread_with_it(caplog: pytest.LogCaptureFixture) -> None:
    """It is cancelled and logged; the next one is carried out."""
    threads, go = Threads(working=1), Event()
    go.set()

    class Broken(Call):
        def service(self) -> None:
            raise KeyError("broken")

    broken, sound = Broken(go), Call(go)
    threads.add_task(broken)
    threads.add_task(sound)

    assert broken.cancelled.wait(LIMIT)
    assert sound.ended.wait(LIMIT)
    assert threads.stop(LIMIT)
    assert [record.getMessage() for record in caplog.records] == ["a call could not be carried out"]


def test_stopping_cancels_what_is_queued() -> None:
    """What is under way is waited for as long as one likes."""
    threads, go = Threads(working=1, stall=LIMIT), Event()
    under_way, queued, late = Call(go), Call(go), Call(go)
    threads.add_task(under_way)
    assert under_way.came.wait(LIMIT)
    threads.add_task(queued)

    assert not threads.stop(0.01)
    threads.add_task(late)
    assert queued.cancelled.is_set()
    assert late.cancelled.is_set()
    go.set()
    assert threads.stop(LIMIT)
    assert under_way.ended.is_set()
