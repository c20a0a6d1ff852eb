"""What the tests of a sandbox share: an instant to begin at, a receiver that remembers, short ways to act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from emulator import Emulator, create_app
from emulator.domain.messages.content import Content, Send, TemplateUse, text
from emulator.domain.templates.filling.match import SentComponent, SentParameter
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver, Webhook

START = datetime(2026, 10, 5, 9, tzinfo=UTC)
URL = "http://receiver.invalid/webhooks"
TOKEN = "EMULATOR-ACCESS-TOKEN"
APP_ID = "670843887433847"
WABA_ID = "102290129340398"
PRODUCTION = "106540352242922"
TEST = "107878721936019"

SHEENA = "16505551234"
PABLO = "16505554321"
BEATRIZ = "5511987654321"
JONAS = "4915123456789"
STRANGER = "12125550199"


class Inbox:
    """A receiver that keeps what it gets, with the simulated instant, and answers as it is told."""

    def __init__(self, sandbox: Sandbox | None = None, answers: Iterable[int] = ()) -> None:
        self.webhooks: list[Webhook] = []
        self.instants: list[datetime] = []
        self._sandbox = sandbox
        self._answers = iter(answers)

    def __call__(self, webhook: Webhook) -> int:
        self.webhooks.append(webhook)
        if self._sandbox is not None:
            self.instants.append(self._sandbox.clock.now())
        return next(self._answers, 200)

    @property
    def bodies(self) -> list[bytes]:
        return [webhook.body for webhook in self.webhooks]

    @property
    def events(self) -> list[str]:
        """What the webhooks tell, a few words each."""
        return [words for webhook in self.webhooks for words in spoken(webhook.json)]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        return [status for value in self.values for status in value.get("statuses", ())]

    @property
    def values(self) -> list[dict[str, Any]]:
        return [webhook.json["entry"][0]["changes"][0]["value"] for webhook in self.webhooks]

    @property
    def times(self) -> list[tuple[float, str]]:
        """Seconds after :data:`START`, and what was told then."""
        return [
            ((at - START).total_seconds(), words)
            for at, words in zip(self.instants, self.events, strict=True)
        ]


def spoken(payload: dict[str, Any]) -> Iterator[str]:
    """A webhook in a few words: ``sent``, ``failed 131047``, ``text Hello``, ``hello_world APPROVED``."""
    for entry in payload["entry"]:
        for change in entry["changes"]:
            value = change["value"]
            for status in value.get("statuses", ()):
                errors = "".join(f" {error['code']}" for error in status.get("errors", ()))
                yield status["status"] + errors
            for message in value.get("messages", ()):
                content = message[message["type"]]
                yield f"{message['type']} {content.get('body') or content.get('text')}"
            template = value.get("message_template_name")
            if template and "event" in value:
                yield f"{template} {value['event']}"
            elif template and "correct_category" in value:
                yield f"{template} should be {value['correct_category']}"
            elif template and "new_category" in value:
                yield f"{template} is {value['new_category']}"
            elif template:
                yield f"{template} says {value['message_template_element']}"
            elif "violation_info" in value:
                restrictions = [each["restriction_type"] for each in value.get("restriction_info", ())]
                yield " ".join([value["violation_info"]["violation_type"], *restrictions])


def listen(sandbox: Sandbox, answers: Iterable[int] = ()) -> Inbox:
    """Connect a receiver that remembers."""
    inbox = Inbox(sandbox, answers)
    sandbox.webhooks.connect(URL, CallableReceiver(inbox))
    return inbox


def send(
    sandbox: Sandbox, content: Content | str, to: str = SHEENA, *, from_: str | None = None, **facts: Any
) -> str:
    """Send a message through the service that the API calls; returns its id."""
    content = text(content) if isinstance(content, str) else content
    with sandbox.services.command() as store:
        number = store.accounts.numbers()[0] if from_ is None else store.accounts.number(from_)
        assert number is not None
        return sandbox.services.outbound.accept(number, Send(to, content, **facts)).message.id


def order_shipped(name: str = "Sheena", order: str = "860198", payload: str | None = None) -> TemplateUse:
    """The template of the default seed that has a quick reply, filled in."""
    components = [
        SentComponent("BODY", parameters=(SentParameter("TEXT", name), SentParameter("TEXT", order))),
        SentComponent("BUTTON", "URL", 1, (SentParameter("TEXT", order),)),
    ]
    if payload is not None:
        components.append(SentComponent("BUTTON", "QUICK_REPLY", 0, (SentParameter("PAYLOAD", payload),)))
    return TemplateUse("order_shipped", "en_US", tuple(components))


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def after(count: float) -> datetime:
    """The instant ``count`` seconds after :data:`START`."""
    return START + seconds(count)


def notes(sandbox: Sandbox, kind: str) -> list[str]:
    """The summaries of the journal's entries of one kind."""
    with sandbox.services.command() as store:
        return [entry.summary for entry in store.journal.select(kind=kind)]


def statuses(sandbox: Sandbox) -> list[str]:
    """How far each outbound message has come."""
    return [str(message.status) for message in sandbox.messages.all(outbound=True)]


class Api:
    """A client of the Graph API, in this process."""

    def __init__(self, emulator: Emulator, token: str = TOKEN) -> None:
        self._client = create_app(emulator).test_client()
        self.token = token

    def call(self, method: str, path: str, body: object = None, **query: str) -> TestResponse:
        return self._client.open(
            f"/v24.0/{path}",
            method=method,
            json=body,
            query_string=query,
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def text(self, body: str, to: str = SHEENA, from_: str = PRODUCTION) -> TestResponse:
        """Send a text."""
        message = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}}
        return self.call("POST", f"{from_}/messages", message)


def seen(answer: TestResponse) -> tuple[int, bytes, str | None]:
    """Everything of an answer that tells two runs apart."""
    return answer.status_code, answer.data, answer.headers.get("X-Fb-Request-Id")
