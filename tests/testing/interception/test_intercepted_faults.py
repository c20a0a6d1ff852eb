"""Answers that break on purpose, as clients meet them whose calls are brought to the sandbox."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any

import aiohttp
import httpx
import pycurl
import pytest
import requests
import requests_mock
import urllib3
from freezegun import freeze_time
from kit.clients.fixed_host import STACKS, Call
from kit.identities import SHEENA
from kit.messages import text_message

from emulator.testing.whatsapp import WhatsApp

GRAPH = "https://graph.facebook.com"
BROKEN = (
    OSError,
    aiohttp.ClientError,
    http.client.HTTPException,
    httpx.HTTPError,
    pycurl.error,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
)
"""What the stacks raise when a connection breaks."""
pytestmark = pytest.mark.whatsapp(intercept=True)


def address(whatsapp: WhatsApp) -> str:
    return f"{GRAPH}/v23.0/{whatsapp.phone_number_id}/messages"


def headers(whatsapp: WhatsApp) -> dict[str, str]:
    return {"Authorization": f"Bearer {whatsapp.token}", "Content-Type": "application/json"}


def post(whatsapp: WhatsApp, library: Any, **more: Any) -> Any:
    """Send a text with a library that posts as requests does."""
    return library.post(
        address(whatsapp), json=text_message(SHEENA, "Hello"), headers=headers(whatsapp), **more
    )


@pytest.mark.parametrize("kind", ["reset", "truncated"])
@pytest.mark.parametrize("call", STACKS.values(), ids=STACKS)
def test_a_broken_answer_is_none_for_any_client(whatsapp: WhatsApp, call: Call, kind: str) -> None:
    """With a socket and without one; the next call is answered, and what was sent twice is there twice."""
    whatsapp.faults.add(kind=kind, effect="done")
    body = json.dumps(text_message(SHEENA, "Hello")).encode()

    with pytest.raises(BROKEN):
        call("POST", address(whatsapp), headers(whatsapp), body)

    assert call("POST", address(whatsapp), headers(whatsapp), body)[0] == 200
    assert len(whatsapp.messages) == 2


@pytest.mark.parametrize(
    ("library", "kind", "raised"),
    [
        (httpx, "reset", httpx.ReadError),
        (httpx, "truncated", httpx.RemoteProtocolError),
        (requests, "reset", requests.ConnectionError),
        (requests, "truncated", requests.exceptions.ChunkedEncodingError),
    ],
)
def test_without_a_socket_a_library_raises_what_it_raises_with_one(
    whatsapp: WhatsApp, library: Any, kind: str, raised: Any
) -> None:
    """As over a real connection, with the request it was about."""
    whatsapp.faults.add(kind=kind, effect="done")

    with pytest.raises(raised) as found:
        post(whatsapp, library)

    if kind == "reset" or library is httpx:
        assert str(found.value.request.url) == address(whatsapp)
    assert len(whatsapp.messages) == 1


@pytest.mark.parametrize(
    ("library", "timeout", "raised"),
    [
        (httpx, 0.01, httpx.ReadTimeout),
        (httpx, httpx.Timeout(5, read=0.01), httpx.ReadTimeout),
        (requests, 0.01, requests.ReadTimeout),
        (requests, (5, 0.01), requests.ReadTimeout),
    ],
)
def test_a_client_waits_no_longer_than_it_says(
    whatsapp: WhatsApp, library: Any, timeout: Any, raised: type[Exception]
) -> None:
    """An answer that is held back for minutes costs a test the client's time-out alone."""
    whatsapp.faults.delay(300)

    with pytest.raises(raised):
        post(whatsapp, library, timeout=timeout)

    assert len(whatsapp.messages) == 1


def test_a_client_that_waits_gets_the_answer(whatsapp: WhatsApp) -> None:
    """Late, and whole."""
    whatsapp.faults.delay(0.01, times=None)

    assert [post(whatsapp, library).status_code for library in (httpx, requests)] == [200, 200]
    assert post(whatsapp, requests, timeout=None).status_code == 200


def test_an_async_client_waits_in_its_loop(whatsapp: WhatsApp) -> None:
    """The loop goes on meanwhile."""
    whatsapp.faults.delay(0.05)

    async def send() -> tuple[int, int]:
        async with httpx.AsyncClient() as client:
            sending = asyncio.ensure_future(
                client.post(address(whatsapp), json=text_message(SHEENA, "Hi"), headers=headers(whatsapp))
            )
            turns = 0
            while not sending.done():
                await asyncio.sleep(0.001)
                turns += 1
            return (await sending).status_code, turns

    status, turns = asyncio.run(send())

    assert (status, turns > 5) == (200, True)


def test_a_frozen_process_waits_in_real_time(whatsapp: WhatsApp) -> None:
    """Neither an answer that is held back nor a time-out hangs on the clock that stands still."""
    whatsapp.faults.delay(0.02)
    whatsapp.faults.delay(300)

    with freeze_time("2026-11-02 09:00"):
        late = post(whatsapp, requests).status_code
        with pytest.raises(requests.ReadTimeout):
            post(whatsapp, requests, timeout=0.02)

    assert late == 200


def test_a_session_that_is_mocked_hands_on_what_breaks(whatsapp: WhatsApp) -> None:
    """requests-mock takes every call of a session, and leaves those of the platform to the sandbox."""
    whatsapp.faults.reset()
    whatsapp.faults.delay(300)

    with requests_mock.Mocker(real_http=True):
        with pytest.raises(requests.ConnectionError):
            post(whatsapp, requests)
        with pytest.raises(requests.ReadTimeout):
            post(whatsapp, requests, timeout=0.01)


def test_a_head_has_no_body_to_break_off(whatsapp: WhatsApp) -> None:
    """Its length is that of the body it has not."""
    whatsapp.faults.truncated(method="GET")

    answer = httpx.head(f"{GRAPH}/v23.0/{whatsapp.phone_number_id}", headers=headers(whatsapp))

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("library", [httpx, requests])
def test_a_photo_whose_download_breaks_off_is_asked_for_again(whatsapp: WhatsApp, library: Any) -> None:
    """The bytes of media meet the same kinds; the address is still good."""
    photo = whatsapp.person().shows("image", b"a photo", "image/jpeg")
    about = library.get(f"{GRAPH}/v23.0/{photo.content['id']}", headers=headers(whatsapp)).json()
    whatsapp.faults.truncated(when="download")
    whatsapp.faults.reset(when="download")

    for _ in range(2):
        with pytest.raises(BROKEN):
            library.get(about["url"], headers=headers(whatsapp))

    assert library.get(about["url"], headers=headers(whatsapp)).content == b"a photo"
