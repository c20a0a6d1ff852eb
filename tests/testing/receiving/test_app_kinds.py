"""Apps of each framework as receivers, recognised without importing it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from flask import Flask, abort, request
from kit.values import present

from emulator import PlatformError
from emulator.domain.webhooks.deliveries import DeliveryAttempt
from emulator.testing.receiving.kinds import KINDS, kind_of
from emulator.testing.receiving.served import AppNotStarted
from emulator.testing.whatsapp import WhatsApp

LOOSE = pytest.mark.whatsapp(strict=False)


def first_attempt(whatsapp: WhatsApp) -> DeliveryAttempt:
    """Let somebody write, and look at how the webhook of it fared."""
    whatsapp.person().says("Hello")
    whatsapp.settle()
    return whatsapp.sandbox.webhooks.attempts(whatsapp.deliveries[0].id)[0]


# Flask


def flask_app() -> Flask:
    app = Flask("shop")

    @app.route("/webhook", methods=["GET", "POST"])
    def webhook() -> str:
        assert request.is_secure
        return request.args.get("hub.challenge", "")

    @app.post("/broken")
    def broken() -> str:
        raise KeyError("entry")

    @app.post("/refuses")
    def refuses() -> str:
        abort(403)

    return app


def test_a_flask_app_is_called_by_https(whatsapp: WhatsApp) -> None:
    """As the platform calls nothing else: an app that insists on it redirects nobody."""
    whatsapp.deliver_to(flask_app())
    whatsapp.verify_webhook()

    assert first_attempt(whatsapp).status == 200


@LOOSE
def test_what_flask_answers_500_for_is_told(whatsapp: WhatsApp) -> None:
    """With the type, the words and the line of the app."""
    whatsapp.deliver_to(flask_app(), "/broken")

    attempt = first_attempt(whatsapp)

    assert attempt.status == 500
    assert present(attempt.problem).startswith("the app raised KeyError: 'entry' at ")
    assert present(attempt.problem).endswith(" in broken")


def test_a_handshake_that_the_app_raises_at_says_so(whatsapp: WhatsApp) -> None:
    """With the status that it answered, as the platform does, and the exception in the hint."""
    app = Flask("shop")

    @app.get("/webhook")
    def verify() -> str:
        raise KeyError("hub_challenge")

    whatsapp.deliver_to(app)

    with pytest.raises(PlatformError, match="HTTP Status Code = 500") as caught:
        whatsapp.verify_webhook()

    assert "answered 500: the app raised KeyError: 'hub_challenge' at " in present(caught.value.hint)


@LOOSE
def test_what_an_app_refuses_is_its_own_affair(whatsapp: WhatsApp) -> None:
    """There is no more to say than the status."""
    whatsapp.deliver_to(flask_app(), "/refuses")

    attempt = first_attempt(whatsapp)

    assert (attempt.status, attempt.problem) == (403, None)


@LOOSE
@pytest.mark.parametrize("path", ["/", "/hook"])
def test_the_routes_of_a_flask_app_are_named(whatsapp: WhatsApp, path: str) -> None:
    """Those that may be its webhook, when there is none where it was sent."""
    whatsapp.deliver_to(flask_app(), path)

    assert (
        first_attempt(whatsapp).problem == "it is a Flask app with /webhook; is whatsapp_webhook_path right?"
    )


# aiohttp


def aiohttp_app(lived: list[str]) -> web.Application:
    async def webhook(request: web.Request) -> web.Response:
        await request.json()
        lived.append("webhook")
        lived_tasks.append(asyncio.create_task(later()))
        return web.Response(text=request.query.get("hub.challenge", ""))

    async def later() -> None:
        await asyncio.sleep(0.01)
        lived.append("later")

    async def challenge(request: web.Request) -> web.Response:
        return web.Response(text=request.query["hub.challenge"])

    async def broken(request: web.Request) -> web.Response:
        raise KeyError("entry")

    async def life(app: web.Application) -> AsyncIterator[None]:
        lived.append("up")
        yield
        lived.append("down")

    lived_tasks: list[asyncio.Task[None]] = []
    app = web.Application()
    app.cleanup_ctx.append(life)
    app.router.add_post("/webhook", webhook)
    app.router.add_get("/webhook", challenge)
    app.router.add_post("/broken", broken)
    return app


def test_an_aiohttp_app_lives_as_long_as_the_test(whatsapp: WhatsApp) -> None:
    """It starts once, is verified, gets its webhooks, ends its tasks, is cleaned up; and can start again."""
    lived: list[str] = []
    app = aiohttp_app(lived)

    for _ in range(2):
        whatsapp.deliver_to(app)
        whatsapp.verify_webhook()
        whatsapp.person().says("Hello")
        whatsapp.settle()
        whatsapp.close()

    assert lived == ["up", "webhook", "later", "down"] * 2
    assert [delivery.state for delivery in whatsapp.deliveries] == ["delivered"] * 2


@LOOSE
def test_what_aiohttp_answers_500_for_is_told(whatsapp: WhatsApp) -> None:
    """With the type, the words and the line of the handler."""
    whatsapp.deliver_to(aiohttp_app([]), "/broken")

    attempt = first_attempt(whatsapp)

    assert attempt.status == 500
    assert present(attempt.problem).startswith("the app raised KeyError: 'entry' at ")


@LOOSE
def test_the_routes_of_an_aiohttp_app_are_named(whatsapp: WhatsApp) -> None:
    """As those of Flask are."""
    whatsapp.deliver_to(aiohttp_app([]), "/")

    assert (
        first_attempt(whatsapp).problem
        == "it is an aiohttp app with /webhook; is whatsapp_webhook_path right?"
    )


def test_an_aiohttp_app_that_cannot_start_says_why(whatsapp: WhatsApp) -> None:
    """With what it raised."""

    async def life(app: web.Application) -> None:
        raise ConnectionError("no database")

    app = web.Application()
    app.on_startup.append(life)

    with pytest.raises(
        AppNotStarted, match=r"ConnectionError: no database at \S*test_app_kinds\.py:\d+ in life"
    ):
        whatsapp.deliver_to(app)


# any


@LOOSE
def test_a_wsgi_app_of_no_framework_has_no_routes_to_name(whatsapp: WhatsApp) -> None:
    """Its 404 is all there is."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b""]

    whatsapp.deliver_to(app)

    attempt = first_attempt(whatsapp)

    assert (attempt.status, attempt.problem) == (404, None)


def test_kinds_are_known_by_what_they_are() -> None:
    """By the names of their classes, subclasses included, and else by how they are called."""

    class Mine(Flask):
        pass

    class Middleware:
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...

    async def receive(webhook: object) -> None: ...

    things: list[object] = [Mine("mine"), web.Application(), Middleware(), receive, print, [].append, "text"]

    assert [(kind := kind_of(thing)) and kind.name for thing in things] == [
        "a Flask app",
        "an aiohttp app",
        "an ASGI app",
        "an async function",
        None,
        "a function",
        None,
    ]


def test_recognising_an_app_imports_no_framework() -> None:
    """A suite with a function as its receiver pays for none of them."""
    code = (
        "import sys; from emulator.testing.receiving.kinds import kind_of; kind_of(lambda webhook: 200);"
        "print(sorted({'asgiref', 'asyncio', 'aiohttp', 'django', 'flask', 'starlette'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_every_kind_has_a_name_of_its_own() -> None:
    """As messages say it."""
    names = [kind.name for kind in KINDS]

    assert len(set(names)) == len(names)
