"""Control routes of what people do beside writing: click ads, call, edit and delete."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.instants import iso
from emulator.domain.people.devices import DEVICES
from emulator.sandbox.messages.calls import PhoneCall
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import messages as answers
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes.table import NUMBER, REFERRAL, SANDBOX, TEXT, Json, one_of, required, route
from emulator.web.control.routes.values import BadRequest


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/ad-clicks",
    body={"text": required(TEXT), "to": TEXT, "referral": REFERRAL, "device": one_of(*DEVICES)},
    status=201,
)
def click_ad(
    sandbox: Sandbox,
    wa_id: str,
    text: str,
    to: str | None = None,
    referral: Json | None = None,
    device: str | None = None,
) -> answers.Message:
    """Have a person write from an ad (default: an invented one); an answer opens a free entry point.

    The answer has to come within 24 hours, and the person on ``android`` or ``ios``; it is open for 72 hours.
    Answers the message.
    """
    return message_answer(sandbox.people.click_ad(wa_id, text, to=to, referral=referral, device=device))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/calls",
    body={"to": TEXT, "lasts": {**NUMBER, "description": "Seconds; left out, nobody answers."}},
    status=201,
)
def call(
    sandbox: Sandbox, wa_id: str, to: str | None = None, lasts: float | None = None
) -> answers.PhoneCallAnswer:
    """Have a person call a business number (default: the first); opens or restarts the window.

    ``lasts`` is how long they speak, in seconds; without it nobody answers, and it rings for 45. Causes a
    ``calls`` webhook now, and one when it ends. Answers the call.
    """
    if lasts is not None and not 0 <= lasts < 1e9:
        raise BadRequest(f"a call lasts so many seconds, not {lasts!r}")
    length = None if lasts is None else timedelta(seconds=lasts)
    return _phone_call_answer(sandbox.people.call(wa_id, to=to, lasts=length))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/edits",
    body={"message_id": required(TEXT), "text": required(TEXT)},
    status=201,
)
def edit(sandbox: Sandbox, wa_id: str, message_id: str, text: str) -> answers.Message:
    """Have a person change the text or caption of a message they wrote; answers what the business receives.

    By the setting ``edits_told`` that is an ``edit`` or an unsupported message. 422 from 15 minutes after it
    was written on.
    """
    return message_answer(sandbox.people.edit(wa_id, message_id, text))


@route("POST", f"{SANDBOX}/people/{{wa_id}}/deletions", body={"message_id": required(TEXT)}, status=201)
def delete(sandbox: Sandbox, wa_id: str, message_id: str) -> answers.MaybeMessageAnswer:
    """Have a person delete a message they wrote; answers what the business receives, or ``null``.

    By the setting ``edits_told`` that is a ``revoke`` message or nothing. 422 from two days and twelve hours
    after it was written on.
    """
    message = sandbox.people.delete(wa_id, message_id)
    return {"message": None if message is None else message_answer(message)}


def _phone_call_answer(facts: PhoneCall) -> answers.PhoneCallAnswer:
    """Write a call of a person: when it began, when it ends, and whether anybody answers it."""
    return {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "at": iso(facts.at),
        "ends_at": iso(facts.ends_at),
        "answered": facts.lasts is not None,
    }
