"""The interactive messages that Direct Send takes: one link, or up to ten buttons of which two may be links.

Source: D/direct-send/supported-message-types.
"""

from __future__ import annotations

from emulator.domain.content.interactive.menus import REPLY_BUTTON, buttons_differ
from emulator.domain.content.interactive.parts import (
    CTA_PARAMETERS,
    LABEL_LENGTH,
    header,
    interactive,
    named_action,
)
from emulator.domain.shapes import Choice, Items, Link, Record, Text, Value, Variant, invalid

MOST_BUTTONS = 10
MOST_LINKS = 2

_LINK = Record(
    required={"display_text": Text(what="Display text", least=1, most=LABEL_LENGTH), "url": Link()}
)
_BUTTON = Variant(
    "type",
    {
        "reply": REPLY_BUTTON,
        "cta_url": Record(required={"type": Choice(("cta_url",)), "cta_url": _LINK}),
    },
)


def _links_come_first(action: Value) -> None:
    """Refuse a third link, and one after a reply; the sentences are ours."""
    types = [button["type"] for button in action["buttons"]]
    links = types.count("cta_url")
    if links > MOST_LINKS:
        raise invalid(
            f"Invalid cta_url buttons count. Max allowed cta_url buttons: {MOST_LINKS}",
            f"The message has {links} of them.",
        )
    if "cta_url" in types[links:]:
        raise invalid(
            "Buttons of type cta_url must be listed before those of type reply",
            f"The buttons are {', '.join(types)}.",
        )


BUTTON = interactive(
    "button",
    Record(
        required={"buttons": Items(of=_BUTTON, what="buttons", least=1, most=MOST_BUTTONS)},
        rules=(_links_come_first, buttons_differ),
    ),
    top=header("text"),
)
CTA_URL = interactive("cta_url", named_action("cta_url", CTA_PARAMETERS), top=header("text"))

TYPES = {"button": BUTTON, "cta_url": CTA_URL}
