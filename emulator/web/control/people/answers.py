"""Control routes of what people answer to a message with: taps, filled-in flows, permissions to call."""

from __future__ import annotations

from emulator.domain.messages.inbound_replies import ANSWERS
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers.messages import Message
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes.table import FLAG, SANDBOX, TEXT, Json, one_of, required, route
from emulator.web.control.routes.values import BadRequest

_PERSON = f"{SANDBOX}/people/{{wa_id}}"


@route(
    "POST",
    f"{_PERSON}/taps",
    body={"button": TEXT, "row": TEXT, "message_id": TEXT, "context": FLAG},
    status=201,
)
def tap(
    sandbox: Sandbox,
    wa_id: str,
    button: str | None = None,
    row: str | None = None,
    message_id: str | None = None,
    context: bool = True,
) -> Message:
    """Have a person tap a ``button`` or the ``row`` of a list, by its label, payload or id.

    On ``message_id``, or on the newest message that has reached them and has it. With ``context: false`` the
    webhook does not name that message, as happens on the platform. Answers the message that the tap sends;
    422 when they see no such button, naming those they see.
    """
    label = button if row is None else row
    if label is None or (button is not None and row is not None):
        raise BadRequest("name what is tapped: either 'button' or 'row'")
    return message_answer(
        sandbox.people.tap(wa_id, label, message_id=message_id, row=row is not None, context=context)
    )


@route(
    "POST",
    f"{_PERSON}/flow-replies",
    body={"answers": required({"type": "object"}), "message_id": TEXT},
    status=201,
)
def fill_flow(sandbox: Sandbox, wa_id: str, answers: Json, message_id: str | None = None) -> Message:
    """Have a person fill in the flow of a message and send it: an ``interactive`` reply, ``nfm_reply``.

    ``answers`` are what the last screen of the flow sends, by name. The flow is that of ``message_id``, or of
    the newest message that has one; its ``flow_token`` is put beside the answers. Answers the message; 422
    when no flow has reached them.
    """
    return message_answer(sandbox.people.fill_flow(wa_id, answers, message_id=message_id))


@route(
    "POST",
    f"{_PERSON}/call-permissions",
    body={"response": required(one_of(*ANSWERS)), "message_id": TEXT, "permanent": FLAG},
    status=201,
)
def answer_call_permission(
    sandbox: Sandbox,
    wa_id: str,
    response: str,
    message_id: str | None = None,
    permanent: bool = False,
) -> Message:
    """Have a person accept or reject that the business may call them, as ``message_id`` or the newest asks.

    What is accepted holds for seven days, or with ``permanent`` for ever. Answers the message; 422 when
    nobody asked them.
    """
    return message_answer(
        sandbox.people.answer_call_permission(wa_id, response, message_id=message_id, permanent=permanent)
    )
