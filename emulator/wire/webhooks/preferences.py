"""Payloads of the field ``user_preferences``: whether people want the marketing of a number.

Source: D/webhooks/reference/user_preferences (21 May 2026).
"""

from __future__ import annotations

from emulator.domain.events.people import MarketingPreferenceChanged
from emulator.wire.webhooks.contacts import contact, number_of
from emulator.wire.webhooks.timestamps import seconds


def marketing_preference(event: MarketingPreferenceChanged) -> dict[str, object]:
    """Build the value for a person who stopped or resumed the marketing messages of a number.

    The timestamp is a JSON number of seconds here, unlike in ``messages``.
    """
    number, person, wanted = event.number, event.person, "stop" if event.stopped else "resume"
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "contacts": [contact(person)],
        "user_preferences": [
            {
                **number_of(person, "wa_id"),
                "user_id": person.user_id,
                "detail": f"User requested to {wanted} marketing messages",
                "category": "marketing_messages",
                "value": wanted,
                "timestamp": seconds(event.at),
            }
        ],
    }
