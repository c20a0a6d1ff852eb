"""ASGI apps as receivers: lifespan, background work, exceptions, context variables; no socket."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI
from kit.values import present
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from emulator.domain.webhooks.deliveries import DeliveryAttempt
from emulator.testing.receiving import in_loop
from emulator.testing.receiving.served import AppNotStarted
from emulator.testing.reports.verdict import complaints
from emulator.testing.whatsapp import WhatsApp

ROUTES = "it is a Starlette or FastAPI app with /whatsapp/hook; is whatsapp_webhook_path right?"
LOOSE = pytest.mark.whatsapp(strict=False)


def first_attempt(whatsapp: WhatsApp) -> DeliveryAttempt:
    """Let somebody write, and look at how the webhook of it fared."""
    whatsapp.person().says("Hello")
    whatsapp.settle()
    return whatsapp.sandbox.webhooks.attempts(whatsapp.deliveries[0].id)[0]


class Waits:
    """How often tasks of an app were waited for; the time for it is short."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.timeouts: list[float] = []
        wait = asyncio.wait

        def counted(tasks: Any, *, timeout: float) -> Any:
            self.timeouts.append(timeout)
            return wait(tasks, timeout=timeout)

        monkeypatch.setattr(in_loop, "STRAY_SECONDS", 0.01)
        monkeypatch.setattr(in_loop, "wait", counted)


def starlette(webhook: Any, **rest: Any) -> Starlette:
    return Starlette(routes=[Route("/webhook", webhook, methods=["GET", "POST"])], **rest)


def test_a_fastapi_app_gets_the_signed_bytes(whatsapp: WhatsApp) -> None:
    """With their headers, over https, at the path of the webhook; sync and async endpoints alike."""
    app, seen = FastAPI(), []

    @app.post("/webhook")
    async def webhook(request: Request) -> None:
        seen.append((request.url.scheme, request.headers["x-hub-signature-256"], await request.body()))

    @app.get("/webhook")
    def verify(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.query_params["hub.challenge"])

    whatsapp.deliver_to(app)
    whatsapp.verify_webhook()

    attempt = first_attempt(whatsapp)

    assert attempt.status == 200
    ((scheme, signature, body),) = seen
    assert (scheme, body) == ("https", whatsapp.deliveries[0].body)
    assert signature.startswith("sha256=")


def test_the_app_sees_the_host_it_asks_for(whatsapp: WhatsApp) -> None:
    """A whole URL as the path is the address at which the app is called."""
    seen = []

    async def webhook(request: Request) -> PlainTextResponse:
        seen.append(str(request.url))
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook), "https://bot.example.com/webhook?tenant=7")

    assert first_attempt(whatsapp).status == 200
    assert seen == ["https://bot.example.com/webhook?tenant=7"]


def test_the_lifespan_starts_once_and_stops_with_the_test(whatsapp: WhatsApp) -> None:
    """Before the first webhook; its state is that of every request."""
    lived = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, str]]:
        lived.append("up")
        yield {"database": "open"}
        lived.append("down")

    async def webhook(request: Request) -> PlainTextResponse:
        lived.append(request.state.database)
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook, lifespan=lifespan))
    began = list(lived)
    whatsapp.person().says("Hello")
    whatsapp.person().says("Hello again")
    whatsapp.settle()
    whatsapp.close()

    assert began == ["up"]
    assert lived == ["up", "open", "open", "down"]


def test_an_app_that_cannot_start_says_why(whatsapp: WhatsApp) -> None:
    """With the type, the words and the line of what it raised."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if "database" not in app.state._state:
            raise ConnectionError("no database")
        yield

    told = r"^the app did not start: ConnectionError: no database at \S*test_asgi_apps\.py:\d+ in lifespan$"

    with pytest.raises(AppNotStarted, match=told):
        whatsapp.deliver_to(Starlette(lifespan=lifespan))


def test_without_asgiref_the_extra_is_named(whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is connected."""
    monkeypatch.setitem(sys.modules, "asgiref.testing", None)

    with pytest.raises(AppNotStarted, match=r"pip install 'whatsapp-emulator\[pytest\]'"):
        whatsapp.deliver_to(Starlette())


