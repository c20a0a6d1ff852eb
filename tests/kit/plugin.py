"""What a user of the plugin has: an app that calls the Graph API, a frozen process, a project with tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.test import Client

from emulator.testing.whatsapp import WhatsApp
from kit.answers import Answer
from kit.graph import Graph
from kit.identities import SHEENA
from kit.messages import order_shipped_parts, template_message, text_message
from kit.times import MORNING

LIMIT = 30.0
"""Seconds after which a test gives up waiting for another thread."""


def after(**units: float) -> datetime:
    """An instant counted from the beginning of the test, like ``after(hours=24)``."""
    return MORNING + timedelta(**units)


# a frozen process

FREEZE = "2026-12-01 08:00:00"
"""Where tests freeze their process, as freezegun takes it."""
FROZEN = datetime(2026, 12, 1, 8, tzinfo=UTC)
"""The same instant."""


def later(**units: float) -> datetime:
    """An instant counted from where the tests freeze."""
    return FROZEN + timedelta(**units)


def slow_sheena(whatsapp: WhatsApp) -> None:
    """Let the first person write, and take a minute for every step of the answer."""
    whatsapp.person(sent_after=60, delivered_after=60, read_after=60).says("Hello")
    whatsapp.settle()


STEPS = [later(minutes=1), later(minutes=2), later(minutes=3)]
"""When the answer to the slow person is sent, delivered and read."""


# calls


def call(whatsapp: WhatsApp, method: str, path: str, body: object = None) -> Answer:
    """Call the Graph API without a socket."""
    return Graph(Client(whatsapp.app), whatsapp.token, "v23.0")(method, path, body)


def order_shipped(to: str = SHEENA) -> dict[str, Any]:
    """A filled-in template that has a quick reply: ``Where is it?``."""
    return template_message(to, "order_shipped", *order_shipped_parts())


def send(whatsapp: WhatsApp, body: str | dict[str, Any], to: str = SHEENA) -> str:
    """Send a text, or a whole message; returns its id."""
    message = text_message(to, body) if isinstance(body, str) else body
    answer = call(whatsapp, "POST", f"{whatsapp.phone_number_id}/messages", message)
    assert answer.status_code == 200, answer.text
    return str((answer.json or {})["messages"][0]["id"])


# a project of a user

CLIENT_KIT = """
import json

from werkzeug.test import Client


def call(whatsapp, method, path, body=None):
    headers = {"Authorization": f"Bearer {whatsapp.token}"}
    return Client(whatsapp.app).open(f"/v23.0/{path}", method=method, json=body, headers=headers)


def send(whatsapp, content, to="16505551234", number=None):
    if isinstance(content, str):
        content = {"type": "text", "text": {"body": content}}
    body = {"messaging_product": "whatsapp", "to": to, **content}
    return call(whatsapp, "POST", f"{number or whatsapp.phone_number_id}/messages", body)


def template(name):
    return {"type": "template", "template": {"name": name, "language": {"code": "en_US"}}}
"""
"""Short ways to call the API, for a user's project."""
