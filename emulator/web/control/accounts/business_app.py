"""Control routes of the WhatsApp Business app of a number that is connected to the API, too (coexistence)."""

from __future__ import annotations

from typing import Any

from emulator.domain.messages.chat_history import BUSINESS, PERSON, STATUSES, USUAL_CHUNK
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.routes.table import FLAG, INSTANT, NUMBER, SANDBOX, TEXT, Json, one_of, route
from emulator.web.control.routes.values import BadRequest

_MESSAGE: Json = {
    "type": "object",
    "properties": {
        "text": TEXT,
        "from": one_of(BUSINESS, PERSON),
        "at": INSTANT,
        "status": one_of(*dict.fromkeys(STATUSES.values())),
    },
    "required": ["text"],
}
_CHAT: Json = {
    "type": "object",
    "properties": {"person": TEXT, "messages": {"type": "array", "items": _MESSAGE}},
    "required": ["person", "messages"],
}


@route(
    "POST",
    f"{SANDBOX}/history",
    body={
        "number": TEXT,
        "chats": {"type": "array", "items": _CHAT},
        "chunk": NUMBER,
        "declined": FLAG,
    },
    status=201,
)
def share_history(
    sandbox: Sandbox,
    number: str | None = None,
    chats: list[Any] | None = None,
    chunk: int = USUAL_CHUNK,
    declined: bool = False,
) -> answers.HistoryAnswer:
    """Share the chats of a number (default: the first) as when it is connected to the API, or share none.

    Without ``chats`` they are the conversations that the sandbox has. Each ``chunk`` of messages (default:
    100) is a webhook ``history`` with its phase by age: up to a day, 90 and 180 days. With ``declined`` the
    app learns by error 2593109 that nothing is shared. Answers the chunks; 404 for a person that
    nobody is, 422 for a message that cannot be.
    """
    if declined:
        if chats is not None:
            raise BadRequest("either chats are shared, or that is declined")
        sandbox.business_app.decline_history(number=number)
        return {"chunks": []}
    if int(chunk) != chunk:
        raise BadRequest(f"a chunk has a whole number of messages, not {chunk}")
    told = None if chats is None else {each["person"]: each["messages"] for each in chats}
    made = sandbox.business_app.share_history(told, number=number, chunk=int(chunk))
    return {
        "chunks": [
            {
                "phase": each.phase,
                "chunk_order": each.order,
                "progress": each.progress,
                "messages": each.messages,
            }
            for each in made
        ]
    }


@route(
    "PUT",
    f"{SANDBOX}/people/{{wa_id}}/app-contact",
    body={"number": TEXT, "full_name": TEXT, "first_name": TEXT},
    status=204,
)
def save_app_contact(
    sandbox: Sandbox,
    wa_id: str,
    number: str | None = None,
    full_name: str | None = None,
    first_name: str | None = None,
) -> None:
    """Save a person among the contacts of the WhatsApp Business app, or change their name there.

    By default it is their own name, and the first business number. Apps hear of it by ``smb_app_state_sync``,
    as ``add``.
    """
    sandbox.business_app.save_contact(wa_id, full_name, first_name, number=number)


@route("DELETE", f"{SANDBOX}/people/{{wa_id}}/app-contact", query={"number": TEXT}, status=204)
def remove_app_contact(sandbox: Sandbox, wa_id: str, number: str | None = None) -> None:
    """Remove a person from the contacts of the WhatsApp Business app of a number (default: the first).

    Apps hear of it by ``smb_app_state_sync``, as ``remove``.
    """
    sandbox.business_app.remove_contact(wa_id, number=number)
