"""Receivers that tell what an app answered a webhook with, and not the status alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from flask import Flask

from emulator import Webhook
from emulator.sandbox.webhooks.receiver import Telling
from emulator.testing.whatsapp import WhatsApp


def flask_app() -> Flask:
    app = Flask("refusing")
    app.add_url_rule("/webhook", view_func=lambda: ("bad signature", 403), methods=["POST"])
    return app


def fastapi_app() -> FastAPI:
    app = FastAPI()

    @app.post("/webhook")
    async def webhook() -> PlainTextResponse:
        return PlainTextResponse("bad signature", 403)

    return app


def aiohttp_app() -> Any:
    from aiohttp import web

    async def refuse(_: web.Request) -> web.Response:
        return web.Response(text="bad signature", status=403)

    app = web.Application()
    app.router.add_post("/webhook", refuse)
    return app


def function() -> Callable[[Webhook], int]:
    return lambda _: 403


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (flask_app, b"bad signature"),
        (fastapi_app, b"bad signature"),
        (aiohttp_app, b""),
        (function, b""),
    ],
)
def test_the_body_of_an_answer_is_told_where_it_can_be_seen(
    whatsapp: WhatsApp, make: Callable[[], Any], said: bytes
) -> None:
    """An aiohttp app and a function tell their status alone."""
    whatsapp.deliver_to(make())
    url, receiver = whatsapp.sandbox.webhooks.receiver()

    assert isinstance(receiver, Telling)
    assert receiver.exchange(url, b"{}", {"Content-Type": "application/json"}, 5.0) == (403, said)
    assert receiver.post(url, b"{}", {"Content-Type": "application/json"}, 5.0) == 403
