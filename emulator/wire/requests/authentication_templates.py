"""Read what is asked of authentication templates alone: previews of their texts, and many of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.editor.texts import EXPIRY_MINUTES
from emulator.domain.templates.languages import LANGUAGES
from emulator.domain.templates.template import Draft
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import read_draft

CATEGORY = ("AUTHENTICATION",)
_NOT_TAKEN = ("text", "autofill_text")
"""Labels that the platform writes when it makes many templates at once."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """The texts that are to be shown."""

    languages: tuple[str, ...]
    with_recommendation: bool
    minutes: int | None
    shows_buttons: bool


def read_preview(query: Parameter) -> PreviewRequest:
    """Read a question for the texts of authentication templates; without languages it is about all."""
    query.required("category").one_of(CATEGORY)
    languages = query.get("languages").strings() or query.get("language").strings()
    for language in languages:
        if language not in LANGUAGES:
            raise bad_parameter(
                f'Param languages must be one of {{{", ".join(LANGUAGES)}}} - got "{language}".'
            )
    minutes = query.get("code_expiration_minutes")
    advice = query.get("add_security_recommendation")
    kinds = query.get("button_types")
    buttons = [Parameter(kind, kinds.path).one_of(("OTP",)) for kind in kinds.strings()]
    return PreviewRequest(
        languages or LANGUAGES,
        not advice.absent and advice.boolean(),
        None if minutes.absent else _minutes(minutes),
        bool(buttons),
    )


def read_upsert(body: Parameter, version: int) -> tuple[Draft, tuple[str, ...]]:
    """Read an authentication template and the languages it shall be there in."""
    body.required("category").one_of(CATEGORY)
    languages = body.required("languages").strings()
    if not languages:
        raise bad_parameter("The parameter languages is required.")
    draft = read_draft(Parameter({**body.value, "language": languages[0]}, body.path), version)
    for place, component in enumerate(draft.components):
        for number, button in enumerate(component.get("buttons", ())):
            _check_labels(button, Parameter(None, ("components", place, "buttons", number)))
    return draft, languages


def _check_labels(button: Mapping[str, Any], at: Parameter) -> None:
    for label in _NOT_TAKEN:
        if label in button:
            raise bad_parameter(f'Unexpected key "{label}" on param "{at}".')


def _minutes(given: Parameter) -> int:
    least, most = EXPIRY_MINUTES
    if not least <= given.integer() <= most:
        raise bad_parameter(f"Param {given} must be between {least} and {most}.")
    return given.integer()
