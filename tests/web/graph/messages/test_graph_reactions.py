"""Reactions over the Graph API: which arrive, and which fail by webhook after their 200."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.times import MICROSECOND

from emulator.sandbox.sandbox import Sandbox

MONTH = timedelta(days=30)


@pytest.fixture
def react(graph: Any, sandbox: Sandbox, inbox: Any) -> Any:
    """Reacts inside the window, and tells the statuses that follow, a failed one by its code."""

    def send(message_id: str, emoji: str = "👍") -> list[object]:
        inbox.clear()
        answer = graph.send(type="reaction", reaction={"message_id": message_id, "emoji": emoji})
        assert (answer.status_code, list(answer.json)) == (200, ["messaging_product", "contacts", "messages"])
        sandbox.settle()
        assert {status["id"] for status in inbox.statuses} == {answer.json["messages"][0]["id"]}
        return [
            status["errors"][0]["code"] if status["status"] == "failed" else status["status"]
            for status in inbox.statuses
        ]

    return send


def sent(answer: Any) -> str:
    return str(answer.json["messages"][0]["id"])


def test_a_reaction_is_sent_and_nothing_after_it(graph: Any, sandbox: Sandbox, react: Any) -> None:
    """To what the person wrote, as to what the business did: no `delivered`, no `read`, ever."""
    written = sandbox.people.say(graph.sheena, "Hello").id
    own = sent(graph.text())
    sandbox.settle()

    statuses = [react(written), react(own)]
    sandbox.clock.advance(timedelta(days=2))

    assert statuses == [["sent"], ["sent"]]
    assert [message.status for message in sandbox.messages.all() if message.type == "reaction"] == [
        "sent",
        "sent",
    ]


def test_a_reaction_is_taken_back_without_an_emoji(graph: Any, sandbox: Sandbox, react: Any) -> None:
    """A reaction of its own, sent like the first."""
    written = sandbox.people.say(graph.sheena, "Hello").id

    assert (react(written), react(written, "")) == (["sent"], ["sent"])
    assert [message.text for message in sandbox.messages.all(outbound=True)] == [
        "[reaction] 👍",
        "[reaction removed]",
    ]


def targets(graph: Any, sandbox: Sandbox) -> dict[str, str]:
    """Messages that nobody can react to, by why."""
    unseen = sent(graph.text(to=graph.jonas))
    elsewhere = sandbox.people.say(graph.pablo, "Hello").id
    to_the_other_number = sandbox.people.say(graph.sheena, "Hello", to=graph.test_number).id
    written = sandbox.people.say(graph.sheena, "Hello").id
    late = sent(graph.text(to=graph.beatriz))
    own = sent(graph.send(type="reaction", reaction={"message_id": written, "emoji": "👍"}))
    theirs = sandbox.people.react(graph.sheena, written, "👍").id
    sandbox.settle()
    sandbox.faults.add(131049, when="async", to=graph.sheena)
    failed = sent(graph.text())
    sandbox.settle()
    return {
        "unknown": "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI1N0IzMjVFREZBMkY4QjFGRjUA",
        "no id": "hello",
        "in another thread": elsewhere,
        "to another number": to_the_other_number,
        "to somebody else": late,
        "to nobody": unseen,
        "a reaction of ours": own,
        "a reaction of theirs": theirs,
        "failed": failed,
    }


WHY = {
    "unknown": "there is no such message in this conversation",
    "no id": "there is no such message in this conversation",
    "in another thread": "there is no such message in this conversation",
    "to another number": "there is no such message in this conversation",
    "to somebody else": "there is no such message in this conversation",
    "to nobody": "there is no such message in this conversation",
    "a reaction of ours": "it is a reaction itself",
    "a reaction of theirs": "it is a reaction itself",
    "failed": "it has failed",
}


@pytest.mark.parametrize("target", WHY)
def test_a_reaction_to_what_cannot_be_reacted_to_fails(
    graph: Any, sandbox: Sandbox, inbox: Any, react: Any, target: str
) -> None:
    """200, then one `failed` status with 131009; the journal says why."""
    found = targets(graph, sandbox)[target]

    assert react(found) == [131009]
    assert inbox.statuses[0]["errors"] == [
        {
            "code": 131009,
            "title": "Parameter value is not valid",
            "message": "Parameter value is not valid",
            "error_data": {"details": "Parameter Invalid"},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }
    ]
    with sandbox.services.command() as store:
        entry = store.journal.select(kind="status")[-1]
    assert entry.details["rule"] == "reaction_has_a_target"
    assert WHY[target] in entry.details["hint"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [(MONTH - MICROSECOND, ["sent"]), (MONTH, [131009]), (MONTH + MICROSECOND, [131009])],
)
def test_a_message_can_be_reacted_to_for_thirty_days(
    graph: Any, sandbox: Sandbox, react: Any, after: timedelta, expected: list[object]
) -> None:
    """To the microsecond, while the window is open."""
    written = sandbox.people.say(graph.sheena, "Hello").id
    sandbox.clock.advance(after)
    sandbox.people.say(graph.sheena, "Still there?")

    assert react(written) == expected


def test_outside_the_window_a_reaction_fails_as_any_message(graph: Any, sandbox: Sandbox, react: Any) -> None:
    """131047 comes before whatever is wrong with its target."""
    written = sandbox.people.say(graph.sheena, "Hello").id
    sandbox.clock.advance(timedelta(hours=24))

    assert react(written) == react("wamid.unknown") == [131047]
