"""Real tokens and passwords that callers send by mistake stay out of everything that is kept or shown."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.control import Control
from kit.graph import Graph
from kit.identities import ACCESS_TOKEN, APP_ID, PRODUCTION, SHEENA, WABA_ID
from kit.receivers import Inbox, ServedInbox, hear_everything
from kit.times import START

from emulator import Emulator, Sandbox, create_app
from emulator.cli.serve.log_lines import LogLines

USER_TOKEN = "EAAGm0PX4ZCpsBAKZCqWERTYuiopASDfghjkl1234567890ZXCVbnmQWErtyUIOPasdfgh"
APP_TOKEN = "740981236540912|9f8e7d6c5b4a39281706f5e4d3c2b1a0"
CLIENT_TOKEN = "GG|740981236540912|kTz3vQ-9xLmN2pRs"
OPAQUE = "s3cr3t0f0urAppWh1chHasN0Form"
PASSWORD = "hunter2-of-the-media-server"
LINK = f"http://carol:{PASSWORD}@127.0.0.1:9/a.png"
LOOKS = {"user": USER_TOKEN, "app": APP_TOKEN, "client": CLIENT_TOKEN, "password": f"see {LINK} now"}
"""Secrets that are recognised by their look, wherever they stand."""
NEEDLES = (USER_TOKEN, APP_TOKEN.partition("|")[2], CLIENT_TOKEN.rpartition("|")[2], OPAQUE, PASSWORD)

Send = Callable[["Api", str], Any]


class Kept:
    """Everything that an emulator keeps and shows of what was sent to it."""

    def __init__(self, sandbox: Sandbox, client: FlaskClient, log: list[str]) -> None:
        self.sandbox = sandbox
        self.inbox: Inbox = hear_everything(self.sandbox)
        self.graph, self.control, self._log = Graph(client), Control(client), log

    def leaks(self) -> list[str]:
        """Where a secret can be read, after everything has been carried out."""
        self.sandbox.settle()
        places = {
            "journal": self.control.get("/journal").text,
            "database": self.sandbox.snapshot().decode("latin-1"),
            "log": "\n".join(self._log),
            "webhooks": b"\n".join(self.inbox.bodies).decode(),
            "deliveries": self.control.get("/deliveries").text,
            "transcript": self.sandbox.messages.transcript(),
        }
        forms = {form for needle in NEEDLES for form in (needle, json.dumps(needle)[1:-1])}
        return [name for name, text in places.items() if any(form in text for form in forms)]


@pytest.fixture
def log() -> Iterator[list[str]]:
    """What the emulator logs, as ``serve`` writes it."""
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, logger = Lines(), logging.getLogger("emulator")
    handler.setFormatter(LogLines())
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield lines
    logger.removeHandler(handler)
    logger.setLevel(before)


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="module")
def client(emulator: Emulator) -> FlaskClient:
    return create_app(emulator).test_client()


@pytest.fixture
def kept(emulator: Emulator, client: FlaskClient, log: list[str]) -> Iterator[Kept]:
    yield Kept(emulator.create(at=START, speed=None, at_once=True), client, log)
    emulator.remove("default")


def message(**content: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": SHEENA, **content}


PLACES: dict[str, Send] = {
    "query": lambda api, secret: api.get(PRODUCTION, query_string={"fields": secret, "note": secret}),
    "list in the query": lambda api, secret: api.get(PRODUCTION, query_string={"note[]": [secret, secret]}),
    "name of a parameter": lambda api, secret: api.get(PRODUCTION, query_string={secret: "1"}),
    "form": lambda api, secret: api("POST", f"{PRODUCTION}/messages", data={"to": secret, "type": secret}),
    "body": lambda api, secret: api.post(f"{PRODUCTION}/messages", message(type=secret, anything=secret)),
    "text": lambda api, secret: api.text(f"It is {secret}."),
    "recipient": lambda api, secret: api.text(to=secret),
    "callback data": lambda api, secret: api.text(biz_opaque_callback_data=secret),
    "context": lambda api, secret: api.text(context={"message_id": secret}),
    "name deep in the body": lambda api, secret: api.send(
        type="text", text={"body": "a", secret: {secret: 1}}
    ),
    "template": lambda api, secret: api.template(secret),
    "variable": lambda api, secret: api.template(
        "order_shipped", {"type": "body", "parameters": [{"type": "text", "text": secret}]}
    ),
    "new template": lambda api, secret: api.post(
        f"{WABA_ID}/message_templates",
        {
            "name": "secretive",
            "language": "en_US",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": f"Your code is {secret} for your visit."}],
        },
    ),
    "path": lambda api, secret: api.get(f"/v24.0/{secret}"),
    "edge": lambda api, secret: api.get(f"/v24.0/{PRODUCTION}/{secret}"),
    "version": lambda api, secret: api.get(f"/{secret}/{PRODUCTION}"),
    "file name": lambda api, secret: api.upload_named(secret),
    "block list": lambda api, secret: api.post(
        f"{PRODUCTION}/block_users", {"messaging_product": "whatsapp", "block_users": [{"user": secret}]}
    ),
    "header of the token": lambda api, secret: api.get(PRODUCTION, token=secret),
    "token in the query": lambda api, secret: api.get(PRODUCTION, query_string={"access_token": secret}),
    "token in the body": lambda api, secret: api.post(f"{PRODUCTION}/messages", {"access_token": secret}),
    "proof": lambda api, secret: api.get(PRODUCTION, query_string={"appsecret_proof": secret}),
    "debug_token": lambda api, secret: api.get("debug_token", query_string={"input_token": secret}),
    "exchange": lambda api, secret: api.get(
        "oauth/access_token", query_string={"fb_exchange_token": secret, "client_secret": secret}
    ),
    "client secret": lambda api, secret: api.get(
        "oauth/access_token",
        query_string={
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": secret,
        },
    ),
}


class Api(Graph):
    """A client that can name the files it uploads."""

    def upload_named(self, name: str) -> Any:
        data = {"messaging_product": "whatsapp", "file": (_png(), name, "image/png")}
        return self("POST", f"{PRODUCTION}/media", data=data)


def _png() -> BytesIO:
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 40)


@pytest.mark.parametrize("secret", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("place", PLACES)
def test_what_looks_like_a_secret_is_kept_nowhere(kept: Kept, place: str, secret: str) -> None:
    """In whatever part of a call of the Graph API it came."""
    PLACES[place](Api(kept.graph.client), secret)

    assert kept.leaks() == []


@pytest.mark.parametrize(
    "name", ["access_token", "input_token", "fb_exchange_token", "client_secret", "appsecret_proof"]
)
@pytest.mark.parametrize("where", ["query", "body", "form", "list"])
def test_what_is_a_secret_by_its_name_is_kept_nowhere(kept: Kept, name: str, where: str) -> None:
    """Whatever it looks like, and also beside a token that opens the sandbox."""
    sent = {name: OPAQUE, "type": "text"}
    ways: dict[str, dict[str, Any]] = {
        "query": {"query_string": sent},
        "body": {"json": sent},
        "form": {"data": sent},
        "list": {"json": {name: [OPAQUE]}},
    }
    more = ways[where]

    kept.graph("POST", f"{PRODUCTION}/messages", **more)
    kept.graph("GET", "me", query_string={name: OPAQUE} if name != "access_token" else {})

    assert kept.leaks() == []


def test_a_query_inside_a_parameter_is_recognised(kept: Kept) -> None:
    """A link whose query has a token: the record of the call is without it."""
    kept.graph.get("me", query_string={"redirect": f"https://app.test/?a=1&access_token={OPAQUE}&b=2"})

    assert kept.leaks() == []


def test_a_media_link_is_kept_without_its_password(kept: Kept) -> None:
    """It is fetched without it, too."""
    kept.graph.send(type="image", image={"link": LINK})

    assert kept.leaks() == []
    assert kept.sandbox.messages.all()[0].content["link"] == "http://…@127.0.0.1:9/a.png"


CONTROL: dict[str, Callable[[Control, str], Any]] = {
    "path": lambda control, secret: control.get(f"/people/{secret}"),
    "query": lambda control, secret: control.get("/journal", query_string={"kind": secret}),
    "name": lambda control, secret: control.post("/people", {"name": secret}),
    "message": lambda control, secret: control.post(f"/people/{SHEENA}/messages", {"text": {"body": secret}}),
    "tap": lambda control, secret: control.post(f"/people/{SHEENA}/taps", {"button": secret}),
    "fault": lambda control, secret: control.post("/faults", {"code": 131000, "edge": secret}),
    "field": lambda control, secret: control.put("/webhook", {"url": None, "fields": [secret]}),
    "wrong member": lambda control, secret: control.patch("/settings", {secret: secret}),
    "sandbox": lambda control, secret: control.post("/_emulator/sandboxes", {"id": secret}),
}


@pytest.mark.parametrize("secret", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("place", CONTROL)
def test_the_control_api_keeps_no_secret_either(kept: Kept, place: str, secret: str) -> None:
    """Neither in what a person wrote."""
    CONTROL[place](kept.control, secret)

    assert kept.leaks() == []


def test_a_failure_of_the_emulator_is_logged_without_secrets(
    kept: Kept, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the text of the exception has what was sent."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"could not use {USER_TOKEN} at {LINK}")

    monkeypatch.setattr(type(kept.sandbox.services.outbound), "accept", fail)
    kept.graph.text()

    assert any("could not use EAA…" in line for line in log)
    assert kept.leaks() == []


# what must work


def test_a_callback_with_a_password_gets_its_webhooks(kept: Kept) -> None:
    """The handshake and the deliveries bring it as basic authentication, and it is shown masked."""
    inbox = ServedInbox("verify")
    with inbox.server:
        url = inbox.url.replace("//", f"//carol:{PASSWORD}@")
        kept.graph.post(
            f"{APP_ID}/subscriptions",
            {
                "object": "whatsapp_business_account",
                "callback_url": url,
                "verify_token": "verify",
                "fields": "messages",
            },
            token=Graph.app_token,
        )
        kept.sandbox.people.say(SHEENA, "Hello")
        kept.sandbox.settle()

    expected = "Basic " + b64encode(f"carol:{PASSWORD}".encode()).decode()
    assert inbox.authorizations == [expected, expected]
    assert [each.state for each in kept.sandbox.webhooks.all()] == ["delivered"]
    shown = [
        kept.control.get("").text,
        kept.control.get("/deliveries").text,
        kept.control.get("/journal").text,
        kept.graph.get(f"{APP_ID}/subscriptions", token=Graph.app_token).text,
        kept.graph.get(PRODUCTION, query_string={"fields": "webhook_configuration"}).text,
    ]
    masks = ("\\u2026\\u0040", "\\u2026@")
    assert [text for text in shown if PASSWORD in text or not any(mask in text for mask in masks)] == []


def test_the_control_api_connects_a_url_with_a_password_and_shows_it_masked(kept: Kept) -> None:
    """The same for overrides that a snapshot has: it keeps what deliveries need."""
    url = f"http://carol:{PASSWORD}@127.0.0.1:9/hook"

    answer = kept.control.put("/webhook", {"url": url})
    subscription = kept.sandbox.webhooks.subscription(APP_ID)

    assert answer.json == {"url": "http://…@127.0.0.1:9/hook"}
    assert subscription is not None
    assert subscription.callback_url == url


def test_the_tokens_of_the_seed_are_shown_to_whoever_needs_them(kept: Kept) -> None:
    """They are documented and open nothing but the emulator; only the journal is without them."""
    identity = kept.control.get("").json
    token = kept.graph.get(
        "oauth/access_token",
        query_string={
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": identity["app_secret"],
        },
        token=None,
    ).json["access_token"]

    assert (identity["access_token"], token) == (ACCESS_TOKEN, Graph.app_token)
    assert kept.graph.get(f"{APP_ID}/subscriptions", token=token).status_code == 200
    assert identity["app_secret"] not in kept.control.get("/journal").text


# hints quote values


def fragments(secret: str, length: int = 8) -> set[str]:
    """Every part of a secret that is long enough to be told from a word."""
    return {secret[at : at + length] for at in range(len(secret) - length + 1)}


@pytest.mark.parametrize("before", [0, 20, 40, 52, 56, 60, 64])
@pytest.mark.parametrize(
    "secret",
    [USER_TOKEN, APP_TOKEN, f"access_token={OPAQUE}", LINK],
    ids=["user", "app", "named", "password"],
)
def test_a_hint_that_quotes_the_beginning_of_a_value_has_no_part_of_a_secret(
    kept: Kept, log: list[str], secret: str, before: int
) -> None:
    """Wherever it is cut: a secret is masked first, when it can be recognised as a whole."""
    value = f"{'w' * before} {secret} and more"
    for path, body in (
        (f"{APP_ID}/subscriptions", {"object": "whatsapp_business_account", "callback_url": [value]}),
        (f"{APP_ID}/subscriptions", {"object": value, "callback_url": value, "fields": value}),
        (f"{WABA_ID}/subscribed_apps", {"override_callback_uri": value, "verify_token": {}}),
        (PRODUCTION, {"webhook_configuration": value}),
        (f"{PRODUCTION}/messages", {"messaging_product": value, "to": value, "type": value}),
        (f"{PRODUCTION}/messages", message(type="interactive", interactive={"type": value})),
        (f"{WABA_ID}/message_templates", {"name": value, "language": value, "category": value}),
    ):
        token = Graph.app_token if APP_ID in path else ACCESS_TOKEN
        kept.graph.post(path, body, token=token)

    shown = json.dumps([entry.details for entry in kept.sandbox.journal.all()], default=str) + "\n".join(log)
    assert [part for needle in NEEDLES for part in fragments(needle) if part in shown] == []


def test_a_hint_that_quotes_the_token_of_the_caller_is_recorded_without_it(
    kept: Kept, log: list[str]
) -> None:
    """In the journal and the log; the answer says to the caller what came."""
    answer = kept.graph.post(f"{PRODUCTION}/messages", message(type=ACCESS_TOKEN))
    kept.graph.get(f"{PRODUCTION}/{ACCESS_TOKEN}")

    assert ACCESS_TOKEN in answer.json["error"]["message"]
    assert ACCESS_TOKEN not in kept.control.get("/journal").text
    assert [line for line in log if ACCESS_TOKEN in line] == []
