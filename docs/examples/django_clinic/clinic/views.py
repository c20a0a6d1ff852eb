"""The webhook: patients answer their reminders."""

import hashlib
import hmac
import json

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt

from clinic.messages import send
from clinic.models import Appointment


@csrf_exempt
def webhook(request):
    if request.method == "GET":
        if request.GET.get("hub.verify_token") != settings.WHATSAPP["verify_token"]:
            return HttpResponseForbidden()
        return HttpResponse(request.GET["hub.challenge"])
    if not is_genuine(request):
        return HttpResponseForbidden()
    for entry in json.loads(request.body)["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if change["field"] == "messages" and message["type"] == "button" and "from" in message:
                    answer(message["from"], message["button"]["text"])
    return HttpResponse()


def is_genuine(request):
    expected = hmac.new(settings.WHATSAPP["app_secret"].encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(request.headers.get("X-Hub-Signature-256", ""), f"sha256={expected}")


def answer(phone, label):
    if label != "No, cancel it":
        send(phone, "text", {"body": "See you then!"})
        return
    with transaction.atomic():
        Appointment.objects.filter(phone=phone).update(is_cancelled=True)
    send(phone, "text", {"body": "Your appointment is cancelled."})
