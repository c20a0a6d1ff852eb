"""Each kind of message and status is made by an act, and compared with its golden payload, whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from kit.golden import golden, normalised, page
from kit.identities import PRODUCTION, SHEENA
from kit.messages import LOGIN_CODE, order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import hear, send
from kit.times import START

from emulator import Emulator, Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.direct import DirectSend
from emulator.domain.messages.inbound_kinds import INBOUND_KINDS
from emulator.domain.messages.lifecycle import REPORTED
from emulator.domain.messages.outbound import FreeForm, TemplateUse
from emulator.domain.templates.filling.match import SentComponent, SentParameter

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SAMPLES: Mapping[str, Any] = page("messages")["samples"]
NO_ACT = {
    "payment": "nobody here pays by a gateway",
    "user_actions": "nobody here clicks links that are tracked",
    "address_reply": "written as it stands in the webhook",
}
"""Samples that no act makes of itself, and why: they are sent on demand."""


class Stage:
    """A sandbox on which somebody does something."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.people = sandbox, sandbox.people

    def content(self, sample: str) -> Any:
        """What the person sends in a golden message."""
        (message,) = SAMPLES[sample]["value"]["messages"]
        return message[message["type"]]

    def send(self, kind: str, value: Any, to: str = SHEENA) -> str:
        """Have the business send a free-form message, inside a window."""
        self.people.say(to, "Hello")
        message_id = send(self.sandbox, FreeForm(KINDS[kind], value), to)
        self.sandbox.settle()
        return message_id

    def asked(self) -> str:
        """Have the business ask something; returns its id."""
        return self.send("text", {"body": "Which one?"})

    def upload(self, mime_type: str) -> str:
        """Upload a file of the business; returns its id."""
        number = self.sandbox.accounts.number(PRODUCTION)
        return self.sandbox.media.upload(number, BytesIO(PNG), mime_type, "file").id

    def show(self, kind: str, mime_type: str, data: bytes = PNG, **more: Any) -> None:
        self.people.show(SHEENA, kind, BytesIO(data), mime_type, **more)

    def write(self, sample: str, **more: Any) -> None:
        """Have the person send what stands in a golden message."""
        (message,) = SAMPLES[sample]["value"]["messages"]
        self.people.send(SHEENA, message["type"], self.content(sample), **more)

    def menu(self, kind: str) -> str:
        """Have the business send buttons or a list."""
        reply = {"type": "reply", "reply": {"id": "fern", "title": "Fern"}}
        row = {"id": "moss", "title": "Moss", "description": "Likes shade"}
        action = {
            "button": {"buttons": [reply]},
            "list": {"button": "Plants", "sections": [{"title": "Green", "rows": [row]}]},
        }[kind]
        return self.send("interactive", {"type": kind, "body": {"text": "Which one?"}, "action": action})

    def fill_flow(self) -> None:
        parameters = {
            "flow_message_version": "3",
            "flow_token": "AQAAAAACS5FpgQ_cAAAAAD0QI3s.",
            "flow_id": "1",
            "flow_cta": "Rate",
            "flow_action": "navigate",
            "flow_action_payload": {"screen": "RATE"},
        }
        action = {"name": "flow", "parameters": parameters}
        self.send("interactive", {"type": "flow", "body": {"text": "How was it?"}, "action": action})
        self.people.fill_flow(SHEENA, {"delivery_rating": "4"})

    def answer_call(self, response: str) -> None:
        action = {"name": "call_permission_request"}
        self.send(
            "interactive",
            {"type": "call_permission_request", "body": {"text": "May we call?"}, "action": action},
        )
        self.people.answer_call_permission(SHEENA, response)

    def tap(self, context: bool = True) -> None:
        send(self.sandbox, order_shipped())
        self.sandbox.settle()
        self.people.tap(SHEENA, "Where is it?", context=context)

    def group(self) -> str:
        return self.sandbox.groups.make("Gardeners", SHEENA).id

    def to_group(self) -> None:
        group = self.group()
        self.people.say(SHEENA, "Hello all", group=group)
        send(self.sandbox, "Hello", group, to_group=True)

    def free(self, to: str | None = SHEENA, **facts: Any) -> None:
        """Have the business answer inside the window; ``to`` nobody's number where a user id is given."""
        self.people.say(to or SHEENA, "Hello")
        send(self.sandbox, "Hi", to, **facts)

    def change_words(self) -> None:
        self.sandbox.change_settings(edits_told="messages")
        self.people.edit(SHEENA, self.people.say(SHEENA, "Hello").id, "Hello there")

    def delete(self) -> None:
        self.sandbox.change_settings(edits_told="messages")
        self.people.delete(SHEENA, self.people.say(SHEENA, "Hello").id)

    def play(self) -> None:
        self.people.say(SHEENA, "Hello")
        message_id = send(self.sandbox, FreeForm(KINDS["audio"], {"id": self.upload("audio/ogg")}))
        self.sandbox.settle()
        self.people.play(SHEENA, message_id)

    def market(self) -> None:
        self.sandbox.change_settings(us_marketing="delivered")
        header = SentComponent(
            "HEADER", parameters=(SentParameter("IMAGE", payload={"id": self.upload("image/png")}),)
        )
        body = SentComponent("BODY", parameters=(SentParameter("TEXT", "Sheena"),))
        send(self.sandbox, TemplateUse("spring_sale", "en_US", (header, body)))

    def lock(self) -> None:
        self.people.add("Omar", "201222390165")
        self.sandbox.faults.add(131031, when="async")
        send(self.sandbox, order_shipped(), "201222390165")

    def hidden(self) -> str:
        """Let the person have a username in the place of their number; returns their user id."""
        return self.people.change(SHEENA, username="sheena.n", shows_number=False).user_id

    def directly(self) -> None:
        self.sandbox.change_settings(direct_send="on")
        send(self.sandbox, "Your parcel is here", direct=DirectSend("UTILITY"))