def test_an_app_without_a_lifespan_is_served(whatsapp: WhatsApp) -> None:
    """One that raises for every scope but a request, as the specification lets it."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        assert (await receive())["body"] == whatsapp.deliveries[0].body
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    whatsapp.deliver_to(app)

    assert first_attempt(whatsapp).status == 200


def test_background_tasks_are_over_when_the_sandbox_has_settled(whatsapp: WhatsApp) -> None:
    """Those of the answer, and those that the app has started beside it."""
    app, done = FastAPI(), []

    async def later(what: str) -> None:
        await asyncio.sleep(0.01)
        done.append(what)

    @app.post("/webhook")
    async def webhook(background: BackgroundTasks) -> None:
        background.add_task(later, "of the answer")
        present(asyncio.current_task()).beside = asyncio.create_task(later("beside it"))  # type: ignore[attr-defined]

    whatsapp.deliver_to(app)

    assert first_attempt(whatsapp).status == 200
    assert sorted(done) == ["beside it", "of the answer"]


def test_tasks_that_such_a_task_starts_are_over_too(whatsapp: WhatsApp) -> None:
    """However deep."""
    done = []
    tasks: list[asyncio.Task[None]] = []

    async def chain(left: int) -> None:
        await asyncio.sleep(0)
        done.append(left)
        if left:
            tasks.append(asyncio.create_task(chain(left - 1)))

    async def webhook(request: Request) -> PlainTextResponse:
        tasks.append(asyncio.create_task(chain(3)))
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook))

    assert first_attempt(whatsapp).status == 200
    assert done == [3, 2, 1, 0]


def test_a_task_that_goes_on_is_waited_for_once(whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later webhook does not wait for it; it is cancelled at the end of the test."""
    waits = Waits(monkeypatch)
    tasks: list[asyncio.Task[None]] = []

    async def remind() -> None:
        await asyncio.sleep(3600)

    async def webhook(request: Request) -> PlainTextResponse:
        if not tasks:
            tasks.append(asyncio.create_task(remind()))
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook))
    whatsapp.person().says("Hello")
    whatsapp.person().says("Hello again")
    whatsapp.settle()
    whatsapp.close()

    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"] * 2
    assert len(waits.timeouts) == 1
    assert waits.timeouts[0] <= 0.01
    assert tasks[0].cancelled()


@LOOSE
def test_what_the_app_raises_is_told_with_its_line(whatsapp: WhatsApp) -> None:
    """Starlette answers 500 and raises; both are in the attempt."""

    async def webhook(request: Request) -> PlainTextResponse:
        raise KeyError("entry")

    whatsapp.deliver_to(starlette(webhook))

    attempt = first_attempt(whatsapp)

    assert attempt.status == 500
    assert "the app raised KeyError: 'entry' at " in present(attempt.problem)
    assert "test_asgi_apps.py:" in present(attempt.problem)
    assert present(attempt.problem).endswith(" in webhook")


@LOOSE
@pytest.mark.parametrize("where", ["of the answer", "beside it"])
def test_a_background_task_that_raises_is_told_and_the_webhook_is_taken(
    whatsapp: WhatsApp, where: str
) -> None:
    """It was answered with 200 before, and does not come again, as on the platform."""
    app, tasks = FastAPI(), []

    async def later() -> None:
        raise ValueError("too late")

    @app.post("/webhook")
    async def webhook(background: BackgroundTasks) -> None:
        if where == "of the answer":
            background.add_task(later)
        else:
            tasks.append(asyncio.create_task(later()))

    whatsapp.deliver_to(app)

    attempt = first_attempt(whatsapp)

    assert attempt.status == 200
    assert present(attempt.problem).startswith("after that the app raised ValueError: too late at ")
    assert whatsapp.deliveries[0].state == "delivered"
    (complaint,) = complaints(whatsapp.sandbox)
    assert "a webhook was taken, and then the app failed: messages to " in complaint.sentence


@LOOSE
def test_an_app_that_does_not_answer_is_given_up(whatsapp: WhatsApp) -> None:
    """After the setting ``webhook_timeout``, in real time, as by URL; the app is cancelled."""
    ended = []

    async def webhook(request: Request) -> PlainTextResponse:
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append(True)
        return PlainTextResponse("ok")

    whatsapp.sandbox.change_settings(webhook_timeout=0.05)
    whatsapp.deliver_to(starlette(webhook))

    assert first_attempt(whatsapp).problem == "no answer within 0.05 seconds"
    assert ended == [True]


