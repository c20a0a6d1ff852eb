"""waba-sdk, unmodified: every kind of message it can send, and files up and down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, rows
from kit.clients.transports import Perform
from kit.identities import SHEENA_NUMBER
from waba_sdk import WhatsApp
from waba_sdk.messages import BodyComponent, ButtonComponent, ButtonParameter, TextParameter
from waba_sdk.messages.interactive import DocumentHeader, ImageHeader, VideoHeader

from emulator import Sandbox

CATALOG = "194836987003835"
PABLO = {"name": {"formatted_name": "Pablo Morales", "first_name": "Pablo"}, "phones": [{"phone": "+1650"}]}
REPLIES = [("fern", "Fern"), ("cactus", "Cactus")]
ORDER_SHIPPED = [
    BodyComponent(parameters=[TextParameter(text="Sheena"), TextParameter(text="860198")]),
    ButtonComponent(sub_type="url", index=1, parameters=[ButtonParameter(type="text", text="860198")]),
]
Send = Callable[[WhatsApp, str, str], Awaitable[dict[str, Any]]]
"""Sends by the client, with the address of a file server and the id of a message Sheena wrote."""

SENDS: Mapping[str, Send] = {
    "text": lambda wa, _, hello: wa.send_text(
        SHEENA_NUMBER, "See https://example.com", preview_url=True, reply_to=hello
    ),
    "template": lambda wa, *_: wa.send_template(SHEENA_NUMBER, "order_shipped", components=ORDER_SHIPPED),
    "image": lambda wa, shelf, _: wa.send_image(SHEENA_NUMBER, url=f"{shelf}/fern.png", caption="A fern"),
    "video": lambda wa, shelf, _: wa.send_video(
        SHEENA_NUMBER, url=f"{shelf}/water.mp4", caption="How to water it"
    ),
    "audio": lambda wa, shelf, _: wa.send_audio(SHEENA_NUMBER, url=f"{shelf}/birds.mp3"),
    "document": lambda wa, shelf, _: wa.send_document(
        SHEENA_NUMBER, url=f"{shelf}/prices.pdf", caption="All prices", filename="prices.pdf"
    ),
    "sticker": lambda wa, shelf, _: wa.send_sticker(SHEENA_NUMBER, url=f"{shelf}/cactus.webp"),
    "location": lambda wa, *_: wa.send_location(
        SHEENA_NUMBER, 37.4847, -122.1473, name="The shop", address="1 Hacker Way"
    ),
    "contacts": lambda wa, *_: wa.send_contacts(SHEENA_NUMBER, [PABLO]),
    "reaction": lambda wa, _, hello: wa.react(SHEENA_NUMBER, hello, "🌵"),
    "removal": lambda wa, _, hello: wa.react(SHEENA_NUMBER, hello, ""),
    "buttons": lambda wa, *_: wa.send_buttons(
        SHEENA_NUMBER, QUESTION, REPLIES, header="Plants", footer="Shop"
    ),
    "buttons: under a picture": lambda wa, shelf, _: wa.send_buttons(
        SHEENA_NUMBER, QUESTION, REPLIES, header=ImageHeader(link=f"{shelf}/fern.png")
    ),
    "buttons: under a video": lambda wa, shelf, _: wa.send_buttons(
        SHEENA_NUMBER, QUESTION, REPLIES, header=VideoHeader(link=f"{shelf}/water.mp4")
    ),
    "buttons: under a document": lambda wa, shelf, _: wa.send_buttons(
        SHEENA_NUMBER,
        QUESTION,
        REPLIES,
        header=DocumentHeader(link=f"{shelf}/prices.pdf", filename="prices.pdf"),
    ),
    "list": lambda wa, *_: wa.send_list(
        SHEENA_NUMBER,
        QUESTION,
        "Choose",
        [
            {"title": "Green", "rows": [{"id": "fern", "title": "Fern", "description": "Likes shade"}]},
            {"title": "Prickly", "rows": [{"id": "cactus", "title": "Cactus"}]},
        ],
        header="Plants",
    ),
    "cta_url": lambda wa, *_: wa.send_cta_url(
        SHEENA_NUMBER, QUESTION, "Open the shop", "https://example.com/shop"
    ),
    "flow": lambda wa, *_: wa.send_flow(
        SHEENA_NUMBER,
        QUESTION,
        flow_id="1500000000000001",
        flow_cta="Choose",
        flow_token="unused",
        screen="PLANTS",
    ),
    "product": lambda wa, *_: wa.send_single_product(
        SHEENA_NUMBER, catalog_id=CATALOG, product_retailer_id="fern", body=QUESTION
    ),
    "product_list": lambda wa, *_: wa.send_multi_product(
        SHEENA_NUMBER,
        QUESTION,
        catalog_id=CATALOG,
        sections=[{"title": "Green", "product_retailer_ids": ["fern"]}],
        header="Plants",
    ),
    "catalog_message": lambda wa, *_: wa.send_catalog(
        SHEENA_NUMBER, QUESTION, thumbnail_product_retailer_id="fern"
    ),
    "location_request": lambda wa, *_: wa.send_location_request(SHEENA_NUMBER, QUESTION),
}


@pytest.mark.parametrize("row", rows(SENDS))
def test_every_kind_arrives(row: str, waba_sdk: Perform, sandbox: Sandbox, shelf: str) -> None:
    """What the library makes of a kind is accepted, reaches the person, and is what was meant."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id

    sent = waba_sdk(lambda wa: SENDS[row](wa, shelf, hello))
    sandbox.settle()

    assert arrived(sandbox, row, sent["messages"][0]["id"]) == expected(row)


def test_the_table_has_all_that_it_sends() -> None:
    """A version of the library that learns to send something else is noticed here."""
    offered = {name for name in dir(WhatsApp) if name.startswith("send_")}

    assert offered == {
        name for send in SENDS.values() for name in send.__code__.co_names if name.startswith("send_")
    }


@needs("media")
@pytest.mark.parametrize("name", FILES)
def test_a_file_goes_up_and_comes_down_again(name: str, waba_sdk: Perform) -> None:
    """What was uploaded is described, and downloaded unchanged."""
    mime_type, content = FILES[name]

    media_id = waba_sdk(lambda wa: wa.media.upload(content, mime_type=mime_type, filename=name))
    found = waba_sdk(lambda wa: wa.media.get_url(media_id))
    downloaded = waba_sdk(lambda wa: wa.media.download(media_id))

    assert (found.id, found.mime_type, found.file_size) == (media_id, mime_type, len(content))
    assert (downloaded.content, downloaded.content_type) == (content, mime_type)
