"""The journal as server-sent events: from an entry on, over a reset, until the sandbox is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.control import HERE, Control, problem_of
from kit.identities import PABLO, SHEENA
from kit.receivers import Inbox

from emulator import Emulator, Sandbox
from emulator.sandbox.namespaces.journal import Followed
from emulator.web.control import events


@pytest.fixture(autouse=True)
def _quick_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PULSE", 0.0)


@pytest.fixture
def follow(client: FlaskClient, sandbox: Sandbox) -> Any:
    """Follows the events of the default sandbox: what comes, in pieces as it is written."""

    def begin(query: str = "", **headers: str) -> Iterator[tuple[str, str | None, Any]]:
        answer = client.get(f"{HERE}/events{query}", headers=headers, buffered=False)
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
        for piece in answer.response:
            text = piece.decode() if isinstance(piece, bytes) else piece
            if text.startswith(":"):
                yield ":", None, None
                continue
            members = dict(line.split(": ", 1) for line in text.strip().splitlines())
            yield members.get("event", "entry"), members.get("id"), json.loads(members["data"])

    return begin


def until_quiet(stream: Iterator[tuple[str, str | None, Any]]) -> list[tuple[str, str | None, Any]]:
    """What comes until nothing is new."""
    found: list[tuple[str, str | None, Any]] = []
    for each in stream:
        if each[0] == ":":
            return found
        found.append(each)
    return found


def summaries(found: list[tuple[str, str | None, Any]]) -> list[str]:
    return [data["summary"] for _, _, data in found]


def test_what_comes_is_told(follow: Any, sandbox: Sandbox, inbox: Inbox) -> None:
    """An entry each, as the journal has it, with its number as id; nothing of what was before."""
    sandbox.people.say(SHEENA, "Before")
    stream = follow()
    next(stream)

    sandbox.people.say(SHEENA, "Grüße 🌵")
    found = until_quiet(stream)

    assert [(name, number) for name, number, _ in found] == [("entry", str(sandbox.journal.last()))]
    assert summaries(found) == ["Sheena Nelson wrote: Grüße 🌵"]
    assert until_quiet(stream) == []


def test_everything_is_told_after_zero(follow: Any, sandbox: Sandbox) -> None:
    """And only what fits the filters."""
    for number in (SHEENA, PABLO, SHEENA):
        sandbox.people.say(number, "Hello")

    every, some = follow("?after=0"), follow(f"?after=0&kind=message&wa_id={PABLO}")
    next(every), next(some)

    told = [data["seq"] for _, _, data in until_quiet(every)]
    assert told == [entry.seq for entry in sandbox.journal.all()]
    assert summaries(until_quiet(some)) == ["Pablo Morales wrote: Hello"]


def test_it_goes_on_after_the_last_event(follow: Any, sandbox: Sandbox, inbox: Inbox) -> None:
    """As a browser asks for that has lost the connection; the header goes before the query."""
    for text in ("1", "2", "3"):
        sandbox.people.say(SHEENA, text)
    first, *_ = (entry.seq for entry in sandbox.journal.all(kind="message"))

    stream = follow("?after=0", **{"Last-Event-ID": str(first)})
    next(stream)

    assert summaries(until_quiet(stream)) == ["Sheena Nelson wrote: 2", "Sheena Nelson wrote: 3"]


def test_a_reset_is_told(follow: Any, sandbox: Sandbox, inbox: Inbox) -> None:
    """And what comes after it, from its first entry on."""
    stream = follow()
    next(stream)
    sandbox.people.say(SHEENA, "Hello")
    assert len(until_quiet(stream)) == 1

    sandbox.reset()
    sandbox.people.say(SHEENA, "Hello again")
    found = until_quiet(stream)

    assert found[0] == ("reset", "0", {})
    assert "Sheena Nelson wrote: Hello again" in summaries(found[1:])


def test_the_end_of_the_sandbox_is_told(follow: Any, emulator: Emulator, sandbox: Sandbox) -> None:
    """And ends the stream."""
    stream = follow()
    next(stream)
    emulator.remove(sandbox.name)

    assert list(stream) == [("closed", None, {})]


def test_an_id_that_is_none_is_not_there(client: FlaskClient, control: Control, sandbox: Sandbox) -> None:
    """404."""
    answer = control.get("/events", headers={"Last-Event-ID": "x"})

    assert problem_of(answer)[0] == 404


def test_who_follows_waits_for_what_comes(sandbox: Sandbox) -> None:
    """Up to some seconds, and not longer; with a limit the rest comes next."""
    for text in ("1", "2", "3"):
        sandbox.people.say(SHEENA, text)
    first = sandbox.journal.follow(Followed([], 0), within=0, limit=2)
    rest = sandbox.journal.follow(first, within=0, limit=2)
    nothing = sandbox.journal.follow(rest, within=0)

    assert (len(first.entries), nothing.entries) == (2, [])
    assert nothing.after == sandbox.journal.last()
    assert not nothing.is_another
