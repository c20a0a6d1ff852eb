"""``smb_app_data`` as a call of the Graph API: what the WhatsApp Business app of a number has."""

from __future__ import annotations

from typing import Any

import pytest
from kit.graph import Graph
from kit.identities import PRODUCTION
from kit.receivers import hear_everything

from emulator import Sandbox


@pytest.fixture
def on_app(sandbox: Sandbox) -> Sandbox:
    """A sandbox whose first number has just come to the app."""
    sandbox.accounts.change_number(PRODUCTION, on_business_app=True)
    return sandbox


def body(sync_type: object) -> dict[str, object]:
    return {"messaging_product": "whatsapp", "sync_type": sync_type}


def test_it_answers_with_the_id_of_a_request(graph: Graph, on_app: Sandbox) -> None:
    """What was asked for follows by webhook, once for each kind."""
    inbox = hear_everything(on_app)
    on_app.people.say(graph.sheena, "Hello")

    answers = [
        graph.post(f"{graph.number}/smb_app_data", body(each)).json
        for each in ("smb_app_state_sync", "history")
    ]
    on_app.settle()

    assert [sorted(answer) for answer in answers] == [["messaging_product", "request_id"]] * 2
    assert answers[0]["request_id"] != answers[1]["request_id"]
    assert [len(inbox.of(field)) for field in ("smb_app_state_sync", "history")] == [1, 1]


def test_a_second_time_is_refused_in_the_platform_s_words(graph: Graph, on_app: Sandbox) -> None:
    """With the rule, for the page that explains it."""
    graph.post(f"{graph.number}/smb_app_data", body("history"))

    answer = graph.post(f"{graph.number}/smb_app_data", body("history"))

    error = answer.json["error"]
    assert (answer.status_code, error["error_subcode"], error["error_user_title"]) == (
        400,
        2593107,
        "Synchronization Request limit exceeded",
    )
    assert answer.headers["X-Emulator-Rule"] == "business_app_sync"


@pytest.mark.usefixtures("on_app")
@pytest.mark.parametrize(
    "given",
    [{}, body("everything"), body(None), {"sync_type": "history"}, {"messaging_product": "whatsapp"}],
)
def test_what_is_asked_for_is_one_of_two(graph: Graph, given: Any) -> None:
    """And a call that is wrong leaves the right one to be made."""
    wrong = graph.post(f"{graph.number}/smb_app_data", given)
    right = graph.post(f"{graph.number}/smb_app_data", body("history"))

    assert (wrong.json["error"]["code"], right.status_code) == (100, 200)


def test_a_number_that_is_not_on_the_app_has_nothing(graph: Graph) -> None:
    """The hint says what decides that."""
    answer = graph.post(f"{graph.number}/smb_app_data", body("history"))

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 100)
    assert "on_business_app" in answer.headers["X-Emulator-Hint"]
