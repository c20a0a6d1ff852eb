"""Files over the Graph API: uploaded, described, downloaded, sent, deleted, forgotten."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from kit.answers import Answer
from kit.graph import Graph
from kit.receivers import Inbox
from kit.values import present

from emulator import Emulator, Sandbox

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def upload(
    graph: Graph, data: bytes = PNG, kind: str = "image/png", name: str = "a.png", **more: Any
) -> Answer:
    form = {"messaging_product": "whatsapp", "file": (BytesIO(data), name, kind), **more}
    return graph.post(f"{graph.number}/media", data=form, content_type="multipart/form-data")


def uploaded(graph: Graph, *arguments: Any, **more: Any) -> str:
    answer = upload(graph, *arguments, **more)
    assert answer.status_code == 200, answer.text
    return str(answer.json["id"])


def fetch(graph: Graph, media_id: str, **headers: str) -> Answer:
    address = graph.get(media_id).json["url"].removeprefix("http://localhost")
    return graph("GET", address, headers=headers, buffered=True)


def sends_after_hello(graph: Graph, sandbox: Sandbox, **message: Any) -> Any:
    """Send inside the window, and tell what became of it."""
    sandbox.people.say(graph.sheena, "Hello")
    answer = graph.send(**message)
    assert answer.status_code == 200, answer.text
    sandbox.settle()
    return sandbox.messages.all(outbound=True)[-1]


def test_an_upload_is_answered_with_an_id(graph: Graph) -> None:
    """And with nothing else; 16 digits, as the real ones are."""
    answer = upload(graph)

    assert list(answer.json) == ["id"]
    assert answer.json["id"].isdigit()
    assert len(answer.json["id"]) == 16


def test_a_file_is_described_in_the_recorded_order(graph: Graph) -> None:
    """The size is a number, the digest hexadecimal, the address good for 300 seconds."""
    media_id = uploaded(graph)

    told = graph.get(media_id).json

    assert list(told) == ["url", "mime_type", "sha256", "file_size", "id", "messaging_product"]
    assert told["mime_type"] == "image/png"
    assert told["sha256"] == sha256(PNG).hexdigest()
    assert told["file_size"] == len(PNG)
    assert f"mid={media_id}&ext=1793610300&hash=AT" in told["url"]


def test_a_download_gives_the_bytes_with_the_recorded_headers(graph: Graph) -> None:
    """Byte for byte."""
    got = fetch(graph, uploaded(graph))

    assert (got.status_code, got.data) == (200, PNG)
    assert got.headers["Content-Type"] == "image/png"
    assert got.headers["Content-Disposition"] == "inline;filename=whatsapp.png"
    assert got.headers["Accept-Ranges"] == "bytes"
    assert got.headers["ETag"].isdigit()
    assert got.headers["Content-Digest"].startswith("adler32=")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("bytes=0-3", PNG[:4]), ("bytes=8-", PNG[8:]), ("bytes=-5", PNG[-5:]), ("bytes=2-2", PNG[2:3])],
)
def test_a_range_can_be_asked_for(graph: Graph, asked: str, expected: bytes) -> None:
    """206 with just these bytes and where they stand."""
    got = fetch(graph, uploaded(graph), Range=asked)

    assert (got.status_code, got.data) == (206, expected)
    assert got.headers["Content-Range"].endswith(f"/{len(PNG)}")


def test_a_range_beyond_the_end_is_refused(graph: Graph) -> None:
    """416, and no bytes; the hint says which there are."""
    got = fetch(graph, uploaded(graph), Range=f"bytes={len(PNG)}-")

    assert (got.status_code, got.data) == (416, b"")
    assert f"has {len(PNG)} bytes, from 0 to {len(PNG) - 1}" in got.headers["X-Emulator-Hint"]
    assert got.headers["X-Emulator-Rule"] == "download"


def test_an_address_works_for_five_simulated_minutes(graph: Graph, sandbox: Sandbox) -> None:
    """To the second; a new one can always be asked for."""
    media_id = uploaded(graph)
    address = graph.get(media_id).json["url"].removeprefix("http://localhost")

    sandbox.clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))
    before = graph("GET", address, buffered=True)
    sandbox.clock.advance(timedelta(microseconds=1))
    after = graph("GET", address)

    assert (before.status_code, after.status_code) == (200, 404)
    assert fetch(graph, media_id).status_code == 200


@pytest.mark.parametrize("change", ["token", "hash", "mid", "ext"])
def test_a_download_needs_the_token_and_the_address_as_it_was_given(graph: Graph, change: str) -> None:
    """404 with a reason in a header, whatever is wrong."""
    media_id, other = uploaded(graph), uploaded(graph, b"other")
    address = graph.get(media_id).json["url"].removeprefix("http://localhost")
    changed = {
        "hash": address.replace("hash=AT", "hash=AA"),
        "mid": address.replace(media_id, other),
        "ext": address.replace("ext=17", "ext=18"),
    }.get(change, address)

    got = graph("GET", changed, token=None if change == "token" else graph.token)

    assert (got.status_code, got.data) == (404, b"")
    assert got.headers["X-Emulator-Rule"] == "download"
    assert got.headers["X-Emulator-Hint"]


def test_an_uploaded_file_is_kept_for_thirty_days(graph: Graph, sandbox: Sandbox) -> None:
    """Then its id is unknown, to a send as to a look."""
    media_id = uploaded(graph)
    graph.get(media_id)

    sandbox.clock.advance(timedelta(days=30) - timedelta(microseconds=1))
    before = graph.get(media_id)
    sandbox.clock.advance(timedelta(microseconds=1))
    after = graph.get(media_id)

    assert (before.status_code, after.status_code) == (200, 400)
    assert after.json["error"]["error_subcode"] == 33
    assert "attachment ID" in graph.send(type="image", image={"id": media_id}).json["error"]["message"]


def test_a_number_without_storage_chooses_how_long(graph: Graph, sandbox: Sandbox) -> None:
    """``ttl_minutes`` from an hour to 30 days."""
    media_id = uploaded(graph, ttl_minutes="60")

    sandbox.clock.advance(timedelta(hours=1))

    assert graph.get(media_id).status_code == 400
    assert upload(graph, ttl_minutes="59").status_code == 400


def test_a_deleted_file_is_gone(graph: Graph) -> None:
    """Its id is unknown from then on."""
    media_id = uploaded(graph)

    assert graph.delete(media_id).json == {"success": True}
    assert graph.get(media_id).json["error"]["message"].startswith("Unsupported get request. Object with ID")
    assert graph.delete(media_id).json["error"]["message"].startswith("Unsupported delete request. Object")


def test_the_same_bytes_are_kept_once(graph: Graph, sandbox: Sandbox) -> None:
    """However often they are uploaded and sent; the last to be deleted takes them away."""
    first, second = uploaded(graph), uploaded(graph)
    graph.send(type="image", image={"id": first})
    kept = sandbox.services.media.open(present(sandbox.services.media.find(first)))
    folder = kept.name.rpartition("/")[0]
    kept.close()

    graph.delete(first)
    still = fetch(graph, second)

    assert still.data == PNG
    assert len(os.listdir(folder)) == 1
    graph.delete(second)
    assert os.listdir(folder) == []


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({}, "(#100) The parameter messaging_product is required."),
        ({"messaging_product": "whatsapp"}, "(#100) The parameter file is required."),
        (
            {"messaging_product": "sms"},
            '(#100) Param messaging_product must be one of {WHATSAPP} - got "sms".',
        ),
    ],
)
def test_an_upload_without_what_it_needs_is_refused(graph: Graph, form: dict[str, str], message: str) -> None:
    """In Graph's words."""
    answer = graph.post(f"{graph.number}/media", data=form, content_type="multipart/form-data")

    assert (answer.status_code, answer.json["error"]["message"]) == (400, message)


