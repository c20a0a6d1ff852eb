"""pywa, unmodified: one conversation from the registration of the callback to the second day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from flask import Flask, request
from kit.clients.transports import Rerouted, timers_are_done
from kit.identities import JONAS_NUMBER, PRODUCTION, SHEENA_NUMBER
from pywa import WhatsApp
from pywa.types import CallbackButton, Message, MessageStatus
from pywa.types.templates import BodyText, QuickReplyButton, TemplateLanguage
from pywa.utils import UserIdentifier

from emulator import Sandbox, Server

BY_USER_ID = (UserIdentifier.BSUID, UserIdentifier.WA_ID, UserIdentifier.PARENT_BSUID)
BY_NUMBER = (UserIdentifier.WA_ID, UserIdentifier.BSUID, UserIdentifier.PARENT_BSUID)


class Bot:
    """An integrator's app: pywa inside a Flask app, and a diary of what happened in it.

    pywa registers its callback from a timer of its own; the bot is ready when that is done.
    """

    def __init__(self, sandbox: Sandbox, emulator_url: str, **options: Any) -> None:
        self.diary: list[str] = []
        self.is_registering = True
        self.flask = Flask("bot")
        self.flask.before_request(self._note_request)
        self.server = Server(self.flask).start()
        self.session = httpx.Client(
            transport=Rerouted(emulator_url), event_hooks={"response": [self._note_answer]}
        )
        identity = sandbox.identity()
        self.wa = WhatsApp(
            phone_id=PRODUCTION,
            token=identity["access_token"],
            waba_id=identity["waba_id"],
            app_id=identity["app_id"],
            app_secret=identity["app_secret"],
            verify_token="a word the bot chose",
            server=self.flask,
            webhook_endpoint="/whatsapp",
            callback_url=self.server.url,
            webhook_challenge_delay=0,
            session=self.session,
            **options,
        )
        timers_are_done()
        self.is_registering = False
        self.wa.on_message(self._answer)
        self.wa.on_message_status(self._note_status)
        self.wa.on_callback_button(self._note_tap)

    def close(self) -> None:
        self.session.close()
        self.server.stop()

    def _note_request(self) -> None:
        if request.method == "GET":
            self.diary.append("handshake")

    def _note_answer(self, response: httpx.Response) -> None:
        asked = response.request
        if self.is_registering:
            self.diary.append(f"{asked.method} {asked.url.path} {response.status_code}")

    def _answer(self, _: WhatsApp, message: Message) -> None:
        self.diary.append(f"{message.from_user.name} wrote {message.text}")
        message.reply("How can I help?", quote=True, tracker="answer")

    def _note_tap(self, _: WhatsApp, button: CallbackButton[str]) -> None:
        self.diary.append(f"{button.from_user.name} tapped {button.title} = {button.data}")

    def _note_status(self, _: WhatsApp, status: MessageStatus[str]) -> None:
        told = f"{status.tracker} {status.status}"
        if status.pricing:
            price = status.pricing
            told += f" {price.category} {price.type} {'billable' if price.billable else 'free'}"
        if status.error:
            told += f" {type(status.error).__name__} {status.error.code}"
        self.diary.append(told)


@pytest.fixture
def start(sandbox: Sandbox, server: Server) -> Iterator[Callable[..., Bot]]:
    bots: list[Bot] = []

    def start(**options: Any) -> Bot:
        bots.append(Bot(sandbox, server.url, **options))
        return bots[-1]

    yield start
    for bot in bots:
        bot.close()


def test_pywa_registers_its_own_callback(start: Callable[..., Bot], sandbox: Sandbox) -> None:
    """It takes an app token, subscribes, and is asked for the challenge before it is answered."""
    bot = start()

    identity = sandbox.identity()
    assert bot.diary == [
        "GET /v26.0/oauth/access_token 200",
        "handshake",
        f"POST /v26.0/{identity['app_id']}/subscriptions 200",
    ]
    assert identity["webhook_url"] == f"{bot.server.url}/whatsapp"
    assert identity["verify_token"] == "a word the bot chose"


@pytest.mark.parametrize("priority", [BY_NUMBER, BY_USER_ID], ids=["by number", "by user id"])
def test_one_whole_conversation(
    start: Callable[..., Bot],
    sandbox: Sandbox,
    complaints: Callable[[], list[str]],
    priority: tuple[UserIdentifier, ...],
) -> None:
    """Answer within the window, fail after it, reopen it with a template and a tap, and go on.

    pywa answers a person by their user id unless it is told to prefer the number.
    """
    bot = start(user_identifier_priority=priority)
    bot.diary.clear()

    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.settle()
    sandbox.clock.advance(timedelta(hours=25))
    bot.wa.send_message(SHEENA_NUMBER, "Are you still there?", tracker="late")
    sandbox.settle()
    bot.wa.send_template(
        SHEENA_NUMBER,
        "appointment_reminder",
        TemplateLanguage.ENGLISH_US,
        [
            BodyText.params(first_name="Sheena", day="Friday"),
            QuickReplyButton.params(callback_data="keep 860198", index=0),
        ],
        tracker="reminder",
    )
    sandbox.settle()
    sandbox.people.tap(SHEENA_NUMBER, "Yes, I will")
    sandbox.settle()
    bot.wa.send_message(SHEENA_NUMBER, "See you on Friday!", tracker="again")
    sandbox.settle()

    assert bot.diary == [
        "Sheena Nelson wrote hello",
        "answer sent service free_customer_service free",
        "answer delivered service free_customer_service free",
        "answer read service free_customer_service free",
        "late failed ReEngagementMessage 131047",
        "reminder sent utility regular billable",
        "reminder delivered utility regular billable",
        "reminder read utility regular billable",
        "Sheena Nelson tapped Yes, I will = keep 860198",
        "again sent service free_customer_service free",
        "again delivered service free_customer_service free",
        "again read service free_customer_service free",
    ]
    assert complaints() == []


def test_an_answer_quotes_the_message_it_answers(start: Callable[..., Bot], sandbox: Sandbox) -> None:
    """A reply from inside the handler arrives in the same conversation, with its context."""
    start(user_identifier_priority=BY_NUMBER)

    written = sandbox.people.say(SHEENA_NUMBER, "héllo / 😀")
    sandbox.settle()

    inbound, outbound = sandbox.messages.all()
    assert (inbound.text, outbound.text) == ("héllo / 😀", "How can I help?")
    assert outbound.context_id == written.id


def test_a_message_to_someone_without_whatsapp_fails_with_its_class(
    start: Callable[..., Bot], sandbox: Sandbox, complaints: Callable[[], list[str]]
) -> None:
    """The call is accepted; the status says later that the message is undeliverable."""
    bot = start()
    bot.diary.clear()

    bot.wa.send_message(JONAS_NUMBER, "Are you there?", tracker="lost")
    sandbox.settle()

    assert bot.diary == ["lost failed MessageUndeliverable 131026"]
    assert complaints() == []


def test_a_webhook_with_a_foreign_signature_is_not_for_the_bot(
    start: Callable[..., Bot], sandbox: Sandbox
) -> None:
    """pywa validates what it gets, so every webhook that reached a handler was signed correctly."""
    bot = start()
    bot.diary.clear()

    forged = httpx.post(
        f"{bot.server.url}/whatsapp", json={"entry": []}, headers={"X-Hub-Signature-256": "sha256=00"}
    )

    assert (forged.status_code, bot.diary) == (403, [])
