"""What an app sends while it handles a webhook is known as its answer, however the app is built."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import Any

import httpx
import pytest
import requests
from fastapi import BackgroundTasks, FastAPI, Request
from flask import Flask, request
from kit.identities import PRODUCTION

from emulator.domain.messages.causes import CauseBasis
from emulator.testing.whatsapp import WhatsApp

URL = f"https://graph.facebook.com/v23.0/{PRODUCTION}/messages"


def message_in(payload: Any) -> dict[str, Any] | None:
    """The message that a webhook carries; ``None`` for a status."""
    found = payload["entry"][0]["changes"][0]["value"].get("messages")
    return found[0] if found else None


def answer(message: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The body of a send to whoever wrote a message."""
    return {"messaging_product": "whatsapp", "to": message["from"], "text": {"body": "Hi"}, **more}


def flask_app(headers: dict[str, str]) -> Flask:
    """Answers with requests, in the view itself."""
    app = Flask(__name__)

    @app.post("/webhook")
    def webhook() -> str:
        if (message := message_in(request.get_json())) is not None:
            requests.post(URL, json=answer(message), headers=headers, timeout=5)
        return ""

    return app


def fastapi_app(headers: dict[str, str]) -> FastAPI:
    """Answers with an asynchronous httpx, in the view itself."""
    app = FastAPI()

    @app.post("/webhook")
    async def webhook(request: Request) -> None:
        if (message := message_in(await request.json())) is not None:
            async with httpx.AsyncClient() as client:
                await client.post(URL, json=answer(message), headers=headers)

    return app


def background_app(headers: dict[str, str]) -> FastAPI:
    """Answers in a background task, in a thread of the pool."""
    app = FastAPI()

    @app.post("/webhook")
    async def webhook(request: Request, tasks: BackgroundTasks) -> None:
        if (message := message_in(await request.json())) is not None:
            tasks.add_task(httpx.post, URL, json=answer(message), headers=headers)

    return app


def task_app(headers: dict[str, str]) -> FastAPI:
    """Answers in a task that it does not await."""
    app, tasks = FastAPI(), set[asyncio.Task[None]]()

    async def send(message: dict[str, Any]) -> None:
        async with httpx.AsyncClient() as client:
            await client.post(URL, json=answer(message), headers=headers)

    @app.post("/webhook")
    async def webhook(request: Request) -> None:
        if (message := message_in(await request.json())) is not None:
            tasks.add(asyncio.create_task(send(message)))

    return app


def thread_app(headers: dict[str, str]) -> Flask:
    """Answers in a thread of its own, which knows nothing of the webhook, and waits for it."""
    app = Flask(__name__)

    @app.post("/webhook")
    def webhook() -> str:
        if (message := message_in(request.get_json())) is not None:
            body = answer(message)
            thread = Thread(
                target=requests.post, args=(URL,), kwargs={"json": body, "headers": headers, "timeout": 5}
            )
            thread.start()
            thread.join()
        return ""

    return app


@pytest.mark.parametrize(
    ("make", "basis"),
    [
        (flask_app, CauseBasis.HANDLER),
        (fastapi_app, CauseBasis.HANDLER),
        (background_app, CauseBasis.HANDLER),
        (task_app, CauseBasis.HANDLER),
        (thread_app, CauseBasis.DELIVERY),
    ],
)
def test_the_answer_of_an_app_has_its_question_as_its_cause(
    whatsapp: WhatsApp, make: Callable[[dict[str, str]], Any], basis: CauseBasis
) -> None:
    """By the context of the webhook where there is one, else by person and time."""
    whatsapp.deliver_to(make({"Authorization": f"Bearer {whatsapp.token}"}))
    with whatsapp.intercept():
        said = whatsapp.person().says("Hello")
        whatsapp.settle()

    sent = whatsapp.messages.sent.last
    assert (sent.cause_id, sent.cause_basis) == (said.id, basis)
    chain = whatsapp.journal.chain(said)
    assert [entry.details["cause_basis"] for entry in chain.only("call")] == [basis]
    assert [entry.summary for entry in chain.only("status")] == ["sent", "delivered", "read"]
    assert len(chain.only("webhook")) == 4
    assert list(whatsapp.journal.chain(sent)) == list(chain)


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("make", [fastapi_app, background_app, task_app])
async def test_an_answer_in_the_loop_of_an_async_test_has_its_cause_too(
    whatsapp: WhatsApp, make: Callable[[dict[str, str]], Any], anyio_backend: str
) -> None:
    """Apps run there in the context of their webhook, as elsewhere."""
    whatsapp.deliver_to(make({"Authorization": f"Bearer {whatsapp.token}"}))
    with whatsapp.intercept():
        said = await whatsapp.person().says("Hello")
        await whatsapp.settle()

    sent = whatsapp.messages.sent.last
    assert (sent.cause_id, sent.cause_basis) == (said.id, CauseBasis.HANDLER)


def test_the_journal_is_narrowed_down(whatsapp: WhatsApp) -> None:
    """By kind, person, time and what belongs together, one after the other; shown a line an entry."""
    sheena, pablo = whatsapp.person("Sheena Nelson"), whatsapp.person("Pablo Morales")
    sheena.says("Hello")
    whatsapp.clock.advance(hours=1)
    later = pablo.says("Good morning")
    journal = whatsapp.journal

    wrote = ["Sheena Nelson wrote: Hello", "Pablo Morales wrote: Good morning"]
    assert [entry.summary for entry in journal.only("message")] == wrote
    assert [entry.summary for entry in journal.only("message").of(sheena)] == wrote[:1]
    assert [entry.summary for entry in journal.of("+" + pablo.wa_id).only("message")] == wrote[1:]
    assert [entry.summary for entry in journal.only("message").since(later.at)] == wrote[1:]
    assert journal[-1] in journal.chain(later.id)
    assert journal[:1] == [next(iter(journal))]
    assert "10:00:00  message  Pablo Morales wrote: Good morning" in repr(journal)
    assert repr(journal.only("nothing")) == "<Journal: none>"
