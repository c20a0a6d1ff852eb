"""What a test calls plainly or awaits, and how it waits for an app in its own event loop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import anyio
import pytest
from freezegun import freeze_time
from kit.event_loops import LOOPS, AsyncApp
from kit.messages import LIFE
from kit.plugin import FREEZE, after, later, send
from kit.receivers import Inbox
from kit.times import MORNING

from emulator import Webhook
from emulator.sandbox.engine.advance import Advance
from emulator.testing.clocks import background_tasks, event_loops
from emulator.testing.clocks.awaiting import NotAwaited, unended
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)
pytestmark = pytest.mark.parametrize("loop", LOOPS)


def answering(whatsapp: WhatsApp, pauses: int = 0) -> Callable[[str], Coroutine[Any, Any, None]]:
    """An app that answers with capitals, after having let the loop go on for some rounds."""

    async def answer(text: str) -> None:
        for _ in range(pauses):
            await anyio.sleep(0.001)
        await anyio.to_thread.run_sync(send, whatsapp, text.upper())

    return answer


# a receiver that needs the loop


def test_settle_is_awaited_while_the_loop_serves_the_app(whatsapp: WhatsApp, loop: str) -> None:
    """And gives what happened."""
    app = AsyncApp(answering(whatsapp))

    async def main() -> Advance:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            return await whatsapp.settle()

    happened = anyio.run(main, backend=loop)

    assert app.texts == ["hi"]
    assert whatsapp.messages.sent.texts == ["HI"]
    assert (happened.since, happened.until, happened.deliveries) == (MORNING, MORNING, 4)


def test_uvloop_is_a_loop_of_asyncio(whatsapp: WhatsApp, loop: str) -> None:
    """Whatever it is written in."""
    options = {"use_uvloop": sys.platform != "win32"} if loop == "asyncio" else {}
    app = AsyncApp(answering(whatsapp, 3), in_background=True)

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            await whatsapp.person().says("hi")

    anyio.run(main, backend=loop, backend_options=options)

    assert whatsapp.messages.sent.texts == ["HI"]
    assert app.statuses == LIFE


@pytest.mark.parametrize("pauses", [0, 1, 20])
def test_it_waits_for_what_the_app_does_after_its_answer(whatsapp: WhatsApp, loop: str, pauses: int) -> None:
    """What the app sends then is delivered, too."""
    app = AsyncApp(answering(whatsapp, pauses), in_background=True)

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            await whatsapp.settle()

    anyio.run(main, backend=loop)

    assert whatsapp.messages.sent.texts == ["HI"]
    assert app.statuses == LIFE


def test_what_the_app_does_in_the_background_happens_at_its_instant(whatsapp: WhatsApp, loop: str) -> None:
    """Time goes on only when the app's tasks have ended: an answer does not come a day late."""
    app = AsyncApp(answering(whatsapp, 3), in_background=True)

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            whatsapp.person().says("hi")
            await whatsapp.clock.advance(hours=25)

    anyio.run(main, backend=loop)

    assert [(message.at, message.status) for message in whatsapp.messages.sent] == [(MORNING, "read")]
    assert whatsapp.clock.now() == after(hours=25)


def test_every_move_of_the_clock_is_awaited(whatsapp: WhatsApp, loop: str) -> None:
    """By a duration, to an instant, to what is due next."""
    app = AsyncApp()

    async def main() -> list[Advance]:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            await whatsapp.person(sent_after=60).says("hi")
            send(whatsapp, "Hi!")
            return [
                await whatsapp.clock.advance_to_next(),
                await whatsapp.clock.advance(timedelta(hours=1)),
                await whatsapp.clock.travel_to("2026-11-03T09:00:00Z"),
            ]

    moves = anyio.run(main, backend=loop)

    assert [move.until for move in moves] == [after(minutes=1), after(minutes=61), after(days=1)]
    assert app.statuses == LIFE


def test_an_act_that_is_awaited_settles(whatsapp: WhatsApp, loop: str) -> None:
    """It happens at once, as ever; awaiting it gives the message itself."""
    app = AsyncApp()

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            act = whatsapp.person().says("hi")
            before = (whatsapp.messages.texts, list(app.texts), act.text)
            message = await act

            assert before == (["hi"], [], "hi")
            assert app.texts == ["hi"]
            assert message == act == whatsapp.messages.last
            assert await whatsapp.person().reacts(message, "🌱") == whatsapp.messages.last
            assert await whatsapp.person().reads() == []
            assert await whatsapp.person().deletes(message) is None

    anyio.run(main, backend=loop)


def test_the_handshake_is_awaited(whatsapp: WhatsApp, loop: str) -> None:
    """The app answers it in the loop."""

    async def main() -> None:
        async with AsyncApp().served() as url:
            whatsapp.deliver_to(url)
            await whatsapp.verify_webhook()
            with pytest.raises(NotAwaited, match=r"await whatsapp\.verify_webhook\(\)"):
                whatsapp.verify_webhook()

    anyio.run(main, backend=loop)


