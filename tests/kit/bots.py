"""A bot that does everything right with webhooks, and can be made to do one thing wrong."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

from werkzeug.test import Client

from emulator import Webhook, WhatsApp
from emulator.wire import signing

Answer = int | str | None
Fault = Callable[["Bot", Webhook], Answer]
"""Answers a webhook wrongly; ``None`` leaves it to the bot. It may change the bot instead."""


class Bot:
    """Answers texts once, falls back to a template after 131047, and takes everything that is signed.

    It is a receiver of webhooks in this process. ``fault`` is asked first about each of them.
    """

    def __init__(self, whatsapp: WhatsApp, fault: Fault = lambda _bot, _webhook: None) -> None:
        self._whatsapp, self._fault = whatsapp, fault
        self._api = Client(whatsapp.app)
        self.seen: set[Any] = set()
        self.sent: dict[str, str] = {}
        """Who each of its texts went to."""
        self.newest = 0
        """The newest timestamp of a message."""
        self.only_first = ""
        """Of which list it reads the first element alone: ``entry``, ``changes``, ``messages``."""
        self.forgets = False
        """Whether it forgets what it has seen."""
        self.checks = True
        """Whether it looks at signatures."""
        self.at_failure: Callable[[str], object] = self.sends_template

    def __call__(self, webhook: Webhook) -> Answer:
        answer = self._fault(self, webhook)
        if answer is not None:
            return answer
        if webhook.method == "GET":
            is_right = webhook.query.get("hub.verify_token") == self._whatsapp.verify_token
            return webhook.query["hub.challenge"] if is_right else 403
        expected = signing.signature(webhook.body, self._whatsapp.app_secret)
        if self.checks and not hmac.compare_digest(webhook.headers.get("X-Hub-Signature-256", ""), expected):
            return 403
        for change in self.changes(webhook):
            self._take(change.get("value", {}))
        return 200

    def changes(self, webhook: Webhook) -> Iterator[dict[str, Any]]:
        for entry in self._listed(json.loads(webhook.body), "entry"):
            yield from self._listed(entry, "changes")

    def _listed(self, node: dict[str, Any], name: str) -> list[Any]:
        found: list[Any] = node.get(name, [])
        return found[:1] if name == self.only_first else found

    def _take(self, value: dict[str, Any]) -> None:
        for message in self._listed(value, "messages"):
            if self._is_new(message["id"]) and message["type"] == "text":
                self.sends_text(message.get("from", message["from_user_id"]))
        for status in value.get("statuses", []):
            is_new = self._is_new((status["id"], status["status"]))
            if is_new and status["status"] == "failed" and status["id"] in self.sent:
                self.at_failure(self.sent[status["id"]])

    def _is_new(self, key: Any) -> bool:
        is_new = key not in self.seen
        if not self.forgets:
            self.seen.add(key)
        return is_new

    def sends_text(self, to: str) -> None:
        self.sent[self._send(to, {"type": "text", "text": {"body": "Thank you!"}})] = to

    def sends_template(self, to: str) -> None:
        values = {"first_name": "Ada", "day": "Friday"}
        parameters = [
            {"type": "text", "parameter_name": name, "text": value} for name, value in values.items()
        ]
        template = {
            "name": "appointment_reminder",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": parameters}],
        }
        self._send(to, {"type": "template", "template": template})

    def _send(self, to: str, content: dict[str, Any]) -> str:
        answer = self._api.post(
            f"/v26.0/{self._whatsapp.phone_number_id}/messages",
            headers={"Authorization": f"Bearer {self._whatsapp.token}"},
            json={"messaging_product": "whatsapp", "to" if to.isdigit() else "recipient": to, **content},
        )
        body: dict[str, Any] = answer.json or {}
        return str(body.get("messages", [{"id": ""}])[0]["id"])
