"""The whole story once: a shop writes, a customer answers, time passes, and every rule has its say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from emulator import Emulator, Sandbox, Webhook, create_app
from emulator.sandbox.webhooks.receivers import CallableReceiver

SHEENA, PABLO, JONAS = "16505551234", "16505554321", "4915123456789"

REST = (
    "has left our greenhouse and will be with you soon. ⏎ Lucky Shrub: the succulent specialists ⏎ "
    "[Where is it?] [Track it]"
)
STORY = [
    "── Monday 05 October 2026 ──────────────────────────────",
    "09:00:00  business → Sheena Nelson [order_shipped]: Good news, Sheena! Your order 860198 "
    f"{REST}   ✓✓ read",
    "09:00:00  business → Pablo Morales: Hello, are you there?   ✗ failed 131047 Re-engagement message",
    "09:00:00  business → Jonas Weber [order_shipped]: Good news, Jonas! Your order 860199 "
    f"{REST}   ✗ failed 131026 Message undeliverable",
    "09:10:00  Sheena Nelson → business: Where is it?",
    "09:10:00  business → Sheena Nelson: In your street. Look out of the window!   ✓✓ read",
    "09:10:20  Sheena Nelson → business: I see it. Thank you!",
    "── Tuesday 06 October 2026 ──────────────────────────────",
    "09:10:19  business → Sheena Nelson: How is the cactus?   ✓✓ read",
    "09:10:20  business → Sheena Nelson: Hello?   ✗ failed 131047 Re-engagement message",
    "09:10:30  business → Sheena Nelson [care_tips]: Water your new plant once a week and give it a sunny "
    "place.   ✓✓ read",
]

TIPS = {
    "name": "care_tips",
    "language": "en_US",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Water your new plant once a week and give it a sunny place."}],
}


class Shop:
    """An integration: it sends by HTTP, and answers the webhooks it receives."""

    def __init__(self, emulator: Emulator, sandbox: Sandbox) -> None:
        self._client = create_app(emulator).test_client()
        told = sandbox.identity()
        self._headers = {"Authorization": f"Bearer {told['access_token']}"}
        self._waba, self._number = told["waba_id"], told["numbers"][0]["phone_number_id"]
        self.heard: list[str] = []
        sandbox.webhooks.connect("http://shop.invalid/webhooks", CallableReceiver(self.receive))

    def call(self, path: str, body: dict[str, Any]) -> int:
        return self._client.post(f"/v24.0/{path}", json=body, headers=self._headers).status_code

    def text(self, to: str, body: str) -> int:
        return self.send(to, "text", {"body": body})

    def template(self, to: str, name: str, *components: dict[str, Any]) -> int:
        language = {"code": "en_US"}
        return self.send(to, "template", {"name": name, "language": language, "components": list(components)})

    def send(self, to: str, kind: str, content: dict[str, Any]) -> int:
        body = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: content}
        return self.call(f"{self._number}/messages", body)

    def submit(self, draft: dict[str, Any]) -> int:
        return self.call(f"{self._waba}/message_templates", draft)

    def receive(self, webhook: Webhook) -> None:
        value = webhook.json["entry"][0]["changes"][0]["value"]
        for status in value.get("statuses", ()):
            self.heard.append(status["status"])
        for message in value.get("messages", ()):
            self.heard.append(message["type"])
            if message["type"] == "button" and message["button"]["payload"] == "WHERE-860198":
                self.text(message["from"], "In your street. Look out of the window!")
        if "event" in value:
            self.heard.append(value["event"])


def shipped(name: str, order: str) -> tuple[dict[str, Any], ...]:
    """What fills the template of the default seed."""
    return (
        {
            "type": "body",
            "parameters": [{"type": "text", "text": name}, {"type": "text", "text": order}],
        },
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": f"WHERE-{order}"}],
        },
        {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [{"type": "text", "text": order}],
        },
    )


def test_a_conversation_from_the_first_template_to_the_last():
    """Template, failures told later, a tap, an answer, a closed window, a reviewed template: line by line."""
    with Emulator() as emulator:
        sandbox = emulator.create(at=datetime(2026, 10, 5, 9, tzinfo=UTC), speed=None)
        shop = Shop(emulator, sandbox)

        answers = [
            shop.template(SHEENA, "order_shipped", *shipped("Sheena", "860198")),
            shop.text(PABLO, "Hello, are you there?"),
            shop.template(JONAS, "order_shipped", *shipped("Jonas", "860199")),
            shop.template(SHEENA, "care_tips"),
            shop.submit(TIPS),
        ]
        sandbox.clock.advance(timedelta(minutes=10))
        sandbox.people.tap(SHEENA, "Where is it?")
        sandbox.clock.advance(timedelta(seconds=20))
        sandbox.people.say(SHEENA, "I see it. Thank you!")
        sandbox.clock.advance(timedelta(hours=23, minutes=59, seconds=59))
        answers.append(shop.text(SHEENA, "How is the cactus?"))
        sandbox.clock.advance(timedelta(seconds=1))
        answers.append(shop.text(SHEENA, "Hello?"))
        sandbox.clock.advance(timedelta(seconds=10))
        answers.append(shop.template(SHEENA, "care_tips"))
        sandbox.clock.advance(timedelta(hours=1))

        assert sandbox.messages.transcript().splitlines() == STORY

    assert answers == [200, 200, 200, 404, 200, 200, 200, 200]
    assert shop.heard == [
        *("sent", "failed", "failed", "delivered", "read"),
        "APPROVED",
        *("button", "sent", "delivered", "read"),
        "text",
        *("sent", "delivered", "failed", "read"),
        *("sent", "delivered", "read"),
    ]
