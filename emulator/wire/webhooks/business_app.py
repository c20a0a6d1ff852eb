"""The fields ``history`` and ``smb_app_state_sync``: what a number brings from the WhatsApp Business app.

Sources: D/webhooks/reference/history (2026), D/webhooks/reference/smb_app_state_sync (21 May 2026).
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.business_app import (
    AppContactChanged,
    AppContactsShared,
    HistoryDeclined,
    HistoryFileShared,
    HistoryShared,
)
from emulator.domain.messages.chat_history import STATUSES
from emulator.domain.messages.inbound_kinds import ECHOED, Written, names
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.wire.webhooks.contacts import contact, number_of
from emulator.wire.webhooks.timestamps import seconds

DECLINED = 2593109
"""The code by which an app learns that the chats are not shared."""
_TURNED_OFF = "History sync is turned off by the business from the WhatsApp Business App"


def _value(number: BusinessNumber, **rest: object) -> dict[str, object]:
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    } | rest


def history(event: HistoryShared) -> dict[str, object]:
    """Build the value for one chunk of chats; files are placeholders in it."""
    number, chunk = event.number, event.chunk
    about = {"phase": chunk.phase, "chunk_order": chunk.order, "progress": chunk.progress}
    threads = [
        {
            "id": person.wa_id,
            "context": number_of(person, "wa_id") | {"user_id": person.user_id} | _username(person),
            "messages": [_past(number, message) for message in messages],
        }
        for person, messages in chunk.threads
    ]
    return _value(number, history=[{"metadata": about, "threads": threads}])


def _past(number: BusinessNumber, message: Message) -> dict[str, object]:
    parties: dict[str, object] = (
        {"from": number.digits, "to": message.wa_id} if message.outbound else {"from": message.wa_id}
    )
    return {
        **parties,
        "id": message.id,
        "timestamp": str(seconds(message.at)),
        **_content(message),
        "history_context": {"status": STATUSES[message.status]},
    }


def _content(message: Message) -> dict[str, object]:
    if message.type in names(Written.FILE):
        return {"type": "media_placeholder"}
    if message.type in ECHOED:
        return {"type": message.type, message.type: message.content}
    return {"type": "text", "text": {"body": message.as_text}}  # the app has no other kinds


def file(event: HistoryFileShared) -> dict[str, object]:
    """Build the value for the file of a placeholder: of a message of a person, or an echo of the business's.

    Source: D/business-scoped-user-ids (2026), which has both forms.
    """
    number, person, message = event.number, event.person, event.message
    about = {
        "id": message.id,
        "timestamp": str(seconds(message.at)),
        "type": message.type,
        message.type: event.content,
    }
    if message.outbound:
        parties = {"from": number.digits, **number_of(person, "to"), "to_user_id": person.user_id}
    else:
        parties = {**number_of(person, "from"), "from_user_id": person.user_id}
    name = "message_echoes" if message.outbound else "messages"
    profile = {} if person.username is None else {"profile": {"username": person.username}}
    return _value(number, contacts=[profile | contact(person, profile=False)], **{name: [parties | about]})


def declined(event: HistoryDeclined) -> dict[str, object]:
    """Build the value for chats that the business does not share."""
    shown = {
        "code": DECLINED,
        "title": _TURNED_OFF,
        "message": _TURNED_OFF,
        "error_data": {"details": "History sharing is turned off by the business"},
    }
    return _value(event.number, history=[{"errors": [shown]}])


def contact_changed(event: AppContactChanged) -> dict[str, object]:
    """Build the value for a contact that was added, changed (``add``, too) or removed."""
    return _value(
        event.number, state_sync=[_synced(event.person, event.full_name, event.first_name, event.at)]
    )


def contacts_shared(event: AppContactsShared) -> dict[str, object]:
    """Build the value for contacts that a partner asked for: each as if it had just been added."""
    synced = [_synced(each.person, each.full_name, each.first_name, event.at) for each in event.contacts]
    return _value(event.number, state_sync=synced)


def _synced(person: Person, full_name: str | None, first_name: str | None, at: datetime) -> dict[str, object]:
    names_of = {} if full_name is None else {"full_name": full_name, "first_name": first_name or full_name}
    return {
        "type": "contact",
        "contact": {
            **names_of,
            **number_of(person, "phone_number"),
            "user_id": person.user_id,
            **_username(person),
        },
        "action": "remove" if full_name is None else "add",
        "metadata": {"timestamp": str(seconds(at))},
    }


def _username(person: Person) -> dict[str, object]:
    return {} if person.username is None else {"username": person.username}
