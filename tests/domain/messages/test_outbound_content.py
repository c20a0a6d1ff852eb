"""What a business sends: its files, its words, and what kind of its kind it is."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.content.kinds import KINDS
from emulator.domain.messages.outbound import FreeForm, TemplateUse, text
from emulator.domain.shapes import FileUse
from emulator.domain.templates.filling.sent import SentCard, SentComponent, SentParameter


def test_the_files_of_a_template_are_those_among_its_parameters() -> None:
    """Also in the cards of a carousel; texts, places and a file that is not given are none."""
    head = (
        SentParameter("IMAGE", payload={"id": "1"}, path="a"),
        SentParameter("VIDEO", payload=None, path="b"),
        SentParameter("LOCATION", payload={"latitude": 1}, path="c"),
        SentParameter("TEXT", "Hello", path="d"),
    )
    card = SentCard(0, (SentComponent("HEADER", parameters=(SentParameter("GIF", payload={"link": "u"}),)),))
    use = TemplateUse(
        "sale", "en_US", (SentComponent("HEADER", parameters=head), SentComponent("CAROUSEL", cards=(card,)))
    )

    assert use.files == (
        FileUse("image", ("a",), "1", None),
        FileUse("gif", ("",), None, "u"),
    )


@pytest.mark.parametrize(
    ("kind", "value", "subtype"),
    [
        ("interactive", {"type": "button"}, "button"),
        ("text", {"body": "Hello"}, None),
        ("contacts", [{"name": {}}], None),
    ],
)
def test_some_kinds_have_a_type_inside(kind: str, value: Any, subtype: str | None) -> None:
    """A list of cards has none."""
    assert FreeForm(KINDS[kind], value).subtype == subtype


def test_a_text_asks_for_a_preview_only_when_told_to() -> None:
    """Without one the member is left out."""
    assert text("Hello").value == {"body": "Hello"}
    assert text("Hello", preview_url=True).value == {"body": "Hello", "preview_url": True}
