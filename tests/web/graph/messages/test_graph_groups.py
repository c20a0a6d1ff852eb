"""Groups: addressed by their id, with a window of their own, told participant by participant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.control import Control
from kit.graph import Graph
from kit.identities import BEATRIZ, JONAS, PABLO, SHEENA
from kit.receivers import Inbox

from emulator import Sandbox


@pytest.fixture
def group(sandbox: Any) -> Any:
    return sandbox.groups.make("Plants", SHEENA, PABLO)


def to_group(graph: Any, group: Any, **message: Any) -> Any:
    message = message or {"type": "text", "text": {"body": "Hello all"}}
    return graph.send(to=group.id, recipient_type="group", **message)


def test_a_group_has_an_id_that_names_the_business(group: Any) -> None:
    """In the form that was decoded from the platform's sample."""
    assert group.id.startswith("Y2FwaV9ncm91cDox")
    assert group.id.endswith("ZD")


def test_a_message_to_a_group_is_answered_with_the_group(graph: Graph, group: Any) -> None:
    """As input, as the one who gets it, and beside the id of the message."""
    answer = to_group(graph, group).json

    assert answer["contacts"] == [{"input": group.id, "wa_id": group.id}]
    assert answer["messages"][0]["group_id"] == group.id
    assert answer["messages"][0]["id"].startswith("wamid.")


def test_a_group_hears_sent_once_and_the_rest_from_everybody(
    graph: Graph, sandbox: Sandbox, inbox: Inbox, group: Any
) -> None:
    """Pablo reads nothing."""
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    to_group(graph, group)
    sandbox.settle()

    told = [
        (
            status["status"],
            status.get("recipient_participant_id"),
            status["recipient_id"],
            status["recipient_type"],
        )
        for status in inbox.statuses
    ]
    assert sorted(told, key=str) == sorted(
        [
            ("sent", None, group.id, "group"),
            ("delivered", SHEENA, group.id, "group"),
            ("delivered", PABLO, group.id, "group"),
            ("read", SHEENA, group.id, "group"),
        ],
        key=str,
    )
    assert inbox.statuses[-1]["pricing"]["category"] == "group_service"
    assert inbox.statuses[-1]["pricing"]["type"] == "free_group_customer_service"
    assert sandbox.messages.all(outbound=True)[-1].status == "delivered"


def test_a_message_is_read_when_everybody_has_read_it(graph: Graph, sandbox: Sandbox, group: Any) -> None:
    """Not before."""
    sandbox.people.change(PABLO, habits={"reads": True})
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    to_group(graph, group)
    sandbox.settle()

    assert sandbox.messages.all(outbound=True)[-1].status == "read"


def test_the_window_of_a_group_is_its_own(graph: Graph, sandbox: Sandbox, inbox: Inbox, group: Any) -> None:
    """Anybody's message opens it for all; what one writes to the business alone does not."""
    sandbox.people.say(SHEENA, "Only to you")
    to_group(graph, group)
    sandbox.settle()
    alone = inbox.statuses[-1]
    sandbox.people.say(PABLO, "To all", group=group.id)
    to_group(graph, group)
    sandbox.settle()

    assert (alone["status"], alone["errors"][0]["code"]) == ("failed", 131047)
    assert alone["recipient_type"] == "group"
    assert inbox.messages[-1]["group_id"] == group.id
    assert sandbox.messages.all(outbound=True)[-1].status == "delivered"


def test_the_window_of_a_group_closes_after_24_hours(graph: Graph, sandbox: Sandbox, group: Any) -> None:
    """To the microsecond."""
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    sandbox.clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    to_group(graph, group)
    sandbox.clock.advance(timedelta(microseconds=1))
    to_group(graph, group)
    sandbox.settle()

    assert [str(message.status) for message in sandbox.messages.all(outbound=True)] == ["delivered", "failed"]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "image", "image": {"link": "https://example.com/a.png"}}, None),
        ({"type": "pin", "pin": {"type": "pin", "message_id": "wamid.1", "expiration_days": 4}}, None),
        ({"type": "location", "location": {"latitude": 1, "longitude": 2}}, 131051),
        (
            {
                "type": "interactive",
                "interactive": {
                    "type": "location_request_message",
                    "body": {"text": "Where?"},
                    "action": {"name": "send_location"},
                },
            },
            131051,
        ),
    ],
)
def test_groups_take_texts_files_and_pins(
    graph: Graph, group: Any, message: dict[str, Any], code: int | None
) -> None:
    """Anything else is refused at once."""
    answer = to_group(graph, group, **message)

    assert answer.json.get("error", {}).get("code") == code


