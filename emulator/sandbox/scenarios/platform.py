"""Steps of the business, of the platform and of time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from emulator.domain.errors import PlatformError
from emulator.domain.messages.outbound import MarkRead
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.scenarios.scenario import Step
from emulator.sandbox.scenarios.stage import Stage
from emulator.wire.parameters import Parameter
from emulator.wire.requests import messages


def business_sends(stage: Stage, step: Step) -> object:
    """Send a body of the Graph API, for a scenario without an app; ``refused`` expects that it is refused."""
    body: dict[str, Any] = {"messaging_product": "whatsapp"} | _body(step.value)
    whom = step.member("to") or body.get("to") or stage.last
    if whom is None and "recipient" not in body:
        raise CannotDo("to whom? Say `to` beside the step, or in its body")
    if whom is not None:
        body["to"] = whom if body.get("recipient_type") == "group" else stage.number_of(str(whom))
    number = stage.sandbox.accounts.number(step.member("from"))
    with refused_as_said(step):
        command = messages.read(Parameter(body), stage.sandbox.settings.direct_send)
        if isinstance(command, MarkRead):
            stage.sandbox.messages.mark_read(number, command)
        else:
            stage.sandbox.messages.send(number, command)
    return None


@contextmanager
def refused_as_said(step: Step) -> Iterator[None]:
    """Let an act of the business be refused with the code that the step has beside it, and only with that."""
    expected = step.member("refused")
    try:
        yield
    except PlatformError as refusal:
        if expected != refusal.code:
            raise
        return
    if expected is not None:
        raise CannotDo(f"expected that it is refused with {expected}, but it was accepted")


def _body(value: Any) -> dict[str, Any]:
    return {"type": "text", "text": {"body": value}} if isinstance(value, str) else dict(value)


def business_reads(stage: Stage, step: Step) -> object:
    """Mark what somebody wrote last as read, perhaps with a typing indicator."""
    who = step.value.get("of")
    wa_id = stage.number_of(who) if who is not None else stage.last
    written = stage.sandbox.messages.all(wa_id=wa_id, outbound=False, limit=1) if wa_id else []
    if not written:
        raise CannotDo(f"{who or 'nobody'} has written nothing that could be marked as read")
    number = stage.sandbox.accounts.number(written[0].phone_number_id)
    typing = step.value.get("typing", False)
    stage.sandbox.messages.mark_read(number, MarkRead(written[0].id, typing=typing))
    return None


def advance(stage: Stage, step: Step) -> object:
    """Let time pass: a duration, or ``next``, until the next thing that is due."""
    clock = stage.sandbox.clock
    return clock.advance(step.value) if isinstance(step.value, timedelta) else clock.advance_to_next()


def fault(stage: Stage, step: Step) -> object:
    """Have something go wrong on purpose."""
    facts = dict(step.value)
    if "to" in facts:
        facts["to"] = stage.number_of(str(facts["to"]))
    return stage.sandbox.faults.add(facts.pop("code", None), **facts)


def fire(stage: Stage, step: Step) -> object:
    """Send a webhook of a field of which nothing is the cause."""
    field = step.value["field"]
    stage.sandbox.webhooks.subscribe(field)
    return stage.sandbox.webhooks.fire(field, step.value.get("value"), sample=step.value.get("sample"))


def settings(stage: Stage, step: Step) -> object:
    """Change settings of the sandbox."""
    return stage.sandbox.change_settings(**step.value)
