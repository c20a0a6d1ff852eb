"""pywa, unmodified: every kind of message it can send, by its blocking client and by its asyncio one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import pytest
import pywa
import pywa_async
from kit.clients.files import FILES
from kit.clients.message_kinds import QUESTION, arrived, expected, needs, rows
from kit.clients.transports import Perform, Rerouted, ReroutedAsync
from kit.identities import PRODUCTION, SHEENA_NUMBER
from pywa.types import (
    Button,
    CallPermissionRequestButton,
    Contact,
    ContactInfoRequestButton,
    FlowButton,
    ImageCarouselCard,
    ProductsSection,
    Section,
    SectionList,
    SectionRow,
    URLButton,
    VideoCarouselCard,
    VoiceCallButton,
)
from pywa.types.flows import FlowActionType
from pywa.types.templates import BodyText, TemplateLanguage
from pywa.types.templates import URLButton as TemplateURLButton

from emulator import Sandbox, Server

PABLO = Contact(
    name=Contact.Name(formatted_name="Pablo Morales", first_name="Pablo"),
    phones=[Contact.Phone(phone="+1 650 555 4321", type="CELL", wa_id="16505554321")],
    emails=[Contact.Email(email="pablo@example.com", type="WORK")],
    urls=[Contact.Url(url="https://example.com/pablo")],
    addresses=[Contact.Address(city="Menlo Park", country="United States", country_code="US")],
    org=Contact.Org(company="Lucky Shrub", title="Gardener"),
    birthday="1999-01-23",
)
FERN, CACTUS = Button("Fern", "fern"), Button("Cactus", "cactus")
PLANTS = SectionList(
    "Choose",
    [
        Section("Green", [SectionRow("Fern", "fern", "Likes shade")]),
        Section("Prickly", [SectionRow("Cactus", "cactus")]),
    ],
)
FLOW = FlowButton("Choose", "1500000000000001", "unused", flow_action_screen="PLANTS")
FLOW_WITH_ENDPOINT = FlowButton("Choose", "1500000000000001", flow_action_type=FlowActionType.DATA_EXCHANGE)
SHOP = URLButton("Open the shop", "https://example.com/shop")
PRODUCTS = [ProductsSection("Green", ["fern"]), ProductsSection("Prickly", ["cactus", "aloe"])]
CATALOG = "194836987003835"
ORDER_SHIPPED = [
    BodyText.params("Sheena", "860198"),
    TemplateURLButton.params(url_variable="860198", index=1),
]

Send = Callable[[Any, str, str], Any]
"""Sends by a client, with the address of a file server and the id of a message Sheena wrote."""

SENDS: Mapping[str, Send] = {
    "text": lambda wa, _, hello: wa.send_message(
        SHEENA_NUMBER, "See https://example.com", preview_url=True, reply_to_message_id=hello, tracker="text"
    ),
    "template": lambda wa, *_: wa.send_template(
        SHEENA_NUMBER, "order_shipped", TemplateLanguage.ENGLISH_US, ORDER_SHIPPED
    ),
    "image": lambda wa, shelf, _: wa.send_image(SHEENA_NUMBER, f"{shelf}/fern.png", "A fern"),
    "video": lambda wa, shelf, _: wa.send_video(SHEENA_NUMBER, f"{shelf}/water.mp4", "How to water it"),
    "audio": lambda wa, shelf, _: wa.send_audio(SHEENA_NUMBER, f"{shelf}/birds.mp3"),
    "voice": lambda wa, shelf, _: wa.send_voice(SHEENA_NUMBER, f"{shelf}/note.ogg"),
    "document": lambda wa, shelf, _: wa.send_document(
        SHEENA_NUMBER, f"{shelf}/prices.pdf", filename="prices.pdf", caption="All prices"
    ),
    "sticker": lambda wa, shelf, _: wa.send_sticker(SHEENA_NUMBER, f"{shelf}/cactus.webp"),
    "location": lambda wa, *_: wa.send_location(
        SHEENA_NUMBER, 37.4847, -122.1473, "The shop", "1 Hacker Way"
    ),
    "contacts": lambda wa, *_: wa.send_contact(SHEENA_NUMBER, PABLO),
    "contacts: more than one": lambda wa, *_: wa.send_contact(SHEENA_NUMBER, [PABLO, PABLO]),
    "reaction": lambda wa, _, hello: wa.send_reaction(SHEENA_NUMBER, "🌵", hello),
    "removal": lambda wa, _, hello: wa.remove_reaction(SHEENA_NUMBER, hello),
    "buttons": lambda wa, *_: wa.send_message(
        SHEENA_NUMBER, QUESTION, "Plants", "Lucky Shrub", [FERN, CACTUS]
    ),
    "buttons: under a picture": lambda wa, shelf, _: wa.send_image(
        SHEENA_NUMBER, f"{shelf}/fern.png", QUESTION, "Lucky Shrub", [FERN]
    ),
    "buttons: under a video": lambda wa, shelf, _: wa.send_video(
        SHEENA_NUMBER, f"{shelf}/water.mp4", QUESTION, buttons=[FERN]
    ),
    "buttons: under a document": lambda wa, shelf, _: wa.send_document(
        SHEENA_NUMBER, f"{shelf}/prices.pdf", "prices.pdf", QUESTION, buttons=[FERN]
    ),
    "list": lambda wa, *_: wa.send_message(SHEENA_NUMBER, QUESTION, "Plants", "Lucky Shrub", PLANTS),
    "cta_url": lambda wa, *_: wa.send_message(SHEENA_NUMBER, QUESTION, "Plants", buttons=SHOP),
    "cta_url: under a picture": lambda wa, shelf, _: wa.send_image(
        SHEENA_NUMBER, f"{shelf}/fern.png", QUESTION, buttons=SHOP
    ),
    "flow": lambda wa, *_: wa.send_message(SHEENA_NUMBER, QUESTION, "Plants", buttons=FLOW),
    "flow: with an endpoint": lambda wa, *_: wa.send_message(
        SHEENA_NUMBER, QUESTION, buttons=FLOW_WITH_ENDPOINT
    ),
    "product": lambda wa, *_: wa.send_product(SHEENA_NUMBER, CATALOG, "fern", QUESTION, "Lucky Shrub"),
    "product_list": lambda wa, *_: wa.send_products(SHEENA_NUMBER, CATALOG, PRODUCTS, "Plants", QUESTION),
    "catalog_message": lambda wa, *_: wa.send_catalog(SHEENA_NUMBER, QUESTION, thumbnail_product_sku="fern"),
    "location_request": lambda wa, *_: wa.request_location(SHEENA_NUMBER, QUESTION),
    "contact_request": lambda wa, *_: wa.request_contact_info(SHEENA_NUMBER, QUESTION),
    "contact_request: by its button": lambda wa, *_: wa.send_message(
        SHEENA_NUMBER, QUESTION, buttons=ContactInfoRequestButton()
    ),
    "call_permission": lambda wa, *_: wa.send_message(
        SHEENA_NUMBER, QUESTION, buttons=CallPermissionRequestButton()
    ),
    "voice_call": lambda wa, *_: wa.send_message(
        SHEENA_NUMBER, QUESTION, buttons=VoiceCallButton("Call us", 60)
    ),
    "carousel": lambda wa, shelf, _: wa.send_carousel(
        SHEENA_NUMBER,
        body=QUESTION,
        cards=[
            ImageCarouselCard(image=f"{shelf}/fern.png", body="Fern", buttons=SHOP),
            ImageCarouselCard(image=f"{shelf}/fern.png", body="Another fern", buttons=SHOP),
        ],
    ),
    "carousel: of videos with replies": lambda wa, shelf, _: wa.send_carousel(
        SHEENA_NUMBER,
        body=QUESTION,
        cards=[
            VideoCarouselCard(video=f"{shelf}/water.mp4", buttons=[FERN]),
            VideoCarouselCard(video=f"{shelf}/water.mp4", buttons=[CACTUS]),
        ],
    ),
}


def blocking(options: Mapping[str, Any], url: str) -> Perform:
    def perform(act: Callable[[Any], Any]) -> Any:
        with httpx.Client(transport=Rerouted(url)) as session:
            return act(pywa.WhatsApp(session=session, **options))

    return perform


def awaiting(options: Mapping[str, Any], url: str) -> Perform:
    async def carry_out(act: Callable[[Any], Awaitable[Any]]) -> Any:
        async with httpx.AsyncClient(transport=ReroutedAsync(url)) as session:
            return await act(pywa_async.WhatsApp(session=session, **options))

    return lambda act: asyncio.run(carry_out(act))


@pytest.fixture(params=[blocking, awaiting])
def perform(request: pytest.FixtureRequest, sandbox: Sandbox, server: Server) -> Perform:
    """Either client of pywa; whoever uses it need not know which."""
    identity = sandbox.identity()
    options = {
        "phone_id": PRODUCTION,
        "token": identity["access_token"],
        "waba_id": identity["waba_id"],
    }
    performing: Perform = request.param(options, server.url)
    return performing


@pytest.mark.parametrize("row", rows(SENDS))
def test_every_kind_arrives(row: str, perform: Perform, sandbox: Sandbox, shelf: str) -> None:
    """What pywa makes of a kind is accepted, reaches the person, and is what was meant."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello").id

    sent = perform(lambda wa: SENDS[row](wa, shelf, hello))
    sandbox.settle()

    assert arrived(sandbox, row, sent.id) == expected(row)


