"""``/{phone_number_id}/messages``."""

from __future__ import annotations

from emulator.domain.accounts import MESSAGING, BusinessNumber
from emulator.domain.messages.content import MarkRead
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import responses
from emulator.wire.requests import messages


@endpoint(BusinessNumber, "messages", "POST", "PUT", scope=MESSAGING)
def send(call: Call) -> Answer:
    """Send a message, or mark one as read."""
    assert isinstance(call.node, BusinessNumber)
    command = messages.read(call.parameters)
    if isinstance(command, MarkRead):
        call.sandbox.sending.mark_read(call.node, command)
        return Answer(responses.SUCCESS, command.message_id)
    accepted = call.sandbox.sending.accept(call.node, command)
    body = responses.accepted(accepted.message, accepted.input, accepted.user_id)
    return Answer(body, accepted.message.id, accepted.message.wa_id)
