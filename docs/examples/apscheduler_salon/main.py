"""A hairdresser's bot: it books for tomorrow afternoon, and reminds two hours before."""

import os
from datetime import UTC, datetime, timedelta

import requests
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, request

TOKEN = os.environ["WHATSAPP_TOKEN"]
MESSAGES = f"https://graph.facebook.com/v26.0/{os.environ['WHATSAPP_PHONE_NUMBER_ID']}/messages"

app = Flask(__name__)
scheduler = BackgroundScheduler(timezone=UTC)


def send(to, kind, content):
    requests.post(
        MESSAGES,
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"messaging_product": "whatsapp", "to": to, "type": kind, kind: content},
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


@app.post("/webhook")
def webhook():
    for entry in request.json["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                text = message.get("text", {}).get("body", "")
                if "cancel" in text.lower():
                    cancel(message["from"])
                else:
                    book(message["from"], change["value"]["contacts"][0]["profile"]["name"])
    return "ok"


if __name__ == "__main__":
    scheduler.start()
    app.run()
