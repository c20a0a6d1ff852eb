"""Links of messages: fetched after the 200, before the message goes out, never far from home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from kit.hosts import resolve_to
from kit.identities import SHEENA
from kit.receivers import listen
from kit.sandboxes import notes, send

from emulator import Emulator, Sandbox
from emulator.domain.content.kinds import KINDS
from emulator.domain.media import MEGABYTE
from emulator.domain.messages.outbound import FreeForm
from emulator.sandbox.media.fetch import is_near
from emulator.sandbox.network.urls import read_url


class Shop:
    """A web server with pictures, which counts who comes."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.asked.append(self.path)
                status, kind, body, more = shop.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in more.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def answer(self, path: str) -> tuple[int, str, bytes, dict[str, str]]:
        return {
            "/a.png": (200, "image/png", b"png", {}),
            "/page.png": (200, "text/html", b"<html>", {}),
            "/large.png": (200, "image/png", b"x" * (5 * MEGABYTE + 1), {}),
            "/moved.png": (302, "text/plain", b"", {"Location": "/a.png"}),
            "/away.png": (302, "text/plain", b"", {"Location": "https://shop.example.com/a.png"}),
            "/round.png": (302, "text/plain", b"", {"Location": "/round.png"}),
            "/metadata.png": (302, "text/plain", b"", {"Location": "http://2852039166/latest"}),
            "/busy.png": (429, "text/plain", b"", {}),
        }.get(path, (404, "text/plain", b"", {}))

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = Shop()
    yield made
    made.close()


def image(link: str) -> FreeForm:
    return FreeForm(KINDS["image"], {"link": link})


def became(sandbox: Sandbox, link: str) -> str:
    """Send a picture inside the window, and tell what became of it."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, image(link))
    sandbox.settle()
    message = sandbox.messages.all(outbound=True)[-1]
    return str(message.error["details"] if message.error else message.status)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a.png", "read"),
        ("/moved.png", "read"),
        ("/away.png", "read"),
        ("/page.png", "Unsupported Image mime type text/html. Please use one of image/png, image/jpeg."),
        ("/large.png", "Image file has size 5242881 bytes but must be atmost 5242880 bytes and non-empty"),
        (
            "/busy.png",
            "Downloading media from weblink failed with http code 429, status message Too Many Requests",
        ),
        ("/gone.png", "Downloading media from weblink failed with http code 404, status message Not Found"),
        ("/round.png", "Downloading media from weblink failed with more than 5 redirects"),
    ],
)
def test_what_a_link_leads_to_decides(sandbox: Sandbox, shop: Shop, path: str, expected: str) -> None:
    """A good file is shown; anything else fails with 131053 and says why."""
    assert became(sandbox, shop.url + path) == expected


@pytest.mark.parametrize("host", ["scontent.whatsapp.net", "scontent-iad3-1.whatsapp.net"])
def test_the_sample_of_a_template_is_no_file_to_send(sandbox: Sandbox, host: str) -> None:
    """The platform is refused its own file; the host is never asked."""
    assert became(sandbox, f"https://{host}/v/t61.29466-34/1_n.jpg?ccb=1-7&oe=1") == (
        "Downloading media from weblink failed with http code 403, status message Forbidden"
    )


def test_a_host_that_does_not_answer_fails_the_message(sandbox: Sandbox, shop: Shop) -> None:
    """Whoever is not there has no picture."""
    url = shop.url
    shop.close()

    assert became(sandbox, f"{url}/a.png").startswith("Downloading media from weblink failed with error")


def test_nothing_is_fetched_before_the_answer(sandbox: Sandbox, shop: Shop) -> None:
    """The call is answered first; the platform looks afterwards."""
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, image(f"{shop.url}/a.png"))

    assert shop.asked == []
    sandbox.settle()
    assert shop.asked == ["/a.png"]


def test_a_link_is_remembered_for_ten_minutes(sandbox: Sandbox, shop: Shop) -> None:
    """By its spelling: the file behind it may change meanwhile, and nobody sees it."""
    became(sandbox, f"{shop.url}/a.png")
    sandbox.clock.advance(timedelta(minutes=10) - timedelta(microseconds=1))
    became(sandbox, f"{shop.url}/a.png")
    assert shop.asked == ["/a.png"]

    sandbox.clock.advance(timedelta(microseconds=1))
    became(sandbox, f"{shop.url}/a.png")

    assert shop.asked == ["/a.png", "/a.png"]


def test_a_public_host_is_taken_at_its_word(sandbox: Sandbox) -> None:
    """No test run asks the network about somebody's shop; the journal says that nobody looked."""
    assert became(sandbox, "https://shop.example.com/a.png") == "read"

    with sandbox.services.command() as store:
        noted = [entry.summary for entry in store.journal.select(kind="media")]
    assert noted == [
        "https://shop.example.com/a.png is on a public host and was taken as good without a look"
    ]