@LOOSE
def test_a_time_out_of_the_app_itself_is_its_exception(whatsapp: WhatsApp) -> None:
    """It is not taken for ours."""

    async def webhook(request: Request) -> PlainTextResponse:
        raise TimeoutError("the database")

    whatsapp.deliver_to(starlette(webhook))

    assert "the app raised TimeoutError: the database" in present(first_attempt(whatsapp).problem)


def test_the_app_sees_the_context_variables_of_the_test(whatsapp: WhatsApp) -> None:
    """As one that is called directly does; what it sets itself stays in its request."""
    tenant: ContextVar[str] = ContextVar("tenant", default="nobody")
    seen = []

    async def webhook(request: Request) -> PlainTextResponse:
        seen.append(tenant.get())
        tenant.set("the app's")
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook))
    token = tenant.set("the test's")
    first_attempt(whatsapp)
    first_attempt(whatsapp)
    tenant.reset(token)

    assert seen == ["the test's", "the test's"]


def test_a_client_that_lives_as_long_as_the_app_stays_in_its_loop(whatsapp: WhatsApp) -> None:
    """Async apps of all tests are served in one loop, whatever connection they keep."""
    loops = []

    async def webhook(request: Request) -> PlainTextResponse:
        loops.append(asyncio.get_running_loop())
        return PlainTextResponse("ok")

    for _ in range(2):
        whatsapp.deliver_to(starlette(webhook))
        whatsapp.person().says("Hello")
        whatsapp.settle()
        whatsapp.close()

    assert len(set(loops)) == 1


def test_timers_of_an_app_go_on_in_a_frozen_process(frozen: object, whatsapp: WhatsApp) -> None:
    """Its loop goes by real time, while ``datetime.now()`` stands still."""

    async def webhook(request: Request) -> PlainTextResponse:
        await asyncio.sleep(0.001)
        return PlainTextResponse("ok")

    whatsapp.deliver_to(starlette(webhook))

    assert first_attempt(whatsapp).status == 200


@LOOSE
def test_where_there_is_no_webhook_the_routes_that_may_be_it_are_named(whatsapp: WhatsApp) -> None:
    """Those of mounted apps, too; not those that take no POST."""

    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    inner = [Route("/hook", page, methods=["POST"]), Route("/hook/help", page, methods=["GET"])]
    whatsapp.deliver_to(
        Starlette(routes=[Route("/", page, methods=["POST"]), Mount("/whatsapp", routes=inner)])
    )

    attempt = first_attempt(whatsapp)

    assert (attempt.status, attempt.problem) == (404, ROUTES)


@LOOSE
def test_an_async_function_is_awaited(whatsapp: WhatsApp) -> None:
    """With the tasks that it starts; its answer is a status, or ``None`` for 200."""
    answers = iter([None, 500])
    done = []

    async def later() -> None:
        await asyncio.sleep(0)
        done.append("later")

    async def receive(webhook: Any) -> int | None:
        present(asyncio.current_task()).later = asyncio.create_task(later())  # type: ignore[attr-defined]
        return next(answers)

    whatsapp.deliver_to(receive)
    whatsapp.person().says("Hello")
    whatsapp.person().says("Hello again")
    whatsapp.settle()

    attempts = [whatsapp.sandbox.webhooks.attempts(each.id)[0].status for each in whatsapp.deliveries]
    assert (attempts, done) == ([200, 500], ["later", "later"])


@LOOSE
def test_an_async_function_that_raises_is_told_with_its_line(whatsapp: WhatsApp) -> None:
    """As a plain one is; and one that takes too long."""

    async def raises(webhook: Any) -> None:
        raise KeyError("entry")

    async def hangs(webhook: Any) -> None:
        await asyncio.sleep(3600)

    whatsapp.deliver_to(raises)
    raised = first_attempt(whatsapp).problem
    whatsapp.sandbox.reset()
    whatsapp.sandbox.change_settings(webhook_timeout=0.01)
    whatsapp.deliver_to(hangs)
    late = first_attempt(whatsapp).problem

    assert present(raised).startswith("the receiver raised KeyError: 'entry' at ")
    assert late == "no answer within 0.01 seconds"
