"""A marketing template, and many people who get it."""

from __future__ import annotations

from emulator import Sandbox
from emulator.domain.messages.content import TemplateUse
from emulator.domain.templates.template import Status, Template
from kit.sandboxes import START

SALE = TemplateUse("sale", "en_US")


def marketing(sandbox: Sandbox, name: str = "sale") -> Template:
    """A marketing template without variables."""
    body = {"type": "BODY", "text": "Everything must go."}
    with sandbox.services.command() as store:
        waba = store.accounts.wabas()[0].id
        template = Template(
            f"9{sum(map(ord, name))}", waba, name, "en_US", "MARKETING", Status.APPROVED, (body,), START
        )
        store.templates.add(template)
    return template


def crowd(sandbox: Sandbox, count: int, **habits: float) -> list[str]:
    """People in Brazil with these habits."""
    return [
        sandbox.people.add(f"P{place}", f"+55 11 9{place:08}", habits=habits).wa_id for place in range(count)
    ]
