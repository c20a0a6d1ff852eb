"""A shop's bot: it greets with buttons, tells where a parcel is, and falls back to a template after 24 hours."""

import hashlib
import hmac
import os

import requests
from flask import Flask, abort, request

TOKEN = os.environ["WHATSAPP_TOKEN"]
PHONE_NUMBER_ID = os.environ["WHATSAPP_PHONE_NUMBER_ID"]
APP_SECRET = os.environ["WHATSAPP_APP_SECRET"]
VERIFY_TOKEN = os.environ["WHATSAPP_VERIFY_TOKEN"]
MESSAGES = f"https://graph.facebook.com/v26.0/{PHONE_NUMBER_ID}/messages"

WINDOW_IS_CLOSED = 131047

app = Flask(__name__)
seen = set()
"""Ids of messages that were answered: the platform may deliver a webhook more than once."""
updates = {}
"""The parcel that each message is about, by the id of the message."""


def send(to, kind, content):
    """Send to a number, or to the user id of somebody whose number is hidden."""
    whom = {"to": to} if to.isdigit() else {"recipient": to}
    answer = requests.post(
        MESSAGES,
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"messaging_product": "whatsapp", **whom, "type": kind, kind: content},
        timeout=10,
    )
    answer.raise_for_status()
    return answer.json()["messages"][0]["id"]


def tell_shipped(to, name, parcel):
    """Say that a parcel is on its way: in words, or by a template if the customer wrote long ago."""
    message = send(to, "text", {"body": f"{name}, your parcel {parcel} is on its way."})
    updates[message] = (name, parcel)


@app.get("/webhook")
def verify():
    if request.args.get("hub.verify_token") != VERIFY_TOKEN:
        abort(403)
    return request.args["hub.challenge"]


@app.post("/webhook")
def webhook():
    expected = hmac.new(APP_SECRET.encode(), request.get_data(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), f"sha256={expected}"):
        abort(403)
    for entry in request.json["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if message["id"] not in seen:
                    seen.add(message["id"])
                    answer(message)
            for status in change["value"].get("statuses", []):
                if status["status"] == "failed":
                    try_a_template(status)
    return "ok"


def answer(message):
    customer = message.get("from") or message.get("from_user_id")
    if message["type"] == "interactive":
        send(customer, "text", {"body": "It is with the carrier and comes tomorrow."})
    elif message["type"] == "text":
        button = {"type": "reply", "reply": {"id": "track", "title": "Where is my parcel?"}}
        send(
            customer,
            "interactive",
            {
                "type": "button",
                "body": {"text": "Hello! How can I help?"},
                "action": {"buttons": [button]},
            },
        )


def try_a_template(status):
    if status["errors"][0]["code"] == WINDOW_IS_CLOSED and status["id"] in updates:
        name, parcel = updates.pop(status["id"])
        values = [{"type": "text", "text": name}, {"type": "text", "text": parcel}]
        link = {"type": "button", "sub_type": "url", "index": 1, "parameters": values[1:]}
        template = {
            "name": "order_shipped",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": values}, link],
        }
        send(status["recipient_id"], "template", template)
