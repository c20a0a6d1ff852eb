"""People write: files, places, cards and reactions; and they tap what they are shown."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from kit.control import Control
from kit.graph import Graph
from kit.identities import SHEENA
from kit.receivers import Inbox

from emulator import Emulator, Sandbox

DATA = b"OggS" + bytes(64)


def act(control: Any, name: str, body: Any) -> Any:
    return control.post(f"/people/{SHEENA}/{name}", body)


def last(sandbox: Any, inbox: Any) -> dict[str, Any]:
    sandbox.settle()
    return dict(inbox.messages[-1])


def file(mime_type: str, **more: Any) -> dict[str, Any]:
    return {"data": base64.b64encode(DATA).decode(), "mime_type": mime_type, **more}


@pytest.mark.parametrize(
    ("kind", "sent", "told"),
    [
        ("image", file("image/jpeg", caption="Hola"), {"caption": "Hola"}),
        ("video", file("video/mp4"), {}),
        (
            "document",
            file("application/pdf", filename="a.pdf", caption="x"),
            {"caption": "x", "filename": "a.pdf"},
        ),
        ("audio", file("audio/ogg; codecs=opus", voice=True), {"voice": True}),
        ("audio", file("audio/mpeg"), {"voice": False}),
        ("sticker", file("image/webp"), {"animated": False}),
    ],
)
def test_a_file_comes_with_its_type_digest_and_id(
    graph: Graph,
    control: Control,
    sandbox: Sandbox,
    inbox: Inbox,
    kind: str,
    sent: dict[str, Any],
    told: dict[str, Any],
) -> None:
    """The digest in base64, the id good for a download."""
    answer = act(control, "messages", {"type": kind, kind: sent})
    message = last(sandbox, inbox)

    media = message[kind]
    fetched = graph.get(media["id"]).json
    assert (answer.status_code, message["type"]) == (201, kind)
    assert media == {
        **told,
        "mime_type": sent["mime_type"],
        "sha256": base64.b64encode(sha256(DATA).digest()).decode(),
        "id": media["id"],
    }
    assert (fetched["file_size"], fetched["mime_type"]) == (len(DATA), sent["mime_type"])


@pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "sticker"])
def test_a_file_can_be_downloaded_where_its_webhook_says_for_five_minutes(
    graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox, emulator: Emulator, kind: str
) -> None:
    """With the token, once the emulator is served; its host is the emulator's."""
    emulator.url = "http://127.0.0.1:4080"
    try:
        act(control, "messages", {"type": kind, kind: file("image/webp")})
    finally:
        emulator.url = None
    url = str(last(sandbox, inbox)[kind]["url"])
    path = url.removeprefix("http://127.0.0.1:4080")

    assert re.fullmatch(
        r"/whatsapp_business/attachments/\?mid=\d+&source=webhook&ext=\d+&hash=AT[\w-]+", path
    )
    headers = {"Authorization": f"Bearer {graph.token}"}
    with graph.client.open(path, headers=headers) as whole:
        assert whole.data == DATA
    sandbox.clock.advance(timedelta(minutes=5))
    with graph.client.open(path, headers=headers) as late:
        assert late.status_code == 404


_CARD = {
    "addresses": [{"street": "1 Way", "city": "Menlo Park", "country_code": "US", "type": "Home"}],
    "birthday": "1999-01-23",
    "emails": [{"email": "b@example.com", "type": "Work"}],
    "name": {"formatted_name": "Ann Lee", "first_name": "Ann", "last_name": "Lee"},
    "org": {"company": "Lucky Shrub", "department": "Legal", "title": "Counsel"},
    "phones": [{"phone": "+1 650-555-4321", "wa_id": "16505554321", "type": "CELL"}],
    "urls": [{"url": "https://example.com", "type": "Company"}],
    "vcard": "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Ann;;;\nEND:VCARD",
    "origin": "other",
}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("location", {"latitude": 37.48, "longitude": -122.14}),
        (
            "location",
            {"latitude": 1, "longitude": 2, "name": "Mall", "address": "1 Way", "url": "https://a.b/c"},
        ),
        ("contacts", [_CARD]),
        ("contacts", [{"phones": [{"phone": "+1 650", "wa_id": "1650"}], "origin": "contact_request"}]),
        ("contacts", [{"name": {"formatted_name": "Ann"}}, {"emails": [{"email": "b@example.com"}]}]),
    ],
)
def test_what_people_send_has_the_members_of_the_webhook_and_not_those_of_a_send(
    control: Control, sandbox: Sandbox, inbox: Inbox, kind: str, content: Any
) -> None:
    """Every documented member, and as few as a phone sends."""
    answer = act(control, "messages", {"type": kind, kind: content})

    assert answer.status_code == 201, answer.json
    assert last(sandbox, inbox)[kind] == content


