"""What a test that forgot an ``await`` is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import anyio
import pytest
from kit.event_loops import LOOPS, AsyncApp

from emulator.testing.clocks.awaiting import NotAwaited, awaitable, forgotten
from emulator.testing.reports.verdict import verdict
from emulator.testing.whatsapp import WhatsApp

pytestmark = pytest.mark.parametrize("loop", LOOPS)


@pytest.mark.whatsapp(strict="unawaited")
def test_a_statement_that_is_not_awaited_is_refused_at_once(whatsapp: WhatsApp, loop: str) -> None:
    """It would stand still until the webhook has failed. Every such call says what to write."""

    async def main() -> list[str]:
        async with AsyncApp().served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            told = []
            with pytest.raises(NotAwaited) as problem:
                whatsapp.settle()
            told.append(str(problem.value))
            with pytest.raises(NotAwaited) as problem:
                whatsapp.clock.advance(hours=1)
            told.append(str(problem.value))
            return told

    told = anyio.run(main, backend=loop)

    assert [sentence.partition("write ")[2] for sentence in told] == [
        "`await whatsapp.settle()`.",
        "`await whatsapp.clock.advance(…)`.",
    ]
    assert [delivery.attempts for delivery in whatsapp.deliveries] == [0]
    assert verdict(whatsapp.sandbox, ["unawaited"]) is None, "what was told once is not told again"


@pytest.mark.parametrize(
    "use",
    [
        lambda result: result.events,
        bool,
        list,
        len,
        lambda result: result == 1,
        lambda result: result != 1,
        lambda result: 1 in result,
        lambda result: result[0],
        lambda result: result < 1,
    ],
)
def test_a_result_that_is_used_before_it_is_awaited_is_refused(
    whatsapp: WhatsApp, loop: str, use: Callable[[object], object]
) -> None:
    """Whatever is done with it."""

    async def main() -> None:
        whatsapp.deliver_to("http://127.0.0.1:9/webhook")
        result = whatsapp.settle()
        with pytest.raises(NotAwaited, match=r"await whatsapp\.settle\(\)"):
            use(result)

    anyio.run(main, backend=loop)

    assert forgotten(whatsapp.sandbox) == []


@pytest.mark.whatsapp(strict=False)
def test_a_result_that_is_kept_and_never_awaited_fails_a_strict_test(whatsapp: WhatsApp, loop: str) -> None:
    """Nothing has happened, and nothing else tells it."""

    async def main() -> None:
        whatsapp.deliver_to("http://127.0.0.1:9/webhook")
        happened = whatsapp.settle()
        del happened

    anyio.run(main, backend=loop)

    assert "write `await whatsapp.settle()`" in (verdict(whatsapp.sandbox) or "")


def test_a_result_may_become_a_task(whatsapp: WhatsApp, loop: str) -> None:
    """It is a coroutine to whoever wants one."""
    app = AsyncApp()

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            if loop == "asyncio":
                await asyncio.create_task(whatsapp.settle())  # type: ignore[arg-type]
                await asyncio.gather(whatsapp.settle(), whatsapp.settle())
            else:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(whatsapp.settle)  # type: ignore[arg-type]

    anyio.run(main, backend=loop)

    assert app.texts == ["hi"]


def test_a_problem_comes_without_the_frames_of_the_thread(whatsapp: WhatsApp, loop: str) -> None:
    """It is raised where it is awaited."""

    def run() -> None:
        raise AssertionError("no such message")

    async def main() -> None:
        whatsapp.deliver_to("http://127.0.0.1:9/webhook")
        await awaitable(run, what="whatsapp.expect_sent()", sandbox=whatsapp.sandbox)

    with pytest.raises(AssertionError, match="no such message") as problem:
        anyio.run(main, backend=loop)

    files = [entry.frame.code.path for entry in problem.traceback]
    assert [str(path) for path in files if "concurrent" in str(path) or "threads" in str(path)] == []