@pytest.mark.parametrize("client", [pywa.WhatsApp, pywa_async.WhatsApp], ids=["blocking", "awaiting"])
def test_the_table_has_all_that_pywa_sends(client: type) -> None:
    """A version of pywa that learns to send something else is noticed here."""
    offered = {name for name in dir(client) if name.startswith(("send_", "request_"))}
    sent = {name for send in SENDS.values() for name in send.__code__.co_names}

    assert offered - sent == {"request_verification_code", "send_text"}, "send_text is send_message"


@pytest.mark.parametrize("act", ["mark_message_as_read", "indicate_typing"])
def test_either_client_shows_that_it_has_read(act: str, perform: Perform, sandbox: Sandbox) -> None:
    """The blue ticks, with or without the typing indicator."""
    hello = sandbox.people.say(SHEENA_NUMBER, "hello")

    answered = perform(lambda wa: getattr(wa, act)(hello.id))

    assert answered.success
    assert [str(message.status) for message in sandbox.messages.all()] == ["read"]


@pytest.mark.parametrize(
    ("name", "refusal", "code", "status"),
    [
        ("no_such_template", pywa.errors.TemplateNotExists, 132001, 404),
        ("weekly_news", pywa.errors.TemplatePaused, 132015, 400),
    ],
)
def test_either_client_raises_the_same_errors(
    perform: Perform,
    sandbox: Sandbox,
    name: str,
    refusal: type[pywa.errors.WhatsAppError],
    code: int,
    status: int,
) -> None:
    """A refusal is the same class, with the same facts, whichever client asked."""
    with pytest.raises(refusal) as caught:
        perform(lambda wa: wa.send_template(SHEENA_NUMBER, name, TemplateLanguage.ENGLISH_US))

    assert (caught.value.code, caught.value.status_code) == (code, status)
    assert sandbox.messages.all() == []


