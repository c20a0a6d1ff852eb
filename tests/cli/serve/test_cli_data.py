"""``serve --data``: a crash of the process loses nothing that was answered with 200."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from kit.command_line import LIMIT, Serving, client, hello, post_text, wamid_of, wamids, without
from kit.flood import Flood
from kit.identities import ACCESS_TOKEN
from kit.messages import LIFE
from kit.receivers import ServedInbox

from emulator import Webhook

START = "2026-11-02T09:00:00Z"


@pytest.fixture
def receiver() -> Iterator[ServedInbox]:
    """It outlives the server under test."""
    receiver = ServedInbox()
    with receiver.server:
        yield receiver


def test_a_killed_server_has_every_message_it_answered(tmp_path: Path, receiver: ServedInbox) -> None:
    """And goes on with them: statuses and webhooks that were pending come after the restart."""
    arguments = ("--data", "data", "--frozen", "--at", START, "--webhook", receiver.url, "--quiet")
    with Serving(tmp_path, *arguments) as first:
        hello(first)
        first.post("/clock/advance", {"minutes": 5})
        flood = Flood(first.url, enough=200)
        flood.start()
        flowing = flood.flowing.wait(LIMIT)
        first.end(signal.SIGKILL)
        flood.join()

    with Serving(tmp_path, "--data", "data", "--quiet") as second:
        kept = wamids(second)
        clock = second.get("/clock")
        second.post("/clock/advance", {"minutes": 1})
        statuses = {message["status"] for message in second.get("/messages?limit=1000000")["messages"][1:]}

    assert (flowing, flood.refused) == (True, [])
    assert without(flood.answered, kept) == []
    assert len(set(kept)) == len(kept)
    assert (clock["now"], clock["mode"]) == ("2026-11-02T09:05:00Z", "frozen")
    assert statuses == {"read"}
    lives = receiver.lives()
    assert {wamid: lives[wamid] for wamid in flood.answered} == dict.fromkeys(flood.answered, LIFE)


class Killer(ServedInbox):
    """Kills the server in the middle of telling it something."""

    def __init__(self) -> None:
        super().__init__()
        self.victim: int | None = None
        self.after = 0

    def take(self, webhook: Webhook) -> int:
        status = super().take(webhook)
        if self.victim is not None and len(self.statuses) == self.after:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = None
        return status


def test_a_server_killed_while_time_passes_goes_on_from_there(tmp_path: Path) -> None:
    """Every webhook comes, at most one of them twice, and the clock is not behind what was told."""
    killer = Killer()
    sent: list[str] = []
    with killer.server:
        arguments = ("--data", "data", "--frozen", "--at", START, "--webhook", killer.url, "--quiet")
        with Serving(tmp_path, *arguments) as first, client() as session:
            hello(first)
            sent += [wamid_of(post_text(session, first.url, f"Message {count}")) for count in range(20)]
            killer.victim, killer.after = first.process.pid, 30
            with pytest.raises(requests.ConnectionError):
                first.post("/clock/advance", {"hours": 1})
            first.process.wait(LIMIT)
        told_before = list(killer.statuses)

        with Serving(tmp_path, "--data", "data", "--quiet") as second:
            clock = second.get("/clock")
            second.post("/clock/advance", {"hours": 1})
            delivered = {
                delivery["state"] for delivery in second.get("/deliveries?limit=100000")["deliveries"]
            }

    assert len(told_before) == 30
    assert clock["now"] >= "2026-11-02T09:00:01"
    assert killer.lives() == dict.fromkeys(sent, LIFE)
    assert len(killer.statuses) <= 3 * len(sent) + 1
    assert delivered == {"delivered"}


def test_a_running_clock_is_not_behind_after_a_kill(tmp_path: Path) -> None:
    """Time that the server was away has passed, too."""
    with Serving(tmp_path, "--data", "data", "--at", START, "--speed", "3600", "--quiet") as first:
        hello(first)
        before = first.now()
        first.end(signal.SIGKILL)

    with Serving(tmp_path, "--data", "data", "--quiet") as second:
        clock = second.get("/clock")

    assert clock["now"] > before
    assert (clock["mode"], clock["speed"]) == ("running", 3600.0)


def test_every_sandbox_is_taken_up_again(tmp_path: Path, receiver: ServedInbox) -> None:
    """With its own token, seed, time and messages."""
    with Serving(tmp_path, "--data", "data", "--frozen", "--quiet") as first, client() as session:
        made = session.post(
            f"{first.url}/_emulator/sandboxes",
            json={"id": "second", "clock": {"at": "2030-01-01T00:00:00Z", "frozen": True}},
            timeout=LIMIT,
        ).json()
        number = made["numbers"][0]["phone_number_id"]
        hello(first, "second")
        answer = post_text(session, first.url, "Hi!", number=number, token=made["access_token"])
        first.call("PUT", "/webhook", {"url": receiver.url}, "second")
        first.end(signal.SIGKILL)

    with Serving(tmp_path, "--data", "data", "--quiet") as second, client() as session:
        kept = wamids(second, "second")
        now = second.get("/clock", "second")["now"]
        identity = second.get("", "second")
        second.post("/clock/advance", {"minutes": 1}, "second")

    assert wamid_of(answer) in kept
    assert now == "2030-01-01T00:00:00Z"
    assert identity["access_token"] == made["access_token"] != ACCESS_TOKEN
    assert receiver.lives() == {wamid_of(answer): LIFE}


def test_a_sandbox_that_was_removed_stays_away(tmp_path: Path) -> None:
    """Its files go with it."""
    with Serving(tmp_path, "--data", "data", "--quiet") as first, client() as session:
        session.post(f"{first.url}/_emulator/sandboxes", json={"id": "second"}, timeout=LIMIT)
        removed = session.delete(f"{first.url}/_emulator/sandboxes/second", timeout=LIMIT)
        first.end(signal.SIGTERM)

    assert removed.status_code == 204
    assert [path.name for path in Path(tmp_path / "data").iterdir() if "second" in path.name] == []


def test_a_server_that_ended_in_peace_goes_on_too(tmp_path: Path) -> None:
    """Ids are not given twice."""
    with Serving(tmp_path, "--data", "data", "--frozen", "--at", START, "--quiet") as first:
        hello(first)
        with client() as session:
            before = [wamid_of(post_text(session, first.url, "Hi!")) for _ in range(3)]
        first.end(signal.SIGTERM)

    with Serving(tmp_path, "--data", "data", "--quiet") as second:
        with client() as session:
            after = [wamid_of(post_text(session, second.url, "Hi again!")) for _ in range(3)]
        kept = wamids(second)
        state = second.printed_as("state")

    assert len({*before, *after}) == 6
    assert kept[1:] == [*before, *after]
    assert state == "kept in data"


def test_a_reset_returns_to_the_seed_it_was_made_from(tmp_path: Path) -> None:
    """Also after a restart that names no seed."""
    (tmp_path / "mine.yaml").write_text(
        "app: {access_token: MY-TOKEN}\n"
        "waba: {name: Corner Shop}\n"
        'numbers: [{number: "+1 555 078 3881"}]\n'
        'people: [{number: "+1 650 555 7777", name: Ada}]\n'
    )
    with Serving(tmp_path, "--data", "data", "--seed", "mine.yaml", "--quiet") as first:
        first.end(signal.SIGTERM)

    with Serving(tmp_path, "--data", "data", "--quiet") as second:
        second.post("/reset")
        people = [person["name"] for person in second.get("/people")["people"]]

    assert people == ["Ada"]
