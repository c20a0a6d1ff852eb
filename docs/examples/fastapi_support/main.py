"""A support desk's bot: it takes photos of what is broken, and answers after the webhook is acknowledged."""

import os
from contextlib import asynccontextmanager

import httpx
from fastapi import BackgroundTasks, FastAPI, Query, Request
from fastapi.responses import PlainTextResponse

GRAPH = "https://graph.facebook.com/v26.0"
TOKEN = os.environ["ACCESS_TOKEN"]
PHONE_NUMBER_ID = os.environ["PHONE_NUMBER_ID"]
VERIFY_TOKEN = os.environ["VERIFY_TOKEN"]


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
    payload = await request.json()
    for entry in payload["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                later.add_task(handle, request.state.graph, message)


async def handle(graph, message):
    await mark_as_read(graph, message["id"])
    if message["type"] == "image":
        size = len(await download(graph, message["image"]["id"]))
        await reply(graph, message, f"Thank you, we have your photo ({size} bytes).")
    else:
        await reply(graph, message, "Please send a photo of what is broken.")


async def mark_as_read(graph, message_id):
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    typing = {"typing_indicator": {"type": "text"}}
    (await graph.post(f"{GRAPH}/{PHONE_NUMBER_ID}/messages", json=read | typing)).raise_for_status()


async def download(graph, media_id):
    found = (await graph.get(f"{GRAPH}/{media_id}")).raise_for_status().json()
    return (await graph.get(found["url"])).raise_for_status().content


async def reply(graph, message, text):
    body = {
        "messaging_product": "whatsapp",
        "to": message["from"],
        "type": "text",
        "text": {"body": text},
        "context": {"message_id": message["id"]},
    }
    (await graph.post(f"{GRAPH}/{PHONE_NUMBER_ID}/messages", json=body)).raise_for_status()
