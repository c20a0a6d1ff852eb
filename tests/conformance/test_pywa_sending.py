"""pywa, unmodified: templates with parameters, and the typed errors of those that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest
from kit.clients.transports import Rerouted
from kit.identities import PABLO_NUMBER, PRODUCTION, SHEENA_NUMBER, TEST
from pywa import WhatsApp, errors
from pywa.types.templates import (
    BaseParams,
    BodyText,
    Buttons,
    HeaderImage,
    HeaderText,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    URLButton,
)

from emulator import Sandbox, Server

US = TemplateLanguage.ENGLISH_US

HEADER = HeaderText("Order {{1}}", "860198")
BODY = BodyText("Hello {{1}}, your order {{2}} is ready and waits for you here.", "Sheena", "860198")
ON_MY_WAY = QuickReplyButton(text="On my way")
DIRECTIONS = URLButton(text="Directions", url="https://example.com/{{1}}", example="https://example.com/shop")
ORDER_READY = Template(
    name="order_ready",
    language=US,
    category=TemplateCategory.UTILITY,
    components=[HEADER, BODY, Buttons(buttons=[ON_MY_WAY, DIRECTIONS])],
)


def test_parameters_fill_header_body_and_buttons(wa: WhatsApp, sandbox: Sandbox) -> None:
    """A template sent by its object reads as its own preview does, and its buttons carry the values."""
    sandbox.templates.review(wa.create_template(ORDER_READY).id, "approve")

    sent = wa.send_template(
        SHEENA_NUMBER,
        template=ORDER_READY,
        params=[
            HEADER.params("4711"),
            BODY.params("Sheena", "4711"),
            ON_MY_WAY.params(callback_data="coming", index=0),
            DIRECTIONS.params(url_variable="shop?order=4711", index=1),
        ],
    )
    sandbox.settle()
    tapped = sandbox.people.tap(SHEENA_NUMBER, "On my way", message_id=sent.id)

    message = next(message for message in sandbox.messages.all() if message.id == sent.id)
    assert sent.status == "accepted"
    assert HEADER.preview("4711") in message.as_text
    assert BODY.preview("Sheena", "4711") in message.text
    assert "https://example.com/shop?order=4711" in str(message.content)
    assert dict(tapped.content) == {"payload": "coming", "text": "On my way"}


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("appointment_reminder", [BodyText.params(day="Friday", first_name="Sheena")]),
        ("spring_sale", [HeaderImage.params(image="https://example.com/a.png"), BodyText.params("Sheena")]),
        ("login_code", [BodyText.params("123456"), URLButton.params(url_variable="123456", index=0)]),
    ],
    ids=["named", "image", "code"],
)
def test_the_templates_of_the_seed_can_be_sent(
    wa: WhatsApp, sandbox: Sandbox, name: str, params: Sequence[BaseParams]
) -> None:
    """Named parameters in any order, a picture by link, and a code in body and button."""
    sent = wa.send_template(SHEENA_NUMBER, name, US, params)
    sandbox.settle()

    assert [(message.id, str(message.status)) for message in sandbox.messages.all()] == [(sent.id, "read")]


SHIPPED = URLButton.params(url_variable="860198", index=1)


@pytest.mark.parametrize(
    ("refusal", "code", "status", "name", "params"),
    [
        (
            errors.TemplateParamCountMismatch,
            132000,
            400,
            "order_shipped",
            [BodyText.params("Sheena"), SHIPPED],
        ),
        (errors.TemplateNotExists, 132001, 404, "no_such_template", None),
        (errors.TemplateNotExists, 132001, 404, "loyalty_points", [BodyText.params("120")]),
        (errors.MissingRequiredParameter, 131008, 400, "order_shipped", [BodyText.params("Sheena", "1")]),
        (errors.TemplateParamFormatMismatch, 132012, 400, "spring_sale", [BodyText.params("Sheena")]),
        (errors.TemplatePaused, 132015, 400, "weekly_news", None),
    ],
    ids=["too few", "unknown", "pending", "no button", "no header", "paused"],
)
def test_a_refused_template_is_a_typed_error(
    wa: WhatsApp,
    sandbox: Sandbox,
    refusal: type[errors.WhatsAppError],
    code: int,
    status: int,
    name: str,
    params: Sequence[BaseParams] | None,
) -> None:
    """Each refusal is told at once, as the class its code stands for, and no message exists."""
    with pytest.raises(refusal) as caught:
        wa.send_template(SHEENA_NUMBER, name, US, params)

    assert (caught.value.code, caught.value.status_code) == (code, status)
    assert caught.value.fbtrace_id
    assert sandbox.messages.all() == []


def test_a_test_number_reaches_its_list_only(wa: WhatsApp, sandbox: Sandbox) -> None:
    """hello_world goes from the test number to the one person on its list."""
    sent = wa.send_template(SHEENA_NUMBER, "hello_world", US, sender=TEST)

    with pytest.raises(errors.RecipientNotInAllowedList) as caught:
        wa.send_template(PABLO_NUMBER, "hello_world", US, sender=TEST)

    assert (caught.value.code, caught.value.status_code) == (131030, 400)
    assert [message.id for message in sandbox.messages.all()] == [sent.id]


@pytest.mark.usefixtures("sandbox")
def test_a_token_that_opens_nothing_is_a_typed_error(server: Server) -> None:
    """Code 190, which pywa knows as an expired token."""
    with httpx.Client(transport=Rerouted(server.url)) as session:
        stranger = WhatsApp(phone_id=PRODUCTION, token="nobody's", session=session)

        with pytest.raises(errors.ExpiredAccessToken) as caught:
            stranger.send_message(SHEENA_NUMBER, "hello")

    assert (caught.value.code, caught.value.status_code) == (190, 401)
