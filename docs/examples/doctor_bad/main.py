"""Webhooks as they are often written first, and what is wrong with each: `doctor` finds all of it."""

import hashlib
import hmac
import json
import os

import requests
from flask import Flask, abort, jsonify, redirect, request

TOKEN = os.environ["WHATSAPP_TOKEN"]
PHONE_NUMBER_ID = os.environ["WHATSAPP_PHONE_NUMBER_ID"]
APP_SECRET = os.environ["WHATSAPP_APP_SECRET"]
VERIFY_TOKEN = os.environ["WHATSAPP_VERIFY_TOKEN"]
MESSAGES = f"https://graph.facebook.com/v26.0/{PHONE_NUMBER_ID}/messages"

app = Flask(__name__)


def reply(to, body):
    answer = requests.post(
        MESSAGES,
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": body}},
        timeout=10,
    )
    return answer.json()["messages"][0]["id"]


# careless: no token and no signature is looked at, only the first of everything is read, statuses are "wrong"


@app.get("/careless")
def careless_handshake():
    return jsonify(request.args["hub.challenge"])


@app.post("/careless")
def careless():
    value = request.json["entry"][0]["changes"][0]["value"]
    if "statuses" in value:
        return "there is no message", 400
    name = value["contacts"][0]["profile"]["name"]
    message = value["messages"][0]
    reply(message["from"], f"Hello {name}, you wrote: {message['text']['body']}")
    return "ok"


# strict: the signature is made of JSON that was written anew, and what is new or old is refused

KNOWN = {"from", "from_user_id", "id", "timestamp", "type", "text"}
newest = [0]


@app.get("/strict")
def strict_handshake():
    if request.args.get("hub.verify_token") != VERIFY_TOKEN:
        return "wrong token"
    return f"<html>{request.args['hub.challenge']}</html>"


@app.post("/strict")
def strict():
    again = json.dumps(request.json, separators=(",", ":"), ensure_ascii=False).encode()
    expected = "sha256=" + hmac.new(APP_SECRET.encode(), again, hashlib.sha256).hexdigest()
    if request.headers.get("X-Hub-Signature-256") != expected:
        abort(403)
    (entry,) = request.json["entry"]
    for change in entry["changes"]:
        for message in change["value"].get("messages", []):
            if set(message) - KNOWN:
                return "unknown members", 400
            if int(message["timestamp"]) < newest[0] - 3600:
                return "too old", 400
            newest[0] = int(message["timestamp"])
    return "queued", 202


# stubborn: what has failed is sent again as it was

sent = {}


@app.get("/stubborn")
def stubborn_handshake():
    return request.args["hub.challenge"] if request.args["hub.verify_token"] == VERIFY_TOKEN else abort(403)


@app.post("/stubborn")
def stubborn():
    for entry in request.json["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if message.get("from"):
                    sent[reply(message["from"], "Hello!")] = message["from"]
            for status in change["value"].get("statuses", []):
                if status["status"] == "failed" and status["id"] in sent:
                    reply(sent[status["id"]], "Hello!")
    return "ok"


# guarded as forms of a browser are, and moved elsewhere: nothing arrives


@app.route("/form", methods=["GET", "POST"])
def form():
    return ("The CSRF token is missing.", 400) if request.method == "POST" else "a form"


@app.route("/moved", methods=["GET", "POST"])
def moved():
    return redirect("/careless", 308)