@pytest.mark.parametrize("name", ["id", "message_id"])
def test_a_quoted_message_has_two_names(control: Control, sandbox: Sandbox, inbox: Inbox, name: str) -> None:
    """That of the webhook, and that of a send."""
    said = sandbox.people.say(SHEENA, "Hello")

    answer = act(control, "messages", {"text": {"body": "This one"}, "context": {name: said.id}})

    assert answer.json["context_id"] == said.id
    assert answer.json["context"] == last(sandbox, inbox)["context"]


_TEXT = {"text": {"body": "Hello"}}


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"text": {"body": "Hello", "preview_url": True}}, 400, "no 'preview_url' in 'text'"),
        ({"text": {"body": 7}}, 400, "'text.body' must be a string"),
        (_TEXT | {"context": {"quoted": "x"}}, 400, "no 'quoted' in 'context'"),
        (_TEXT | {"context": {"forwarded": "yes"}}, 400, "'context.forwarded' must be a boolean"),
        (
            _TEXT | {"context": {"referred_product": {"catalog_id": "1"}}},
            400,
            "'context.referred_product.product_retailer_id' is missing",
        ),
        (_TEXT | {"context": {"id": "a", "message_id": "b"}}, 400, "two names of one message"),
        (_TEXT | {"context": {"id": "wamid.X"}}, 422, "has no message wamid.X"),
        (_TEXT | {"context": {"forwarded": True, "frequently_forwarded": True}}, 422, "one of these"),
        (_TEXT | {"location": {"latitude": 1, "longitude": 2}}, 400, "has 'text', not 'location'"),
        (_TEXT | {"device": "fridge"}, 400, "'device' is one of"),
        (
            {"type": "location", "location": {"latitude": 1, "longitude": 2, "zoom": 3}},
            400,
            "no 'zoom' in 'location'",
        ),
        ({"type": "location", "location": {"latitude": 91, "longitude": 2}}, 422, "from -90 to 90"),
        ({"type": "contacts", "contacts": [{"nickname": "A"}]}, 400, "no 'nickname' in 'contacts[0]'"),
        (
            {"type": "contacts", "contacts": [{"phones": [{"number": "1"}]}]},
            400,
            "no 'number' in 'contacts[0].phones[0]'",
        ),
        ({"type": "contacts", "contacts": [{"origin": "stolen"}]}, 400, "'contacts[0].origin' is one of"),
        ({"type": "contacts", "contacts": []}, 422, "at least one card"),
        ({"type": "audio", "audio": file("audio/ogg", caption="x")}, 400, "no 'caption' in 'audio'"),
        ({"type": "image", "image": file("image/png", voice=True)}, 400, "no 'voice' in 'image'"),
    ],
)
def test_what_no_phone_sends_is_refused_at_every_depth(
    control: Control, sandbox: Sandbox, body: dict[str, Any], status: int, says: str
) -> None:
    """With the path of what was wrong; nothing is written."""
    answer = act(control, "messages", body)

    assert (answer.status_code, says in answer.json["detail"]) == (status, True), answer.json
    assert sandbox.messages.all() == []


def test_a_file_that_a_person_sent_is_kept_for_a_week(
    graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox
) -> None:
    """To the microsecond."""
    act(control, "messages", {"type": "image", "image": file("image/png")})
    media_id = last(sandbox, inbox)["image"]["id"]

    sandbox.clock.advance(timedelta(days=7) - timedelta(microseconds=1))
    before = graph.get(media_id).status_code
    sandbox.clock.advance(timedelta(microseconds=1))

    assert (before, graph.get(media_id).status_code) == (200, 400)


def test_a_file_opens_the_window(graph: Graph, control: Control, sandbox: Sandbox) -> None:
    """As anything that a person sends."""
    act(control, "messages", {"type": "image", "image": file("image/png")})
    graph.text("Nice!")
    sandbox.settle()

    assert sandbox.messages.all(outbound=True)[-1].status == "read"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("location", {"latitude": 37.48, "longitude": -122.14, "name": "The shop"}),
        ("contacts", [{"name": {"formatted_name": "Pablo Morales", "first_name": "Pablo"}}]),
    ],
)
def test_places_and_cards_come_as_they_were_sent(
    control: Control, sandbox: Sandbox, inbox: Inbox, kind: str, content: dict[str, Any] | list[Any]
) -> None:
    """Under their type, and shown as such by the control API."""
    answer = act(control, "messages", {"type": kind, kind: content})

    assert answer.json[kind] == content
    assert last(sandbox, inbox)[kind] == content


