"""httpx and requests without a library on top: what Graph accepts besides JSON with a Bearer token."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import requests
from kit.identities import PRODUCTION, SHEENA, SHEENA_NUMBER
from kit.receivers import ServedInbox

from emulator import Sandbox, Server

VERSION = "v24.0"


class Caller:
    """Calls of the Graph API through either library, with the token in the query."""

    def __init__(self, session: Any, base_url: str, token: str) -> None:
        self.session, self._base_url, self._token = session, base_url, token

    def call(self, method: str, path: str, **request: Any) -> Any:
        params = {"access_token": self._token, **request.pop("params", {})}
        url = f"{self._base_url}/{VERSION}/{path}"
        return self.session.request(method, url, params=params, **request)

    def send(self, method: str = "POST", **fields: Any) -> Any:
        """Send a form; what is not text in it is written as JSON."""
        form = {
            "messaging_product": "whatsapp",
            **{
                name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()
            },
        }
        return self.call(method, f"{PRODUCTION}/messages", data=form)


@pytest.fixture(params=[httpx.Client, requests.Session], ids=["httpx", "requests"])
def graph(request: pytest.FixtureRequest, server: Server, sandbox: Sandbox) -> Iterator[Caller]:
    with request.param() as session:
        yield Caller(session, server.url, sandbox.identity()["access_token"])


def test_one_whole_conversation_in_forms(graph: Caller, sandbox: Sandbox, receiver: ServedInbox) -> None:
    """Answer, fail after a day, reopen with a template and a tap, and go on: all of it form-encoded."""
    written = sandbox.people.say(SHEENA_NUMBER, "hello")
    read = graph.call(
        "PUT",
        f"{PRODUCTION}/messages",
        json={"messaging_product": "whatsapp", "status": "read", "message_id": written.id},
    )
    answer = graph.send(to=SHEENA, type="text", text={"body": "welcome"}, context={"message_id": written.id})
    sandbox.clock.advance(timedelta(hours=25))
    late = graph.send(to=SHEENA, type="text", text={"body": "still there?"})
    sandbox.settle()
    body = [
        {"type": "text", "parameter_name": "first_name", "text": "Sheena"},
        {"type": "text", "parameter_name": "day", "text": "Friday"},
    ]
    template = graph.send(
        to=SHEENA,
        type="template",
        template={
            "name": "appointment_reminder",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": body}],
        },
    )
    sandbox.settle()
    sandbox.people.tap(SHEENA_NUMBER, "Yes, I will")
    again = graph.send(to=SHEENA, text={"body": "see you"})
    sandbox.settle()

    assert (read.status_code, read.json()) == (200, {"success": True})
    sent = [reply.json()["messages"][0]["id"] for reply in (answer, late, template, again)]
    life = ("sent", "delivered", "read")
    assert receiver.steps == [
        *((sent[0], status) for status in life),
        (sent[1], "failed"),
        *((sent[2], status) for status in life),
        *((sent[3], status) for status in life),
    ]
    failed = next(value for value in receiver.values if "failed" in str(value.get("statuses")))
    assert failed["statuses"][0]["errors"][0]["code"] == 131047
    tapped = next(value["messages"][0] for value in receiver.values if "button" in str(value))
    assert tapped["button"] == {"payload": "Yes, I will", "text": "Yes, I will"}
    assert tapped["context"] == {"from": "15550783881", "id": sent[2]}
    assert [message.context_id for message in sandbox.messages.all()[:2]] == [None, written.id]


def test_every_webhook_is_signed_over_its_bytes(sandbox: Sandbox, receiver: ServedInbox) -> None:
    """The signature is of what came over the wire, slashes and letters escaped as PHP writes them."""
    sandbox.people.say(SHEENA_NUMBER, "a/b é 😀")
    sandbox.settle()

    (body,), (headers,) = receiver.bodies, receiver.headers
    secret = sandbox.identity()["app_secret"].encode()
    assert headers["x-hub-signature-256"] == f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"
    assert headers["content-type"] == "application/json"
    assert rb"a\/b \u00e9 \ud83d\ude00" in body


def test_a_recipient_may_be_a_number(graph: Caller) -> None:
    """``to`` as a JSON integer is taken, and told again as a string."""
    answer = graph.call(
        "POST",
        f"{PRODUCTION}/messages",
        json={"messaging_product": "whatsapp", "to": int(SHEENA), "text": {"body": "hello"}},
    )

    assert answer.json()["contacts"] == [{"input": SHEENA, "wa_id": SHEENA}]


def test_parameters_may_stand_in_the_query(graph: Caller) -> None:
    """A POST with an empty body says it all in its query."""
    answer = graph.call(
        "POST",
        f"{PRODUCTION}/messages",
        params={"messaging_product": "whatsapp", "to": SHEENA, "text": json.dumps({"body": "hello"})},
    )

    assert (answer.status_code, answer.json()["contacts"][0]["wa_id"]) == (200, SHEENA)


def test_a_nested_value_must_be_an_object(graph: Caller, sandbox: Sandbox) -> None:
    """A form's text that is no JSON object is refused in Graph's own words."""
    refused = graph.send(to=SHEENA, text="hello")

    assert refused.status_code == 400
    assert refused.json()["error"]["message"] == "(#100) Param text must be a JSON object."
    assert sandbox.messages.all() == []


@pytest.mark.parametrize(
    "path",
    ["{}", "v24.0/{}", "v24.0/{}/", "v13.0/{}", "v26.0/{}"],
    ids=["none", "v24", "slash", "v13", "v26"],
)
@pytest.mark.parametrize("scheme", ["Bearer", "OAuth"])
def test_any_version_and_either_scheme_will_do(
    server: Server, sandbox: Sandbox, path: str, scheme: str
) -> None:
    """Without a version, with an old or the newest one, with a slash at the end."""
    token = sandbox.identity()["access_token"]

    answer = httpx.get(
        f"{server.url}/{path.format(PRODUCTION)}",
        params={"fields": "display_phone_number"},
        headers={"Authorization": f"{scheme} {token}", "Host": "lookaside.fbsbx.com"},
    )

    assert answer.json() == {"display_phone_number": "+1 555-078-3881", "id": PRODUCTION}


@pytest.mark.parametrize(
    "fields",
    [
        {"fields": "messages,message_template_status_update"},
        {"fields": '["messages","message_template_status_update"]'},
        {"fields[]": ["messages", "message_template_status_update"]},
    ],
    ids=["commas", "JSON", "repeated"],
)
@pytest.mark.parametrize("with_user_token", [False, True], ids=["app token", "app and user token"])
def test_an_app_subscribes_with_its_own_token(
    server: Server, sandbox: Sandbox, receiver: ServedInbox, fields: dict[str, Any], with_user_token: bool
) -> None:
    """``APP_ID|SECRET`` in the query, alone or beside a user's Bearer token; lists in all their shapes."""
    identity = sandbox.identity()
    edge = f"{server.url}/{VERSION}/{identity['app_id']}/subscriptions"
    token = {"access_token": f"{identity['app_id']}|{identity['app_secret']}"}
    headers = {"Authorization": f"Bearer {identity['access_token']}"} if with_user_token else {}
    form = {
        "object": "whatsapp_business_account",
        "callback_url": receiver.url,
        "verify_token": identity["verify_token"],
        **fields,
    }

    dropped = httpx.delete(edge, params={**token, "object": form["object"]}, headers=headers)
    subscribed = httpx.post(edge, params=token, data=form, headers=headers)
    shown = httpx.get(edge, params=token, headers=headers).json()

    assert (dropped.json(), subscribed.json()) == ({"success": True}, {"success": True})
    assert [field["name"] for field in shown["data"][0]["fields"]] == [
        "message_template_status_update",
        "messages",
    ]
    assert [one["hub.mode"] for one in receiver.handshakes] == ["subscribe"]


