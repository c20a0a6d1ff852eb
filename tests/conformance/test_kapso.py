"""kapso-whatsapp-cloud-api, unmodified: an asyncio library on httpx and pydantic, with a ``base_url``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from kapso_whatsapp.builders import build_template_definition, build_template_send_payload
from kapso_whatsapp.exceptions import AuthenticationError, NotFoundError, ValidationError, WhatsAppAPIError
from kapso_whatsapp.resources.messages import MessagesResource
from kapso_whatsapp.webhooks import normalize_webhook, verify_signature
from kit.clients.transports import Perform
from kit.identities import PRODUCTION, SHEENA_NUMBER
from kit.receivers import ServedInbox

from emulator import Sandbox

REMINDER = build_template_send_payload(
    name="appointment_reminder",
    language={"code": "en_US", "policy": "deterministic"},
    body=[
        {"type": "text", "parameterName": "first_name", "text": "Sheena"},
        {"type": "text", "parameterName": "day", "text": "Friday"},
    ],
)
ORDER_READY = build_template_definition(
    name="order_ready",
    category="UTILITY",
    language="en_US",
    parameter_format="NAMED",
    components=[
        {
            "type": "BODY",
            "text": "Hello {{first_name}}, your order is ready and waits for you.",
            "example": {"body_text_named_params": [{"param_name": "first_name", "example": "Sheena"}]},
        },
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "On my way"}]},
    ],
)
TO_SHEENA = {"phone_number_id": PRODUCTION, "to": SHEENA_NUMBER}


def test_its_webhook_helpers_follow_a_conversation(
    kapso: Perform, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """Every webhook is signed as it expects, and none as it does not; its parts are found and named."""
    secret = sandbox.identity()["app_secret"]
    written = sandbox.people.say(SHEENA_NUMBER, "héllo / 😀")
    kapso(
        lambda client: client.messages.mark_read(phone_number_id=PRODUCTION, message_id=written.id),
    )
    reminder = kapso(
        lambda client: client.messages.send_template(
            **TO_SHEENA, template=REMINDER, biz_opaque_callback_data="reminder"
        )
    )
    sandbox.settle()
    sandbox.people.tap(SHEENA_NUMBER, "Yes, I will")
    sandbox.settle()

    signed = [
        verify_signature(
            app_secret=secret, raw_body=body + more, signature_header=headers["x-hub-signature-256"]
        )
        for body, headers in zip(receiver.bodies, receiver.headers, strict=True)
        for more in (b"", b" ")
    ]
    told = [normalize_webhook(body.decode()) for body in receiver.bodies]
    assert signed == [True, False] * len(receiver.bodies)
    assert {one.phone_number_id for one in told} == {PRODUCTION}
    assert [(message["type"], message["kapso"]["direction"]) for one in told for message in one.messages] == [
        ("text", "inbound"),
        ("button", "inbound"),
    ]
    assert told[0].messages[0]["text"]["body"] == "héllo / 😀"
    assert told[0].contacts[0]["profile"]["name"] == "Sheena Nelson"
    assert told[-1].messages[0]["context"]["id"] == reminder.message_id
    assert [
        (status.status, status.extra["bizOpaqueCallbackData"]) for one in told for status in one.statuses
    ] == [
        ("sent", "reminder"),
        ("delivered", "reminder"),
        ("read", "reminder"),
    ]


def test_its_webhook_helpers_tell_a_late_failure(
    kapso: Perform, sandbox: Sandbox, receiver: ServedInbox
) -> None:
    """A day later the call is accepted, and the status carries the error with its code."""
    sandbox.people.say(SHEENA_NUMBER, "hello")
    sandbox.clock.advance(timedelta(hours=25))
    kapso(lambda client: client.messages.send_text(**TO_SHEENA, body="Still there?"))
    sandbox.settle()

    (failed,) = normalize_webhook(receiver.payloads[-1]).statuses
    assert failed.status == "failed"
    assert [error["code"] for error in failed.errors or []] == [131047]


def test_a_template_lives_from_creation_to_deletion(kapso: Perform, sandbox: Sandbox) -> None:
    """It is created, found by status and page, reviewed and deleted."""
    waba = {"business_account_id": sandbox.identity()["waba_id"]}

    created = kapso(lambda client: client.templates.create(**waba, **ORDER_READY))
    pending = kapso(lambda client: client.templates.list(**waba, status="PENDING", name="order_ready"))
    sandbox.templates.review(created["id"], "approve")
    found = kapso(lambda client: client.templates.get(template_id=created["id"]))
    first = kapso(lambda client: client.templates.list(**waba, limit=5))
    after = first["paging"]["cursors"]["after"]
    second = kapso(lambda client: client.templates.list(**waba, limit=5, after=after))
    deleted = kapso(lambda client: client.templates.delete(**waba, name="order_ready"))
    left = kapso(lambda client: client.templates.list(**waba, name="order_ready"))

    assert (created["status"], created["category"]) == ("PENDING", "UTILITY")
    assert [template["id"] for template in pending["data"]] == [created["id"]]
    assert (found["status"], found["components"]) == ("APPROVED", ORDER_READY["components"])
    assert len({template["id"] for page in (first, second) for template in page["data"]}) == 9
    assert (deleted, left["data"]) == ({"success": True}, [])


@pytest.mark.parametrize(
    ("error", "code", "status", "act"),
    [
        (
            NotFoundError,
            132001,
            404,
            lambda messages: messages.send_template(
                **TO_SHEENA, template={"name": "no_such_template", "language": "en_US"}
            ),
        ),
        (
            ValidationError,
            132000,
            400,
            lambda messages: messages.send_template(
                **TO_SHEENA, template={"name": "order_shipped", "language": "en_US"}
            ),
        ),
        (
            ValidationError,
            100,
            400,
            lambda messages: messages.mark_read(
                phone_number_id=PRODUCTION, message_id="wamid.nobody", typing_indicator=True
            ),
        ),
    ],
    ids=["no template", "no parameters", "an indicator that is no object"],
)
def test_a_refusal_is_its_own_error(
    kapso: Perform,
    sandbox: Sandbox,
    error: type[WhatsAppAPIError],
    code: int,
    status: int,
    act: Callable[[MessagesResource], Awaitable[Any]],
) -> None:
    """The class follows the HTTP status, the code is Graph's, and it says that a retry is no use.

    The library sends ``typing_indicator`` as a truth value, which the platform takes for no indicator.
    """
    with pytest.raises(error) as caught:
        kapso(lambda client: act(client.messages))

    assert (caught.value.error_code, caught.value.status_code) == (code, status)
    assert not caught.value.is_retryable
    assert sandbox.messages.all() == []


@pytest.mark.parametrize("token", ["nobody's"])
@pytest.mark.usefixtures("sandbox")
def test_a_token_that_opens_nothing_is_an_authentication_error(kapso: Perform, token: str) -> None:
    """401 with code 190."""
    with pytest.raises(AuthenticationError) as caught:
        kapso(lambda client: client.messages.send_text(**TO_SHEENA, body="hello"))

    assert (caught.value.error_code, caught.value.status_code) == (190, 401)
