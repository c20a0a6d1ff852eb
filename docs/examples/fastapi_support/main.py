"""A support desk's bot: it takes photos of what is broken, and answers after the webhook is acknowledged."""

import hashlib
import hmac
import os
from contextlib import asynccontextmanager

import httpx
from fastapi import BackgroundTasks, FastAPI, Query, Request
from fastapi.responses import PlainTextResponse

GRAPH = "https://graph.facebook.com/v26.0"
TOKEN = os.environ["ACCESS_TOKEN"]
PHONE_NUMBER_ID = os.environ["PHONE_NUMBER_ID"]
APP_SECRET = os.environ["APP_SECRET"]
VERIFY_TOKEN = os.environ["VERIFY_TOKEN"]

seen = set()
"""Ids of messages that were handled: the platform may deliver a webhook more than once."""


@asynccontextmanager
async def lifespan(app):
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield {"graph": client}


app = FastAPI(lifespan=lifespan)


@app.get("/webhook", response_class=PlainTextResponse)
async def verify(token: str = Query(alias="hub.verify_token"), challenge: str = Query(alias="hub.challenge")):
    return challenge if token == VERIFY_TOKEN else PlainTextResponse("Forbidden", 403)


@app.post("/webhook")
async def webhook(request: Request, later: BackgroundTasks):
    expected = hmac.new(APP_SECRET.encode(), await request.body(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), f"sha256={expected}"):
        return PlainTextResponse("Forbidden", 403)
    payload = await request.json()
    for entry in payload["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if change["field"] == "messages" and message["id"] not in seen:
                    seen.add(message["id"])
                    later.add_task(handle, request.state.graph, message)
    return PlainTextResponse("")


async def handle(graph, message):
    await mark_as_read(graph, message["id"])
    if message["type"] == "image":
        size = len(await download(graph, message["image"]["id"]))
        await reply(graph, message, f"Thank you, we have your photo ({size} bytes).")
    elif message["type"] == "text":
        await reply(graph, message, "Please send a photo of what is broken.")


async def mark_as_read(graph, message_id):
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    typing = {"typing_indicator": {"type": "text"}}
    (await graph.post(f"{GRAPH}/{PHONE_NUMBER_ID}/messages", json=read | typing)).raise_for_status()


async def download(graph, media_id):
    found = (await graph.get(f"{GRAPH}/{media_id}")).raise_for_status().json()
    return (await graph.get(found["url"])).raise_for_status().content


async def reply(graph, message, text):
    whom = {"to": message["from"]} if "from" in message else {"recipient": message["from_user_id"]}
    body = {
        "messaging_product": "whatsapp",
        **whom,
        "type": "text",
        "text": {"body": text},
        "context": {"message_id": message["id"]},
    }
    (await graph.post(f"{GRAPH}/{PHONE_NUMBER_ID}/messages", json=body)).raise_for_status()
