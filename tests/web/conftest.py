"""One application for all tests, a sandbox for each, and short ways to call it. No sockets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from emulator import Emulator, create_app
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver, DeliveryProblem, Headers, Webhook
from emulator.wire.webhooks.fields import FIELDS

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOOK = "http://receiver.invalid/hook"


class Graph:
    """A client of the Graph API with the default sandbox's token."""

    token = "EMULATOR-ACCESS-TOKEN"
    app = "670843887433847"
    app_token = "670843887433847|5eedab1e5eedab1e5eedab1e5eedab1e"
    waba = "102290129340398"
    number = "106540352242922"
    test_number = "107878721936019"
    sheena = "16505551234"
    pablo = "16505554321"
    beatriz = "5511987654321"
    jonas = "4915123456789"

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def __call__(
        self, method: str, path: str, body: Any = None, *, token: str | None = token, **more: Any
    ) -> TestResponse:
        """Call ``path``; without a version it is called under 24.0."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= more.pop("headers", {})
        if body is not None:
            more["json"] = body
        address = path if path.startswith("/") else f"/v24.0/{path}"
        return self.client.open(address, method=method, headers=headers, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self("POST", path, body, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self("DELETE", path, **more)

    def send(
        self, *, number: str = number, to: Any = sheena, token: str = token, **message: Any
    ) -> TestResponse:
        body = {"messaging_product": "whatsapp", "to": to, **message}
        return self.post(f"{number}/messages", body, token=token)

    def text(self, body: str = "Hello", **more: Any) -> TestResponse:
        return self.send(type="text", text={"body": body}, **more)

    def template(self, name: str, *components: Any, language: str = "en_US", **more: Any) -> TestResponse:
        template = {"name": name, "language": {"code": language}, "components": list(components)}
        return self.send(type="template", template=template, **more)

    def reminder(self, **more: Any) -> TestResponse:
        """Send the seed's template with two named variables and two quick replies."""
        values = {"first_name": "Sheena", "day": "Friday"}
        parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in values.items()]
        return self.template("appointment_reminder", {"type": "body", "parameters": parameters}, **more)


class Inbox:
    """What a receiver was sent."""

    def __init__(self) -> None:
        self.webhooks: list[Webhook] = []

    def take(self, webhook: Webhook) -> None:
        self.webhooks.append(webhook)

    def clear(self) -> None:
        self.webhooks.clear()

    def values(self, field: str = "messages") -> list[dict[str, Any]]:
        """The ``value`` of every webhook of a field."""
        changes = [webhook.json["entry"][0]["changes"][0] for webhook in self.webhooks]
        return [change["value"] for change in changes if change["field"] == field]

    def statuses(self) -> list[dict[str, Any]]:
        return [status for value in self.values() for status in value.get("statuses", ())]

    def messages(self) -> list[dict[str, Any]]:
        return [message for value in self.values() for message in value.get("messages", ())]


class Callback:
    """A receiver whose handshake can be looked at, and made to fail."""

    def __init__(self, status: int = 200, body: bytes | None = None, problem: str | None = None) -> None:
        self._status, self._body, self._problem = status, body, problem
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[Webhook] = []

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        self.posted.append(Webhook(body, headers))
        return 200

    def verify(self, url: str, query: dict[str, str], timeout: float) -> tuple[int, str, bytes]:
        self.asked.append((url, dict(query)))
        if self._problem is not None:
            raise DeliveryProblem(self._problem)
        challenge = query["hub.challenge"].encode()
        reason = {200: "OK", 403: "Forbidden", 404: "Not Found"}[self._status]
        return self._status, reason, challenge if self._body is None else self._body


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator() as made:
        yield made


@pytest.fixture(scope="session")
def client(emulator: Emulator) -> FlaskClient:
    return create_app(emulator).test_client()


@pytest.fixture
def sandbox(emulator: Emulator) -> Iterator[Sandbox]:
    """The default sandbox on 2 November 2026 at nine, its clock standing still, its people quick."""
    for left in emulator.all():
        emulator.remove(left.name)
    made = emulator.create(at=START, speed=None, at_once=True)
    yield made
    for left in emulator.all():
        emulator.remove(left.name)


@pytest.fixture
def graph(client: FlaskClient, sandbox: Sandbox) -> Graph:
    return Graph(client)


@pytest.fixture
def inbox(sandbox: Sandbox) -> Inbox:
    """A receiver that takes every webhook of the sandbox."""
    made = Inbox()
    sandbox.webhooks.connect(HOOK, CallableReceiver(made.take))
    return made


@pytest.fixture
def callback() -> type[Callback]:
    """Makes receivers whose handshake can be looked at."""
    return Callback


def error_of(response: TestResponse) -> tuple[int, dict[str, Any]]:
    """The status and the error of an answer, without the id that differs every time."""
    error = dict(response.json["error"])
    del error["fbtrace_id"]
    return response.status_code, error


@pytest.fixture
def refusal() -> Any:
    return error_of


@pytest.fixture
def everything(sandbox: Sandbox) -> Inbox:
    """What a receiver gets that hears of every field."""
    made = Inbox()
    sandbox.webhooks.connect(HOOK, CallableReceiver(made.take), FIELDS)
    return made
