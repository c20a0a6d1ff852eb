"""Recorded sends of every kind, uploads and downloads, asked again: same answers, but for the ids."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from kit.fidelity.recordings import NUMBER, PERSON, SENT, same

from emulator.domain.media import Media
from emulator.sandbox.sandbox import Sandbox

LOOKASIDE = (
    "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid={}&ext=1728914425&hash=ATsJzdzBhUZo3p6"
)
FILES = {
    "1761991787669262": "image/png",
    "914268667232441": "audio/mpeg",
    "535689082735659": "video/mp4",
    "1753306975419607": "application/pdf",
    "503335829198997": "image/webp",
}
ADDRESS = {
    "street": "STREET",
    "city": "CITY",
    "state": "STATE",
    "zip": "ZIP",
    "country": "COUNTRY",
    "country_code": "COUNTRY_CODE",
    "type": "Work",
}
REPLIES = [
    {"type": "reply", "reply": {"title": f"This is button {number}!", "id": f"button_{number}"}}
    for number in (1, 2)
]


def interactive(kind: str, action: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "header": {"type": "text", "text": "I am the header!"},
        "body": {"text": "I am the body!"},
        "footer": {"text": "I am the footer!"},
        "action": action,
    }


RECORDED = {
    "image": ("image", {"id": "1761991787669262", "caption": "Ignacio Chiazzo Profile"}),
    "image with an empty caption": ("image", {"id": "1761991787669262", "caption": ""}),
    "image by link": (
        "image",
        {"link": "https://ignaciochiazzo.com/static/profile-pic.avif", "caption": "Ignacio Chiazzo Profile"},
    ),
    "audio": ("audio", {"id": "914268667232441"}),
    "video": ("video", {"id": "535689082735659", "caption": "here we have the caption"}),
    "video by link": ("video", {"link": LOOKASIDE.format("535689082735659"), "caption": "Juan Roman"}),
    "document": ("document", {"id": "1753306975419607", "caption": "Caption."}),
    "document with a name": (
        "document",
        {"id": "1753306975419607", "caption": "Ignacio Chiazzo Profile", "filename": "custom_name"},
    ),
    "sticker": ("sticker", {"id": "503335829198997"}),
    "sticker by link": ("sticker", {"link": LOOKASIDE.format("503335829198997")}),
    "location": (
        "location",
        {"longitude": 45.4215, "latitude": 75.6972, "name": "nacho", "address": "141 cooper street"},
    ),
    "contacts": (
        "contacts",
        [
            {
                "addresses": [ADDRESS, ADDRESS],
                "birthday": "2019-01-01",
                "emails": [{"email": "ignacio@gmail.com", "type": "Work"}],
                "name": {"formatted_name": "ignacio", "first_name": "ignacio", "last_name": "chiazzo"},
            }
        ],
    ),
    "reaction": (
        "reaction",
        {
            "message_id": "wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI2REVCOTdDQkIyMTcyQUQ1MkUA",
            "emoji": "🕐",
        },
    ),
    "buttons": ("interactive", interactive("button", {"buttons": REPLIES})),
    "list": (
        "interactive",
        interactive(
            "list",
            {
                "button": "I am the button CTA",
                "sections": [
                    {
                        "title": f"I am section {number}",
                        "rows": [
                            {
                                "id": f"section_{number}_row_1",
                                "title": "I am row 1",
                                "description": "I am the optional section 1 row 1 description",
                            }
                        ],
                    }
                    for number in (1, 2)
                ],
            },
        ),
    ),
}


def keep(sandbox: Sandbox) -> None:
    """Have the files of the recordings, under their ids."""
    now = sandbox.clock.now()
    with sandbox.services.command() as store:
        for media_id, kind in FILES.items():
            store.media.add(Media(media_id, NUMBER, kind, "0" * 64, 1, now, now + timedelta(days=30)))


@pytest.mark.parametrize("name", RECORDED)
def test_a_message_of_every_kind(sandbox_with: Any, ask: Any, name: str) -> None:
    """The recipient as a bare number; one contact, one id, and no ``message_status``."""
    keep(sandbox_with())
    kind, content = RECORDED[name]
    body = {
        "messaging_product": "whatsapp",
        "to": int(PERSON),
        "recipient_type": "individual",
        "type": kind,
        kind: content,
    }

    answer = ask(f"POST /v19.0/{NUMBER}/messages", json.dumps(body))

    same(answer, 200, SENT)
    assert len(answer.data) == 172


def test_an_upload(sandbox_with: Any, client: Any) -> None:
    """A multipart body with the type that clients add; one that is too large for a sticker is taken, too."""
    sandbox_with()

    answer = client.post(
        f"/v19.0/{NUMBER}/media",
        headers={"Authorization": "Bearer RECORDED"},
        data={
            "messaging_product": "whatsapp",
            "type": "image/webp",
            "file": (BytesIO(b"x" * 200_000), "sticker.webp", "image/webp"),
        },
    )

    made = answer.json["id"]
    assert (answer.status_code, answer.text) == (200, f'{{"id":"{made}"}}')
    assert made.isdigit()


def test_a_file_that_is_there(sandbox_with: Any, ask: Any) -> None:
    """Described in the recorded order, and deleted; without a version in the path."""
    sandbox = sandbox_with()
    keep(sandbox)

    described = ask("GET /1761991787669262")
    deleted = ask("DELETE /1761991787669262")

    assert described.text.startswith(
        r'{"url":"http:\/\/localhost\/whatsapp_business\/attachments\/?mid=1761991787669262&ext='
    )
    assert described.text.endswith(
        r'"mime_type":"image\/png","sha256":"' + "0" * 64 + r'","file_size":1,"id":"1761991787669262",'
        r'"messaging_product":"whatsapp"}'
    )
    same(deleted, 200, '{"success":true}')


def test_a_file_that_is_not_there(sandbox_with: Any, ask: Any) -> None:
    """An id with an underscore is no file: unknown when it is read, the id of a post when it is deleted."""
    sandbox_with()

    unknown = (
        "Unsupported get request. Object with ID '123_123' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation. Please read the Graph API documentation at "
        r"https:\/\/developers.facebook.com\/docs\/graph-api"
    )
    same(
        ask("GET /123_123"),
        400,
        f'{{"error":{{"message":"{unknown}","type":"GraphMethodException","code":100,"error_subcode":33,'
        '"fbtrace_id":"ATf5-CLoxGyJeSu2vrRDOZR"}}',
    )
    same(
        ask("DELETE /123_123"),
        400,
        r'{"error":{"message":"(#100) Invalid post_id parameter","type":"OAuthException","code":100,'
        r'"fbtrace_id":"AIejXf67At-GZg4mX_Cs-Md"}}',
    )


def test_an_upload_to_nobody(sandbox_with: Any, client: Any) -> None:
    """A number that is not there."""
    sandbox_with()

    answer = client.post(
        "/v19.0/1234567/media",
        headers={"Authorization": "Bearer RECORDED"},
        data={"messaging_product": "whatsapp", "file": (BytesIO(b"x"), "a.png", "image/png")},
    )

    assert answer.status_code == 400
    assert answer.json["error"]["message"].startswith(
        "Unsupported post request. Object with ID '1234567' does not exist"
    )
    assert answer.json["error"]["error_subcode"] == 33
