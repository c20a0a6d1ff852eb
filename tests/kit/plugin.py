"""What the tests of the plugin share: an integrator's app, and short ways to call the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, request
from werkzeug.test import Client, TestResponse

from emulator import Webhook
from emulator.testing.whatsapp import WhatsApp

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""When a test begins unless it says otherwise."""
SHEENA = "16505551234"
PABLO = "16505554321"
LIMIT = 30.0
"""Seconds after which a test gives up waiting for another thread."""

LIFE = ["sent", "delivered", "read"]
"""What becomes of a message that all goes well with."""


def after(**units: float) -> datetime:
    """An instant counted from the beginning of the test."""
    return START + timedelta(**units)


def call(whatsapp: WhatsApp, method: str, path: str, body: object = None) -> TestResponse:
    """Call the Graph API as the app under test would, without a socket."""
    return Client(whatsapp.app).open(
        f"/v23.0/{path}",
        method=method,
        json=body,
        headers={"Authorization": f"Bearer {whatsapp.token}"},
    )


def text_to(wa_id: str, body: str) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": wa_id, "type": "text", "text": {"body": body}}


def template_to(
    wa_id: str, name: str, *components: dict[str, Any], language: str = "en_US"
) -> dict[str, Any]:
    content = {"name": name, "language": {"code": language}, "components": list(components)}
    return {"messaging_product": "whatsapp", "to": wa_id, "type": "template", "template": content}


def order_shipped(wa_id: str = SHEENA) -> dict[str, Any]:
    """A filled-in template that has a quick reply: ``Where is it?``."""
    names = [{"type": "text", "text": "Sheena"}, {"type": "text", "text": "860198"}]
    button = {
        "type": "button",
        "sub_type": "url",
        "index": "1",
        "parameters": [{"type": "text", "text": "860198"}],
    }
    return template_to(wa_id, "order_shipped", {"type": "body", "parameters": names}, button)


def send(whatsapp: WhatsApp, body: str | dict[str, Any], to: str = SHEENA) -> str:
    """Send a text, or a whole message; returns its id."""
    message = text_to(to, body) if isinstance(body, str) else body
    answer = call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", message)
    assert answer.status_code == 200, answer.text
    return str(answer.json["messages"][0]["id"])


def told(payload: dict[str, Any]) -> Iterator[str]:
    """A webhook in a few words: ``sent``, ``failed 131047``, ``Hello``, ``hello_world APPROVED``."""
    for entry in payload["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            for status in value.get("statuses", ()):
                yield status["status"] + "".join(f" {error['code']}" for error in status.get("errors", ()))
            for message in value.get("messages", ()):
                content = message[message["type"]]
                yield content.get("body") or content["text"]
            if "event" in value:
                yield f"{value['message_template_name']} {value['event']}"


def stamps(payload: dict[str, Any]) -> Iterator[datetime]:
    """The instants that a webhook's messages and statuses tell."""
    value = payload["entry"][0]["changes"][0]["value"]
    for event in (*value.get("statuses", ()), *value.get("messages", ())):
        yield datetime.fromtimestamp(int(event["timestamp"]), UTC)


class Inbox:
    """A receiver that keeps what it is told, what the webhook says when, and what ``datetime.now()`` was."""

    def __init__(self) -> None:
        self.webhooks: list[dict[str, Any]] = []
        self.seen_at: list[datetime] = []

    def take(self, payload: dict[str, Any]) -> None:
        self.webhooks.append(payload)
        self.seen_at.append(datetime.now(UTC))

    def __call__(self, webhook: Webhook) -> None:
        self.take(webhook.json)

    @property
    def told(self) -> list[str]:
        return [words for payload in self.webhooks for words in told(payload)]

    @property
    def stamps(self) -> list[datetime]:
        return [stamp for payload in self.webhooks for stamp in stamps(payload)]


def shop(inbox: Inbox, verify_token: str = "", status: int = 200) -> Flask:
    """An integrator's Flask app: it answers the challenge and keeps its webhooks."""
    app = Flask("shop")

    @app.get("/webhook")
    def verify() -> Response:
        if request.args.get("hub.verify_token") != verify_token:
            return Response("Forbidden", 403)
        return Response(request.args["hub.challenge"], content_type="text/plain")

    @app.post("/webhook")
    def receive() -> Response:
        inbox.take(request.get_json())
        return Response(status=status)

    return app
