"""Bodies made from the shapes: valid ones of every kind, and valid ones broken in exactly one place."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st

from emulator.domain import ids
from emulator.domain.content.kinds import KINDS
from emulator.domain.shapes import (
    Address,
    Choice,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Path,
    Phone,
    Record,
    Shape,
    Text,
    Variant,
)
from kit.identities import SHEENA

Strategy = st.SearchStrategy[Any]
FEW = 3
"""How many elements a made list has at most; the limits themselves have rows in ``tests/fidelity``."""
LINKS = ("https://example.com/a.png", "http://example.com:8080/a?b=c#d", "HTTPS://EXAMPLE.COM/")


def from_shape(shape: Shape) -> Strategy:
    """Values that a shape takes, in every spelling it takes them in."""
    match shape:
        case Text():
            return _texts(shape)
        case Integer(least=least, most=most):
            numbers = st.integers(least or 0, 10**6 if most is None else most)
            return numbers | numbers.map(str)
        case Number():
            return st.integers(-90, 90) | st.floats(-90, 90) | st.integers(-90, 90).map(str)
        case Flag():
            return st.sampled_from((True, False, 0, 1, "true", "FALSE", "0", "1"))
        case Choice(words=words):
            return st.sampled_from(words) | st.sampled_from(words).map(str.upper)
        case Link() | Address():
            return st.sampled_from(LINKS)
        case Phone():
            return st.sampled_from(("+16505551234", "1 (650) 555-1234"))
        case Json():
            return st.fixed_dictionaries({"free": st.integers() | st.text(max_size=5)})
        case Items(of=of, least=least, most=most):
            return st.lists(from_shape(of), min_size=least, max_size=max(least, min(most or FEW, FEW)))
        case Record():
            return _records(shape)
        case Variant(cases=cases):
            return st.one_of([from_shape(case) for case in cases.values()])


def _texts(shape: Text) -> Strategy:
    most = 20 if shape.most is None else shape.most
    least = 0 if shape.may_be_empty else max(1, shape.least)
    texts = st.text(min_size=least, max_size=min(most, 20)) | st.just("ä" * most)
    return texts | st.integers(0, 10**5) if shape.numbers else texts


def _records(shape: Record) -> Strategy:
    """Objects; one that names a file does so by a link, since an id must have been uploaded before."""
    required = {name: from_shape(member) for name, member in shape.required.items()}
    optional = {name: from_shape(member) for name, member in shape.optional.items() if name != "id"}
    if shape.file is not None:
        required["link"] = optional.pop("link")
    else:
        optional |= {name: from_shape(member) for name, member in shape.optional.items() if name == "id"}
    made = st.fixed_dictionaries(required, optional=optional)
    return made.map(lambda value: _repaired(shape, value)) if shape.rules else made


def _repaired(shape: Record, value: dict[str, Any]) -> dict[str, Any]:
    value = copy.deepcopy(value)
    for rule in shape.rules:
        REPAIRS[rule.__qualname__](value)
    return value


# what a rule between members wants


def _name_has_a_part(name: Any) -> None:
    name["first_name"] = "Sheena"


def _birthday_is_a_date(card: Any) -> None:
    if card.get("birthday"):
        card["birthday"] = "1987-06-05"


def _pinned_for_a_time(pin: Any) -> None:
    pin.setdefault("expiration_days", 30)


def _has_text(top: Any) -> None:
    top.setdefault("text", "Hello")


def _without(value: Any) -> None:
    """A part that the type cannot have is any object to the reader, and so it was made as one."""
    for part in ("header", "footer"):
        if "free" in value.get(part, ()):
            del value[part]


def buttons_differ(action: Any) -> None:
    for place, button in enumerate(action["buttons"]):
        button["reply"] = {"id": f"{place}", "title": f"{place}" + button["reply"]["title"][1:]}


def _section_titles(action: Any) -> None:
    for place, section in enumerate(action["sections"]):
        section["title"] = f"{place}"


def _rows_fit(action: Any) -> None:
    rows = [row for section in action["sections"] for row in section["rows"]]
    for place, row in enumerate(rows):
        row["id"] = f"{place}" + row["id"][1:]


def _card_text_fits(card: Any) -> None:
    if "body" in card:
        card["body"]["text"] = card["body"]["text"].replace("\n", " ")


def _cards_belong_together(action: Any) -> None:
    first, *others = action["cards"]
    action["cards"] = [{**copy.deepcopy(first), "card_index": place} for place in range(len(others) + 1)]


def _has_one_action(action: Any) -> None:
    if "buttons" in action:
        action.pop("parameters", None)
    else:
        action.setdefault("parameters", {"display_text": "Go", "url": LINKS[0]})


def _names_one_flow(parameters: Any) -> None:
    parameters.pop("flow_name", None)
    parameters.setdefault("flow_id", "1")


def _payload_fits_action(parameters: Any) -> None:
    if str(parameters.get("flow_action")).lower() == "data_exchange":
        parameters.pop("flow_action_payload", None)


def _is_in_india(parameters: Any) -> None:
    parameters["country"] = "IN"


def _is_in_cents(money: Any) -> None:
    money["offset"] = 100


def _subtotal_adds_up(order: Any) -> None:
    order["subtotal"]["value"] = sum(
        int(item.get("sale_amount", item["amount"])["value"]) * int(item["quantity"])
        for item in order["items"]
    )


def _total_adds_up(bill: Any) -> None:
    order = bill["order"]
    order.pop("discount", None)
    parts = [order[part] for part in ("subtotal", "tax", "shipping") if part in order]
    bill["total_amount"]["value"] = sum(int(part["value"]) for part in parts)


def _reference_is_one(bill: Any) -> None:
    bill["reference_id"] = "order_1.b-2"


def _nothing(value: Any) -> None:
    """The values made here keep the rule anyway."""


REPAIRS: dict[str, Callable[[Any], None]] = {
    "_is_on_earth": _nothing,
    "products_fit": _nothing,
    "_name_has_a_part": _name_has_a_part,
    "_birthday_is_a_date": _birthday_is_a_date,
    "_pinned_for_a_time": _pinned_for_a_time,
    "_has_text": _has_text,
    "_without.<locals>.rule": _without,
    "buttons_differ": buttons_differ,
    "check_section_titles": _section_titles,
    "_rows_fit": _rows_fit,
    "_card_text_fits": _card_text_fits,
    "_cards_belong_together": _cards_belong_together,
    "_has_one_action": _has_one_action,
    "_names_one_flow": _names_one_flow,
    "_payload_fits_action": _payload_fits_action,
    "_is_in_india": _is_in_india,
    "_is_in_cents": _is_in_cents,
    "_subtotal_adds_up": _subtotal_adds_up,
    "_total_adds_up": _total_adds_up,
    "_reference_is_one": _reference_is_one,
}
"""How a made value is brought to keep each rule of the tables; a new rule needs a line here."""


def rules_of(shape: Shape) -> Iterator[str]:
    """The names of the rules anywhere in a shape."""
    match shape:
        case Items(of=of):
            yield from rules_of(of)
        case Variant(cases=cases):
            for case in cases.values():
                yield from rules_of(case)
        case Record(rules=rules):
            yield from (rule.__qualname__ for rule in rules)
            for member in shape.members.values():
                yield from rules_of(member)


# messages


GROUP, _ = ids.group_id("15550783881", ids.draw("emulator", "group", 1))
"""The first group that is made in the default sandbox."""


def envelope(kind: str, value: Any) -> dict[str, Any]:
    """The whole body of a send: to a person, and a pin to a group."""
    to = {"to": GROUP, "recipient_type": "group"} if kind == "pin" else {"to": SHEENA}
    return {"messaging_product": "whatsapp", **to, "type": kind, kind: value}


@cache
def content(kind: str) -> Strategy:
    """What may stand under the name of a kind; made once, since making it costs more than drawing from it."""
    return from_shape(KINDS[kind].shape)


@cache
def messages() -> Strategy:
    """Valid sends of every kind, each type of an interactive message as often as another kind."""
    return st.one_of(
        [
            st.builds(envelope, st.just(name), from_shape(case))
            for name, kind in KINDS.items()
            for case in (kind.shape.cases.values() if isinstance(kind.shape, Variant) else (kind.shape,))
        ]
    )


# changes

ABSENT = object()


def put(value: Any, path: Path, element: Any) -> Any:
    """A copy of ``value`` with another element at ``path``, or without one."""
    changed = copy.deepcopy(value)
    place = changed
    for step in path[:-1]:
        place = place[step]
    if element is ABSENT:
        del place[path[-1]]
    else:
        place[path[-1]] = element
    return changed


# anything

_WORDS = st.sampled_from(
    sorted(
        {"messaging_product", "to", "type", "recipient", "recipient_type", "context", "status", "message_id"}
        | {"template", "name", "language", "components", "parameters", "id", "link", "body", "action"}
        | {"buttons", "sections", "rows", "cards", "header", "biz_opaque_callback_data", "whatsapp", "read"}
        | set(KINDS)
    )
)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    _WORDS,
)


@cache
def anything() -> Strategy:
    """Any JSON, its words often the platform's."""
    return st.recursive(
        _SCALARS,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(_WORDS | st.text(max_size=8), inner, max_size=5)
        ),
        max_leaves=12,
    )


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where there is a value inside ``value``."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, element in inside:
        yield (*path, key)
        yield from places(element, (*path, key))


@st.composite
def bodies(draw: st.DrawFn) -> Any:
    """Any JSON at all, any object with the members of a send, and sends with anything at any place."""
    form = draw(st.sampled_from(("any", "members", "changed", "changed")))
    if form == "any":
        return draw(anything())
    body = draw(messages())
    if form == "members":
        return {**body, **draw(st.dictionaries(_WORDS, anything(), max_size=4))}
    return put(body, draw(st.sampled_from(list(places(body)))), draw(anything()))
