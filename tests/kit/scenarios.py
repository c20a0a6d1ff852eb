"""A business that talks to its customers by HTTP, and remembers what it hears. No sockets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from emulator import Emulator, Sandbox
from kit.graph import graph_of
from kit.messages import filled_body, template_message, text_message
from kit.receivers import listen


class Business:
    """One integration with one sandbox, whose clock stands still until :meth:`wait`.

    ``at``: when the story begins. ``at_once``: people take no time to get and read messages. ``settings``:
    those of the sandbox.
    """

    def __init__(self, emulator: Emulator, at: datetime, *, at_once: bool = True, **settings: Any) -> None:
        self.sandbox: Sandbox = emulator.create(at=at, speed=None, at_once=at_once)
        if settings:
            self.sandbox.change_settings(**settings)
        identity = self.sandbox.identity()
        self.graph = graph_of(emulator, identity["access_token"])
        self.waba = identity["waba_id"]
        self.number = identity["numbers"][0]["phone_number_id"]
        self.inbox = listen(self.sandbox)
        """What it hears."""

    # time

    def now(self) -> datetime:
        return self.sandbox.clock.now()

    def wait(self, **units: float) -> None:
        """Let time pass, like ``wait(hours=23)``."""
        self.sandbox.clock.advance(timedelta(**units))

    # the API

    def get(self, path: str) -> Any:
        return self.graph.get(path).json

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.graph.post(path, body).json

    def text(self, to: str, body: str) -> str:
        """Send a text; returns what the answer says: ``accepted``, or an error's code."""
        return self._send(text_message(to, body))

    def template(self, to: str, name: str, *values: str) -> str:
        """Send a template with the values of its body."""
        return self.filled_template(to, name, *([filled_body(*values)] if values else []))

    def filled_template(self, to: str, name: str, *components: dict[str, Any]) -> str:
        """Send a template with what fills each of its components."""
        return self._send(template_message(to, name, *components))

    def campaign(self, people: Iterable[str], name: str, *components: dict[str, Any]) -> None:
        """Send each of these people a template, all in one instant; each must be accepted."""
        for wa_id in people:
            assert self.filled_template(wa_id, name, *components) == "accepted"

    def _send(self, message: dict[str, Any]) -> str:
        answer = self.post(f"{self.number}/messages", message)
        if "error" in answer:
            return str(answer["error"]["code"])
        return str(answer["messages"][0].get("message_status", "accepted"))

    def submit(self, name: str, category: str, text: str, *examples: str) -> str:
        """Submit a template of one text; returns its id."""
        body: dict[str, Any] = {"type": "BODY", "text": text}
        if examples:
            body["example"] = {"body_text": [list(examples)]}
        draft = {"name": name, "language": "en_US", "category": category, "components": [body]}
        answer = self.post(f"{self.waba}/message_templates", draft)
        assert "id" in answer, answer
        return str(answer["id"])

    # what it hears

    def hear(self, *fields: str) -> None:
        """Listen to these fields, too."""
        self.sandbox.webhooks.subscribe(*fields)

    def heard(self, field: str) -> list[dict[str, Any]]:
        """The values of a field, in order."""
        return self.inbox.of(field)

    def became(self) -> list[str]:
        """The statuses of every message, in order: ``sent``, ``failed 131047`` …"""
        return [
            each["status"] + "".join(f" {error['code']}" for error in each.get("errors", ()))
            for each in self.inbox.statuses
        ]

    def prices(self) -> list[tuple[bool, str, str | None]]:
        """The price of each ``sent``, in order: billable, category, type."""
        found = (each["pricing"] for each in self.inbox.statuses if each["status"] == "sent")
        return [(price["billable"], price["category"], price.get("type")) for price in found]
