"""The editor's rules about order details and order status templates (D/payments); the wording is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.templates.refusals import refusal
from emulator.domain.templates.template import Draft

TITLE = "Order template is not valid"
ORDER_DETAILS = "ORDER_DETAILS"
"""The button type, the display format and the sub-category of a template with order details."""
STATUSES = ("ORDER_STATUS", "RICH_ORDER_STATUS")
"""The sub-categories of templates about the status of an order."""
ORDER_DETAILS_HEADERS = (None, "TEXT", "IMAGE", "DOCUMENT")


def check_orders(draft: Draft) -> None:
    """Refuse a template declared as order details or order status that is not built like one.

    An order status is UTILITY and has no order details; order details are UTILITY or MARKETING, have their
    button, and a header that is a text, an image, a document or none. Raises :class:`TemplateEditorError`.
    """
    kinds = _buttons(draft)
    if draft.options.get("sub_category") in STATUSES:
        if draft.category != "UTILITY":
            raise refusal(
                None,
                TITLE,
                "A template about the state of an order must be UTILITY.",
                "category",
                hint=f"The category that came is {draft.category}.",
            )
        if ORDER_DETAILS in kinds:
            raise refusal(
                None,
                TITLE,
                "A template about the state of an order can't have a bill.",
                "components",
                hint=f"The buttons are {', '.join(kinds)}; {ORDER_DETAILS} is the one with a bill.",
            )
    if ORDER_DETAILS in (draft.options.get("display_format"), draft.options.get("sub_category")):
        if draft.category == "AUTHENTICATION":
            raise refusal(
                None,
                TITLE,
                "A template with a bill must be UTILITY or MARKETING.",
                "category",
                hint="Authentication templates have a code, and nothing else.",
            )
        if ORDER_DETAILS not in kinds:
            raise refusal(
                None,
                TITLE,
                "A template with a bill must have a button of type ORDER_DETAILS.",
                hint=f"The buttons are {', '.join(kinds) or 'none'}.",
            )
        if _header(draft) not in ORDER_DETAILS_HEADERS:
            raise refusal(
                None,
                TITLE,
                "The header of a template with a bill must be a text, image or document.",
                hint=f"Its format is {_header(draft)}, which shows no bill.",
            )


def _buttons(draft: Draft) -> list[str]:
    return [
        str(button.get("type")) for component in draft.components for button in component.get("buttons", ())
    ]


def _header(draft: Draft) -> str | None:
    found: Mapping[str, Any] = next((each for each in draft.components if each.get("type") == "HEADER"), {})
    return found.get("format")
