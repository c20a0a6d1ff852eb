"""A sandbox ends at once, and so does the emulator, whatever is under way in it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

import pytest
import requests
from kit.command_line import Serving
from kit.hanging import PATIENCE, HangingInbox
from kit.identities import RECEIVER, SHEENA
from kit.served import LIMIT, Served, until
from kit.times import seconds

from emulator import Emulator, Sandbox, Webhook
from emulator.sandbox.errors import SandboxClosed
from emulator.sandbox.webhooks.receivers import CallableReceiver


def test_a_sandbox_is_deleted_while_time_waits_for_a_receiver(served: Served, hanging: HangingInbox) -> None:
    """The advance under way is told that the sandbox is gone."""
    served.sandbox.webhooks.connect(hanging.url)
    served.sandbox.people.say(SHEENA, "Hello")
    advance = served.begin(served.control, "POST", "/clock/advance", {"hours": 1})
    until(lambda: served.sandbox.clock.is_advancing)
    hanging.wait()

    deleted = served.control("DELETE", "")

    assert deleted.status_code == 204
    assert advance.result(PATIENCE).status_code == 410
    assert advance.result().json()["detail"] == "the sandbox default has been closed"


def test_a_receiver_deletes_its_own_sandbox(served: Served, hanging: HangingInbox) -> None:
    """From inside the webhook that time waits for, and four times over: the server answers afterwards."""
    deleted: Queue[requests.Response] = Queue()

    def delete(_: bytes) -> int:
        deleted.put(served.control("DELETE", ""))
        return 200

    hanging.listener = delete
    hanging.release()
    for _ in range(4):
        served.sandbox.webhooks.connect(hanging.url)
        served.sandbox.people.say(SHEENA, "Hello")
        advance = served.control("POST", "/clock/advance", {"hours": 1})
        assert advance.status_code in {404, 410}  # the worker may have delivered it before
        assert deleted.get(timeout=PATIENCE).status_code == 204
        served.sandbox = served.create()

    assert requests.get(f"{served.server.url}/_emulator/health", timeout=LIMIT).status_code == 200


@pytest.mark.parametrize(
    "call", [("POST", "/clock/advance", {"hours": 1}), ("POST", "/settle")], ids=lambda call: call[1]
)
def test_who_waits_for_a_turn_is_told_too(
    served: Served, hanging: HangingInbox, call: tuple[str, ...]
) -> None:
    """Several clients move time; all of them end with the sandbox."""
    served.sandbox.webhooks.connect(hanging.url)
    advance = served.begin(served.control, "POST", "/clock/advance", {"hours": 1})
    assert advance.result(PATIENCE).status_code == 200  # nothing was to be done
    served.sandbox.people.say(SHEENA, "Hello")
    hanging.wait()  # by the worker
    first = served.begin(served.control, "POST", "/clock/advance", {"hours": 1})
    second = served.begin(served.control, *call)

    assert served.control("DELETE", "").status_code == 204

    assert {first.result(PATIENCE).status_code, second.result(PATIENCE).status_code} <= {404, 410}


def test_sends_to_a_sandbox_that_is_deleted_meanwhile_are_refused(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """With 410, or as those of a token that there is not; nothing fails inside."""
    stop = Event()

    def stream() -> set[int]:
        statuses = set()
        while not stop.is_set():
            statuses.add(served.send().status_code)
        return statuses

    served.sandbox.people.say(SHEENA, "Hello")
    with ThreadPoolExecutor(4) as threads:
        streams = [threads.submit(stream) for _ in range(4)]
        for _ in range(8):
            assert served.control("DELETE", "").status_code == 204
            served.create().people.say(SHEENA, "Hello")
        stop.set()

    assert set().union(*(each.result() for each in streams)) <= {200, 401, 410}
    assert [record for record in caplog.records if record.exc_info] == []


def test_a_receiver_in_the_process_closes_its_own_sandbox(emulator: Emulator) -> None:
    """In the thread that moves time: the advance raises, and nothing of the closed sandbox is used."""
    sandbox = emulator.create(speed=None)

    def close(_: Webhook) -> None:
        sandbox.close()

    sandbox.webhooks.connect(RECEIVER, CallableReceiver(close))
    sandbox.people.say(SHEENA, "Hello")

    with pytest.raises(SandboxClosed, match="the sandbox default has been closed"):
        sandbox.clock.advance(seconds(60))


def test_a_receiver_in_the_process_that_never_returns_does_not_hold_up_the_end(emulator: Emulator) -> None:
    """Its thread is left behind; what it does afterwards changes nothing."""
    came, release = Event(), Event()

    def hang(_: Webhook) -> None:
        came.set()
        release.wait(PATIENCE)

    sandbox = emulator.create(speed=None)
    sandbox.webhooks.connect(RECEIVER, CallableReceiver(hang))
    sandbox.worker.start()
    sandbox.people.say(SHEENA, "Hello")
    assert came.wait(PATIENCE)

    sandbox.close()
    release.set()

    assert sandbox.is_closed


def test_the_process_ends_while_time_waits_for_a_receiver(tmp_path: Path, hanging: HangingInbox) -> None:
    """SIGTERM during an advance: who waits hears that it is over, and the process ends without a failure."""
    with Serving(tmp_path, "--frozen", "--webhook", hanging.url) as serving, ThreadPoolExecutor(1) as threads:
        advance = threads.submit(_advance_with_a_message, serving.url)
        hanging.wait()
        until(lambda: serving.get("/clock")["walking"] is not None)

        serving.process.send_signal(signal.SIGTERM)
        code = serving.process.wait(10)

        assert code == 0
        assert advance.result(PATIENCE).status_code == 410
    assert "Traceback" not in (tmp_path / "stderr.txt").read_text()


def _advance_with_a_message(url: str) -> requests.Response:
    sandbox = f"{url}/_emulator/sandboxes/default"
    words: dict[str, Any] = {"type": "text", "text": {"body": "Hello"}}
    requests.post(f"{sandbox}/people/{SHEENA}/messages", json=words, timeout=LIMIT).raise_for_status()
    return requests.post(f"{sandbox}/clock/advance", json={"hours": 1}, timeout=LIMIT)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


def test_a_closed_sandbox_is_closed_once(emulator: Emulator) -> None:
    """A second call does nothing."""
    sandbox: Sandbox = emulator.create(speed=None)
    sandbox.close()

    sandbox.close()

    assert sandbox.is_closed
