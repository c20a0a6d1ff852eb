"""The field ``calls``: a person calls a business number, and the call ends.

Shapes: D/calling/user-initiated-calls and D/calling/reference (November 2025).
"""

from __future__ import annotations

from emulator.domain.events.people import CallConnected, CallEnded
from emulator.wire.webhooks.contacts import contact, number_of
from emulator.wire.webhooks.timestamps import seconds

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


def connected(event: CallConnected) -> dict[str, object]:
    """Build the ``connect`` event of a call: it rings, with an SDP offer that carries no sound."""
    sdp = "\r\n".join(_OFFER).format(session=event.session)
    return _value(event, "connect", {"session": {"sdp_type": "offer", "sdp": sdp}})


def terminated(event: CallEnded) -> dict[str, object]:
    """Build the ``terminate`` event of a call: COMPLETED with its times, or FAILED when it was not answered.

    Times are strings of seconds since 1970, the duration a number of seconds.
    """
    lasted = event.lasted
    if lasted is None:
        return _value(event, "terminate", {"status": "FAILED"})
    ended = {
        "status": "COMPLETED",
        "start_time": str(seconds(event.at - lasted)),
        "end_time": str(seconds(event.at)),
        "duration": int(lasted.total_seconds()),
    }
    return _value(event, "terminate", ended)


def _value(event: CallConnected | CallEnded, name: str, more: dict[str, object]) -> dict[str, object]:
    number, person = event.number, event.person
    call = {
        "id": event.call_id,
        "to": number.digits,
        **number_of(person, "from"),
        "from_user_id": person.user_id,
        "event": name,
        "timestamp": str(seconds(event.at)),
        "direction": USER_INITIATED,
        **more,
    }
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
        "contacts": [contact(person)],
        "calls": [call],
    }
