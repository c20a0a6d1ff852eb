"""What the tests of templates share: templates, what a send brings for them, and how a refusal reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.domain.errors import MessageError, TemplateEditorError
from emulator.domain.templates.editor.rules import check
from emulator.domain.templates.filling.match import SentCard, SentComponent, SentParameter, match
from emulator.domain.templates.template import Draft, Status, Template

TITLES = {
    100: "(#100) Invalid parameter",
    131008: "(#131008) Required parameter is missing",
    131009: "(#131009) Parameter value is not valid",
    132000: "(#132000) Number of parameters does not match the expected number of params",
    132005: "(#132005) Template Hydrated Text Too Long",
    132012: "(#132012) Parameter format does not match format in the created template",
    132018: "(#132018) There’s an issue with the parameters in your template",
}


def template(*components: dict[str, Any], **facts: Any) -> Template:
    values = {"category": "UTILITY", "parameter_format": "POSITIONAL"} | facts
    at = datetime(2026, 10, 1, tzinfo=UTC)
    return Template(
        "1", "2", "t", "en_US", status=Status.APPROVED, components=components, created_at=at, **values
    )


def buttons(*written: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(written)}


def carousel(*cards: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    return {"type": "CAROUSEL", "cards": [{"components": list(card)} for card in cards]}


def text(value: str, name: str | None = None) -> SentParameter:
    return SentParameter("TEXT", value, name)


def payload(value: str) -> SentParameter:
    return SentParameter("PAYLOAD", value)


def action(**members: Any) -> SentParameter:
    return SentParameter("ACTION", payload=members)


def header(*parameters: SentParameter) -> SentComponent:
    return SentComponent("HEADER", parameters=parameters)


def body(*values: str | SentParameter) -> SentComponent:
    parameters = tuple(value if isinstance(value, SentParameter) else text(value) for value in values)
    return SentComponent("BODY", parameters=parameters)


def button(index: int, sub_type: str, *parameters: SentParameter) -> SentComponent:
    return SentComponent("BUTTON", sub_type, index, parameters)


def cards(*components: tuple[SentComponent, ...]) -> SentComponent:
    """A carousel with these cards, counted from 0."""
    return SentComponent("CAROUSEL", cards=tuple(SentCard(*card) for card in enumerate(components)))


def mismatch(given: Template, *sent: SentComponent) -> tuple[int, str | None]:
    """The code and the details that such a send is refused with."""
    with pytest.raises(MessageError) as refused:
        match(given, sent)
    assert refused.value.message == TITLES[refused.value.code]
    return refused.value.code, refused.value.details


def draft(*components: dict[str, Any], **facts: Any) -> Draft:
    values = {"name": "offers", "language": "en_US", "category": "MARKETING"} | facts
    return Draft(components=components, **values)


def refusal(given: Draft) -> TemplateEditorError:
    """What the editor answers to such a draft."""
    with pytest.raises(TemplateEditorError) as refused:
        check(given)
    return refused.value
