"""A hairdresser's bot: it books for tomorrow afternoon, and reminds two hours before."""

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta

import requests
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, abort, request

TOKEN = os.environ["WHATSAPP_TOKEN"]
APP_SECRET = os.environ["WHATSAPP_APP_SECRET"]
VERIFY_TOKEN = os.environ["WHATSAPP_VERIFY_TOKEN"]
MESSAGES = f"https://graph.facebook.com/v26.0/{os.environ['WHATSAPP_PHONE_NUMBER_ID']}/messages"

app = Flask(__name__)
scheduler = BackgroundScheduler(timezone=UTC)
seen = set()
"""Ids of messages that were handled: the platform may deliver a webhook more than once."""


def send(to, kind, content):
    """Send to a number, or to the user id of somebody whose number is hidden."""
    whom = {"to": to} if to.isdigit() else {"recipient": to}
    requests.post(
        MESSAGES,
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"messaging_product": "whatsapp", **whom, "type": kind, kind: content},
        timeout=10,
    ).raise_for_status()


def remind(to, name, day):
    values = {"first_name": name, "day": day}
    parameters = [{"type": "text", "parameter_name": key, "text": text} for key, text in values.items()]
    template = {
        "name": "appointment_reminder",
        "language": {"code": "en_US"},
        "components": [{"type": "body", "parameters": parameters}],
    }
    send(to, "template", template)


def book(customer, name):
    at = (datetime.now(UTC) + timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
    scheduler.add_job(
        remind,
        "date",
        run_date=at - timedelta(hours=2),
        args=[customer, name, f"{at:%A}"],
        id=customer,
        replace_existing=True,
    )
    send(customer, "text", {"body": f"See you on {at:%A at %H:%M}."})


def cancel(customer):
    if scheduler.get_job(customer):
        scheduler.remove_job(customer)
    send(customer, "text", {"body": "Another time, then."})


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
            if change["field"] == "messages":
                take(change["value"])
    return "ok"


def take(value):
    names = {each.get("user_id"): each.get("profile", {}).get("name") for each in value.get("contacts", [])}
    for message in value.get("messages", []):
        if message["id"] not in seen and message["type"] == "text":
            seen.add(message["id"])
            answer(message, names.get(message["from_user_id"]) or "there")


def answer(message, name):
    customer = message.get("from") or message["from_user_id"]
    if "cancel" in message["text"]["body"].lower():
        cancel(customer)
    else:
        book(customer, name)


if __name__ == "__main__":
    scheduler.start()
    app.run()
