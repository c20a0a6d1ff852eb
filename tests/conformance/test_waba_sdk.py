"""waba-sdk, unmodified: an asyncio library on aiohttp and pydantic, made from environment variables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.clients.transports import Perform
from kit.identities import SHEENA, SHEENA_NUMBER
from kit.receivers import ServedInbox
from waba_sdk import AuthenticationError, InvalidRequestError, WhatsApp, WhatsAppError
from waba_sdk.messages import BodyComponent, ButtonComponent, ButtonParameter, TextParameter
from waba_sdk.templates import (
    BodyDefinition,
    ButtonsDefinition,
    FooterDefinition,
    HeaderDefinition,
    HeaderFormat,
    QuickReplyButton,
    TemplateCategory,
    TemplateCreate,
    TemplateStatus,
    UrlButton,
)
from waba_sdk.webhook import MessageEvent, StatusEvent, WebhookEvent, WebhookHandler

from emulator import Sandbox

ORDER_SHIPPED = [
    BodyComponent(parameters=[TextParameter(text="Sheena"), TextParameter(text="860198")]),
    ButtonComponent(sub_type="url", index=1, parameters=[ButtonParameter(type="text", text="860198")]),
]
ORDER_READY = TemplateCreate(
    name="order_ready",
    language="en_US",
    category=TemplateCategory.UTILITY,
    components=[
        HeaderDefinition(format=HeaderFormat.TEXT, text="Order {{1}}", example={"header_text": ["860198"]}),
        BodyDefinition(
            text="Hello {{1}}, your order is ready and waits for you.", example={"body_text": [["Sheena"]]}
        ),
        FooterDefinition(text="Lucky Shrub"),
        ButtonsDefinition(
            buttons=[QuickReplyButton(text="On my way"), UrlButton(text="Shop", url="https://example.com")]
        ),
    ],
)


def understood(receiver: ServedInbox, verify_token: str) -> list[WebhookEvent]:
    """What the library's own handler makes of the webhooks that came."""
    handler = WebhookHandler(verify_token=verify_token)
    return [event for webhook in receiver.payloads for event in handler.parse(webhook)]


