"""A business that talks to its customers by HTTP, and remembers what it hears. No sockets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from emulator import Emulator, Sandbox, Webhook, create_app
from emulator.sandbox.webhooks.receivers import CallableReceiver

SHEENA, PABLO, BEATRIZ = "16505551234", "16505554321", "5511987654321"


class Business:
    """One integration with one sandbox, whose clock stands still until :meth:`wait`."""

    def __init__(self, emulator: Emulator, at: datetime, **settings: Any) -> None:
        self.sandbox: Sandbox = emulator.create(at=at, speed=None, at_once=True)
        if settings:
            self.sandbox.change_settings(**settings)
        self._client = create_app(emulator).test_client()
        told = self.sandbox.identity()
        self._headers = {"Authorization": f"Bearer {told['access_token']}"}
        self.waba = told["waba_id"]
        self.number = told["numbers"][0]["phone_number_id"]
        self.webhooks: list[tuple[datetime, str, dict[str, Any]]] = []
        """What came, as (simulated instant, field, value)."""
        self.sandbox.webhooks.connect("http://business.invalid/webhooks", CallableReceiver(self._hear))

    # time

    def now(self) -> datetime:
        return self.sandbox.clock.now()

    def wait(self, **units: float) -> None:
        """Let time pass, like ``wait(hours=23)``."""
        self.sandbox.clock.advance(timedelta(**units))

    # the API

    def get(self, path: str) -> Any:
        return self._client.get(f"/v24.0/{path}", headers=self._headers).json

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._client.post(f"/v24.0/{path}", json=body, headers=self._headers).json

    def text(self, to: str, body: str) -> str:
        """Send a text; the word for what was told at once: ``accepted``, or an error's code."""
        return self._send(to, "text", {"body": body})

    def template(self, to: str, name: str, *values: str) -> str:
        """Send a template with the values of its body."""
        parameters = [{"type": "text", "text": value} for value in values]
        components = [{"type": "body", "parameters": parameters}] if parameters else []
        return self._send(
            to, "template", {"name": name, "language": {"code": "en_US"}, "components": components}
        )

    def _send(self, to: str, kind: str, content: dict[str, Any]) -> str:
        body = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: content}
        answer = self.post(f"{self.number}/messages", body)
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

    def _hear(self, webhook: Webhook) -> None:
        change = webhook.json["entry"][0]["changes"][0]
        self.webhooks.append((self.now(), change["field"], change["value"]))

    def heard(self, field: str) -> list[dict[str, Any]]:
        """The values of a field, in order."""
        return [value for _, name, value in self.webhooks if name == field]

    def became(self) -> list[str]:
        """What became of every message, in order: ``sent``, ``failed 131047`` …"""
        found = []
        for value in self.heard("messages"):
            for status in value.get("statuses", ()):
                codes = "".join(f" {error['code']}" for error in status.get("errors", ()))
                found.append(status["status"] + codes)
        return found

    def prices(self) -> list[tuple[bool, str, str | None]]:
        """The price told with each ``sent``, in order: billable, category, type."""
        statuses = (status for value in self.heard("messages") for status in value.get("statuses", ()))
        told = (status["pricing"] for status in statuses if status["status"] == "sent")
        return [(price["billable"], price["category"], price.get("type")) for price in told]
