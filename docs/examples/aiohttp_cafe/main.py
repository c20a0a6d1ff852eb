"""A café's bot on aiohttp: it shows the menu as a list, and takes an order from it."""

import hashlib
import hmac
import os

from aiohttp import ClientSession, web

MENU = {"espresso": "Espresso", "cortado": "Cortado", "tea": "Tea"}
GRAPH = web.AppKey("graph", ClientSession)
SEEN = web.AppKey("seen", set)
MOST_BYTES = 3_500_000  # webhooks have up to 3 MB, and aiohttp takes one


async def verify(request):
    if request.query.get("hub.verify_token") != os.environ["VERIFY_TOKEN"]:
        raise web.HTTPForbidden
    return web.Response(text=request.query["hub.challenge"])


async def webhook(request):
    secret = os.environ["APP_SECRET"].encode()
    expected = hmac.new(secret, await request.read(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), f"sha256={expected}"):
        raise web.HTTPForbidden
    seen = request.app[SEEN]
    for entry in (await request.json())["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if change["field"] == "messages" and message["id"] not in seen:
                    seen.add(message["id"])
                    await answer(request.app[GRAPH], message)
    return web.Response()


async def answer(graph, message):
    guest = message.get("from") or message["from_user_id"]
    drink = MENU.get(message.get("interactive", {}).get("list_reply", {}).get("id"))
    if drink is not None:
        await send(graph, guest, "text", {"body": f"One {drink}, coming up."})
        return
    if message["type"] != "text":
        return
    rows = [{"id": key, "title": title} for key, title in MENU.items()]
    menu = {
        "type": "list",
        "body": {"text": "What would you like?"},
        "action": {"button": "Menu", "sections": [{"rows": rows}]},
    }
    await send(graph, guest, "interactive", menu)


async def send(graph, to, kind, content):
    path = f"/v26.0/{os.environ['PHONE_NUMBER_ID']}/messages"
    whom = {"to": to} if to.isdigit() else {"recipient": to}
    body = {"messaging_product": "whatsapp", **whom, "type": kind, kind: content}
    async with graph.post(path, json=body) as answer:
        answer.raise_for_status()


async def graph_client(app):
    headers = {"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"}
    async with ClientSession("https://graph.facebook.com", headers=headers) as client:
        app[GRAPH] = client
        yield


def make_app():
    app = web.Application(client_max_size=MOST_BYTES)
    app[SEEN] = set()  # ids of messages that were handled: the platform may deliver a webhook more than once
    app.cleanup_ctx.append(graph_client)
    app.add_routes([web.get("/webhook", verify), web.post("/webhook", webhook)])
    return app


if __name__ == "__main__":
    web.run_app(make_app())
