"""What the tests of a template's life share: templates to submit, and short ways to change them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator import PlatformError, Sandbox
from emulator.domain.templates.template import Draft, Template
from emulator.sandbox.webhooks.receivers import CallableReceiver
from emulator.wire.requests.templates import TemplateEdit
from emulator.wire.webhooks.fields import FIELDS
from kit.sandboxes import URL, WABA_ID, Inbox

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=5)
ORDER_SHIPPED = "1689556908129832"
SAMPLE = "711633970112948"


def body(text: str = "Thank you for your visit. We hope to see you again!") -> tuple[dict[str, Any], ...]:
    return ({"type": "BODY", "text": text},)


CODE = (
    {"type": "BODY", "add_security_recommendation": True},
    {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"}]},
)


def submit(
    sandbox: Sandbox,
    name: str = "thank_you",
    language: str = "en_US",
    category: str = "UTILITY",
    components: tuple[dict[str, Any], ...] | None = None,
) -> Template:
    with sandbox.services.command():
        draft = Draft(name, language, category, components or body())
        return sandbox.services.templates.submit(WABA_ID, draft).template


def found(sandbox: Sandbox, template_id: str) -> Template:
    with sandbox.services.command() as store:
        template = store.templates.get(template_id)
    assert template is not None
    return template


def names(sandbox: Sandbox) -> list[str]:
    with sandbox.services.command() as store:
        return [template.name for template in store.templates.of(WABA_ID)]


def edit(sandbox: Sandbox, template_id: str, text: str) -> Template:
    with sandbox.services.command():
        return sandbox.services.templates.edit(
            found(sandbox, template_id), TemplateEdit(components=body(text))
        ).template


def delete(sandbox: Sandbox, name: str, template_id: str | None = None) -> None:
    with sandbox.services.command():
        sandbox.services.templates.deleting.delete(WABA_ID, name, template_id)


def refused(act: Any, *arguments: Any) -> tuple[int | None, str]:
    """Subcode and sentence of the editor's refusal."""
    with pytest.raises(PlatformError) as caught:
        act(*arguments)
    return caught.value.subcode, getattr(caught.value, "user_message", caught.value.message)


def hear_everything(sandbox: Sandbox) -> Inbox:
    """Connect a receiver that hears of every field."""
    inbox = Inbox(sandbox)
    sandbox.webhooks.connect(URL, CallableReceiver(inbox), FIELDS)
    return inbox


def status(sandbox: Sandbox, template_id: str) -> str:
    """The status of a template, or ``gone``."""
    with sandbox.services.command() as store:
        template = store.templates.get(template_id)
    return str(template.status) if template else "gone"
