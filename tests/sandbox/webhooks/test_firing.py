"""Webhooks of every field on demand: documented samples with the sandbox's ids, or a value of one's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit.identities import PABLO, PRODUCTION, PRODUCTION_DIGITS, SHEENA, TEST
from kit.receivers import Inbox
from kit.times import START

from emulator import Sandbox
from emulator.wire.webhooks.fields import FIELDS

ONLY_NAMES = ("business_status_update", "campaign_status_update", "consumer_profile", "message_echoes")
"""The fields of which nothing but the name is known."""


def test_every_documented_sample_can_be_sent(sandbox: Sandbox, everything: Inbox) -> None:
    """To an app that is subscribed to its field, in the envelope of the field."""
    samples = {field: names for field, names in sandbox.webhooks.samples().items() if names}

    assert set(FIELDS) - set(samples) == set(ONLY_NAMES)
    for field, names in samples.items():
        for name in names:
            everything.clear()
            value = sandbox.webhooks.fire(field, sample=name)
            sandbox.settle()
            (payload,) = everything.payloads
            (entry,) = payload["entry"]
            assert entry["changes"] == [{"value": value, "field": field}]


def test_a_sample_has_the_ids_of_the_sandbox(sandbox: Sandbox) -> None:
    """The number, the person, the newest template and the present instant; the rest is as documented."""
    echo = sandbox.webhooks.fire("smb_message_echoes", person=PABLO, to=TEST)
    template = sandbox.templates.all()[0]
    status = sandbox.webhooks.fire("message_template_status_update", sample="PAUSED")

    pablo = sandbox.people.get(PABLO)
    assert echo["metadata"]["phone_number_id"] == TEST
    assert echo["contacts"] == [{"wa_id": PABLO, "user_id": pablo.user_id}]
    assert echo["message_echoes"][0]["to_user_id"] == pablo.user_id
    assert echo["message_echoes"][0]["timestamp"] == str(int(START.timestamp()))
    assert status["message_template_id"] == int(template.id)
    assert status["message_template_name"] == template.name
    assert status["event"] == "PAUSED"


def test_a_number_stays_a_number(sandbox: Sandbox) -> None:
    """Of a timestamp that is one."""
    value = sandbox.webhooks.fire("user_preferences")

    assert value["user_preferences"][0]["timestamp"] == int(START.timestamp())


def test_a_value_of_ones_own_is_sent_as_it_is(sandbox: Sandbox, everything: Inbox) -> None:
    """Also of a field of which only the name is known."""
    sandbox.webhooks.fire("consumer_profile", {"anything": ["at", "all"]})
    sandbox.settle()

    (payload,) = everything.payloads
    assert payload["entry"][0]["changes"][0] == {
        "value": {"anything": ["at", "all"]},
        "field": "consumer_profile",
    }


def test_who_is_not_subscribed_hears_nothing(sandbox: Sandbox, inbox: Inbox) -> None:
    """As of everything else; the journal says so."""
    sandbox.webhooks.fire("history")
    sandbox.settle()

    assert inbox.payloads == []
    assert any("nobody listens to history" in entry.summary for entry in sandbox.journal.all())


@pytest.mark.parametrize(
    ("field", "more", "problem"),
    [
        ("nonsense", {}, "there is no webhook field 'nonsense'"),
        ("consumer_profile", {}, "only the name is known; give it a value"),
        ("security", {"sample": "nonsense"}, "there are PIN_CHANGED, PIN_RESET_REQUEST"),
        ("security", {"sample": "PIN_CHANGED", "value": {}}, "not both"),
    ],
)
def test_what_is_not_there_is_named(sandbox: Sandbox, field: str, more: Any, problem: str) -> None:
    """With what there is."""
    with pytest.raises(ValueError, match=problem):
        sandbox.webhooks.fire(field, **more)
    with pytest.raises(LookupError, match="no person has the number 16505550000"):
        sandbox.webhooks.fire("history", person="16505550000")


def test_a_sandbox_without_people_and_templates_keeps_what_is_documented(sandbox: Sandbox) -> None:
    """Where there is nothing to put in its place."""
    other = {"portfolios": [], "message": 1}
    value = sandbox.webhooks.fire("history", other)

    assert json.loads(json.dumps(value)) == other


# echoes


def test_what_is_written_in_the_app_is_heard_and_not_sent(sandbox: Sandbox, everything: Inbox) -> None:
    """By ``smb_message_echoes``; it is no message of the API, and opens nothing."""
    message_id = sandbox.messages.echo(SHEENA, "text", {"body": "Heyy, from the app"})
    sandbox.settle()

    (payload,) = everything.payloads
    change = payload["entry"][0]["changes"][0]
    assert change["field"] == "smb_message_echoes"
    assert change["value"]["metadata"]["phone_number_id"] == PRODUCTION
    (echo,) = change["value"]["message_echoes"]
    assert echo == {
        "from": PRODUCTION_DIGITS,
        "to": SHEENA,
        "to_user_id": sandbox.people.get(SHEENA).user_id,
        "id": message_id,
        "timestamp": str(int(START.timestamp())),
        "type": "text",
        "text": {"body": "Heyy, from the app"},
    }
    assert sandbox.messages.all() == []
    assert sandbox.people.windows() == []


@pytest.mark.parametrize(
    ("kind", "content", "problem"),
    [
        ("order", {}, "in the app text, location, contacts are written; not order"),
        ("text", {"body": ""}, "needs some text"),
        ("text", {}, "needs some text"),
        ("text", {"body": "\ud83c"}, "half a surrogate pair"),
        ("location", {"latitude": 91, "longitude": 0}, "from -90 to 90"),
    ],
)
def test_what_the_app_does_not_send_is_refused(
    sandbox: Sandbox, kind: str, content: Any, problem: str
) -> None:
    """In words."""
    with pytest.raises(ValueError, match=problem):
        sandbox.messages.echo(SHEENA, kind, content)
