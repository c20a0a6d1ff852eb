"""Control route of what somebody of a business writes to people in the WhatsApp Business app."""

from __future__ import annotations

from emulator.domain.messages.inbound_kinds import ECHOED
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers.messages import MessageIdAnswer
from emulator.web.control.people.people import CONTENTS
from emulator.web.control.routes.table import SANDBOX, TEXT, Json, one_of, route
from emulator.web.control.routes.values import BadRequest


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/echoes",
    body={"number": TEXT, "type": one_of(*ECHOED), **{name: CONTENTS[name] for name in ECHOED}},
    status=201,
)
def echo(
    sandbox: Sandbox,
    wa_id: str,
    number: str | None = None,
    type: str = "text",  # noqa: A002
    **contents: Json,
) -> MessageIdAnswer:
    """Have somebody of the business write to a person in the WhatsApp Business app (coexistence).

    ``number`` is the business number (default: the first); the content stands under the name of its type.
    Causes the webhook ``smb_message_echoes``; the message is not one that the API sent. Answers its id; 422
    for what the app does not send.
    """
    if list(contents) != [type]:
        raise BadRequest(f"a message of the type {type} has {type!r}, and nothing else")
    return {"id": sandbox.messages.echo(wa_id, type, contents[type], number=number)}
