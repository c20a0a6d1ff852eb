"""pywa, unmodified: a template of each kind, filled with each class of parameters that pywa has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from kit.clients.message_kinds import rows
from kit.identities import SHEENA_NUMBER
from kit.times import MORNING
from pywa import WhatsApp
from pywa.types import ProductsSection
from pywa.types.templates import (
    AuthenticationBody,
    AuthenticationFooter,
    BaseParams,
    BodyText,
    Buttons,
    Carousel,
    CarouselCard,
    CatalogButton,
    CopyCodeButton,
    CopyCodeOTPButton,
    Currency,
    DateTime,
    FlowButton,
    FooterText,
    HeaderDocument,
    HeaderImage,
    HeaderLocation,
    HeaderText,
    HeaderVideo,
    LimitedTimeOffer,
    MPMButton,
    ParamFormat,
    PhoneNumberButton,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    URLButton,
)

from emulator import Sandbox

US = TemplateLanguage.ENGLISH_US
GREETING = BodyText("Hello {{1}}, your order is ready and waits for you here.", "Sheena")
NAMED = BodyText("Hello {{first_name}}, your order is ready and waits here.", first_name="Sheena")
PRICED = BodyText("Hello {{1}}, please pay {{2}} until {{3}}, and we send it.", "Eva", "$1", "May")
TITLE = HeaderText("Order {{1}}", "860198")
FOR_SHEENA = GREETING.params("Sheena")
ON_MY_WAY = QuickReplyButton(text="On my way")
DIRECTIONS = URLButton(text="Directions", url="https://example.com/{{1}}", example="https://example.com/shop")
COUPON = CopyCodeButton(example="SAVE20")
CATALOG, OFFER = CatalogButton(text="View catalog"), LimitedTimeOffer(text="Ends soon!", has_expiration=True)
PLANTS = [ProductsSection("Green", ["fern"]), ProductsSection("Prickly", ["cactus"])]


def header(kind: str) -> dict[str, Any]:
    """A header with a file; its example is a handle, as an upload would have given it."""
    return {"type": "HEADER", "format": kind, "example": {"header_handle": ["4::YXBwbGljYXRpb24="]}}


def card(text: str) -> CarouselCard:
    return CarouselCard(components=[header("IMAGE"), BodyText(text), Buttons(buttons=[ON_MY_WAY])])


Filled = tuple[Sequence[Any], Callable[[str], Sequence[BaseParams]]]
"""The parts of a template, and what fills it, given the address of a file server."""

TEMPLATES: Mapping[str, Filled] = {
    "template: text and buttons": (
        [TITLE, GREETING, FooterText(text="Lucky Shrub"), Buttons(buttons=[ON_MY_WAY, DIRECTIONS])],
        lambda _: [
            TITLE.params("4711"),
            FOR_SHEENA,
            ON_MY_WAY.params(callback_data="coming", index=0),
            DIRECTIONS.params(url_variable="shop?order=4711", index=1),
        ],
    ),
    "template: named": ([NAMED], lambda _: [NAMED.params(first_name="Sheena")]),
    "template: amount and date": (
        [PRICED],
        lambda _: [
            PRICED.params(
                "Sheena",
                Currency(fallback_value="$19.99", code="USD", amount_1000=19990),
                DateTime(fallback_value="November 9"),
            )
        ],
    ),
    "template: picture": (
        [header("IMAGE"), GREETING],
        lambda shelf: [HeaderImage.params(image=f"{shelf}/fern.png"), FOR_SHEENA],
    ),
    "template: video": (
        [header("VIDEO"), GREETING],
        lambda shelf: [HeaderVideo.params(video=f"{shelf}/water.mp4"), FOR_SHEENA],
    ),
    "template: document": (
        [header("DOCUMENT"), GREETING],
        lambda shelf: [
            HeaderDocument.params(document=f"{shelf}/prices.pdf", filename="prices.pdf"),
            FOR_SHEENA,
        ],
    ),
    "template: place": (
        [HeaderLocation(), GREETING],
        lambda _: [
            HeaderLocation.params(lat=37.4847, lon=-122.1473, name="The shop", address="1 Hacker Way"),
            FOR_SHEENA,
        ],
    ),
    "template: coupon and phone": (
        [GREETING, Buttons(buttons=[COUPON, PhoneNumberButton(text="Call us", phone_number="15550783881")])],
        lambda _: [FOR_SHEENA, COUPON.params(coupon_code="SAVE20", index=0)],
    ),
    "template carousel": (
        [
            GREETING,
            Carousel(cards=[card("A fern"), card("A rose")]),
        ],
        lambda shelf: [
            FOR_SHEENA,
            Carousel.params(
                cards=[
                    CarouselCard.params(
                        index=place,
                        params=[
                            HeaderImage.params(image=f"{shelf}/fern.png"),
                            ON_MY_WAY.params(callback_data=f"card {place}", index=0),
                        ],
                    )
                    for place in (0, 1)
                ]
            ),
        ],
    ),
    "template catalog": (
        [GREETING, Buttons(buttons=[CATALOG])],
        lambda _: [FOR_SHEENA, CATALOG.params(thumbnail_product_sku="fern", index=0)],
    ),
    "template products": (
        [HeaderText("Plants"), GREETING, Buttons(buttons=[MPMButton(text="View items")])],
        lambda _: [
            FOR_SHEENA,
            MPMButton.params(product_sections=PLANTS, thumbnail_product_sku="fern", index=0),
        ],
    ),
    "template flow": (
        [GREETING, Buttons(buttons=[FlowButton(text="Choose", flow_id="1500000000000001")])],
        lambda _: [FOR_SHEENA, FlowButton.params(index=0, flow_token="unused")],
    ),
    "template offer": (
        [header("IMAGE"), OFFER, GREETING, Buttons(buttons=[COUPON, DIRECTIONS])],
        lambda shelf: [
            HeaderImage.params(image=f"{shelf}/fern.png"),
            FOR_SHEENA,
            OFFER.params(expiration_time=MORNING + timedelta(days=7)),
            COUPON.params(coupon_code="SAVE20", index=0),
            DIRECTIONS.params(url_variable="shop", index=1),
        ],
    ),
}


@pytest.mark.parametrize("row", rows(TEMPLATES))
def test_a_template_is_created_and_sent(row: str, wa: WhatsApp, sandbox: Sandbox, shelf: str) -> None:
    """What pywa fills it with fits the template that pywa created, and arrives."""
    components, params = TEMPLATES[row]
    template = Template(
        name="order_ready", language=US, category=TemplateCategory.MARKETING, components=list(components)
    )
    if NAMED in components:
        template.parameter_format = ParamFormat.NAMED
    sandbox.templates.review(wa.create_template(template).id, "approve")

    sent = wa.send_template(SHEENA_NUMBER, "order_ready", US, params(shelf))
    sandbox.settle()

    (message,) = sandbox.messages.all()
    assert (message.id, str(message.status)) == (sent.id, "read")
    assert "Hello Sheena" in message.text


def test_a_login_code_fills_body_and_button(wa: WhatsApp, sandbox: Sandbox) -> None:
    """The code is given twice, by the classes that pywa has for it."""
    template = Template(
        name="sign_in",
        language=US,
        category=TemplateCategory.AUTHENTICATION,
        components=[
            AuthenticationBody(add_security_recommendation=True),
            AuthenticationFooter(code_expiration_minutes=5),
            Buttons(buttons=[CopyCodeOTPButton(text="Copy code")]),
        ],
    )
    wa.create_template(template)  # it is approved at once

    wa.send_template(
        SHEENA_NUMBER,
        "sign_in",
        US,
        [AuthenticationBody.params(otp="123456"), CopyCodeOTPButton.params(otp="123456")],
    )
    sandbox.settle()

    (message,) = sandbox.messages.all()
    assert str(message.status) == "read"
    assert "123456" in message.text
