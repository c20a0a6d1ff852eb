"""Requests about authentication templates alone: previews of their texts, and upserts in many languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.masking import beginning
from emulator.domain.quoting import cut
from emulator.domain.templates.editor.texts import EXPIRY_MINUTES
from emulator.domain.templates.languages import LANGUAGES
from emulator.domain.templates.template import Draft
from emulator.domain.values import dataclass
from emulator.wire.parameters import Parameter
from emulator.wire.received import LONGEST, closest, described
from emulator.wire.requests.templates import read_draft

CATEGORY = ("AUTHENTICATION",)
"""The only value that ``category`` may have here."""
_NOT_TAKEN = ("text", "autofill_text")
"""Labels that the platform writes when it makes many templates at once."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """A request for previews of the texts of authentication templates.

    ``minutes`` is the expiry in the footer (``None``: no footer); ``with_recommendation`` and
    ``shows_buttons`` say what else the answer has.
    """

    languages: tuple[str, ...]
    with_recommendation: bool
    minutes: int | None
    shows_buttons: bool


def read_preview(query: Parameter) -> PreviewRequest:
    """Read the query of ``message_template_previews``; without languages it is about all of them.

    Raises ``(#100)`` for another category, an unknown language or button type, and an expiry outside 1 to 90.
    """
    query.required("category").one_of(CATEGORY)
    languages = query.get("languages").strings() or query.get("language").strings()
    for language in languages:
        if language not in LANGUAGES:
            raise bad_parameter(
                f'Param languages must be one of {{{", ".join(LANGUAGES)}}} - got "{cut(language)}".',
                hint=f"{beginning(language, LONGEST)!r} is none of the {len(LANGUAGES)} languages, in this "
                f"case of letters.{closest(language, LANGUAGES)}",
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
    """Read the body of ``upsert_message_templates``: a draft, and the languages it is to be created in.

    The draft has the first of the languages. Raises ``(#100)`` for a button with a label of its own, which
    the platform writes there; ``version`` is the major version of the call.
    """
    body.required("category").one_of(CATEGORY)
    languages = body.required("languages").strings()
    if not languages:
        raise bad_parameter(
            "The parameter languages is required.", hint='Name at least one language, like ["en_US"].'
        )
    draft = read_draft(Parameter({**body.value, "language": languages[0]}, body.path), version)
    for place, component in enumerate(draft.components):
        for number, button in enumerate(component.get("buttons", ())):
            _check_labels(button, Parameter(None, ("components", place, "buttons", number)))
    return draft, languages


def _check_labels(button: Mapping[str, Any], at: Parameter) -> None:
    for label in _NOT_TAKEN:
        if label in button:
            raise bad_parameter(
                f'Unexpected key "{label}" on param "{at}".',
                hint="The platform writes the labels of all languages here; leave it out.",
            )


def _minutes(given: Parameter) -> int:
    least, most = EXPIRY_MINUTES
    if not least <= given.integer() <= most:
        raise bad_parameter(
            f"Param {given} must be between {least} and {most}.",
            hint=f"It came as {described(given.value)}; a code is good for {least} to {most} minutes.",
        )
    return given.integer()
