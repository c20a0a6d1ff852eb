"""A café's bot on aiohttp: it shows the menu as a list, and takes an order from it."""

import os

from aiohttp import ClientSession, web

MENU = {"espresso": "Espresso", "cortado": "Cortado", "tea": "Tea"}
GRAPH = web.AppKey("graph", ClientSession)


async def verify(request):
    if request.query.get("hub.verify_token") != os.environ["VERIFY_TOKEN"]:
        raise web.HTTPForbidden
    return web.Response(text=request.query["hub.challenge"])


async def webhook(request):
    for entry in (await request.json())["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                await answer(request.app[GRAPH], message)
    return web.Response()


async def answer(graph, message):
    if message["type"] == "interactive":
        drink = MENU[message["interactive"]["list_reply"]["id"]]
        await send(graph, message["from"], "text", {"body": f"One {drink}, coming up."})
        return
    rows = [{"id": key, "title": title} for key, title in MENU.items()]
    menu = {
        "type": "list",
        "body": {"text": "What would you like?"},
        "action": {"button": "Menu", "sections": [{"rows": rows}]},
    }
    await send(graph, message["from"], "interactive", menu)


async def send(graph, to, kind, content):
    path = f"/v26.0/{os.environ['PHONE_NUMBER_ID']}/messages"
    body = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: content}
    async with graph.post(path, json=body) as answer:
        answer.raise_for_status()


async def graph_client(app):
    headers = {"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"}
    async with ClientSession("https://graph.facebook.com", headers=headers) as client:
        app[GRAPH] = client
        yield


def make_app():
    app = web.Application()
    app.cleanup_ctx.append(graph_client)
    app.add_routes([web.get("/webhook", verify), web.post("/webhook", webhook)])
    return app


if __name__ == "__main__":
    web.run_app(make_app())
