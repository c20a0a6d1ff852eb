"""Templates in a sandbox: those that are submitted there, and short ways to change them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator import PlatformError, Sandbox
from emulator.domain.messages.outbound import TemplateUse
from emulator.domain.templates.template import Draft, Status, Template
from emulator.wire.requests.templates import TemplateEdit
from kit.answers import Answer
from kit.identities import WABA_ID
from kit.sandboxes import put_template, template_of
from kit.times import START

MINUTES = timedelta(minutes=5)
"""How long a review takes."""


def body(text: str = "Thank you for your visit. We hope to see you again!") -> tuple[dict[str, Any], ...]:
    """The components of a template that is a text."""
    return ({"type": "BODY", "text": text},)


CODE = (
    {"type": "BODY", "add_security_recommendation": True},
    {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}]},
)
"""The components of an authentication template."""


def submit(
    sandbox: Sandbox,
    name: str = "thank_you",
    language: str = "en_US",
    category: str = "UTILITY",
    components: tuple[dict[str, Any], ...] | None = None,
) -> Template:
    """Submit a template for review."""
    with sandbox.services.command():
        draft = Draft(name, language, category, components or body())
        return sandbox.services.templates.submit(WABA_ID, draft).template


def edit(sandbox: Sandbox, template_id: str, text: str) -> Template:
    """Give a template another text."""
    with sandbox.services.command():
        return sandbox.services.templates.edit(
            found(sandbox, template_id), TemplateEdit(components=body(text))
        ).template


def delete(sandbox: Sandbox, name: str, template_id: str | None = None) -> None:
    """Delete a template in all languages, or the one of an id."""
    with sandbox.services.command():
        sandbox.services.templates.deletion.delete(WABA_ID, name, template_id)


def found(sandbox: Sandbox, template_id: str) -> Template:
    """A template as it stands; it must be there."""
    template = template_of(sandbox, template_id)
    assert template is not None
    return template


def status(sandbox: Sandbox, template_id: str) -> str:
    """The status of a template, or ``gone``."""
    template = template_of(sandbox, template_id)
    return str(template.status) if template else "gone"


def names(sandbox: Sandbox) -> list[str]:
    """The names of the account's templates."""
    with sandbox.services.command() as store:
        return [template.name for template in store.templates.of(WABA_ID)]


def refused(act: Any, *arguments: Any) -> tuple[int | None, str]:
    """Subcode and sentence of the editor's refusal."""
    with pytest.raises(PlatformError) as caught:
        act(*arguments)
    return caught.value.subcode, getattr(caught.value, "user_message", caught.value.message)


# over the Graph API

DRAFT_BODY = {"type": "BODY", "text": "Your order is on its way to you now."}
DRAFT = {"name": "order_on_its_way", "language": "en_US", "category": "UTILITY", "components": [DRAFT_BODY]}
"""A template, as ``/message_templates`` takes it."""


def listed_names(answer: Answer) -> list[str]:
    """The names of the templates in an answer, in order."""
    return [template["name"] for template in (answer.json or {})["data"]]


# marketing

SALE = TemplateUse("sale", "en_US")
"""What :func:`marketing` makes, as it is sent."""


def marketing(sandbox: Sandbox, name: str = "sale") -> Template:
    """An approved marketing template without variables, as if it had been there always."""
    text = {"type": "BODY", "text": "Everything must go."}
    template_id = f"9{sum(map(ord, name))}"
    return put_template(
        sandbox,
        Template(
            template_id,
            sandbox.identity()["waba_id"],
            name,
            "en_US",
            "MARKETING",
            Status.APPROVED,
            (text,),
            START,
        ),
    )
