"""The body of ``POST /{phone_number_id}/messages``: something to send, or a message to mark as read."""

from __future__ import annotations

from emulator.domain.errors import (
    DOCS,
    NOT_EMULATED,
    GraphError,
    bad_parameter,
    invalid_parameter,
    message_error,
)
from emulator.domain.messages.content import (
    CALLBACK_DATA_LIMIT,
    TYPES,
    Content,
    FreeForm,
    MarkRead,
    Send,
    TemplateUse,
)
from emulator.domain.messages.kinds import KINDS
from emulator.domain.templates.refusals import NotEmulated
from emulator.wire import reading
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import read_sent_components


def read(body: Parameter) -> Send | MarkRead:
    """Read a call. Raises Graph's complaint about the first thing that is wrong.

    The order of the complaints is the platform's as far as it is known: an unreadable body lacks
    ``messaging_product`` first, a missing ``to`` comes before a wrong ``messaging_product``.
    """
    product = body.required("messaging_product")
    if not body.get("status").absent:
        product.one_of(("WHATSAPP",))
        return _mark_read(body)
    if body.get("to").value in (None, "") and body.get("recipient").value in (None, ""):
        raise GraphError("The parameter to is required.", 100, rule="parameters")
    product.one_of(("WHATSAPP",))
    kind = "TEXT" if body.get("type").absent else body.get("type").one_of(TYPES)
    if not body.get("recipient_type").absent and (
        body.get("recipient_type").one_of(("INDIVIDUAL", "GROUP")) == "GROUP"
    ):
        raise NotEmulated("messages to a group (recipient_type: group)")
    if not body.get("category").absent:
        raise invalid_parameter(
            "Parameter Invalid: The 'category' value requires Direct Send, which isn't enabled for this "
            "account. Use an approved message template instead.",
            rule="direct_send",
            hint="Direct Send is not emulated; the platform answers so when it is not enabled.",
        )
    return Send(
        to=None if body.get("to").value in (None, "") else body.get("to").string(),
        content=_content(body, kind),
        recipient=None if body.get("recipient").absent else body.get("recipient").text(),
        context_id=_context(body.get("context")),
        callback_data=_callback_data(body.get("biz_opaque_callback_data")),
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


def _content(body: Parameter, kind: str) -> Content:
    name = kind.lower()
    if body.get(name).absent:
        raise invalid_parameter(f"Parameter '{name}' is mandatory for type '{name}'")
    if kind == "TEMPLATE":
        return _template(body.get(name).object())
    if name not in KINDS:
        raise message_error(
            131051,
            rule=NOT_EMULATED,
            hint=f"A message of type {name} is on the platform's list, but no page says what it is.",
            source=f"{DOCS}/messages/send-messages",
            facts={"feature": f"a message of type {name}"},
        )
    content = FreeForm(KINDS[name], reading.read(KINDS[name].shape, body.get(name)))
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
        raise bad_parameter(f"Param {data} must be at most {CALLBACK_DATA_LIMIT} characters long.")
    return text
