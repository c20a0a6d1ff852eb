"""People with a username: webhooks have their number only where the business knows it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from kit.graph import graph_of
from kit.identities import SHEENA
from kit.receivers import Inbox
from kit.sandboxes import send

from emulator import Emulator, Sandbox
from emulator.domain.ids import opened
from emulator.domain.people.usernames import check_username
from emulator.sandbox.fixtures import fixtures


def adopt(sandbox: Sandbox) -> str:
    """Have Sheena adopt a username; gives her user id."""
    return sandbox.people.change(SHEENA, username="sheena.n").user_id


def test_who_has_never_written_shows_no_number(sandbox: Sandbox, inbox: Inbox) -> None:
    """Left out, not empty; the user id and the username stand there, and the number is in no id."""
    user_id = adopt(sandbox)

    said = sandbox.people.say(SHEENA, "hi")
    sandbox.settle()

    value = inbox.payloads[0]["entry"][0]["changes"][0]["value"]
    assert value["contacts"] == [
        {"profile": {"name": "Sheena Nelson", "username": "sheena.n"}, "user_id": user_id}
    ]
    (message,) = value["messages"]
    assert "from" not in message
    assert message["from_user_id"] == user_id
    parts = opened(said.id)
    assert parts is not None
    assert parts.whose == user_id
    assert SHEENA not in str(inbox.payloads)


def test_who_has_written_before_shows_it(sandbox: Sandbox, inbox: Inbox) -> None:
    """The business has it in its contact book."""
    sandbox.people.say(SHEENA, "hi")
    adopt(sandbox)
    sandbox.people.say(SHEENA, "It is me")
    sandbox.settle()

    value = inbox.payloads[1]["entry"][0]["changes"][0]["value"]
    assert value["contacts"][0]["wa_id"] == value["messages"][0]["from"] == SHEENA
    assert value["contacts"][0]["profile"]["username"] == "sheena.n"


def test_an_answer_by_user_id_keeps_the_number_hidden(
    emulator: Emulator, sandbox: Sandbox, inbox: Inbox
) -> None:
    """In every status; the username comes with delivered and read, and not with sent."""
    user_id = adopt(sandbox)
    sandbox.people.say(SHEENA, "hi")
    sandbox.settle()
    inbox.clear()

    answer = graph_of(emulator).send(to=None, recipient=user_id, type="text", text={"body": "Hello"})
    sandbox.settle()

    assert answer.status_code == 200, answer.json
    values = [payload["entry"][0]["changes"][0]["value"] for payload in inbox.payloads]
    assert [value["statuses"][0]["status"] for value in values] == ["sent", "delivered", "read"]
    assert [value["contacts"][0].get("profile") for value in values] == [
        None,
        *[{"name": "Sheena Nelson", "username": "sheena.n"}] * 2,
    ]
    assert all("recipient_id" not in value["statuses"][0] for value in values)
    assert SHEENA not in str(inbox.payloads)


def test_once_a_business_writes_to_the_number_it_is_shown(sandbox: Sandbox, inbox: Inbox) -> None:
    """The business knows it."""
    adopt(sandbox)
    sandbox.people.say(SHEENA, "hi")
    sandbox.settle()
    inbox.clear()

    send(sandbox, "Hello")
    sandbox.settle()

    assert sandbox.people.get(SHEENA).shows_number
    assert [status["recipient_id"] for status in inbox.statuses] == [SHEENA] * 3


def test_other_webhooks_hide_it_too(sandbox: Sandbox, everything: Inbox) -> None:
    """Calls, preferences, and what is written in the business app."""
    user_id = adopt(sandbox)
    sandbox.people.call(SHEENA)
    sandbox.people.stop_marketing(SHEENA)
    sandbox.messages.echo(SHEENA, "text", {"body": "Hi"})
    sandbox.settle()

    assert len(everything.payloads) >= 3
    assert SHEENA not in str(everything.payloads)
    assert all(user_id in str(payload) for payload in everything.payloads)


def test_a_username_can_be_given_up(sandbox: Sandbox) -> None:
    """The number is shown again; and whether it is can be said."""
    adopt(sandbox)

    assert not sandbox.people.get(SHEENA).shows_number
    assert sandbox.people.change(SHEENA, username=None).shows_number
    assert sandbox.people.change(SHEENA, username="sheena", shows_number=True).shows_number
    assert not sandbox.people.add("Ada", username="ada").shows_number
    assert sandbox.people.add("Bob", username="bob", shows_number=True).shows_number


def test_a_quoted_message_of_their_own_does_not_show_it(sandbox: Sandbox, inbox: Inbox) -> None:
    """It is theirs by the user id."""
    user_id = adopt(sandbox)
    said = sandbox.people.say(SHEENA, "hi")
    sandbox.people.say(SHEENA, "I meant this", reply_to=said.id)
    sandbox.settle()

    assert inbox.messages[1]["context"].keys() == {"from_user_id", "id"}
    assert inbox.messages[1]["context"]["from_user_id"] == user_id


@pytest.mark.parametrize("username", ["abc", "a" * 35, "a.b_c", "1a2", "_a_"])
def test_what_a_username_can_be(username: str) -> None:
    """Three to 35 characters with a letter."""
    check_username(username)


@pytest.mark.parametrize(
    "username",
    ["ab", "a" * 36, "Abc", "a b", "123", "._.", ".abc", "abc.", "a..b", "www.abc", "wwwabc", "äbc"],
)
def test_what_no_username_can_be(sandbox: Sandbox, username: str) -> None:
    """Refused where it is set."""
    with pytest.raises(ValueError, match="a username"):
        sandbox.people.change(SHEENA, username=username)


def test_facts_of_a_seed(emulator: Emulator) -> None:
    """As in the control API."""
    people: list[Any] = [{"name": "Ada", "number": "16505550123", "username": "ada.l", "shows_number": False}]
    seed = yaml.safe_load((fixtures() / "seeds" / "default.yaml").read_text(encoding="utf-8"))
    sandbox = emulator.create("seeded", seed=seed | {"people": people}, speed=None)

    (ada,) = sandbox.people.all()
    assert (ada.username, ada.shows_number) == ("ada.l", False)
