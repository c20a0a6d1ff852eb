"""The bodies of ``messages`` and ``marketing_messages``: a message to send, or one to mark as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from emulator.domain.content.kind import MessageKind
from emulator.domain.content.kinds import KINDS
from emulator.domain.errors import (
    DOCS,
    NOT_EMULATED,
    GraphError,
    bad_parameter,
    invalid_parameter,
    message_error,
)
from emulator.domain.messages.direct import KINDS as DIRECT_KINDS
from emulator.domain.messages.marketing_endpoint import POLICIES
from emulator.domain.messages.outbound import (
    CALLBACK_DATA_LIMIT,
    TYPES,
    Content,
    FreeForm,
    MarkRead,
    Send,
    TemplateUse,
)
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter
from emulator.wire.requests import direct_send
from emulator.wire.requests.sent_components import read_sent_components


def read(body: Parameter, direct_send: str = "off") -> Send | MarkRead:
    """Read the body of ``POST /{phone_number_id}/messages`` into the command it is.

    ``direct_send`` is the setting of that name. Raises the error about the first thing that is wrong: 100,
    131009, 131051 or 139200.

    The order of the errors is the platform's as far as it is known: an unreadable body lacks
    ``messaging_product`` first, a missing ``to`` comes before a wrong ``messaging_product``.
    """
    product = body.required("messaging_product")
    if not body.get("status").absent:
        product.one_of(("WHATSAPP",))
        return _mark_read(body)
    return _send(body, direct_send)


def read_marketing(body: Parameter, version: int) -> Send:
    """Read the body of ``POST /{phone_number_id}/marketing_messages`` into the command to send a template.

    ``version`` is the major version of the call. Raises ``(#100)`` for a message that is no template, and for
    a wrong ``product_policy`` or ``message_activity_sharing``, which are checked and have no effect here.
    """
    body.required("messaging_product")
    if not body.get("product_policy").absent:
        body.get("product_policy").one_of(POLICIES)
    if not body.get("message_activity_sharing").absent:
        body.get("message_activity_sharing").boolean()
    command = _send(body, "off")
    if not isinstance(command.content, TemplateUse):
        raise invalid_parameter(
            "Message must be a template message.",
            rule="marketing_messages",
            hint=f"The type is {command.content.kind.name}; other messages go to the edge messages.",
        )
    return replace(command, marketing_version=version)


def _send(body: Parameter, switch: str) -> Send:
    if body.get("to").value in (None, "") and body.get("recipient").value in (None, ""):
        raise GraphError(
            "The parameter to is required.", 100, rule="parameters", hint=body.hint_without("to")
        )
    body.get("messaging_product").one_of(("WHATSAPP",))
    kind = "TEXT" if body.get("type").absent else body.get("type").one_of(TYPES)
    recipient_type = body.get("recipient_type")
    to_group = not recipient_type.absent and recipient_type.one_of(("INDIVIDUAL", "GROUP")) == "GROUP"
    directly = direct_send.read(body, kind, switch)
    return Send(
        to=None if body.get("to").value in (None, "") else body.get("to").string(),
        content=_content(body, kind, KINDS if directly is None else DIRECT_KINDS[directly.category]),
        recipient=None if body.get("recipient").absent else body.get("recipient").text(),
        context_id=_context(body.get("context")),
        callback_data=_callback_data(body.get("biz_opaque_callback_data")),
        to_group=to_group,
        direct=directly,
        identity_key_hash=None
        if (known := body.get("recipient_identity_key_hash")).absent
        else known.string(),
    )


def _mark_read(body: Parameter) -> MarkRead:
    body.get("status").one_of(("READ",))
    message_id = body.required("message_id").text()
    indicator = body.get("typing_indicator")
    if not indicator.absent:
        indicator.object().required("type").one_of(("TEXT",))
    return MarkRead(message_id, typing=not indicator.absent)


def _content(body: Parameter, kind: str, kinds: Mapping[str, MessageKind]) -> Content:
    name = kind.lower()
    if body.get(name).absent:
        raise invalid_parameter(
            f"Parameter '{name}' is mandatory for type '{name}'", hint=body.hint_without(name)
        )
    if kind == "TEMPLATE":
        return _template(body.get(name).object())
    if name not in kinds:
        raise message_error(
            131051,
            rule=NOT_EMULATED,
            hint=f"A message of type {name} is on the platform's list, but no page says what it is.",
            source=f"{DOCS}/messages/send-messages",
            facts={"feature": f"a message of type {name}"},
        )
    content = FreeForm(kinds[name], shape_reader.read(kinds[name].shape, body.get(name)))
    content.check()
    return content


def _template(template: Parameter) -> TemplateUse:
    template.only("name", "language", "components", "namespace")
    name = template.required("name").text()
    language = template.required("language").object().only("code", "policy")
    code = language.required("code").text()
    if not language.get("policy").absent:
        language.get("policy").one_of(("DETERMINISTIC",))
    return TemplateUse(name, code, read_sent_components(template.get("components")))


def _context(context: Parameter) -> str | None:
    if context.absent:
        return None
    return context.object().only("message_id").required("message_id").text()


def _callback_data(data: Parameter) -> str | None:
    if data.absent:
        return None
    text = data.string()
    if len(text) > CALLBACK_DATA_LIMIT:
        raise bad_parameter(
            f"Param {data} must be at most {CALLBACK_DATA_LIMIT} characters long.",
            hint=f"It has {len(text)} characters, {len(text) - CALLBACK_DATA_LIMIT} too many.",
        )
    return text
