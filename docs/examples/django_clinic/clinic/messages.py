"""What the clinic sends."""

import requests
from django.conf import settings

from clinic.models import Appointment


def send(to, kind, content):
    answer = requests.post(
        f"https://graph.facebook.com/v26.0/{settings.WHATSAPP['phone_number_id']}/messages",
        headers={"Authorization": f"Bearer {settings.WHATSAPP['token']}"},
        json={"messaging_product": "whatsapp", "to": to, "type": kind, kind: content},
        timeout=10,
    )
    answer.raise_for_status()


def remind_of(day):
    """Remind every patient who comes on a day, once."""
    for appointment in Appointment.objects.filter(day=day, is_reminded=False, is_cancelled=False):
        values = {"first_name": appointment.first_name, "day": f"{appointment.day:%A}"}
        parameters = [{"type": "text", "parameter_name": name, "text": text} for name, text in values.items()]
        send(
            appointment.phone,
            "template",
            {
                "name": "appointment_reminder",
                "language": {"code": "en_US"},
                "components": [{"type": "body", "parameters": parameters}],
            },
        )
        appointment.is_reminded = True
        appointment.save()