@pytest.mark.parametrize("name", ["file[value]", "file[]", "file[0][content]"])
def test_a_file_in_brackets_is_a_member_of_something_else(graph: Graph, name: str) -> None:
    """The parameter itself is no file then, whatever the part is."""
    form = {"messaging_product": "whatsapp", name: (BytesIO(PNG), "a.png", "image/png")}

    answer = graph.post(f"{graph.number}/media", data=form, content_type="multipart/form-data")

    assert answer.status_code == 400
    assert answer.json["error"]["message"].startswith(
        "(#100) Param file must be a file with one of the following types: text/plain, "
    )


def test_a_text_is_no_file(graph: Graph) -> None:
    """As of clients that send a path instead of the file."""
    answer = graph.post(f"{graph.number}/media", {"messaging_product": "whatsapp", "file": "@a.png"})

    assert answer.json["error"]["message"].startswith("(#100) Param file must be a file with one of")


@pytest.mark.parametrize("kind", ["application/octet-stream", "audio/ogg; codecs=opus", "image/gif"])
def test_the_type_of_the_part_itself_is_judged(graph: Graph, kind: str) -> None:
    """Bare, as reported: a parameter makes it another type."""
    error = upload(graph, kind=kind, type="image/png").json["error"]

    assert error["message"].startswith(
        "(#100) Param file must be a file with one of the following types: text/plain,"
    )
    assert error["message"].endswith(f"Received file of type '{kind}'.")


