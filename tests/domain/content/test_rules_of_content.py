"""Rules across the members of a message: each lets pass what is right, and says of the rest what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from kit.refusals import refusal_of

from emulator.domain.content.interactive import TYPES, direct
from emulator.domain.content.interactive.parts import NO_TEXT, header, labels
from emulator.domain.content.kinds import KINDS
from emulator.domain.shapes import Shape, check_limits

CONTACTS, PIN = KINDS["contacts"].shape, KINDS["pin"].shape
BUTTONS, LIST, FLOW, ADDRESS, CAROUSEL = (
    TYPES[name].members["action"] for name in ("button", "list", "flow", "address_message", "carousel")
)
DIRECT = direct.TYPES["button"].members["action"]


def card(**members: Any) -> list[dict[str, Any]]:
    return [{"name": {"formatted_name": "Sheena Nelson", "first_name": "Sheena"}, **members}]


def replies(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"buttons": [reply(*pair) for pair in pairs]}


def reply(name: str, title: str) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": name, "title": title}}


def link(title: str = "Go") -> dict[str, Any]:
    return {"type": "cta_url", "cta_url": {"display_text": title, "url": "https://example.com"}}


def sections(*ids: str) -> dict[str, Any]:
    return {"button": "Menu", "sections": [{"rows": [{"id": each, "title": "Row"} for each in ids]}]}


def flow(**parameters: Any) -> dict[str, Any]:
    named = {"flow_message_version": "3", "flow_cta": "Book!", **parameters}
    return {"name": "flow", "parameters": named if "flow_name" in named else {"flow_id": "1", **named}}


def address(country: str) -> dict[str, Any]:
    return {"name": "address_message", "parameters": {"country": country}}


def shown(place: int, header: str = "image", **action: Any) -> dict[str, Any]:
    """A card with a picture and a link, or another action."""
    parameters = {"display_text": "Go", "url": "https://example.com"}
    return {
        "card_index": place,
        "type": "cta_url",
        "header": {"type": header, header: {"id": "1"}},
        "action": action or {"name": "cta_url", "parameters": parameters},
    }


def sold(place: int, catalog: str = "1") -> dict[str, Any]:
    action = {"product_retailer_id": "1", "catalog_id": catalog}
    return {"card_index": place, "type": "product", "action": action}


QUICK = [{"type": "quick_reply", "quick_reply": {"id": "1", "title": "Yes"}}]
PARAMETERS = {"display_text": "Go", "url": "https://example.com"}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (CONTACTS, card()),
        (CONTACTS, card(birthday="1999-12-31")),
        (CONTACTS, card(birthday="")),
        (CONTACTS, [{"name": {"formatted_name": "Dr.", "prefix": "Dr."}}]),
        (PIN, {"type": "pin", "message_id": "1", "expiration_days": 1}),
        (PIN, {"type": "unpin", "message_id": "1"}),
        (BUTTONS, replies(("a", "Yes"), ("b", "No"))),
        (LIST, sections("a", "b")),
        (DIRECT, {"buttons": [link("A"), link("B"), reply("a", "Yes")]}),
        (DIRECT, {"buttons": [reply("a", "Yes")]}),
        (FLOW, flow()),
        (FLOW, flow(flow_name="booking")),
        (FLOW, flow(flow_action="data_exchange")),
        (FLOW, flow(flow_action="navigate", flow_action_payload={"screen": "FIRST"})),
        (FLOW, flow(flow_action_payload={"screen": "FIRST", "data": {"a": 1}})),
        (ADDRESS, address("IN")),
        (ADDRESS, address("in")),
        (CAROUSEL, {"cards": [shown(0), shown(1)]}),
        (CAROUSEL, {"cards": [shown(0, buttons=QUICK), shown(1, buttons=QUICK)]}),
        (CAROUSEL, {"cards": [sold(0), sold(1)]}),
    ],
)
def test_what_belongs_together_passes(shape: Shape, value: Any) -> None:
    """Each of these breaks no rule."""
    check_limits(shape, value)


@pytest.mark.parametrize(
    ("shape", "value", "details"),
    [
        (
            CONTACTS,
            [{"name": {"formatted_name": "Sheena"}}],
            "Contact name needs formatted_name and at least",
        ),
        (CONTACTS, card(birthday="31.12.1999"), "Contact birthday must be a date"),
        (CONTACTS, card(birthday="1999-12-311"), "Contact birthday must be a date"),
        (PIN, {"type": "pin", "message_id": "1"}, "expiration_days is required to pin a message"),
        (BUTTONS, replies(("a", "Yes"), ("a", "No")), "Duplicate button id: a"),
        (BUTTONS, replies(("a", "Yes"), ("b", "Yes")), "Duplicate button title: Yes"),
        (BUTTONS, replies(("a ", "Yes")), "Button id cannot have leading or trailing spaces"),
        (BUTTONS, replies(("a", "Yes"), (" b", "No")), "Button id cannot have leading or trailing spaces"),
        (LIST, sections("a", "a"), "Duplicate row id: a"),
        (
            DIRECT,
            {"buttons": [link("A"), link("B"), link("C")]},
            "Invalid cta_url buttons count. Max allowed cta_url buttons: 2",
        ),
        (
            DIRECT,
            {"buttons": [reply("a", "Yes"), link()]},
            "Buttons of type cta_url must be listed before those of type reply",
        ),
        (
            DIRECT,
            {"buttons": [link(), reply("a", "Yes"), link("B")]},
            "Buttons of type cta_url must be listed before those of type reply",
        ),
        (FLOW, flow(flow_id="1", flow_name="booking"), "Exactly one of flow_id and flow_name is required"),
        (
            FLOW,
            flow(flow_action="data_exchange", flow_action_payload={"screen": "FIRST"}),
            "flow_action_payload must be omitted when flow_action is data_exchange",
        ),
        (
            FLOW,
            flow(flow_action_payload={"screen": "FIRST", "data": {}}),
            "flow_action_payload.data must be a non-empty object",
        ),
        (ADDRESS, address("SG"), "Address messages are only available in IN"),
        (CAROUSEL, {"cards": [shown(0), shown(0)]}, "Duplicate card_index: 0"),
        (CAROUSEL, {"cards": [shown(0), sold(1)]}, "All cards must be of the same type"),
        (CAROUSEL, {"cards": [shown(0), shown(1, "video")]}, "All cards must have the same header type"),
        (CAROUSEL, {"cards": [shown(0), shown(1, buttons=QUICK)]}, "All cards must have the same action"),
        (CAROUSEL, {"cards": [sold(0), sold(1, "2")]}, "All cards must have the same catalog_id"),
        (
            CAROUSEL,
            {"cards": [shown(place, buttons=QUICK, parameters=PARAMETERS) for place in range(2)]},
            "A card needs either a cta_url or quick reply buttons",
        ),
        (
            CAROUSEL,
            {"cards": [shown(place, name="cta_url") for place in range(2)]},
            "A card needs either a cta_url or quick reply buttons",
        ),
    ],
)
def test_what_does_not_belong_together_is_refused(shape: Shape, value: Any, details: str) -> None:
    """131009, which says what is wrong."""
    refused = refusal_of(check_limits, shape, value)

    assert refused.code == 131009
    assert (refused.details or "").startswith(details)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("location_request_message", "footer"),
        ("carousel", "footer"),
        ("call_permission_request", "header"),
        ("request_contact_info", "header"),
        ("product", "header"),
    ],
)
def test_a_type_that_has_no_header_or_footer_refuses_one(name: str, part: str) -> None:
    """And says which type it is."""
    rules = TYPES[name].rules

    def judge(value: dict[str, Any]) -> None:
        for rule in rules:
            rule(value)

    judge({"type": name})
    refused = refusal_of(judge, {"type": name, part: {"text": "Hello"}})

    assert refused.details == f"Interactive message of type {name} does not support a {part}"


@pytest.mark.parametrize(
    ("shape", "value", "hint"),
    [
        (CONTACTS, card(birthday="31.12.1999"), "It came as '31.12.1999'."),
        (ADDRESS, address("SG"), "The country that came is 'SG'."),
        (PIN, {"type": "pin", "message_id": "1"}, "Say for how many days it stays pinned: 1 to 30."),
    ],
)
def test_the_hint_says_what_came_or_what_is_missing(shape: Shape, value: Any, hint: str) -> None:
    """The sentence in the answer does not."""
    assert refusal_of(check_limits, shape, value).hint == hint


def test_a_header_of_type_text_has_one() -> None:
    """Of one character to sixty."""
    top = header("text")

    check_limits(top, {"type": "text", "text": "A"})
    check_limits(top, {"type": "text", "text": "A" * 60})
    assert refusal_of(check_limits, top, {"type": "text"}).details == NO_TEXT


def test_what_can_be_tapped_has_a_label() -> None:
    """Replies have a title, links a display text; a button without either has an empty one."""
    buttons = [reply("a", "Yes"), link("Go"), {"type": "reply", "reply": {"id": "b"}}, {}]

    assert labels({"action": {"buttons": buttons}}) == ["Yes", "Go", "", ""]
