"""Published clients meet answers that break: which of them raise, which try again, and which send twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import requests
from kit.clients import heyoo_library
from kit.clients.transports import Perform, in_a_loop
from kit.identities import ACCESS_TOKEN, PRODUCTION, SHEENA, SHEENA_NUMBER
from pywa import WhatsApp as Pywa
from pywa.errors import WhatsAppError as PywaError
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from waba_sdk import WhatsAppError as WabaError

from emulator import Sandbox, Server

BODY = {"messaging_product": "whatsapp", "to": SHEENA, "type": "text", "text": {"body": "Hello"}}


def sent(sandbox: Sandbox) -> int:
    return len(sandbox.messages.all(outbound=True))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how many seconds clients of asyncio wait before they try again, which takes no time here."""
    found: list[float] = []
    sleep = asyncio.sleep

    async def wait(seconds: float, *_: Any) -> None:
        found.append(seconds)
        await sleep(0)

    monkeypatch.setattr("waba_sdk._http.asyncio.sleep", wait)
    return found


@pytest.fixture
def waba_sdk_that_retries(waba_sdk: Perform, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Perform:
    """waba-sdk with its own default: two further tries."""
    monkeypatch.setenv("WABA_MAX_RETRIES", "2")
    return waba_sdk


@pytest.fixture
def kapso_that_retries(server: Server, waits: list[float]) -> Perform:
    """kapso with its own default: three further tries."""
    from kapso_whatsapp import WhatsAppClient

    return in_a_loop(lambda: WhatsAppClient(access_token=ACCESS_TOKEN, base_url=server.url))


def by_waba_sdk(perform: Perform) -> Any:
    return perform(lambda client: client.send_text(SHEENA_NUMBER, "Hello"))


def by_kapso(perform: Perform) -> Any:
    return perform(
        lambda client: client.messages.send_text(phone_number_id=PRODUCTION, to=SHEENA, body="Hello")
    )


def test_waba_sdk_sends_a_lost_answer_s_message_twice(
    waba_sdk_that_retries: Perform, sandbox: Sandbox
) -> None:
    """It takes a reset connection for a call that was not carried out."""
    sandbox.faults.add(kind="reset", effect="done")

    by_waba_sdk(waba_sdk_that_retries)

    assert sent(sandbox) == 2


def test_waba_sdk_tries_again_what_was_not_carried_out(
    waba_sdk_that_retries: Perform, sandbox: Sandbox
) -> None:
    """A proxy's page of HTML twice, and then the message is sent, once."""
    sandbox.faults.add(status=503, times=2)

    by_waba_sdk(waba_sdk_that_retries)

    assert sent(sandbox) == 1


def test_waba_sdk_reports_a_page_of_a_proxy(waba_sdk: Perform, sandbox: Sandbox) -> None:
    """As an error of its own, with the status."""
    sandbox.faults.add(status=502)

    with pytest.raises(WabaError):
        by_waba_sdk(waba_sdk)


@pytest.mark.parametrize(
    ("send", "client"), [(by_waba_sdk, "waba_sdk_that_retries"), (by_kapso, "kapso_that_retries")]
)
def test_clients_wait_as_long_as_a_throttled_call_says(
    request: pytest.FixtureRequest,
    sandbox: Sandbox,
    waits: list[float],
    send: Callable[[Perform], Any],
    client: str,
) -> None:
    """In seconds, by ``Retry-After``, where the status is the 429 that they look for."""
    sandbox.faults.add(130429, retry_after=90, status=429)

    send(request.getfixturevalue(client))

    assert 90.0 in waits
    assert sent(sandbox) == 1


def test_a_platform_s_own_status_of_a_throttled_call_is_tried_again_by_none(
    waba_sdk_that_retries: Perform, sandbox: Sandbox
) -> None:
    """It is 400, which they take for a fault of the call."""
    sandbox.faults.add(130429, retry_after=90)

    with pytest.raises(WabaError):
        by_waba_sdk(waba_sdk_that_retries)


def test_kapso_hands_a_reset_on_and_tries_a_status_again(
    kapso_that_retries: Perform, sandbox: Sandbox
) -> None:
    """Of what breaks while the answer is read it knows nothing."""
    sandbox.faults.add(kind="reset")
    sandbox.faults.add(status=503, times=3)

    with pytest.raises(httpx.ReadError):
        by_kapso(kapso_that_retries)
    by_kapso(kapso_that_retries)

    assert sent(sandbox) == 1


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"kind": "reset"}, httpx.ReadError),
        ({"kind": "truncated"}, httpx.RemoteProtocolError),
        ({"status": 503}, PywaError),
        (
            {"envelope": {"error": {"code": 131000, "message": "m", "type": "t", "fbtrace_id": "f"}}},
            PywaError,
        ),
        ({"kind": "empty"}, ValueError),
        ({"status": 200, "body": '{"messages": ['}, ValueError),
    ],
    ids=lambda value: str(value.get("kind", next(iter(value)))) if isinstance(value, dict) else "",
)
def test_pywa_raises_what_each_broken_answer_is(
    wa: Pywa, sandbox: Sandbox, told: dict[str, Any], raised: type[Exception]
) -> None:
    """httpx' own errors, its own for a status, and that of the JSON it cannot read."""
    sandbox.faults.add(**told)

    with pytest.raises(raised):
        wa.send_message(SHEENA_NUMBER, "Hello")

    assert wa.send_message(SHEENA_NUMBER, "Hello").id


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"kind": "reset"}, requests.ConnectionError),
        ({"kind": "truncated"}, requests.exceptions.ChunkedEncodingError),
        ({"status": 503}, requests.JSONDecodeError),
        ({"kind": "empty"}, requests.JSONDecodeError),
    ],
    ids=["reset", "truncated", "status", "empty"],
)
def test_heyoo_reads_every_answer_as_json(
    server: Server, sandbox: Sandbox, told: dict[str, Any], raised: type[Exception]
) -> None:
    """So a page of HTML is an error of its parser, and says nothing of the status."""
    messenger = heyoo_library.imported().WhatsApp(ACCESS_TOKEN, PRODUCTION)
    messenger.url = f"{server.url}/v14.0/{PRODUCTION}/messages"
    sandbox.faults.add(**told)

    with pytest.raises(raised):
        messenger.send_message("Hello", SHEENA)

    assert "messages" in messenger.send_message("Hello", SHEENA)


@pytest.mark.parametrize(
    ("told", "messages"),
    [
        ({"kind": "reset", "times": 2}, 1),
        ({"kind": "reset", "effect": "done", "times": 2}, 3),
        ({"status": 503, "times": 2}, 1),
        ({"status": 503, "effect": "done", "times": 2}, 3),
        ({"retry_after": 1, "code": 130429, "status": 429}, 1),
    ],
    ids=["reset", "lost", "down", "done, and down", "throttled"],
)
def test_a_session_that_tries_again_sends_as_often_as_it_was_carried_out(
    server: Server, sandbox: Sandbox, monkeypatch: Any, told: dict[str, Any], messages: int
) -> None:
    """With urllib3's ``Retry`` for every method, as applications set it up; it waits as it is told."""
    waited: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    sandbox.faults.add(**told)
    retry = Retry(3, status_forcelist=[429, 503], allowed_methods=None)

    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        answer = session.post(
            f"{server.url}/v24.0/{PRODUCTION}/messages",
            json=BODY,
            headers={"Authorization": f"Bearer {ACCESS_TOKEN}"},
            timeout=10,
        )

    assert (answer.status_code, sent(sandbox)) == (200, messages)
    assert ([1] if "retry_after" in told else []) == [each for each in waited if each == 1]