def test_the_next_page_is_an_address_that_can_be_called(graph: Caller, sandbox: Sandbox) -> None:
    """``paging.next`` is followed as it stands; the last page has cursors and no ``next``."""
    page = graph.call(
        "GET", f"{sandbox.identity()['waba_id']}/message_templates", params={"limit": "3"}
    ).json()
    names = [template["name"] for template in page["data"]]
    while "next" in page["paging"]:
        page = graph.session.get(page["paging"]["next"]).json()
        names += [template["name"] for template in page["data"]]

    assert len(names) == len(set(names)) == 8
    assert set(page["paging"]["cursors"]) == {"before", "after"}


def test_the_root_tells_a_good_token_from_a_bad_one(server: Server, sandbox: Sandbox) -> None:
    """Libraries try their credentials there: no object for a good token, 190 for a bad one."""
    root = f"{server.url}/{VERSION}/"

    good = httpx.get(root, params={"access_token": sandbox.identity()["access_token"]}).json()["error"]
    bad = httpx.get(root, params={"access_token": "nobody's"}).json()["error"]

    assert (good["type"], good["code"], good["error_subcode"]) == ("GraphMethodException", 100, 33)
    assert (bad["type"], bad["code"]) == ("OAuthException", 190)


def test_a_receiver_that_refuses_a_failure_is_asked_again(
    graph: Caller, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """Some apps answer 400 to ``failed``: it comes again, the same bytes, and nothing else stops."""
    receiver.listener = lambda body: 400 if b'"failed"' in body else 200
    failing = graph.send(to=SHEENA, text={"body": "no window"}).json()["messages"][0]["id"]
    sandbox.settle()
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.settle()
    receiver.listener = lambda _: 200
    sandbox.clock.advance(timedelta(minutes=1))

    assert receiver.steps == [(failing, "failed")] * 2
    assert [b'"failed"' in body for body in receiver.bodies] == [True, False, True]
    assert receiver.bodies[0] == receiver.bodies[2]
