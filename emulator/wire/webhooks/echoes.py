"""The field ``smb_message_echoes``: what was written to a person from the WhatsApp Business app.

Source: D/webhooks/reference/smb_message_echoes (2026), and a capture of May 2026.
"""

from __future__ import annotations

from emulator.domain.events.people import EchoSent
from emulator.wire.webhooks.contacts import contact, number_of
from emulator.wire.webhooks.timestamps import seconds


def echo(event: EchoSent) -> dict[str, object]:
    """Build the value for a message that somebody of the business wrote on their phone."""
    number, person = event.number, event.person
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "contacts": [contact(person, profile=False)],
        "message_echoes": [
            {
                "from": number.digits,
                **number_of(person, "to"),
                "to_user_id": person.user_id,
                "id": event.message_id,
                "timestamp": str(seconds(event.at)),
                "type": event.kind,
                event.kind: event.content,
            }
        ],
    }
