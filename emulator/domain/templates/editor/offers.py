"""The editor's rules about limited-time offers (D/templates/marketing-templates); the wording is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.templates.components import OFFER_COUPON_LENGTH
from emulator.domain.templates.editor.button_fields import example_of
from emulator.domain.templates.refusals import missing_field, refusal, too_long
from emulator.domain.templates.template import Draft

TITLE = "Limited-time offer is not valid"
TEXT_LENGTH = 16
HEADERS = (None, "IMAGE", "VIDEO")
"""The header formats beside an offer; ``None`` is no header."""
BUTTONS = (["COPY_CODE", "URL"], ["URL"])
"""The button types beside an offer, in order: a URL, and a code to copy before it or none."""


def check_offer(found: Mapping[str, Mapping[str, Any]], draft: Draft) -> None:
    """Refuse a limited-time offer that is not marketing, has no text, or has another header or other buttons.

    ``found`` are the draft's components by type. The text may have 16 characters, the code 15. Raises
    :class:`TemplateEditorError`.
    """
    if draft.category != "MARKETING":
        raise refusal(
            None,
            TITLE,
            "A limited-time offer must have the category MARKETING.",
            "category",
            hint=f"The category that came is {draft.category}.",
        )
    text = found["LIMITED_TIME_OFFER"].get("limited_time_offer", {}).get("text")
    if not text:
        raise missing_field("LIMITED_TIME_OFFER", "limited_time_offer", "It needs a text.")
    if len(text) > TEXT_LENGTH:
        raise too_long("text of the offer", len(text), TEXT_LENGTH)
    if found.get("HEADER", {}).get("format") not in HEADERS:
        raise refusal(
            None,
            TITLE,
            "The header of a limited-time offer must be an image or a video.",
            hint=f"Its format is {found.get('HEADER', {}).get('format') or 'none'}.",
        )
    buttons = found.get("BUTTONS", {}).get("buttons", ())
    kinds = [button["type"] for button in buttons]
    if kinds not in BUTTONS:
        raise refusal(
            None,
            TITLE,
            "A limited-time offer must have a button of type URL, and may have one of type COPY_CODE before "
            "it.",
            hint=f"The buttons are {', '.join(kinds) or 'none'}.",
        )
    for button in buttons:
        if button["type"] == "COPY_CODE" and len(example_of(button)) > OFFER_COUPON_LENGTH:
            raise too_long("coupon of the offer", len(example_of(button)), OFFER_COUPON_LENGTH)
