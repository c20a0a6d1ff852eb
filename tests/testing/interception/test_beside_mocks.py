"""Interception beside libraries that mock HTTP: another host is theirs, Meta's hosts are the sandbox's."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
import requests
import requests_mock
import responses
import respx
from kit.clients.fixed_host import (
    Call,
    by_httpx,
    by_httpx_on_asyncio,
    by_kept_client,
    by_kept_session,
    by_requests,
)
from pytest_httpx import HTTPXMock
from requests.adapters import HTTPAdapter

from emulator.testing.whatsapp import WhatsApp

pytestmark = pytest.mark.whatsapp(intercept=True)

Send = Callable[..., str]
OTHER = "https://api.example/stock"

httpx_clients = pytest.mark.parametrize("call", [by_httpx, by_kept_client, by_httpx_on_asyncio])
requests_clients = pytest.mark.parametrize("call", [by_requests, by_kept_session])


@httpx_clients
def test_respx(whatsapp: WhatsApp, send: Send, call: Call) -> None:
    """As a context, with every call of the other host expected."""
    with respx.mock as router:
        router.get(OTHER).respond(json={"left": 3})
        sent = send(call)
        other = call("GET", OTHER, {}, None)

    assert whatsapp.messages.last.id == sent
    assert other == (200, b'{"left":3}')


@httpx_clients
def test_pytest_httpx(whatsapp: WhatsApp, send: Send, call: Call, httpx_mock: HTTPXMock) -> None:
    """It sees the call of the other host, and no other."""
    httpx_mock.add_response(url=OTHER, json={"left": 3})

    sent = send(call)
    other = call("GET", OTHER, {}, None)

    assert whatsapp.messages.last.id == sent
    assert other == (200, b'{"left":3}')
    assert [str(request.url) for request in httpx_mock.get_requests()] == [OTHER]


@requests_clients
def test_responses(whatsapp: WhatsApp, send: Send, call: Call) -> None:
    """It sees the call of the other host, and no other."""
    with responses.RequestsMock() as mock:
        mock.get(OTHER, json={"left": 3})
        sent = send(call)
        other = call("GET", OTHER, {}, None)
        seen = [each.request.url for each in mock.calls]

    assert whatsapp.messages.last.id == sent
    assert other == (200, b'{"left": 3}')
    assert seen == [OTHER]


@requests_clients
def test_requests_mock(whatsapp: WhatsApp, send: Send, call: Call) -> None:
    """It sees the call of the other host, and no other."""
    with requests_mock.Mocker() as mock:
        mock.get(OTHER, json={"left": 3})
        sent = send(call)
        other = call("GET", OTHER, {}, None)
        seen = [each.url for each in mock.request_history]

    assert whatsapp.messages.last.id == sent
    assert other == (200, b'{"left": 3}')
    assert seen == [OTHER]


@pytest.mark.whatsapp(intercept=False)
def test_a_mock_of_metas_host_is_left_alone_without_interception(whatsapp: WhatsApp) -> None:
    """A test may go on mocking the Graph API by hand: no real host is called, so nothing is refused."""
    with respx.mock as router, responses.RequestsMock() as mock:
        router.get("https://graph.facebook.com/v23.0/1").respond(json={"id": "by respx"})
        mock.get("https://graph.facebook.com/v23.0/1", json={"id": "by responses"})

        answers = [each.get("https://graph.facebook.com/v23.0/1").json()["id"] for each in (httpx, requests)]

    assert answers == ["by respx", "by responses"]


def test_responses_passes_on_what_an_adapter_tries_again(whatsapp: WhatsApp) -> None:
    """When it is told to, as the documentation says: such an adapter is the app's own, and uses sockets."""
    url = f"https://graph.facebook.com/v23.0/{whatsapp.phone_number_id}"
    with responses.RequestsMock() as mock, requests.Session() as session:
        mock.add_passthru("https://graph.facebook.com")
        session.mount("https://", HTTPAdapter(max_retries=2))

        answer = session.get(url, headers={"Authorization": f"Bearer {whatsapp.token}"})

    assert answer.json()["id"] == whatsapp.phone_number_id