ACTS: Mapping[str, Callable[[Stage], object]] = {
    "text": lambda on: on.people.say(SHEENA, "Does it come in another color?"),
    "image": lambda on: on.show("image", "image/jpeg", caption="A fern"),
    "video": lambda on: on.show("video", "video/mp4", caption="How to water it"),
    "audio": lambda on: on.show("audio", "audio/mpeg"),
    "voice": lambda on: on.show("audio", "audio/ogg; codecs=opus", voice=True),
    "document": lambda on: on.show(
        "document", "application/pdf", caption="Our prices", filename="prices.pdf"
    ),
    "sticker": lambda on: on.show("sticker", "image/webp"),
    "location": lambda on: on.write("location"),
    "location_pin": lambda on: on.write("location_pin"),
    "contacts": lambda on: on.write("contacts"),
    "reaction": lambda on: on.people.react(SHEENA, on.asked(), "❤️"),
    "reaction_removed": lambda on: [
        on.people.react(SHEENA, message, emoji) for message in [on.asked()] for emoji in ("❤️", "")
    ],
    "button": Stage.tap,
    "button_without_context": lambda on: on.tap(context=False),
    "button_reply": lambda on: (on.menu("button"), on.people.tap(SHEENA, "Fern")),
    "list_reply": lambda on: (on.menu("list"), on.people.tap(SHEENA, "Moss", row=True)),
    "flow_reply": Stage.fill_flow,
    "call_permission_reply": lambda on: on.answer_call("accept"),
    "call_permission_rejected": lambda on: on.answer_call("reject"),
    "order": lambda on: on.write("order"),
    "system": lambda on: (on.people.say(SHEENA, "Hello"), on.people.change_number(SHEENA, "12195555358")),
    "unsupported": lambda on: on.people.send(SHEENA, "unsupported", {"type": "poll_creation"}),
    "request_welcome": lambda on: on.people.open_chat(SHEENA),
    "edit": Stage.change_words,
    "revoke": Stage.delete,
    "referral": lambda on: on.people.click_ad(
        SHEENA, "Tell me more", referral=SAMPLES["referral"]["value"]["messages"][0]["referral"]
    ),
    "reply": lambda on: on.people.say(SHEENA, "The green one", reply_to=on.asked()),
    "reply_to_own": lambda on: on.people.say(
        SHEENA, "I mean this", reply_to=on.people.say(SHEENA, "Hello").id
    ),
    "forwarded": lambda on: on.people.say(SHEENA, "Seen this?", context={"forwarded": True}),
    "frequently_forwarded": lambda on: on.people.say(
        SHEENA, "Seen this?", context={"frequently_forwarded": True}
    ),
    "referred_product": lambda on: on.people.say(
        SHEENA,
        "Is it in stock?",
        reply_to=on.asked(),
        context={"referred_product": {"catalog_id": "194836987003835", "product_retailer_id": "di9ozbzfi4"}},
    ),
    "text_in_group": lambda on: on.people.say(SHEENA, "Hello all", group=on.group()),
    "hidden_number": lambda on: (on.hidden(), on.people.say(SHEENA, "Hello")),
    "identity_checked": lambda on: (
        on.people.change(SHEENA, identity_key_hash="DF2lS5v2W6x="),
        on.people.say(SHEENA, "Hello"),
    ),
    "sent": lambda on: on.free(to=on.people.add("Luz", "51996753410").wa_id),
    "delivered": Stage.market,
    "read": Stage.market,
    "played": Stage.play,
    "failed": Stage.lock,
    "delivered_service": Stage.free,
    "sent_with_conversation": Stage.free,
    "delivered_with_conversation": Stage.free,
    "sent_by_conversation": lambda on: send(on.sandbox, order_shipped()),
    "sent_in_entry_point": lambda on: (on.people.click_ad(SHEENA, "Hello"), send(on.sandbox, "Hi")),
    "sent_authentication": lambda on: send(on.sandbox, LOGIN_CODE),
    "sent_utility": lambda on: send(on.sandbox, order_shipped()),
    "sent_with_callback_data": lambda on: on.free(callback_data="order-17"),
    "sent_to_username": lambda on: on.free(to=None, recipient=on.hidden()),
    "failed_undeliverable": lambda on: send(on.sandbox, order_shipped(), "16505550000"),
    "failed_window": lambda on: send(on.sandbox, "Anybody there?"),
    "sent_in_group": Stage.to_group,
    "delivered_in_group": Stage.to_group,
    "sent_directly": Stage.directly,
}
"""What is done, by the golden payload that comes of it last."""
BEFORE: Mapping[str, tuple[datetime, int]] = {
    "sent_with_conversation": (START, 23),
    "delivered_with_conversation": (START, 23),
    "sent_by_conversation": (datetime(2025, 3, 3, 9, tzinfo=UTC), 22),
}
"""When it is done, and the version of the webhooks, where that is not :data:`~kit.times.START` and 24."""


