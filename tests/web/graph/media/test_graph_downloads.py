"""Downloads as clients ask for them: heads, ranges, files that are gone; and uploads that are odd."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pytest

from emulator.sandbox.sandbox import Sandbox

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def upload(graph: Any) -> Any:
    """Uploads a file and returns the answer."""

    def make(data: bytes = PNG, name: str = "a.png", kind: str = "image/png") -> Any:
        form = {"messaging_product": "whatsapp", "file": (BytesIO(data), name, kind)}
        return graph.post(f"{graph.number}/media", data=form, content_type="multipart/form-data")

    return make


@pytest.fixture
def address(graph: Any, upload: Any) -> Any:
    """Uploads a file and returns where it can be downloaded."""

    def make(*arguments: Any) -> str:
        told = graph.get(upload(*arguments).json["id"]).json
        return str(told["url"].removeprefix("http://localhost"))

    return make


def test_a_head_is_an_answer_without_its_bytes(graph: Any, address: Any) -> None:
    """The same headers."""
    where = address()

    asked, got = graph("HEAD", where, buffered=True), graph.get(where, buffered=True)

    assert (asked.status_code, asked.data, got.data) == (200, b"", PNG)
    for name in ("Content-Type", "Content-Length", "ETag", "Content-Digest", "Accept-Ranges"):
        assert asked.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    "asked", ["bytes=0-3,8-9", "bytes=0-0,-1", "bytes=x", "bytes=", "pages=1-2", "bytes 0-3", "bytes=5-2"]
)
def test_several_ranges_or_none_are_answered_with_the_whole_file(
    graph: Any, address: Any, asked: str
) -> None:
    """As HTTP allows for the former, and asks for the latter."""
    got = graph.get(address(), headers={"Range": asked}, buffered=True)

    assert (got.status_code, got.data) == (200, PNG)
    assert "Content-Range" not in got.headers


@pytest.mark.parametrize("asked", [None, "bytes=0-", "bytes=-1"])
def test_an_empty_file_has_no_bytes_to_give(graph: Any, address: Any, asked: str | None) -> None:
    """Whole, and in no other way."""
    got = graph.get(address(b""), headers={"Range": asked} if asked else {}, buffered=True)

    assert (got.status_code, got.data, got.headers["Content-Length"]) == (200, b"", "0")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_whose_bytes_are_gone_is_not_found(
    graph: Any, sandbox: Sandbox, address: Any, method: str
) -> None:
    """Somebody took them from the folder; the answer says so and nothing breaks."""
    where = address()
    for path in sandbox.services.blobs.folder.iterdir():
        path.unlink()

    got = graph(method, where)

    assert (got.status_code, got.data) == (404, b"")
    assert "are gone" in got.headers["X-Emulator-Hint"]


def test_a_file_that_is_deleted_while_it_is_read_comes_whole(
    graph: Any, sandbox: Sandbox, upload: Any
) -> None:
    """Whoever has begun ends."""
    media = sandbox.services.media.find(upload(bytes(300_000)).json["id"])
    assert media is not None
    with sandbox.services.media.open(media) as source:
        begun = source.read(1)
        graph.delete(media.id)

        assert begun + source.read() == bytes(300_000)


def test_an_address_without_its_file_is_not_found(graph: Any, address: Any) -> None:
    """Nothing is guessed."""
    _, _, query = address().partition("?")

    for part in query.split("&"):
        got = graph.get("/whatsapp_business/attachments/?" + query.replace(part, ""))
        assert (got.status_code, got.headers["X-Emulator-Rule"]) == (404, "download")


def test_an_empty_file_is_taken_and_fails_when_it_is_shown(graph: Any, sandbox: Sandbox, upload: Any) -> None:
    """131053, told later."""
    media_id = upload(b"").json["id"]
    sandbox.people.say(graph.sheena, "Hello")

    answer = graph.send(type="image", image={"id": media_id})
    sandbox.settle()

    assert answer.status_code == 200
    assert sandbox.messages.all()[-1].error == {
        "code": 131053,
        "title": "Media upload error",
        "details": "Image file has size 0 bytes but must be atmost 5242880 bytes and non-empty",
    }


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 5000 + ".png", 'q"uo.png', "żółw.png"])
def test_a_strange_filename_changes_nothing(graph: Any, upload: Any, address: Any, name: str) -> None:
    """Neither the answer nor the download has it."""
    got = graph.get(address(PNG, name), buffered=True)

    assert upload(PNG, name).status_code == 200
    assert (got.data, got.headers["Content-Disposition"]) == (PNG, "inline;filename=whatsapp.png")


def test_a_very_long_type_is_refused_like_any_other(upload: Any) -> None:
    """In the same sentence; what is longer than the emulator quotes is tested beside the quoting."""
    kind = "image/" + "p" * 500

    assert upload(PNG, "a.png", kind).json["error"]["message"].endswith(f"Received file of type '{kind}'.")


@pytest.mark.parametrize(
    "kind", ["image/png\r\nX-Evil: 1", "żółw/png", "png", "", "image/", "image/png;", f"image/{'p' * 128}"]
)
def test_a_person_cannot_send_what_has_no_type(graph: Any, control: Any, sandbox: Sandbox, kind: str) -> None:
    """It would come back as a header of the download; nothing is taken in."""
    file = {"data": base64.b64encode(PNG).decode(), "mime_type": kind}

    told = control.post(f"/people/{graph.sheena}/messages", {"type": "image", "image": file})

    assert (told.status_code, "is no type of a file" in told.json["detail"]) == (422, True)
    with sandbox.services.command() as store:
        assert (store.journal.select(kind="media"), sandbox.messages.all()) == ([], [])


def test_who_is_not_on_whatsapp_sends_no_file(graph: Any, control: Any, sandbox: Sandbox) -> None:
    """And leaves none behind."""
    file = {"data": base64.b64encode(PNG).decode(), "mime_type": "image/png"}

    told = control.post(f"/people/{graph.jonas}/messages", {"type": "image", "image": file})

    assert (told.status_code, "is not on WhatsApp" in told.json["detail"]) == (422, True)
    with sandbox.services.command() as store:
        assert store.journal.select(kind="media") == []


@pytest.mark.parametrize("host", ["graph.facebook.com", "Graph.Facebook.com:443", "graph.whatsapp.com"])
def test_whoever_calls_by_a_host_of_meta_gets_metas_host_for_downloads(
    graph: Any, upload: Any, host: str
) -> None:
    """By https, though the TLS has ended before the emulator; the address works as it is."""
    media_id = upload().json["id"]

    told = graph.get(media_id, headers={"Host": host}).json["url"]
    got = graph.get(
        told.removeprefix("https://lookaside.fbsbx.com"),
        headers={"Host": "lookaside.fbsbx.com"},
        buffered=True,
    )

    assert told.startswith("https://lookaside.fbsbx.com/whatsapp_business/attachments/?")
    assert (got.status_code, got.data) == (200, PNG)


def test_pages_of_a_list_are_at_the_host_that_was_called(graph: Any) -> None:
    """By https for a host of Meta's, and by http for the emulator's own address."""
    path = f"{graph.waba}/message_templates?limit=1"

    by_meta = graph.get(path, headers={"Host": "graph.facebook.com"}).json["paging"]["next"]
    by_address = graph.get(path).json["paging"]["next"]

    assert by_meta.startswith(f"https://graph.facebook.com/v26.0/{graph.waba}/")
    assert by_address.startswith(f"http://localhost/v26.0/{graph.waba}/")
