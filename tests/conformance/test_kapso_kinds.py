"""kapso-whatsapp-cloud-api, unmodified: every kind of message it can send, and files up and down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from kapso_whatsapp.builders import build_template_send_payload
from kapso_whatsapp.exceptions import ValidationError
from kapso_whatsapp.resources.messages import MessagesResource
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, rows
from kit.clients.transports import Perform
from kit.identities import PRODUCTION, SHEENA_NUMBER

from emulator import Sandbox

CATALOG = "194836987003835"
PABLO = {
    "name": {"formattedName": "Pablo Morales", "firstName": "Pablo"},
    "phones": [{"phone": "+1 650 555 4321", "type": "CELL", "waId": "16505554321"}],
    "emails": [{"email": "pablo@example.com"}],
    "org": {"company": "Lucky Shrub"},
}
REPLIES = [{"id": "fern", "title": "Fern"}, {"id": "cactus", "title": "Cactus"}]
FLOW = {
    "flowId": "1500000000000001",
    "flowCta": "Choose",
    "flowToken": "unused",
    "flowAction": "navigate",
    "flowActionPayload": {"screen": "PLANTS"},
}
ORDER_SHIPPED = build_template_send_payload(
    name="order_shipped",
    language="en_US",
    body=[{"type": "text", "text": "Sheena"}, {"type": "text", "text": "860198"}],
    buttons=[{"sub_type": "url", "index": 1, "parameters": [{"type": "text", "text": "860198"}]}],
)
TO_SHEENA = {"phone_number_id": PRODUCTION, "to": SHEENA_NUMBER}

Send = Callable[[MessagesResource, str, str], Awaitable[Any]]
"""Sends by the client, with the address of a file server and the id of a message Sheena wrote."""

SENDS: Mapping[str, Send] = {
    "text": lambda messages, _, hello: messages.send_text(
        **TO_SHEENA,
        body="See https://example.com",
        preview_url=True,
        context={"message_id": hello},
        biz_opaque_callback_data="text",
    ),
    "template": lambda messages, *_: messages.send_template(**TO_SHEENA, template=ORDER_SHIPPED),
    "image": lambda messages, shelf, _: messages.send_image(
        **TO_SHEENA, image={"link": f"{shelf}/fern.png", "caption": "A fern"}
    ),
    "video": lambda messages, shelf, _: messages.send_video(
        **TO_SHEENA, video={"link": f"{shelf}/water.mp4", "caption": "How to water it"}
    ),
    "audio": lambda messages, shelf, _: messages.send_audio(
        **TO_SHEENA, audio={"link": f"{shelf}/birds.mp3"}
    ),
    "voice": lambda messages, shelf, _: messages.send_audio(
        **TO_SHEENA, audio={"link": f"{shelf}/note.ogg", "voice": True}
    ),
    "document": lambda messages, shelf, _: messages.send_document(
        **TO_SHEENA, document={"link": f"{shelf}/prices.pdf", "filename": "prices.pdf"}
    ),
    "sticker": lambda messages, shelf, _: messages.send_sticker(
        **TO_SHEENA, sticker={"link": f"{shelf}/cactus.webp"}
    ),
    "location": lambda messages, *_: messages.send_location(
        **TO_SHEENA,
        location={
            "latitude": 37.4847,
            "longitude": -122.1473,
            "name": "The shop",
            "address": "1 Hacker Way",
        },
    ),
    "contacts": lambda messages, *_: messages.send_contacts(**TO_SHEENA, contacts=[PABLO]),
    "reaction": lambda messages, _, hello: messages.send_reaction(
        **TO_SHEENA, reaction={"message_id": hello, "emoji": "🌵"}
    ),
    "removal": lambda messages, _, hello: messages.send_reaction(**TO_SHEENA, reaction={"message_id": hello}),
    "buttons": lambda messages, *_: messages.send_interactive_buttons(
        **TO_SHEENA, body_text=QUESTION, buttons=REPLIES, header_text="Plants", footer_text="Lucky Shrub"
    ),
    "buttons: under a picture": lambda messages, shelf, _: messages.send_interactive_buttons(
        **TO_SHEENA,
        body_text=QUESTION,
        buttons=REPLIES,
        header={"type": "image", "image": {"link": f"{shelf}/fern.png"}},
    ),
    "list": lambda messages, *_: messages.send_interactive_list(
        **TO_SHEENA,
        body_text=QUESTION,
        button_text="Choose",
        sections=[{"title": "Green", "rows": [{"id": "fern", "title": "Fern", "description": "In shade"}]}],
    ),
    "cta_url": lambda messages, *_: messages.send_interactive_cta_url(
        **TO_SHEENA,
        body_text=QUESTION,
        parameters={"displayText": "Open the shop", "url": "https://example.com/shop"},
    ),
    "flow": lambda messages, *_: messages.send_interactive_flow(
        **TO_SHEENA, body_text=QUESTION, parameters=FLOW
    ),
    "product": lambda messages, *_: messages.send_interactive_product(
        **TO_SHEENA, catalog_id=CATALOG, product_retailer_id="fern", body_text=QUESTION
    ),
    "product_list": lambda messages, *_: messages.send_interactive_product_list(
        **TO_SHEENA,
        catalog_id=CATALOG,
        header_text="Plants",
        body_text=QUESTION,
        sections=[{"title": "Green", "product_items": [{"product_retailer_id": "fern"}]}],
    ),
    "catalog_message": lambda messages, *_: messages.send_interactive_catalog(
        **TO_SHEENA, body_text=QUESTION, thumbnail_product_retailer_id="fern"
    ),
    "location_request": lambda messages, *_: messages.send_interactive_location_request(
        **TO_SHEENA, body_text=QUESTION
    ),
}


@pytest.mark.parametrize("row", rows(SENDS))
def test_every_kind_arrives(row: str, kapso: Perform, sandbox: Sandbox, shelf: str) -> None:
    """What the library makes of a kind is accepted, reaches the person, and is what was meant."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id

    sent = kapso(lambda client: SENDS[row](client.messages, shelf, hello))
    sandbox.settle()

    assert arrived(sandbox, row, sent.message_id) == expected(row)


def test_the_table_has_all_that_it_sends() -> None:
    """A version of the library that learns to send something else is noticed here."""
    offered = {name for name in dir(MessagesResource) if name.startswith("send_")}

    assert offered == {
        name for send in SENDS.values() for name in send.__code__.co_names if name.startswith("send_")
    }


@needs("media")
@pytest.mark.parametrize("name", FILES)
def test_a_file_goes_up_and_comes_down_again(name: str, kapso: Perform) -> None:
    """What was uploaded is described, is downloaded unchanged, and is gone when it was deleted."""
    mime_type, content = FILES[name]

    uploaded = kapso(
        lambda client: client.media.upload(
            phone_number_id=PRODUCTION, file=content, type=mime_type, filename=name
        )
    )
    found = kapso(lambda client: client.media.get(media_id=uploaded.id))
    downloaded = kapso(lambda client: client.media.download(media_id=uploaded.id))
    kapso(lambda client: client.media.delete(media_id=uploaded.id))
    with pytest.raises(ValidationError) as gone:
        kapso(lambda client: client.media.get(media_id=uploaded.id))

    assert (found.id, found.mime_type, int(found.file_size or 0)) == (uploaded.id, mime_type, len(content))
    assert downloaded == content
    assert gone.value.error_code == 100
