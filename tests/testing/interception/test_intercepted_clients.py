"""Interception: whatever client an app has, and whatever is around it, its calls reach the sandbox."""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx
import pytest
import requests
import urllib3
from freezegun import freeze_time
from kit.clients.fixed_host import STACKS, WITHOUT_SOCKET, Call, by_httpx, by_urllib3
from kit.identities import SHEENA
from kit.messages import text_message
from kit.plugin import FREEZE
from kit.receivers import Inbox
from requests.adapters import HTTPAdapter

from emulator.domain.graph.hosts import PLATFORM_HOSTS
from emulator.testing.interception.gate import Gate
from emulator.testing.session import SessionEmulator
from emulator.testing.whatsapp import WhatsApp

GRAPH = "https://graph.facebook.com"
Send = Callable[..., str]
NOBODY = "http://127.0.0.1:9"
"""A proxy that is not there."""

stacks = pytest.mark.parametrize(("name", "call"), STACKS.items(), ids=STACKS)


@pytest.fixture(params=["plain", "frozen", "proxy in the environment"])
def surroundings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as it is, frozen by freezegun, or with a proxy that would have to be used."""
    if request.param.startswith("proxy"):
        monkeypatch.setenv("HTTPS_PROXY", NOBODY)
        monkeypatch.setenv("HTTP_PROXY", NOBODY)
    with freeze_time(FREEZE) if request.param == "frozen" else nullcontext():
        yield


@pytest.fixture
def without_trustme(whatsapp_emulator: SessionEmulator, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A session in which no connection by TLS was made yet, where the extra is not installed."""
    monkeypatch.setattr(whatsapp_emulator, "_front", None)
    monkeypatch.setitem(sys.modules, "trustme", None)
    return whatsapp_emulator.network.gate


@stacks
@pytest.mark.whatsapp(intercept=True)
@pytest.mark.usefixtures("surroundings")
def test_a_call_of_the_real_host_reaches_the_sandbox(
    whatsapp: WhatsApp, send: Send, name: str, call: Call
) -> None:
    """Each of the stacks, in each of three surroundings."""
    sent = send(call)

    assert whatsapp.messages.last.id == sent


@pytest.mark.parametrize("host", PLATFORM_HOSTS)
@pytest.mark.parametrize("call", [by_httpx, by_urllib3], ids=["without a socket", "with one"])
@pytest.mark.whatsapp(intercept=True)
def test_every_host_of_meta_is_intercepted(whatsapp: WhatsApp, send: Send, call: Call, host: str) -> None:
    """However it is written."""
    first, second = send(call, f"https://{host}"), send(call, f"https://{host.title()}")

    assert [message.id for message in whatsapp.messages] == [first, second]


@pytest.mark.whatsapp(strict=False)
def test_a_block_intercepts_until_its_end(whatsapp: WhatsApp, send: Send) -> None:
    """Blocks may be nested; after the outermost the real host is refused again."""
    with whatsapp.intercept():
        with whatsapp.intercept():
            send(by_httpx)
        send(by_urllib3)

    with pytest.raises(httpx.ConnectError, match=r"would look up graph\.facebook\.com"):
        send(by_httpx)
    assert len(whatsapp.messages) == 2


@pytest.mark.whatsapp(intercept=True)
def test_the_apps_own_retries_are_kept(whatsapp: WhatsApp) -> None:
    """An adapter that tries again is not replaced: it does so against the sandbox, over a socket."""
    whatsapp.faults.add(4, edge="messages", times=2)
    retries = urllib3.Retry(2, status_forcelist=[400, 403, 429, 500], allowed_methods=None)

    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=retries))
        answer = session.post(
            f"{GRAPH}/v23.0/{whatsapp.phone_number_id}/messages",
            json=text_message(SHEENA, "Hello"),
            headers={"Authorization": f"Bearer {whatsapp.token}"},
        )

    assert answer.status_code == 200, answer.text
    assert len(whatsapp.messages) == 1


