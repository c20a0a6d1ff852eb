"""Expectations in async tests: they are awaited, and wait for what the app does in the same event loop."""

from __future__ import annotations

import asyncio

import anyio
import pytest
from kit.event_loops import LOOPS, AsyncApp
from kit.plugin import LIMIT, send

from emulator import Webhook
from emulator.testing.clocks.awaiting import NotAwaited, forgotten
from emulator.testing.whatsapp import WhatsApp


@pytest.mark.parametrize("loop", LOOPS)
def test_an_expectation_is_awaited_while_the_loop_serves_the_app(whatsapp: WhatsApp, loop: str) -> None:
    """It settles by itself, and gives the message."""

    async def answer(text: str) -> None:
        await anyio.to_thread.run_sync(send, whatsapp, text.upper())

    app = AsyncApp(answer)

    async def main() -> str:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            answer = await whatsapp.expect_sent(text="HI")
            await whatsapp.expect_no_more()
            return answer.id

    assert anyio.run(main, backend=loop) == whatsapp.messages.last.id


def test_a_task_of_the_same_loop_is_waited_for(whatsapp: WhatsApp) -> None:
    """An app that is a function, and answers by a task a little later."""
    tasks: set[asyncio.Task[None]] = set()
    loops: list[asyncio.AbstractEventLoop] = []

    async def later() -> None:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(send, whatsapp, "Later")

    def receive(webhook: Webhook) -> None:
        if b'"text"' in webhook.body:
            loops[0].call_soon_threadsafe(lambda: tasks.add(loops[0].create_task(later())))

    async def main() -> str:
        loops.append(asyncio.get_running_loop())
        whatsapp.deliver_to(receive)
        whatsapp.person().says("hi")
        return (await whatsapp.expect_sent(text="Later", within=LIMIT)).text

    assert asyncio.run(main()) == "Later"


def test_what_is_not_met_is_raised_where_it_is_awaited(whatsapp: WhatsApp) -> None:
    """As an assertion, like in any other test."""

    async def main() -> None:
        with pytest.raises(AssertionError, match="expected a message that was sent; there are none"):
            await whatsapp.expect_sent(within=0)

    asyncio.run(main())


@pytest.mark.whatsapp(strict=False)
def test_an_expectation_that_is_not_awaited_is_told(whatsapp: WhatsApp) -> None:
    """At once where it stands alone; else when it is used, or at the end of the test."""
    whatsapp.deliver_to("http://127.0.0.1:9/webhook")

    async def main() -> None:
        with pytest.raises(NotAwaited, match=r"write `await whatsapp.expect_sent\(…\)`"):
            whatsapp.expect_sent()
        with pytest.raises(NotAwaited):
            assert whatsapp.expect_sent(text="Hi").text
        never = whatsapp.expect_sent()
        del never

    asyncio.run(main())
    assert len(forgotten(whatsapp.sandbox)) == 1