def test_an_upload_works_without_the_type_parameter_and_with_it(graph: Graph) -> None:
    """Clients leave it out."""
    assert upload(graph).status_code == upload(graph, type="image/png").status_code == 200


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("image", "image", {}),
        ("document", "document", {"filename": "a.pdf"}),
        ("sticker", "sticker", {}),
    ],
)
def test_an_unknown_id_is_refused_at_once_with_its_path(
    graph: Graph, sandbox: Sandbox, kind: str, path: str, value: dict[str, Any]
) -> None:
    """And nothing is sent."""
    content: dict[str, Any] = {kind: {"id": "1234567890123456", **value}}
    error = graph.send(type=kind, **content).json["error"]

    assert error["message"] == (
        f"(#100) Param {path}['id'] is not a valid whatsapp business account media attachment ID"
    )
    assert sandbox.messages.all(outbound=True) == []


def test_a_file_belongs_to_the_number_it_was_uploaded_to(graph: Graph) -> None:
    """Another number cannot send it."""
    media_id = uploaded(graph)

    refused = graph.send(number=graph.test_number, type="image", image={"id": media_id})

    assert "attachment ID" in refused.json["error"]["message"]


def test_a_number_that_is_named_must_be_the_right_one(graph: Graph) -> None:
    """Only if it is named."""
    media_id = uploaded(graph)

    assert graph.get(f"{media_id}?phone_number_id={graph.number}").status_code == 200
    assert graph.get(f"{media_id}?phone_number_id={graph.test_number}").json["error"]["message"] == (
        "(#100) Param phone_number_id is not a valid whatsapp business phone number id ID"
    )


def test_a_header_of_an_interactive_message_and_of_a_template_names_a_file_too(
    graph: Graph, sandbox: Sandbox
) -> None:
    """The same ids, the same complaint, each with its path."""
    media_id = uploaded(graph)
    body = {"text": "Choose"}
    action = {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "One"}}]}

    def interactive(file: str) -> Any:
        header = {"type": "image", "image": {"id": file}}
        return {"type": "button", "header": header, "body": body, "action": action}

    sent = sends_after_hello(graph, sandbox, type="interactive", interactive=interactive(media_id))
    refused = graph.send(type="interactive", interactive=interactive("1")).json["error"]

    assert sent.status == "read"
    assert refused["message"].startswith("(#100) Param interactive['header']['image']['id'] is not a valid")


