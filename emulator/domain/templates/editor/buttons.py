"""The editor's rules about the buttons of a template: how many, in which order, which together.

Source: D/templates/components; each button's own fields are judged in :mod:`.button_fields`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.authentication_texts import ENGLISH, authentication_texts
from emulator.domain.templates.components import BUTTON_TYPES
from emulator.domain.templates.editor.button_fields import OTP_TITLE, check_button
from emulator.domain.templates.editor.limits import CURRENT_LIMITS, EditorLimits
from emulator.domain.templates.refusals import missing_field, refusal
from emulator.domain.templates.template import Draft

MOST_BUTTONS = 10
MOST_OF_TYPE = {
    "URL": 2,
    "PHONE_NUMBER": 1,
    "COPY_CODE": 1,
    "FLOW": 1,
    "CATALOG": 1,
    "MPM": 1,
    "SPM": 1,
    "VOICE_CALL": 1,
    "ORDER_DETAILS": 1,
    "REQUEST_CONTACT_INFO": 1,
    "APP": 1,
}
"""How many buttons of each type a template may have; quick replies are limited by the total alone."""
ALONE = ("CATALOG", "MPM", "SPM")
"""Buttons that must be the only one."""

COMBINATION_TITLE = "Button combination is not valid"


def check_buttons(
    component: Mapping[str, Any] | None, draft: Draft, limits: EditorLimits = CURRENT_LIMITS
) -> None:
    """Refuse buttons that are unknown, too many, badly ordered, or incomplete.

    ``component`` is the BUTTONS component, ``None`` when the draft has none; an authentication template needs
    exactly one OTP button. The platform's numbers for counts, order and OTP buttons are not known; the
    wording is ours.
    """
    buttons: Sequence[Mapping[str, Any]] = component.get("buttons") or () if component else ()
    for place, button in enumerate(buttons):
        _check_type(place, str(button.get("type")))
    kinds = [str(button["type"]) for button in buttons]
    if draft.category == "AUTHENTICATION":
        if kinds != ["OTP"]:
            raise refusal(
                None,
                OTP_TITLE,
                "An authentication template must have exactly one OTP button.",
                hint=f"The buttons are {', '.join(kinds) or 'none'}.",
            )
    elif "OTP" in kinds:
        raise refusal(
            None,
            OTP_TITLE,
            "OTP buttons are only for authentication templates.",
            hint=f"The category is {draft.category}; AUTHENTICATION has them.",
        )
    if component is not None and not buttons:
        raise missing_field("BUTTONS", "buttons", "List at least one button, or leave the component out.")
    _check_counts(kinds)
    _check_order(kinds)
    labels = dict.fromkeys((authentication_texts(draft.language).copy, ENGLISH.copy))
    for place, button in enumerate(buttons):
        check_button(place, button, labels if limits.fixes_labels else None)


def _check_type(place: int, kind: str) -> None:
    if kind not in BUTTON_TYPES:
        known = ", ".join(BUTTON_TYPES)
        raise bad_parameter(
            f"Param buttons[{place}]['type'] must be one of {{{known}}} - got \"{kind}\".",
            hint=f"The type of the button at index {place} is unknown; types are upper case.",
        )


def _check_counts(kinds: Sequence[str]) -> None:
    if len(kinds) > MOST_BUTTONS:
        raise refusal(
            None,
            COMBINATION_TITLE,
            f"A message template can have at most {MOST_BUTTONS} buttons.",
            hint=f"It has {len(kinds)} buttons, {len(kinds) - MOST_BUTTONS} too many.",
        )
    counts = Counter(kinds)
    for kind, most in MOST_OF_TYPE.items():
        if counts[kind] > most:
            raise refusal(
                None,
                COMBINATION_TITLE,
                f"A message template can have at most {most} button(s) of type {kind}.",
                hint=f"It has {counts[kind]} of them, among {', '.join(kinds)}.",
            )
    for kind in ALONE:
        if counts[kind] and len(kinds) > 1:
            raise refusal(
                None,
                COMBINATION_TITLE,
                f"A button of type {kind} must be the only button.",
                hint=f"The buttons are {', '.join(kinds)}.",
            )


def _check_order(kinds: Sequence[str]) -> None:
    """Quick replies stand together, before or after all others."""
    blocks = [is_reply for is_reply, _ in groupby(kinds, key=lambda kind: kind == "QUICK_REPLY")]
    if len(blocks) > 2:
        raise refusal(
            None,
            COMBINATION_TITLE,
            "Quick reply buttons must be grouped together, before or after all other buttons.",
            hint=f"The buttons are {', '.join(kinds)}.",
        )