def without_what_differs(sample: str, made: dict[str, Any]) -> dict[str, Any]:
    """A payload without the members that the golden one has for a reason not."""
    for name in SAMPLES[sample].get("differs", {}):
        *parents, member = name.split(".")
        holder: Any = made
        for parent in parents:
            holder = holder[int(parent)] if parent.isdigit() else holder[parent]
        del holder[member]
    return made


def kind_of(value: Mapping[str, Any]) -> object:
    """Whether a payload is a message, or else its status."""
    return value["statuses"][0]["status"] if "statuses" in value else "message"


@pytest.mark.parametrize("sample", ACTS)
def test_what_an_act_makes_is_the_golden_payload(emulator: Emulator, sample: str) -> None:
    """Member by member, but for ids and instants; what differs from a recorded one says why."""
    at, version = BEFORE.get(sample, (START, 24))
    emulator.url = "https://emulator.test"
    sandbox = emulator.create(at=at, speed=None, at_once=True)
    inbox: Inbox = listen(sandbox)
    hear(sandbox, version)

    ACTS[sample](Stage(sandbox))
    sandbox.settle()

    expected = golden("messages", sample)
    made = [normalised(value) for value in inbox.values if kind_of(value) == kind_of(expected)]
    assert without_what_differs(sample, made[-1]) == expected


def test_every_golden_message_is_made_by_an_act() -> None:
    """Or says why not, and where it comes from."""
    assert set(SAMPLES) == set(ACTS) | set(NO_ACT)
    assert all(sample["source"] for name, sample in SAMPLES.items() if name != "text")


def test_every_kind_of_message_has_a_golden_payload() -> None:
    """Each type, each interactive reply, each file, each status that is reported."""
    values = [sample["value"] for sample in SAMPLES.values()]
    messages = [message for value in values for message in value.get("messages", ())]
    statuses = [status for value in values for status in value.get("statuses", ())]
    replies = {message["interactive"]["type"] for message in messages if message["type"] == "interactive"}
    prices = [status["pricing"] for status in statuses if "pricing" in status]

    assert {message["type"] for message in messages} == {kind.type for kind in INBOUND_KINDS.values()}
    assert replies == {"button_reply", "list_reply", "nfm_reply", "call_permission_reply"}
    assert {status["status"] for status in statuses if "type" not in status} == {
        str(each) for each in REPORTED
    }
    assert {price["pricing_model"] for price in prices} == {"CBP", "PMP"}
    assert {price.get("type") for price in prices} == {
        None,
        "regular",
        "free_customer_service",
        "free_entry_point",
        "free_group_customer_service",
    }
