"""The webhook: patients answer their reminders."""

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
    for entry in json.loads(request.body)["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if message["type"] == "button":
                    answer(message["from"], message["button"]["text"])
    return HttpResponse()


def answer(phone, label):
    if label != "No, cancel it":
        send(phone, "text", {"body": "See you then!"})
        return
    with transaction.atomic():
        Appointment.objects.filter(phone=phone).update(is_cancelled=True)
    send(phone, "text", {"body": "Your appointment is cancelled."})