def test_a_reaction_names_its_message_and_its_removal_has_no_emoji(
    graph: Graph, control: Control, sandbox: Sandbox, inbox: Inbox
) -> None:
    """The key is absent then."""
    sandbox.people.say(graph.sheena, "Hello")
    message_id = graph.text("Welcome").json["messages"][0]["id"]
    sandbox.settle()

    act(control, "reactions", {"message_id": message_id, "emoji": "❤️"})
    first = last(sandbox, inbox)["reaction"]
    act(control, "reactions", {"message_id": message_id})

    assert first == {"message_id": message_id, "emoji": "❤️"}
    assert last(sandbox, inbox)["reaction"] == {"message_id": message_id}


BUTTONS = {
    "type": "button",
    "body": {"text": "Which?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "f", "title": "Fern"}}]},
}
LIST = {
    "type": "list",
    "body": {"text": "Which?"},
    "action": {
        "button": "Choose",
        "sections": [
            {
                "rows": [
                    {"id": "f", "title": "Fern", "description": "Likes shade"},
                    {"id": "c", "title": "Cactus"},
                ]
            }
        ],
    },
}


@pytest.mark.parametrize(
    ("shown", "tapped", "told"),
    [
        (BUTTONS, {"button": "Fern"}, {"type": "button_reply", "button_reply": {"id": "f", "title": "Fern"}}),
        (
            LIST,
            {"row": "Fern"},
            {"type": "list_reply", "list_reply": {"id": "f", "title": "Fern", "description": "Likes shade"}},
        ),
        (LIST, {"row": "c"}, {"type": "list_reply", "list_reply": {"id": "c", "title": "Cactus"}}),
    ],
    ids=["button", "row", "row by its id"],
)
def test_a_tap_answers_the_message_it_is_on(
    graph: Graph,
    control: Control,
    sandbox: Sandbox,
    inbox: Inbox,
    shown: dict[str, Any],
    tapped: dict[str, Any],
    told: dict[str, Any],
) -> None:
    """With what was tapped, in the context of that message."""
    sandbox.people.say(graph.sheena, "Hello")
    message_id = graph.send(type="interactive", interactive=shown).json["messages"][0]["id"]
    sandbox.settle()

    answer = act(control, "taps", tapped)
    message = last(sandbox, inbox)

    assert answer.status_code == 201
    assert (message["type"], message["interactive"]) == ("interactive", told)
    assert message["context"]["id"] == message_id


@pytest.mark.parametrize(
    ("name", "body", "status", "detail"),
    [
        (
            "messages",
            {"type": "image"},
            400,
            "'image' is missing: what the person sends stands under its type",
        ),
        ("messages", {"type": "image", "image": {"data": "eA=="}}, 400, "'image.mime_type' is missing"),
        ("messages", {"type": "image", "image": file("image/png", data="§")}, 400, "image.data is no base64"),
        (
            "messages",
            {"type": "image", "image": file("image/png", size=1)},
            400,
            "there is no 'size' in 'image'",
        ),
        (
            "messages",
            {"type": "location", "location": {}},
            400,
            "'location.latitude' is missing",
        ),
        (
            "messages",
            {"type": "poll"},
            400,
            "'type' is one of text, location, contacts, order, button, interactive, unsupported, ",
        ),
        ("reactions", {"message_id": "wamid.1", "emoji": "x"}, 422, "has no message wamid.1"),
        ("taps", {}, 400, "either 'button' or 'row'"),
        ("taps", {"button": "a", "row": "b"}, 400, "either 'button' or 'row'"),
    ],
)
def test_an_act_that_nobody_can_do_is_explained(
    control: Control, sandbox: Sandbox, name: str, body: dict[str, Any], status: int, detail: str
) -> None:
    """And nothing is written."""
    answer = act(control, name, body)

    assert (answer.status_code, detail in answer.json["detail"]) == (status, True), answer.json
    assert sandbox.messages.all() == []


def test_a_row_is_no_button(graph: Graph, control: Control, sandbox: Sandbox) -> None:
    """What is offered is told."""
    sandbox.people.say(graph.sheena, "Hello")
    graph.send(type="interactive", interactive=LIST)
    sandbox.settle()

    answer = act(control, "taps", {"button": "Fern"})

    assert answer.json["detail"] == "Sheena Nelson sees no quick-reply button 'Fern'; buttons they see: none"
