"""Short ways to call the Graph API as the app under test of a plugin's user would."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from werkzeug.test import Client, TestResponse

from emulator.testing.whatsapp import WhatsApp
from kit.graph import Graph
from kit.identities import SHEENA
from kit.messages import order_shipped_parts, template_message, text_message
from kit.times import MORNING

LIMIT = 30.0
"""Seconds after which a test gives up waiting for another thread."""


def after(**units: float) -> datetime:
    """An instant counted from the beginning of the test, like ``after(hours=24)``."""
    return MORNING + timedelta(**units)


def call(whatsapp: WhatsApp, method: str, path: str, body: object = None) -> TestResponse:
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