@pytest.mark.whatsapp(intercept=True)
def test_a_transport_of_the_apps_own_is_kept(whatsapp: WhatsApp, send: Send) -> None:
    """It wraps httpx's own, and what that one sends is met at the sockets."""
    seen = []

    class Watching(httpx.BaseTransport):
        def __init__(self) -> None:
            self.inner = httpx.HTTPTransport()

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request.url.host)
            return self.inner.handle_request(request)

        def close(self) -> None:
            self.inner.close()

    with httpx.Client(transport=Watching()) as client:
        answer = client.get(
            f"{GRAPH}/v23.0/{whatsapp.phone_number_id}",
            headers={"Authorization": f"Bearer {whatsapp.token}"},
        )

    assert answer.json()["id"] == whatsapp.phone_number_id
    assert seen == ["graph.facebook.com"]


@pytest.mark.parametrize(
    "content",
    [b"{}", "{}", BytesIO(b"{}"), (piece for piece in (b"{", b"}")), None],
    ids=["bytes", "text", "file", "iterator", "nothing"],
)
@pytest.mark.whatsapp(intercept=True)
def test_every_body_of_requests_goes_out_whole(whatsapp: WhatsApp, content: Any) -> None:
    """Bytes, text, a file, an iterator, nothing: the sandbox reads what the platform would."""
    answer = requests.post(
        f"{GRAPH}/v23.0/{whatsapp.phone_number_id}/messages",
        data=content,
        headers={"Authorization": f"Bearer {whatsapp.token}", "Content-Type": "application/json"},
    )

    assert answer.json()["error"]["message"] == "(#100) The parameter messaging_product is required."


# files


@pytest.mark.parametrize("name", ["requests", "httpx", "urllib3", "aiohttp"])
@pytest.mark.whatsapp(intercept=True)
def test_files_are_at_a_host_that_is_intercepted(whatsapp: WhatsApp, inbox: Inbox, name: str) -> None:
    """Their addresses are the platform's, in answers and in webhooks, and downloads from there work."""
    call, headers = STACKS[name], {"Authorization": f"Bearer {whatsapp.token}"}
    whatsapp.person().shows("audio", b"OggS", "audio/ogg; codecs=opus", voice=True)
    whatsapp.settle()
    told = inbox.messages[0]["audio"]

    _, node = call("GET", f"{GRAPH}/v23.0/{told['id']}", headers, None)
    downloads = [call("GET", url, headers, None) for url in (told["url"], json.loads(node)["url"])]

    assert told["url"].startswith("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=")
    assert downloads == [(200, b"OggS")] * 2


def test_files_are_at_the_emulators_address_without_interception(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """As before, once somebody has asked for that address; a block changes it only for its length."""
    served = whatsapp.url
    sheena = whatsapp.person()

    with whatsapp.intercept():
        sheena.shows("image", b"1", "image/png")
    sheena.shows("image", b"2", "image/png")
    whatsapp.settle()

    hosts = [urlsplit(message["image"]["url"]).netloc for message in inbox.messages]
    assert hosts == ["lookaside.fbsbx.com", urlsplit(served).netloc]


# TLS


@stacks
@pytest.mark.whatsapp(intercept=True, strict=False)
def test_without_the_extra_a_client_that_needs_it_is_told(
    send: Send, call: Call, name: str, without_trustme: Gate
) -> None:
    """httpx and requests need none; the others fail, by an error of theirs that names what to install."""
    if name in WITHOUT_SOCKET:
        assert send(call)
        return

    with pytest.raises((OSError, urllib3.exceptions.HTTPError, aiohttp.ClientError)) as failure:
        send(call)

    assert "pip install whatsapp-emulator[tls]" in str(failure.value)
    assert "pip install whatsapp-emulator[tls]" in without_trustme.complaints[0]


@pytest.mark.whatsapp(intercept=True)
def test_the_authority_is_trusted_for_metas_hosts_alone(whatsapp: WhatsApp, send: Send) -> None:
    """The client's own context is left as it is: it trusts nobody more after a call than before."""
    context = ssl.create_default_context()
    before = context.get_ca_certs(), context.cert_store_stats()

    with urllib3.PoolManager(ssl_context=context) as pool:
        answer = pool.request(
            "GET",
            f"{GRAPH}/v23.0/{whatsapp.phone_number_id}",
            headers={"Authorization": f"Bearer {whatsapp.token}"},
        )

    assert answer.status == 200
    assert (context.get_ca_certs(), context.cert_store_stats()) == before
