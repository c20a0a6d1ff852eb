"""The field ``user_id_update``: a person has another business-scoped user id.

Source: D/webhooks/reference/user_id_update (2026).
"""

from __future__ import annotations

from emulator.domain.events.people import UserIdChanged
from emulator.wire.webhooks.contacts import number_of
from emulator.wire.webhooks.timestamps import seconds


def changed(event: UserIdChanged) -> dict[str, object]:
    """Build the value for a person whose user id has changed."""
    number, person = event.number, event.person
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "contacts": [{"profile": {"name": person.name}, **number_of(person, "wa_id")}],
        "user_id_update": [
            {
                **number_of(person, "wa_id"),
                "detail": f"User id for {person.name} has been updated.",
                "user_id": {"previous": event.previous, "current": person.user_id},
                "timestamp": str(seconds(event.at)),
            }
        ],
    }
