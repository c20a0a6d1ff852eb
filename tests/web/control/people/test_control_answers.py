"""People answer a message: with a tap, a filled-in flow, a permission to call; and they order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.control import Control, problem_of
from kit.graph import Graph
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Sandbox

REQUEST = {
    "type": "call_permission_request",
    "body": {"text": "May we call you?"},
    "action": {"name": "call_permission_request"},
}
SURVEY = {
    "type": "flow",
    "body": {"text": "How was it?"},
    "action": {
        "name": "flow",
        "parameters": {
            "flow_message_version": "3",
            "flow_id": "1",
            "flow_cta": "Rate us",
            "flow_token": "token-1",
        },
    },
}
BASKET = {
    "catalog_id": "194836987003835",
    "product_items": [{"product_retailer_id": "fern", "quantity": 2, "item_price": 7.99, "currency": "USD"}],
}
ME = f"/people/{SHEENA}"


@pytest.fixture
def asked(graph: Graph, control: Control, sandbox: Sandbox) -> Any:
    """Sends an interactive message in an open window, until it has reached the person; gives its id."""
    control.post(f"{ME}/messages", {"text": {"body": "Hello"}})

    def ask(interactive: dict[str, Any]) -> str:
        answer = graph.send(type="interactive", interactive=interactive)
        sandbox.settle()
        return str(answer.json["messages"][0]["id"])

    return ask


def last(sandbox: Sandbox, inbox: Inbox) -> dict[str, Any]:
    sandbox.settle()
    return dict(inbox.messages[-1])


# flows


def test_a_flow_is_filled_in(asked: Any, control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """Its answers come as one text, with the token that it was sent with, and name the message."""
    sent = asked(SURVEY)

    answer = control.post(f"{ME}/flow-replies", {"answers": {"stars": 4}})

    assert answer.status_code == 201
    message = last(sandbox, inbox)
    assert message["type"] == "interactive"
    assert message["context"] == {"from": "15550783881", "id": sent}
    assert message["interactive"]["type"] == "nfm_reply"
    reply = message["interactive"]["nfm_reply"]
    assert (reply["name"], reply["body"]) == ("flow", "Sent")
    assert json.loads(reply["response_json"]) == {"flow_token": "token-1", "stars": 4}


def test_the_flow_of_a_template_is_filled_in(graph: Graph, control: Control, sandbox: Sandbox) -> None:
    """A button without a token has the token ``unused``."""
    components = [
        {"type": "BODY", "text": "Tell us how it was."},
        {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Rate us", "flow_id": "1"}]},
    ]
    made = {"name": "survey", "language": "en_US", "category": "UTILITY", "components": components}
    assert graph.post(f"{graph.waba}/message_templates", made).status_code == 200
    sandbox.settle()
    for template in sandbox.templates.all():
        if template.status == "PENDING":
            sandbox.templates.approve(template.id)
    flow = {
        "type": "button",
        "sub_type": "flow",
        "index": "0",
        "parameters": [{"type": "action", "action": {}}],
    }
    assert graph.template("survey", flow).status_code == 200
    sandbox.settle()

    assert control.post(f"{ME}/flow-replies", {"answers": {}}).status_code == 201, sandbox.messages.all()

    reply = sandbox.messages.all(outbound=False)[-1].content["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"flow_token": "unused"}


def test_nobody_fills_in_a_flow_that_they_do_not_see(asked: Any, control: Control) -> None:
    """Not before one has reached them, and not that of a message without one."""
    status, detail = problem_of(control.post(f"{ME}/flow-replies", {"answers": {}}))
    assert (status, "has reached" in detail) == (422, True)

    asked(REQUEST)
    status, detail = problem_of(control.post(f"{ME}/flow-replies", {"answers": {}}))
    assert (status, detail) == (422, "Sheena Nelson sees no message with a flow")

    sent = asked(SURVEY)
    assert control.post(f"{ME}/flow-replies", {"answers": {}, "message_id": sent}).status_code == 201
    assert control.post(f"{ME}/flow-replies", {}).status_code == 400


# permission to call


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            {"response": "accept"},
            {"response": "accept", "is_permanent": False, "expiration_timestamp": 1794214800},
        ),
        ({"response": "accept", "permanent": True}, {"response": "accept", "is_permanent": True}),
        ({"response": "reject"}, {"response": "reject"}),
    ],
)
def test_a_person_answers_whether_they_may_be_called(
    asked: Any, control: Control, sandbox: Sandbox, inbox: Inbox, body: Any, told: Any
) -> None:
    """For seven days, for ever, or not at all."""
    sent = asked(REQUEST)

    assert control.post(f"{ME}/call-permissions", body).status_code == 201

    message = last(sandbox, inbox)
    assert message["context"]["id"] == sent
    assert message["interactive"] == {
        "type": "call_permission_reply",
        "call_permission_reply": told | {"response_source": "user_action"},
    }


def test_nobody_answers_what_was_not_asked(asked: Any, control: Control) -> None:
    """Nor rejects for ever, nor says maybe."""
    asked(SURVEY)
    for body, problem in (
        ({"response": "accept"}, "sees no message with a request to call"),
        ({"response": "reject", "permanent": True}, "only what is accepted can be permanent"),
    ):
        status, detail = problem_of(control.post(f"{ME}/call-permissions", body))
        assert (status, problem in detail) == (422, True), detail

    assert control.post(f"{ME}/call-permissions", {"response": "maybe"}).status_code == 400


# taps and orders


def test_a_tap_may_come_without_its_context(
    graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox
) -> None:
    """As it does on the platform now and then: the webhook does not say on which message."""
    graph.reminder()
    sandbox.settle()

    for context in (True, False):
        control.post(f"{ME}/taps", {"button": "Yes, I will", "context": context})
        assert ("context" in last(sandbox, inbox)) is context
        assert last(sandbox, inbox)["type"] == "button"


def test_an_order_has_its_words_even_where_there_are_none(
    control: Control, sandbox: Sandbox, inbox: Inbox
) -> None:
    """The basket stands under its type; prices are numbers."""
    answer = control.post(f"{ME}/messages", {"type": "order", "order": BASKET})

    assert answer.status_code == 201
    assert answer.json["text"] == "[order] 2 × fern"
    assert last(sandbox, inbox)["order"] == BASKET | {"text": ""}
    again = control.post(f"{ME}/messages", {"type": "order", "order": BASKET | {"text": "Love these!"}})
    assert again.status_code == 201
    assert last(sandbox, inbox)["order"]["text"] == "Love these!"


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("button", {"text": "Yes"}, {"payload": "Yes", "text": "Yes"}),
        ("button", {"text": "Yes", "payload": "p"}, {"payload": "p", "text": "Yes"}),
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}},
            {"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}},
        ),
        (
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"response_json": '{"a":1}'}},
            {"type": "nfm_reply", "nfm_reply": {"response_json": '{"a":1}', "body": "Sent", "name": "flow"}},
        ),
    ],
)
def test_a_reply_can_be_given_as_the_webhook_has_it(
    control: Control, sandbox: Sandbox, inbox: Inbox, kind: str, content: Any, told: Any
) -> None:
    """Also one to a message that the sandbox has not."""
    assert control.post(f"{ME}/messages", {"type": kind, kind: content}).status_code == 201
    message = last(sandbox, inbox)
    assert (message["type"], message[kind]) == (kind, told)
    assert "context" not in message


@pytest.mark.parametrize(
    ("kind", "content", "problem"),
    [
        ("order", {"catalog_id": "1", "product_items": []}, "needs at least one item"),
        ("interactive", {"type": "poll_reply"}, "interactive['type']"),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "[]"}}, "holds a JSON object"),
        ("interactive", {"type": "button_reply", "list_reply": {}}, "list_reply"),
    ],
)
def test_what_no_phone_sends_is_explained(control: Control, kind: str, content: Any, problem: str) -> None:
    """In words that name the member."""
    status, detail = problem_of(control.post(f"{ME}/messages", {"type": kind, kind: content}))

    assert status in (400, 422)
    assert problem in detail


# what is not an answer, in the shape of the webhook


def test_a_message_that_the_api_does_not_show(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """It says of which type it was, and why it is not shown."""
    content = {"type": "poll_creation"}
    assert control.post(f"{ME}/messages", {"type": "unsupported", "unsupported": content}).status_code == 201

    message = last(sandbox, inbox)
    assert message["unsupported"] == content
    assert message["errors"][0]["code"] == 131051


def test_a_person_opens_a_chat(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """It has no content, and by default opens no window."""
    control.post(f"{ME}/messages", {"type": "request_welcome", "request_welcome": {}})

    assert last(sandbox, inbox).keys() == {"from", "from_user_id", "id", "timestamp", "type"}
    assert sandbox.people.windows() == []


def test_a_reaction_is_given_as_the_webhook_has_it(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """And taken back without an emoji."""
    said = control.post(f"{ME}/messages", {"text": {"body": "Hello"}}).json["id"]
    for reaction in ({"message_id": said, "emoji": "🌱"}, {"message_id": said}):
        control.post(f"{ME}/messages", {"type": "reaction", "reaction": reaction})
        assert last(sandbox, inbox)["reaction"] == reaction


def test_somebody_who_is_not_there_is_added(control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """With the name of the profile, once; without one it stays an error."""
    body = {"text": {"body": "Hi"}, "profile": {"name": "Ada"}}
    for _ in range(2):
        assert control.post("/people/12125550123/messages", body).status_code == 201

    assert last(sandbox, inbox)["from"] == "12125550123"
    assert [person.name for person in sandbox.people.all()].count("Ada") == 1
    assert control.post("/people/12125550124/messages", {"text": {"body": "Hi"}}).status_code == 404


def test_one_message_is_read(graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox) -> None:
    """And no other; only one that has come."""
    control.patch(ME, {"habits": {"reads": False}})
    control.post(f"{ME}/messages", {"text": {"body": "Hello"}})
    first, second = (graph.text(text).json["messages"][0]["id"] for text in ("1", "2"))
    assert control.post(f"{ME}/reads", {"message_id": second}).status_code == 422
    sandbox.settle()

    answer = control.post(f"{ME}/reads", {"message_id": second})
    sandbox.settle()

    assert [message["id"] for message in answer.json["messages"]] == [second]
    assert (sandbox.messages.get(first).status, sandbox.messages.get(second).status) == ("delivered", "read")


def test_a_phone_that_was_off_tells_when_it_was_written(
    control: Control, sandbox: Sandbox, inbox: Inbox
) -> None:
    """The window counts from then, and an earlier message does not shorten it."""
    now = int(sandbox.clock.now().timestamp())
    for ago in (25 * 3600, 60, 3600):
        body = {"text": {"body": "Hi"}, "timestamp": str(now - ago)}
        assert control.post(f"{ME}/messages", body).status_code == 201
        assert last(sandbox, inbox)["timestamp"] == str(now - ago)

    (window,) = sandbox.people.windows()
    assert int(window.last_inbound_at.timestamp()) == now - 60
    for wrong, status in ((str(now + 1), 422), ("yesterday", 400), ("-1", 400), (now, 400)):
        assert (
            control.post(f"{ME}/messages", {"text": {"body": "Hi"}, "timestamp": wrong}).status_code == status
        )
    assert control.post(f"{ME}/messages", {"text": {"body": "Hi"}, "timestamp": str(now)}).status_code == 201