def test_its_handler_follows_a_conversation(
    waba_sdk: Perform, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """It verifies the handshake, and makes an event of each message, tap and status."""
    verify_token = sandbox.identity()["verify_token"]
    handler = WebhookHandler(verify_token=verify_token)
    waba_sdk(lambda wa: wa.webhook_override.set(receiver.url, verify_token))
    written = sandbox.people.say(SHEENA_NUMBER, "hello")
    waba_sdk(lambda wa: wa.mark_read(written.id, typing=True))
    waba_sdk(lambda wa: wa.reply(SHEENA_NUMBER, written.id, "Welcome!"))
    waba_sdk(lambda wa: wa.send_template(SHEENA_NUMBER, "order_shipped", components=ORDER_SHIPPED))
    sandbox.settle()
    sandbox.people.tap(SHEENA_NUMBER, "Where is it?")
    sandbox.settle()

    events = understood(receiver, verify_token)
    inbound = [event for event in events if isinstance(event, MessageEvent)]
    statuses = [event.status.status for event in events if isinstance(event, StatusEvent)]
    assert handler.verify(receiver.handshakes[-1]) == receiver.handshakes[-1]["hub.challenge"]
    assert [(event.contact_name, event.contact_wa_id, event.message.type) for event in inbound] == [
        ("Sheena Nelson", SHEENA, "text"),
        ("Sheena Nelson", SHEENA, "button"),
    ]
    assert inbound[0].message.text.body == "hello"
    assert inbound[1].message.button.text == "Where is it?"
    assert inbound[1].message.context.id == sandbox.messages.all(outbound=True)[-1].id
    assert sorted(statuses) == ["delivered", "delivered", "read", "read", "sent", "sent"]


def test_its_handler_learns_of_a_late_failure(
    waba_sdk: Perform, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """A day later the call is accepted, and the status carries the error with its code."""
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.clock.advance(timedelta(hours=25))
    waba_sdk(lambda wa: wa.send_text(SHEENA_NUMBER, "Still there?"))
    sandbox.settle()

    *_, failed = understood(receiver, sandbox.identity()["verify_token"])
    assert isinstance(failed, StatusEvent)
    assert failed.status.status == "failed"
    assert [error.code for error in failed.status.errors] == [131047]


def test_a_template_lives_from_creation_to_deletion(waba_sdk: Perform, sandbox: Sandbox) -> None:
    """It is created, found, reviewed, edited and deleted; each answer fits the library's models."""
    created = waba_sdk(lambda wa: wa.templates.create(ORDER_READY))
    pending = waba_sdk(lambda wa: wa.templates.list(status=[TemplateStatus.PENDING], name="order_ready"))
    sandbox.templates.review(created.id, "approve")
    found = waba_sdk(lambda wa: wa.templates.get(created.id))
    edited = waba_sdk(
        lambda wa: wa.templates.edit(created.id, components=[BodyDefinition(text="Your order is ready.")])
    )
    listed = waba_sdk(lambda wa: wa.templates.list(limit=3))
    following = waba_sdk(lambda wa: wa.templates.list(limit=3, after=listed.paging["cursors"]["after"]))
    deleted = waba_sdk(lambda wa: wa.templates.delete(name="order_ready"))
    left = waba_sdk(lambda wa: wa.templates.list(name="order_ready"))

    assert (created.status, created.category) == (TemplateStatus.PENDING, TemplateCategory.UTILITY)
    assert [template.id for template in pending.data] == [created.id]
    assert (found.name, found.status) == ("order_ready", TemplateStatus.APPROVED)
    assert [part["type"] for part in found.components] == ["HEADER", "BODY", "FOOTER", "BUTTONS"]
    assert (edited["success"], deleted) == (True, {"success": True})
    assert len({template.id for page in (listed, following) for template in page.data}) == 6
    assert left.data == []


def test_its_callback_override_is_made_and_undone(
    waba_sdk: Perform, sandbox: Sandbox, new_receiver: Callable[[str], ServedInbox]
) -> None:
    """The account's callback is verified when it is set, and is listed with the app."""
    account = new_receiver("account")

    answered = waba_sdk(lambda wa: wa.webhook_override.set(account.url, "account"))
    (app,) = waba_sdk(lambda wa: wa.webhook_override.get()).data
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.settle()
    removed = waba_sdk(lambda wa: wa.webhook_override.delete())

    assert (answered, removed) == ({"success": True}, {"success": True})
    assert app.override_callback_uri == account.url
    assert app.whatsapp_business_api_data.id == sandbox.identity()["app_id"]
    assert (len(account.handshakes), len(account.webhooks)) == (1, 1)


@pytest.mark.parametrize(
    ("error", "code", "status", "act"),
    [
        (InvalidRequestError, 132001, 404, lambda wa: wa.send_template(SHEENA_NUMBER, "no_such_template")),
        (InvalidRequestError, 132000, 400, lambda wa: wa.send_template(SHEENA_NUMBER, "order_shipped")),
        (InvalidRequestError, 100, 400, lambda wa: wa.mark_read("wamid.nobody")),
        (InvalidRequestError, 100, 400, lambda wa: wa.templates.get("1234567890")),
    ],
    ids=["no template", "no parameters", "no message", "no object"],
)
def test_a_refusal_is_its_own_error(
    waba_sdk: Perform,
    sandbox: Sandbox,
    error: type[WhatsAppError],
    code: int,
    status: int,
    act: Callable[[WhatsApp], Awaitable[Any]],
) -> None:
    """The class follows the HTTP status; code and trace are those of Graph's body."""
    with pytest.raises(error) as caught:
        waba_sdk(act)

    assert (caught.value.error_code, caught.value.status_code) == (code, status)
    assert caught.value.fbtrace_id == caught.value.response["error"]["fbtrace_id"]
    assert sandbox.messages.all() == []


def test_a_token_that_opens_nothing_is_an_authentication_error(
    waba_sdk: Perform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """401 with code 190."""
    monkeypatch.setenv("WABA_ACCESS_TOKEN", "nobody's")

    with pytest.raises(AuthenticationError) as caught:
        waba_sdk(lambda wa: wa.send_text(SHEENA_NUMBER, "hello"))

    assert (caught.value.error_code, caught.value.status_code) == (190, 401)
