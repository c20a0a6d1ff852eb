"""Timers of an asyncio loop, and coroutine jobs, that a test drives."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from kit.plugin import LIMIT, after
from kit.receivers import Inbox

from emulator import Webhook
from emulator.testing.clocks.awaiting import NotAwaited
from emulator.testing.clocks.schedulers import asyncio_jobs
from emulator.testing.whatsapp import WhatsApp


def test_call_later_and_sleep(whatsapp: WhatsApp) -> None:
    """At their instants, and what a task does after its sleep is waited for there."""
    ran: list[tuple[str, datetime]] = []

    def note(name: str) -> None:
        ran.append((name, whatsapp.clock.now()))

    async def slowly() -> None:
        await asyncio.sleep(7200)
        await asyncio.sleep(0.001)
        note("slept")
        await asyncio.sleep(3600)
        note("slept again")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        with whatsapp.clock.drives(loop):
            task = asyncio.create_task(slowly())
            loop.call_later(3600, note, "later")
            loop.call_at(loop.time() + 5400, note, "at")
            loop.call_later(10, note, "never").cancel()
            await asyncio.sleep(0)
            await whatsapp.clock.advance(hours=4)
            await task

    asyncio.run(main())

    assert [name for name, _ in ran] == ["later", "at", "slept", "slept again"]
    assert ran[0][1] == after(hours=1)
    assert (ran[2][1], ran[3][1]) == (after(hours=2), after(hours=3))


def test_what_an_app_puts_off_while_it_takes_a_webhook(whatsapp: WhatsApp) -> None:
    """A reminder a day later."""
    inbox = Inbox()
    ran: list[datetime] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def receive(webhook: Webhook) -> None:
            inbox(webhook)
            loop.call_soon_threadsafe(loop.call_later, 86400, lambda: ran.append(whatsapp.clock.now()))

        whatsapp.deliver_to(receive)
        with whatsapp.clock.drives(loop):
            await whatsapp.person().says("hi")
            await whatsapp.clock.advance(hours=25)

    asyncio.run(main())

    assert inbox.events == ["text hi"]
    assert ran == [after(days=1)]


def test_what_is_left_goes_on_in_real_time(whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the block the loop has its timers back, and its methods."""
    monkeypatch.setattr(asyncio_jobs, "SHORTEST", 0.0)
    ran: list[str] = []

    async def main() -> None:
        loop, has_run = asyncio.get_running_loop(), asyncio.Event()

        def left() -> None:
            ran.append("left")
            has_run.set()

        with whatsapp.clock.drives(loop):
            loop.call_later(0.01, left)
            await asyncio.to_thread(lambda: None)
        assert "call_later" not in vars(loop)
        await asyncio.wait_for(has_run.wait(), LIMIT)

    asyncio.run(main())

    assert ran == ["left"]


def test_the_plain_form_is_refused(whatsapp: WhatsApp) -> None:
    """The timers need the loop."""

    async def main() -> None:
        with (
            whatsapp.clock.drives(asyncio.get_running_loop()),
            pytest.raises(NotAwaited, match=r"await whatsapp\.clock\.advance"),
        ):
            whatsapp.clock.advance(hours=1)

    asyncio.run(main())


def test_the_timers_of_uvloop(whatsapp: WhatsApp) -> None:
    """Long ones are the sandbox's, short ones its own."""
    uvloop = pytest.importorskip("uvloop")
    ran: list[datetime] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        with whatsapp.clock.drives(loop):
            loop.call_later(3600, lambda: ran.append(whatsapp.clock.now()))
            loop.call_at(loop.time() + 7200, lambda: ran.append(whatsapp.clock.now()))
            await asyncio.sleep(0.001)
            await whatsapp.clock.advance(hours=3)

    uvloop.run(main())

    assert ran == [after(hours=1), after(hours=2)]


def test_a_loop_that_does_not_allow_it_is_told(whatsapp: WhatsApp) -> None:
    """As one written in C may not."""

    class Fixed(asyncio.BaseEventLoop):
        def __setattr__(self, name: str, value: object) -> None:
            if name.startswith("call_"):
                raise AttributeError(name)
            super().__setattr__(name, value)

    with (
        closing(Fixed()) as loop,
        pytest.raises(TypeError, match=r"Fixed does not let .* two functions"),
        whatsapp.clock.drives(loop),
    ):
        pass


def test_names_of_asyncio_that_are_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The callback by which a sleep is told from a time-out."""
    seen: list[object] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def call_later(delay: float, callback: Any, *args: Any) -> Any:
            seen.append(callback)
            return loop.call_soon(callback, *args)

        monkeypatch.setattr(loop, "call_later", call_later)
        await asyncio.sleep(0.001)

    asyncio.run(main())

    assert seen == [asyncio_jobs.OF_SLEEP]


def test_coroutine_jobs_of_apscheduler(whatsapp: WhatsApp) -> None:
    """They are run in the test's loop, and in one of their own where there is none."""
    loops: list[asyncio.AbstractEventLoop] = []

    async def job() -> None:
        loops.append(asyncio.get_running_loop())

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(job, "interval", hours=1)

    async def main() -> asyncio.AbstractEventLoop:
        with whatsapp.clock.drives(scheduler):
            await whatsapp.clock.advance(hours=1)
        return asyncio.get_running_loop()

    loop = asyncio.run(main())
    with whatsapp.clock.drives(scheduler):
        whatsapp.clock.advance(hours=1)

    assert loops[0] is loop
    assert len(loops) == 2
    assert loops[1] is not loop
