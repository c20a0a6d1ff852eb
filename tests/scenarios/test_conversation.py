"""The whole story once: a shop writes, a customer answers, time passes, and every rule has its say."""

from __future__ import annotations

import json

from kit.identities import JONAS, PABLO, SHEENA
from kit.messages import LIFE, order_shipped_parts
from kit.receivers import change_of
from kit.scenarios import Business
from kit.times import START

from emulator import Emulator

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


def shipped(name: str, order: str) -> tuple[dict[str, object], ...]:
    """What fills the template of the default seed."""
    return order_shipped_parts(name, order, payload=f"WHERE-{order}")


def test_a_conversation_from_the_first_template_to_the_last(emulator: Emulator) -> None:
    """Template, failures told later, a tap, an answer, a closed window, a reviewed template: line by line."""
    business = Business(emulator, START, at_once=False)
    sandbox, graph = business.sandbox, business.graph

    def answer_the_tap(webhook: bytes) -> None:
        for message in change_of(json.loads(webhook))["value"].get("messages", ()):
            if message["type"] == "button" and message["button"]["payload"] == "WHERE-860198":
                graph.text("In your street. Look out of the window!", to=message["from"])

    business.inbox.listener = answer_the_tap

    answers = [
        graph.template("order_shipped", *shipped("Sheena", "860198")),
        graph.text("Hello, are you there?", to=PABLO),
        graph.template("order_shipped", *shipped("Jonas", "860199"), to=JONAS),
        graph.template("care_tips"),
        graph.post(f"{business.waba}/message_templates", TIPS),
    ]
    business.wait(minutes=10)
    sandbox.people.tap(SHEENA, "Where is it?")
    business.wait(seconds=20)
    sandbox.people.say(SHEENA, "I see it. Thank you!")
    business.wait(hours=23, minutes=59, seconds=59)
    answers.append(graph.text("How is the cactus?"))
    business.wait(seconds=1)
    answers.append(graph.text("Hello?"))
    business.wait(seconds=10)
    answers.append(graph.template("care_tips"))
    business.wait(hours=1)

    assert sandbox.messages.transcript().splitlines() == STORY
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 200, 200, 200, 200]
    assert business.inbox.events == [
        *("sent", "failed 131047", "failed 131026", "delivered", "read"),
        "care_tips APPROVED",
        *("button Where is it?", *LIFE),
        "text I see it. Thank you!",
        *("sent", "delivered", "failed 131047", "read"),
        *LIFE,
    ]
