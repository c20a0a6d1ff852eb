"""Interactive messages to choose from: reply buttons, lists, links, location and contact requests."""

from __future__ import annotations

from itertools import chain

from emulator.domain.content.interactive.parts import (
    ANY_HEADER,
    CTA_PARAMETERS,
    LABEL_LENGTH,
    LIST_BODY_LENGTH,
    SECTION_TITLE_LENGTH,
    check_unique,
    header,
    interactive,
    named_action,
)
from emulator.domain.shapes import Choice, Items, Record, Text, Value, invalid

BUTTON_ID_LENGTH = 256
MOST_BUTTONS = 3
ROW_ID_LENGTH = 200
ROW_DESCRIPTION_LENGTH = 72
MOST_ROWS = 10
MOST_SECTIONS = 10

REPLY = Record(
    required={
        "id": Text(what="Button id", least=1, most=BUTTON_ID_LENGTH),
        "title": Text(what="Button title", least=1, most=LABEL_LENGTH),
    }
)
REPLY_BUTTON = Record(required={"type": Choice(("reply",)), "reply": REPLY})


def buttons_differ(action: Value) -> None:
    """Refuse ids or titles of buttons that are the same, and spaces around ids; the sentences are ours."""
    replies = [button["reply"] for button in action["buttons"] if "reply" in button]
    for reply in replies:
        if reply["id"] != reply["id"].strip():
            raise invalid(
                "Button id cannot have leading or trailing spaces", f"The id that came is {reply['id']!r}."
            )
    check_unique("button id", (reply["id"] for reply in replies))
    check_unique("button title", (reply["title"] for reply in replies))


BUTTON = interactive(
    "button",
    Record(
        required={"buttons": Items(of=REPLY_BUTTON, what="buttons", least=1, most=MOST_BUTTONS)},
        rules=(buttons_differ,),
    ),
    top=ANY_HEADER,
)


def check_section_titles(action: Value) -> None:
    """Refuse a section without a title beside others; the sentence is ours."""
    if len(action["sections"]) > 1 and not all(section.get("title") for section in action["sections"]):
        raise invalid(
            "Section title is required when there is more than one section",
            f"There are {len(action['sections'])} sections; give each a title.",
        )


def _rows_fit(action: Value) -> None:
    """Refuse more rows than 10 in all, and row ids that are the same; the second sentence is ours."""
    rows = list(chain.from_iterable(section["rows"] for section in action["sections"]))
    if len(rows) > MOST_ROWS:
        raise invalid(
            f"Total row count exceed max allowed count: {MOST_ROWS}",
            f"All sections together have {len(rows)} rows.",
        )
    check_unique("row id", (row["id"] for row in rows))


_ROW = Record(
    required={
        "id": Text(what="Row id", most=ROW_ID_LENGTH),
        "title": Text(what="Row title", most=SECTION_TITLE_LENGTH),
    },
    optional={
        "description": Text(what="Row description", most=ROW_DESCRIPTION_LENGTH, may_be_empty=True),
    },
)
_SECTION = Record(
    required={"rows": Items(of=_ROW, what="rows", least=1)},
    optional={"title": Text(what="Section title", most=SECTION_TITLE_LENGTH, may_be_empty=True)},
)

LIST = interactive(
    "list",
    Record(
        required={
            "button": Text(what="Button label", least=1, most=LABEL_LENGTH),
            "sections": Items(of=_SECTION, what="sections", least=1, most=MOST_SECTIONS),
        },
        rules=(check_section_titles, _rows_fit),
    ),
    top=header("text"),
    most=LIST_BODY_LENGTH,
)

CTA_URL = interactive("cta_url", named_action("cta_url", CTA_PARAMETERS), top=ANY_HEADER)
LOCATION_REQUEST = interactive("location_request_message", named_action("send_location"), footer=False)
CONTACT_REQUEST = interactive("request_contact_info", named_action("request_contact_info"))
