"""Async apps in async tests: in the event loop of the test, whose clients and connections they may use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from emulator.testing.clocks import background_tasks
from emulator.testing.clocks.awaiting import NotAwaited
from emulator.testing.whatsapp import WhatsApp

pytestmark = pytest.mark.anyio
ASYNCIO = pytest.mark.parametrize("anyio_backend", ["asyncio"])
TRIO = pytest.mark.parametrize("anyio_backend", ["trio"])


class Bot:
    """An app that remembers what happened to it, and in which loop."""

    def __init__(self) -> None:
        self.lived: list[object] = []

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self.lived.append("up")
        forever = asyncio.create_task(asyncio.sleep(3600))
        yield
        forever.cancel()
        self.lived.append("down")

    async def webhook(self, request: Request) -> PlainTextResponse:
        await asyncio.sleep(0)
        self.lived.append(asyncio.get_running_loop())
        return PlainTextResponse("ok")

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/webhook", self.webhook, methods=["POST"])], lifespan=self.lifespan)


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks that last as long as the app are waited for by nobody: a test would take this long."""
    monkeypatch.setattr(background_tasks, "PATIENCE", 60.0)


@ASYNCIO
async def test_an_asgi_app_runs_in_the_loop_of_the_test(whatsapp: WhatsApp, anyio_backend: str) -> None:
    """It starts there with its first webhook, and once."""
    bot = Bot()
    whatsapp.deliver_to(bot.app)

    await whatsapp.person().says("Hello")
    await whatsapp.person().says("Hello again")

    here = asyncio.get_running_loop()
    assert bot.lived == ["up", here, here]
    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"] * 2


@ASYNCIO
async def test_the_plain_form_is_refused_where_the_loop_is_needed(
    whatsapp: WhatsApp, anyio_backend: str
) -> None:
    """At once, with what to write."""
    whatsapp.deliver_to(Bot().app)
    whatsapp.person().says("Hello")

    with pytest.raises(NotAwaited, match=r"await whatsapp\.settle\(\)"):
        whatsapp.settle()
    await whatsapp.settle()


@ASYNCIO
async def test_an_aiohttp_app_runs_in_the_loop_of_the_test(whatsapp: WhatsApp, anyio_backend: str) -> None:
    """Its server, too."""
    loops = []

    async def webhook(request: web.Request) -> web.Response:
        loops.append(asyncio.get_running_loop())
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhook", webhook)
    whatsapp.deliver_to(app)

    await whatsapp.person().says("Hello")

    assert loops == [asyncio.get_running_loop()]


def test_an_app_stops_when_the_loop_of_its_test_ends(whatsapp: WhatsApp) -> None:
    """Before it is closed, in good order: an aiohttp app is cleaned up, an ASGI app's lifespan ends."""
    bot, app = Bot(), web.Application()
    lived: list[str] = []

    async def cleanup(app: web.Application) -> None:
        await asyncio.sleep(0)
        lived.append("down")

    async def webhook(request: web.Request) -> web.Response:
        return web.Response()

    async def test() -> None:
        for each in (app, bot.app):
            whatsapp.deliver_to(each)
            await whatsapp.person().says("Hello")

    app.on_cleanup.append(cleanup)
    app.router.add_post("/webhook", webhook)
    asyncio.run(test())
    whatsapp.close()

    assert lived == ["down"]
    assert (bot.lived[0], bot.lived[-1]) == ("up", "down")
    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"] * 2


@ASYNCIO
async def test_an_async_function_runs_in_the_loop_of_the_test(whatsapp: WhatsApp, anyio_backend: str) -> None:
    """As an app does."""
    loops = []

    async def receive(webhook: object) -> None:
        loops.append(asyncio.get_running_loop())

    whatsapp.deliver_to(receive)

    await whatsapp.person().says("Hello")

    assert loops == [asyncio.get_running_loop()]


@TRIO
async def test_on_trio_an_asgi_app_runs_in_the_loop_of_the_session(
    whatsapp: WhatsApp, anyio_backend: str
) -> None:
    """Which is asyncio's; the test awaits all the same."""
    bot = Bot()
    whatsapp.deliver_to(bot.app)

    await whatsapp.person().says("Hello")

    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"]
    assert isinstance(bot.lived[1], asyncio.AbstractEventLoop)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.whatsapp(app=Bot().app)
async def test_an_app_of_the_marker_waits_for_the_loop(whatsapp: WhatsApp, anyio_backend: str) -> None:
    """The fixture is made before the loop runs, and does not start the app elsewhere."""
    assert whatsapp.sandbox.webhooks.need_event_loop

    await whatsapp.person().says("Hello")

    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"]
