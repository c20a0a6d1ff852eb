"""What Direct Send makes of a message: a template, and how long it lives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from emulator.domain.content.interactive.direct import TYPES
from emulator.domain.messages.direct import KINDS, DirectSend, generated_name, template_components
from emulator.domain.templates.components import template_parts

LINK = {"display_text": "Track it", "url": "https://example.com/1"}
BODY = {"text": "Your order is ready."}
REPLY = {"type": "reply", "reply": {"id": "1", "title": "Late"}}


@pytest.mark.parametrize(
    ("kind", "value", "buttons"),
    [
        ("text", {"body": BODY["text"], "preview_url": True}, ()),
        (
            "interactive",
            {"type": "cta_url", "body": BODY, "action": {"name": "cta_url", "parameters": LINK}},
            (("URL", "Track it", LINK["url"]),),
        ),
        (
            "interactive",
            {
                "type": "button",
                "body": BODY,
                "action": {"buttons": [{"type": "cta_url", "cta_url": LINK}, REPLY]},
            },
            (("URL", "Track it", LINK["url"]), ("QUICK_REPLY", "Late", None)),
        ),
    ],
)
def test_every_kind_makes_a_template_that_can_be_read(
    kind: str, value: Any, buttons: tuple[Any, ...]
) -> None:
    """A body and its buttons, in order; neither header nor footer where the message has none."""
    made = template_parts(template_components(kind, value))

    assert made.body is not None
    assert made.body.text == BODY["text"]
    assert tuple((button.type, button.text, button.url) for button in made.buttons) == buttons
    assert (made.header, made.footer) == (None, None)


def test_header_and_footer_of_a_message_are_those_of_its_template() -> None:
    """The header is a text."""
    value = {
        "type": "button",
        "header": {"type": "text", "text": "News"},
        "body": BODY,
        "footer": {"text": "Lucky Shrub"},
        "action": {"buttons": [REPLY]},
    }

    made = template_parts(template_components("interactive", value))

    assert made.header is not None
    assert made.footer is not None
    assert (made.header.format, made.header.text, made.footer.text) == ("TEXT", "News", "Lucky Shrub")


def test_a_generated_name_is_that_of_the_content() -> None:
    """The same for the same, another for another content or category, in the form of a template's name."""
    one, other = template_components("text", {"body": "One"}), template_components("text", {"body": "Other"})
    names = [
        generated_name(category, made)
        for category, made in (("UTILITY", one), ("UTILITY", other), ("AUTHENTICATION", one))
    ]

    assert len(set(names)) == 3
    assert (
        generated_name("UTILITY", template_components("text", {"body": "One", "preview_url": True}))
        == names[0]
    )
    assert all(name.startswith("auto_generated_") and len(name) == 47 for name in names)
    assert generated_name("UTILITY", tuple(dict(reversed(list(each.items()))) for each in one)) == names[0]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (DirectSend("UTILITY"), timedelta(days=30)),
        (DirectSend("UTILITY", 30), timedelta(seconds=30)),
        (DirectSend("AUTHENTICATION"), timedelta(minutes=10)),
        (DirectSend("AUTHENTICATION", 900), timedelta(minutes=15)),
    ],
)
def test_how_long_a_message_may_wait(sent: DirectSend, expected: timedelta) -> None:
    """As it says; else codes ten minutes, others the usual thirty days."""
    assert sent.time_to_live == expected


def test_codes_are_texts_and_nothing_else() -> None:
    """Utility takes two types of interactive messages as well."""
    assert {category: sorted(kinds) for category, kinds in KINDS.items()} == {
        "UTILITY": ["interactive", "text"],
        "AUTHENTICATION": ["text"],
    }
    assert sorted(TYPES) == ["button", "cta_url"]