def test_a_file_of_the_wrong_kind_is_told_later(graph: Graph, sandbox: Sandbox, inbox: Inbox) -> None:
    """200, then 131053 by webhook."""
    media_id = uploaded(graph)

    message = sends_after_hello(graph, sandbox, type="video", video={"id": media_id})

    assert (message.status, message.error["code"]) == ("failed", 131053)
    assert inbox.statuses[-1]["errors"][0]["error_data"]["details"] == (
        "Unsupported Video mime type image/png. Please use one of video/mp4, video/3gpp."
    )


def test_a_snapshot_brings_the_files_along(graph: Graph, sandbox: Sandbox, emulator: Emulator) -> None:
    """Another sandbox that becomes it can give them out; a reset forgets them."""
    media_id = uploaded(graph)
    snapshot = sandbox.snapshot()
    sandbox.reset()
    assert graph.get(media_id).status_code == 400

    sandbox.restore(snapshot)

    assert fetch(graph, media_id).data == PNG


def test_files_are_kept_beside_a_kept_sandbox(tmp_path: Path, client: FlaskClient) -> None:
    """And taken up with it."""
    with Emulator(data=tmp_path) as first:
        number = first.create(speed=None).services.store.accounts.numbers()[0]
        media = first.get("default").services.media.upload(number, BytesIO(PNG), "image/png")
    with Emulator(data=tmp_path) as second:
        taken_up = second.take_up()[0]
        found = present(taken_up.services.media.find(media.id))
        with taken_up.services.media.open(found) as kept:
            assert kept.read() == PNG
        second.remove("default")

    assert list(tmp_path.iterdir()) == []


# uploads in pieces


def begin(graph: Graph, length: int = 10) -> str:
    answer = graph.post(f"app/uploads?file_length={length}&file_type=image/png&file_name=a.png")
    return str(answer.json["id"])


def piece(
    graph: Graph, session: str, offset: Any, data: bytes, kind: str = "application/octet-stream"
) -> Answer:
    headers = {"file_offset": str(offset)} if offset is not None else {}
    return graph.post(session, data=data, headers=headers, content_type=kind)


@pytest.mark.parametrize(
    "kind", ["application/octet-stream", "application/x-www-form-urlencoded", "image/png"]
)
def test_a_whole_file_is_answered_with_a_handle(graph: Graph, kind: str) -> None:
    """Whatever type the body claims to have: the platform's own examples send it as a form."""
    answer = piece(graph, begin(graph), 0, b"0123456789", kind)

    assert list(answer.json) == ["h"]
    assert answer.json["h"].startswith("4::aW1hZ2UvcG5n:AR")


def test_an_upload_goes_on_where_it_stopped(graph: Graph) -> None:
    """The offset tells how much has come."""
    session = begin(graph)
    assert session.startswith("upload:")

    first = piece(graph, session, 0, b"01234")
    asked = graph.get(session)
    rest = piece(graph, session, 5, b"56789")

    assert first.json == asked.json == {"id": session, "file_offset": 5}
    assert "h" in rest.json


@pytest.mark.parametrize(("offset", "data"), [(5, b"01234"), (0, b"0" * 11), (None, b"0"), ("x", b"0")])
def test_a_piece_that_does_not_fit_is_refused(graph: Graph, offset: int | str | None, data: bytes) -> None:
    """And the upload stays where it was."""
    session = begin(graph)

    assert piece(graph, session, offset, data).status_code == 400
    assert graph.get(session).json["file_offset"] == 0


@pytest.mark.parametrize("length", ["0", "-1", "many"])
def test_an_upload_has_a_length(graph: Graph, length: str) -> None:
    """At least one byte."""
    answer = graph.post(f"app/uploads?file_length={length}&file_type=image/png")

    assert (answer.status_code, answer.json["error"]["code"]) == (400, 100)