def test_live_lets_the_loop_serve_the_app(whatsapp: WhatsApp, loop: str) -> None:
    """Inside the block webhooks come by themselves."""

    async def main() -> None:
        came = anyio.Event()

        async def then(text: str) -> None:
            came.set()

        async with AsyncApp(then).served() as url:
            whatsapp.deliver_to(url)
            async with whatsapp.live():
                whatsapp.person().says("hi")
                with anyio.fail_after(10):
                    await came.wait()
            with pytest.raises(NotAwaited, match=r"async with whatsapp\.live\(\):"), whatsapp.live():
                pass

    anyio.run(main, backend=loop)


# a receiver that does not


def test_where_nothing_needs_the_loop_the_plain_form_works(whatsapp: WhatsApp, loop: str) -> None:
    """A function in this process is called at once; the result may be awaited all the same."""
    inbox = Inbox()

    async def main() -> None:
        whatsapp.deliver_to(inbox)
        whatsapp.person().says("hi")
        happened = whatsapp.settle()

        assert inbox.events == ["text hi"]
        assert (happened.deliveries, isinstance(happened, Advance)) == (1, True)
        assert await happened == happened
        assert type(await happened) is Advance
        await whatsapp.clock.advance(hours=25)
        with whatsapp.live():
            pass

    anyio.run(main, backend=loop)

    assert whatsapp.clock.now() == after(hours=25)


def test_what_a_function_begins_in_the_loop_is_waited_for(whatsapp: WhatsApp, loop: str) -> None:
    """When the result is awaited."""
    answer = answering(whatsapp, 3)
    inbox = Inbox()

    async def main() -> None:
        async with anyio.create_task_group() as tasks:

            def receive(webhook: Webhook) -> None:
                inbox(webhook)
                if inbox.events[-1] == "text hi":
                    tasks.start_soon(answer, "hi")

            whatsapp.deliver_to(receive)
            whatsapp.person().says("hi")
            await whatsapp.settle()
            assert inbox.events == ["text hi", *LIFE]

    anyio.run(main, backend=loop)


# tasks that do not end


def test_a_task_that_goes_on_and_on_is_left_alone(
    whatsapp: WhatsApp, loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for once, for some real seconds."""
    monkeypatch.setattr(background_tasks, "PATIENCE", 0.05)
    app = AsyncApp(lambda _: anyio.sleep_forever(), in_background=True)
    waited = []

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            await whatsapp.person().says("hi")
            monkeypatch.setattr(background_tasks.BackgroundTasks, "wait", lambda tasks: waited.append(tasks))
            await whatsapp.settle()

    anyio.run(main, backend=loop)

    assert app.texts == ["hi"]
    assert waited == []
    (sentence,) = unended(whatsapp.sandbox)
    assert sentence.startswith("the app's task ")
    assert sentence.endswith(" real seconds, and is waited for no more.")


def test_only_tasks_of_the_app_are_said_to_go_on(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the emulator's own wait for them, in whichever order the loop ends what is cancelled."""
    monkeypatch.setattr(background_tasks, "PATIENCE", 0.001)
    said: list[str] = []

    async def wait_for_one_more(tasks: anyio.abc.TaskGroup) -> None:
        running = event_loops.running_loop()
        assert running is not None
        begun = background_tasks.BackgroundTasks(running, said.append)
        tasks.start_soon(anyio.sleep_forever, name="theirs")
        with begun.served():
            await running.in_thread(begun.wait)

    async def main() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(20):
                await wait_for_one_more(tasks)
            tasks.cancel_scope.cancel()

    anyio.run(main, backend=loop)

    assert len(said) == 20
    assert not [name for name in said if "call" in name]


# a frozen process


def test_a_tick_in_an_async_test_leaves_the_webhooks_to_the_next_call(whatsapp: WhatsApp, loop: str) -> None:
    """freezegun's ``tick`` cannot be awaited, and the app needs the loop."""
    app = AsyncApp()

    async def main() -> None:
        async with app.served() as url:
            whatsapp.deliver_to(url)
            with freeze_time(FREEZE, real_asyncio=True) as frozen:
                whatsapp.person().says("hi")
                frozen.tick(timedelta(hours=1))
                ticked = (list(app.texts), whatsapp.clock.now())
                await whatsapp.settle()

            assert ticked == ([], later(hours=1))
            assert app.texts == ["hi"]

    anyio.run(main, backend=loop)


# the plugins for async tests


@pytest.mark.slow
def test_the_plugins_for_async_tests(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, loop: str
) -> None:
    """pytest-asyncio, and anyio's on both loops."""
    if loop == "asyncio":
        monkeypatch.setenv("PYTEST_ADDOPTS", "-o asyncio_default_fixture_loop_scope=function")
    marker = "asyncio" if loop == "asyncio" else "anyio"
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.mark.{marker}
        async def test_async(whatsapp):
            told = []
            whatsapp.deliver_to(told.append)
            ana = whatsapp.person()
            await ana.says("hi")
            await whatsapp.clock.advance(hours=25)
            assert len(told) == 1
            assert not ana.can_be_answered

        @pytest.mark.{marker}
        async def test_refused(whatsapp):
            whatsapp.deliver_to("http://127.0.0.1:9/webhook")
            whatsapp.person().says("hi")
            whatsapp.settle()
        """
    )

    result = pytester.runpytest("-p", "no:cacheprovider")

    both = 1 if loop == "asyncio" else 2
    result.assert_outcomes(passed=both, failed=both)
    result.stdout.fnmatch_lines(["*NotAwaited: `whatsapp.settle()` waits for the app*"])