@pytest.mark.parametrize(
    "link", ["http://134744072/a.png", "http://0x08080808/a.png", "http://198.18.0.1/a.png"]
)
def test_a_public_address_is_taken_at_its_word_however_it_is_spelled(sandbox: Sandbox, link: str) -> None:
    """Nobody asks it."""
    assert became(sandbox, link) == "read"

    assert notes(sandbox, "media") == [f"{link} is on a public host and was taken as good without a look"]


@pytest.mark.parametrize("link", ["http://169.254.169.254/latest", "http://[fe80::1]/a.png", "/metadata.png"])
def test_a_link_to_a_link_local_address_fails(sandbox: Sandbox, shop: Shop, link: str) -> None:
    """Directly and by a redirect; the error says which option lets it."""
    details = became(sandbox, shop.url + link if link.startswith("/") else link)

    assert details.startswith("Downloading media from weblink failed with error AddressRefused: ")
    assert "media links go there only with --allow-host " in details


def test_a_host_that_is_named_is_fetched(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--allow-host`` lets a name with a public ending be looked up, and its file be fetched."""
    resolve_to(monkeypatch, "shop.example.com", ["127.0.0.1"])
    with Emulator(allow_hosts=["shop.example.com"]) as emulator:
        sandbox = emulator.create(speed=None, at_once=True)

        details = became(sandbox, shop.url.replace("127.0.0.1", "shop.example.com") + "/gone.png")

    assert "failed with http code 404" in details


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://127.0.0.1:80/a", True),
        ("http://[::1]/a", True),
        ("http://localhost/a", True),
        ("http://shop:8000/a", True),
        ("http://10.1.2.3/a", True),
        ("http://192.168.0.4/a", True),
        ("http://app.localhost/a", True),
        ("http://host.docker.internal/a", True),
        ("https://8.8.8.8/a", False),
        ("https://134744072/a", False),
        ("https://0x08080808/a", False),
        ("https://127.1/a", True),
        ("https://example.com/a", False),
        ("https://example.com./a", False),
    ],
)
def test_what_is_near_is_told_by_the_spelling(url: str, near: bool) -> None:
    """Addresses of this machine and of private networks, and names without a public ending."""
    assert is_near(read_url(url)) is near


def test_a_message_that_waits_for_its_link_survives_a_crash(tmp_path: Path, shop: Shop) -> None:
    """What was answered with 200 goes on after the restart."""
    with Emulator(data=tmp_path) as first:
        sandbox = first.create(speed=None, at_once=True)
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, image(f"{shop.url}/a.png"))
        sandbox.services.scheduler._carry_out_one(sandbox.clock.now())

    with Emulator(data=tmp_path) as second:
        taken_up = second.take_up()[0]
        taken_up.settle()

        assert taken_up.messages.all(outbound=True)[-1].status == "read"


def test_webhooks_follow_the_fetch(sandbox: Sandbox, shop: Shop) -> None:
    """Sent, delivered, read: as for any other message."""
    inbox = listen(sandbox)

    became(sandbox, f"{shop.url}/a.png")

    assert [event for event in inbox.events if "Hello" not in event] == ["sent", "delivered", "read"]
