"""The field ``calls``: a person calls a business number, and the call ends.

Shapes: D/calling/user-initiated-calls and D/calling/reference (November 2025).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.people.person import Person
from emulator.wire.webhooks.envelope import seconds

USER_INITIATED = "USER_INITIATED"
_OFFER = (
    "v=0",
    "o=- {session} 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 126",
    "c=IN IP4 0.0.0.0",
    "a=mid:audio",
    "a=sendrecv",
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:126 telephone-event/8000",
    "",
)


def connected(
    number: BusinessNumber, person: Person, call_id: str, at: datetime, session: str
) -> dict[str, object]:
    """It rings; the offer describes a session in which nothing is ever heard."""
    sdp = "\r\n".join(_OFFER).format(session=session)
    call = _call(number, person, call_id, "connect", at) | {
        "direction": USER_INITIATED,
        "session": {"sdp_type": "offer", "sdp": sdp},
    }
    return _value(number, person, call)


def terminated(
    number: BusinessNumber, person: Person, call_id: str, at: datetime, lasted: timedelta | None
) -> dict[str, object]:
    """It is over; ``lasted`` is how long somebody spoke, ``None`` when nobody answered."""
    call = _call(number, person, call_id, "terminate", at) | {
        "direction": USER_INITIATED,
        "status": "FAILED" if lasted is None else "COMPLETED",
    }
    if lasted is not None:
        call |= {
            "start_time": str(seconds(at - lasted)),
            "end_time": str(seconds(at)),
            "duration": int(lasted.total_seconds()),
        }
    return _value(number, person, call)


def _call(
    number: BusinessNumber, person: Person, call_id: str, event: str, at: datetime
) -> dict[str, object]:
    return {
        "id": call_id,
        "to": number.digits,
        "from": person.wa_id,
        "from_user_id": person.user_id,
        "event": event,
        "timestamp": str(seconds(at)),
    }


def _value(number: BusinessNumber, person: Person, call: dict[str, object]) -> dict[str, object]:
    contact = {"profile": {"name": person.name}, "wa_id": person.wa_id, "user_id": person.user_id}
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "contacts": [contact],
        "calls": [call],
    }
