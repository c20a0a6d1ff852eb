"""The line that a refusal names: the user's own, wherever the call is made in the end."""

from __future__ import annotations

import asyncio
import pickle
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest
import trio
from kit.clients import fixed_host

from emulator.testing.interception.callers import calling_line
from emulator.testing.interception.gate import RealHostRefused
from emulator.testing.session import SessionEmulator
from emulator.testing.whatsapp import WhatsApp
from emulator.web.proxy.authority import MissingTls

HERE = "tests/testing/interception/test_callers.py"


def test_it_is_the_innermost_line_of_the_users_own() -> None:
    """Not that of a library which calls back."""
    (line,) = map(lambda _: calling_line(), "x")  # noqa: C417

    assert line is not None
    assert line.startswith(f"{HERE}:")
    assert line.endswith(", in <lambda>")


def test_in_a_thread_it_is_where_the_main_thread_waits() -> None:
    """A pool's thread has no line of the user's in it, when a library has given it the work."""
    with ThreadPoolExecutor(1) as pool:
        line = pool.submit(calling_line).result(10)

    assert line is not None
    assert line.startswith(f"{HERE}:")
    assert line.endswith(", in test_in_a_thread_it_is_where_the_main_thread_waits")


def test_in_a_task_of_a_library_it_is_what_waits_for_it() -> None:
    """As aiohttp looks up names."""

    async def wait() -> str | None:
        task = asyncio.ensure_future(_of_a_library())
        return await task

    line = asyncio.run(wait())

    assert line is not None
    assert line.startswith(f"{HERE}:")


async def _of_a_library() -> str | None:
    await asyncio.sleep(0)
    return calling_line()


@pytest.mark.whatsapp(strict=False)
@pytest.mark.parametrize(
    "run",
    [
        lambda: asyncio.run(_send_by_aiohttp()),
        lambda: trio.run(fixed_host._httpx, "GET", "https://graph.facebook.com/", {}, None),
    ],
    ids=["aiohttp", "httpx on trio"],
)
def test_an_asynchronous_client_names_a_line_of_the_app(
    whatsapp: WhatsApp, whatsapp_emulator: SessionEmulator, run: Callable[[], object]
) -> None:
    """The one that awaits the client, or the one that runs the loop."""
    with pytest.raises(Exception, match="real host"):
        run()

    (sentence,) = whatsapp_emulator.network.gate.complaints
    assert "(at tests/" in sentence


async def _send_by_aiohttp() -> None:
    async with aiohttp.ClientSession() as session:
        await session.get("https://graph.facebook.com/")


@pytest.mark.whatsapp(strict=False)
def test_a_refusal_comes_through_from_another_process(whatsapp: WhatsApp) -> None:
    """A process that was forked is patched as well, and hands its errors on as pickles."""
    with pytest.raises(RealHostRefused) as refused:
        socket.getaddrinfo("graph.facebook.com", 443)

    for error in (refused.value, MissingTls()):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))


@pytest.mark.whatsapp(strict=False)
def test_a_refusal_is_told_once_however_often_a_client_tries(
    whatsapp: WhatsApp, whatsapp_emulator: SessionEmulator
) -> None:
    """One line, one sentence."""
    for _ in range(3):
        with pytest.raises(RealHostRefused):
            socket.getaddrinfo("graph.facebook.com", 443)

    assert len(whatsapp_emulator.network.gate.complaints) == 1