@needs("media")
@pytest.mark.parametrize("name", FILES)
def test_a_file_goes_up_and_comes_down_again(name: str, perform: Perform, sandbox: Sandbox) -> None:
    """What was uploaded has an id, a URL and a checksum, is downloaded unchanged, and can be deleted."""
    mime_type, content = FILES[name]

    media = perform(lambda wa: wa.upload_media(content, mime_type, name))
    found = perform(lambda wa: wa.get_media_url(media.id))
    downloaded = perform(lambda wa: wa.get_media_bytes(found.url))
    deleted = perform(lambda wa: wa.delete_media(media.id))
    with pytest.raises(pywa.errors.WhatsAppError) as gone:
        perform(lambda wa: wa.get_media_url(media.id))

    assert (found.id, found.mime_type, found.file_size) == (media.id, mime_type, len(content))
    assert downloaded == content
    assert deleted.success
    assert (gone.value.code, gone.value.subcode) == (100, 33)


@needs("media")
def test_an_uploaded_file_is_sent_by_its_id(perform: Perform, sandbox: Sandbox) -> None:
    """Bytes are uploaded by pywa before they are sent; a file that is not there is told at once."""
    sandbox.people.say(SHEENA_NUMBER, "hello")
    mime_type, content = FILES["fern.png"]

    sent = perform(lambda wa: wa.send_image(SHEENA_NUMBER, content, "A fern", mime_type=mime_type))
    with pytest.raises(pywa.errors.WhatsAppError) as refused:
        perform(lambda wa: wa.send_image(SHEENA_NUMBER, "1234567890", mime_type=mime_type))
    sandbox.settle()

    assert arrived(sandbox, "image", sent.id) == expected("image")
    assert (refused.value.code, refused.value.status_code) == (100, 400)
