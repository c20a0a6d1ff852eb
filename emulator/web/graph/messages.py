"""``/{phone_number_id}/messages`` and ``/{phone_number_id}/marketing_messages``."""

from __future__ import annotations

from emulator.domain.accounts.apps import MANAGEMENT, MESSAGING
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import Waba
from emulator.domain.graph.versions import major
from emulator.domain.messages.outbound import MarkRead, Send
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import responses
from emulator.wire.requests import direct_send, messages


@endpoint(BusinessNumber, "messages", "POST", "PUT", scope=MESSAGING)
def send(call: Call) -> Answer:
    """Accept a message (``POST /{phone_number_id}/messages``), or mark one that a person wrote as read.

    Answers its wamid; nothing has been delivered then. Raises the first refusal of the parameters and of
    :data:`emulator.domain.rules.AT_ONCE`.
    """
    assert isinstance(call.node, BusinessNumber)
    command = messages.read(call.parameters, call.sandbox.settings.direct_send)
    if isinstance(command, MarkRead):
        call.sandbox.messages.mark_read(call.node, command)
        return Answer(responses.SUCCESS, command.message_id)
    return _accept(call, command)


@endpoint(BusinessNumber, "marketing_messages", "POST", scope=MESSAGING)
def send_marketing(call: Call) -> Answer:
    """Accept a marketing template by its own endpoint (``POST /{phone_number_id}/marketing_messages``).

    Raises the refusals of :func:`send`, and those for what is no marketing template.
    """
    return _accept(call, messages.read_marketing(call.parameters, major(call.version)))


def _accept(call: Call, command: Send) -> Answer:
    assert isinstance(call.node, BusinessNumber)
    accepted = call.sandbox.messages.send(call.node, command)
    body = responses.accepted(accepted.message, accepted.input, accepted.user_id, held=accepted.held)
    return Answer(body, accepted.message.id, accepted.message.wa_id, accepted.message.cause)


@endpoint(Waba, "message_samples", "POST", scope=MANAGEMENT)
def submit_sample(call: Call) -> Answer:
    """Take in a sample of what will be sent directly (``POST /{waba_id}/message_samples``).

    Answers its category. Nothing is stored. Raises a refusal while the setting ``direct_send`` is off.
    """
    category = direct_send.read_sample(call.parameters, call.sandbox.settings.direct_send)
    return Answer({**responses.SUCCESS, "category": category}, call.node.id)