def test_a_code_is_not_for_a_group(graph: Graph, group: Any) -> None:
    """Other templates are."""
    code = [{"type": "text", "text": "123456"}]
    login = {
        "name": "login_code",
        "language": {"code": "en_US"},
        "components": [
            {"type": "body", "parameters": code},
            {"type": "button", "sub_type": "url", "index": 0, "parameters": code},
        ],
    }

    refused = to_group(graph, group, type="template", template=login)
    taken = graph.reminder(to=group.id, recipient_type="group")

    assert refused.json["error"]["code"] == 131051
    assert taken.json["messages"][0]["message_status"] == "accepted"


def test_a_pin_is_not_for_a_person(graph: Graph) -> None:
    """It belongs into a group."""
    answer = graph.send(type="pin", pin={"type": "unpin", "message_id": "wamid.1"})

    assert answer.json["error"]["code"] == 131051


def test_a_group_that_cannot_be_written_in_says_why(graph: Graph, sandbox: Sandbox, group: Any) -> None:
    """Unknown, another number's, empty, suspended."""
    empty = sandbox.groups.make("Nobody")
    other = sandbox.groups.make("Elsewhere", SHEENA, to=graph.test_number)
    sandbox.groups.suspend(group.id)

    def refused(to: Any) -> tuple[int, int]:
        answer = graph.send(to=to, recipient_type="group", type="text", text={"body": "Hello"})
        return answer.status_code, answer.json["error"]["code"]

    assert refused("Y2FwaQ") == (400, 131041)
    assert refused(other.id) == (400, 131041)
    assert refused(empty.id) == (400, 131020)
    assert refused(group.id) == (403, 131207)
    assert sandbox.messages.all() == []


def test_a_group_is_no_person_and_a_person_no_group(graph: Graph, group: Any) -> None:
    """Recipient and its type must fit."""
    as_person = graph.send(to=group.id, type="text", text={"body": "Hello"})
    as_group = graph.send(to=SHEENA, recipient_type="group", type="text", text={"body": "Hello"})

    assert as_person.json["error"]["error_data"]["details"] == "Parameter Invalid"
    assert as_group.json["error"]["code"] == 131041


def test_groups_are_listed_as_they_were_made(control: Control, sandbox: Sandbox) -> None:
    """The oldest first, also after one has changed."""
    made = [sandbox.groups.make(subject, SHEENA) for subject in ("a", "b", "c", "d", "e")]
    sandbox.groups.suspend(made[0].id)

    assert [group.subject for group in sandbox.groups.all()] == ["a", "b", "c", "d", "e"]
    assert [each["subject"] for each in control.get("/groups").json["groups"]] == ["a", "b", "c", "d", "e"]


def test_groups_are_made_and_suspended_by_the_control_api(control: Control) -> None:
    """And shown."""
    made = control.post("/groups", {"subject": "Plants", "participants": [SHEENA, PABLO]})
    shown = control.get("/groups").json["groups"]
    suspended = control.patch(f"/groups/{made.json['id']}", {"suspended": True})

    assert (made.status_code, shown) == (201, [made.json])
    assert suspended.json == {**made.json, "suspended": True}


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"subject": "", "participants": []}, 422, "1 to 128 characters"),
        ({"subject": "a", "participants": [SHEENA, SHEENA]}, 422, "twice"),
        ({"subject": "a", "participants": ["19999999999"]}, 404, "no person has the number"),
        ({"subject": "a", "participants": [JONAS]}, 422, "not on WhatsApp"),
        ({"subject": "a", "participants": [1]}, 400, "must be a string"),
    ],
)
def test_a_group_that_cannot_be_made_says_why(
    control: Control, body: dict[str, Any], status: int, detail: str
) -> None:
    """And is not made."""
    answer = control.post("/groups", body)

    assert (answer.status_code, detail in answer.json["detail"]) == (status, True)


def test_who_is_not_in_a_group_cannot_write_in_it(control: Control, group: Any) -> None:
    """The sentence says so."""
    answer = control.post(f"/people/{BEATRIZ}/messages", {"text": {"body": "Hi"}, "group": group.id})

    assert answer.status_code == 422
    assert "is in no group" in answer.json["detail"]


def test_the_transcript_names_the_group(graph: Graph, sandbox: Sandbox, group: Any) -> None:
    """Instead of its id."""
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    to_group(graph, group)

    assert "business → Plants: Hello all" in sandbox.messages.transcript()


def test_a_pin_is_sent_and_nothing_more(graph: Graph, sandbox: Sandbox, inbox: Inbox, group: Any) -> None:
    """Nobody receives or reads it."""
    sandbox.people.say(SHEENA, "Hi", group=group.id)
    to_group(graph, group, type="pin", pin={"type": "unpin", "message_id": "wamid.1"})
    sandbox.settle()

    assert [status["status"] for status in inbox.statuses] == ["sent"]
