"""The shapes of what people answer with: a tap, a filled-in flow, a permission to call, an order.

Sources: D/webhooks/reference/messages/interactive, button and order (2025 and 2026);
D/calling/user-call-permissions; captures of integrators for what the pages leave open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from emulator.domain.shapes import Choice, Flag, Integer, Items, Number, Record, Text, Value, Variant

FLOW_REPLY, CALL_PERMISSION_REPLY = "nfm_reply", "call_permission_reply"
ACCEPT, REJECT = "accept", "reject"
ANSWERS = (ACCEPT, REJECT)
"""What a person says to a request to call them."""
BY_USER, AUTOMATIC = "user_action", "automatic"
PERMITTED_FOR = timedelta(days=7)
"""How long a business may call who has allowed it for a while."""
NAME_OF_FLOW, BODY_OF_FLOW = "flow", "Sent"
"""What stands beside the answers of a flow, always the same."""

BUTTON = Record(required={"text": Text()}, optional={"payload": Text()})
"""The quick reply of a template; the payload is the label where the business gave none."""

_TITLED = {"id": Text(), "title": Text()}


def _reply(kind: str, member: Record) -> Record:
    return Record(required={"type": Text(), kind: member})


REPLY = Variant(
    "type",
    {
        kind: _reply(kind, member)
        for kind, member in {
            "button_reply": Record(required=_TITLED),
            "list_reply": Record(required=_TITLED, optional={"description": Text()}),
            FLOW_REPLY: Record(
                required={"response_json": Text()}, optional={"name": Text(), "body": Text(may_be_empty=True)}
            ),
            CALL_PERMISSION_REPLY: Record(
                required={"response": Choice(ANSWERS)},
                optional={
                    "is_permanent": Flag(),
                    "expiration_timestamp": Integer(),
                    "response_source": Choice((BY_USER, AUTOMATIC)),
                },
            ),
        }.items()
    },
)
"""What stands under ``interactive``, by its ``type``."""

BASKET = Record(
    required={
        "catalog_id": Text(),
        "product_items": Items(
            of=Record(
                required={
                    "product_retailer_id": Text(),
                    "quantity": Integer(),
                    "item_price": Number(),
                    "currency": Text(),
                }
            )
        ),
    },
    optional={"text": Text(may_be_empty=True)},
)
"""An order: the products of a catalogue that somebody wants, and what they write with it."""


def complete_button(button: Value) -> Mapping[str, Any]:
    """Add the payload that a quick reply without one has: its label."""
    return {"payload": button.get("payload", button["text"]), "text": button["text"]}


def complete_reply(reply: Value) -> Mapping[str, Any]:
    """Add what stands in every reply of its kind: the name and body of a flow, who permits calls."""
    kind = reply["type"]
    inside = reply[kind]
    if kind == FLOW_REPLY:
        inside = {
            "response_json": inside["response_json"],
            "body": inside.get("body", BODY_OF_FLOW),
            "name": inside.get("name", NAME_OF_FLOW),
        }
    if kind == CALL_PERMISSION_REPLY:
        permanent = {} if inside["response"] == REJECT else {"is_permanent": False}
        inside = permanent | {"response_source": BY_USER} | dict(inside)
    return {"type": kind, kind: inside}


def complete_basket(basket: Value) -> Mapping[str, Any]:
    """Add the words that an order has even where nobody wrote any: an empty text."""
    return {
        "catalog_id": basket["catalog_id"],
        "text": basket.get("text", ""),
        "product_items": basket["product_items"],
    }


def check_reply(reply: Value) -> None:
    """Raise :class:`ValueError` for answers of a flow that are no JSON object, and an expiry of no use."""
    inside = reply[reply["type"]]
    if reply["type"] == FLOW_REPLY:
        try:
            answers = json.loads(inside["response_json"])
        except ValueError:
            answers = None
        if not isinstance(answers, dict):
            raise ValueError("nfm_reply.response_json is a text that holds a JSON object")
    ends = "expiration_timestamp" in inside
    if ends and (inside.get("response") == REJECT or inside.get("is_permanent")):
        raise ValueError("only a permission for a while has an expiration_timestamp")


def check_basket(basket: Value) -> None:
    """Raise :class:`ValueError` for an empty basket, a quantity below 1, and a price below 0."""
    if not basket["product_items"]:
        raise ValueError("order.product_items needs at least one item")
    for item in basket["product_items"]:
        if item["quantity"] < 1:
            raise ValueError(f"a quantity is a whole number from 1; got {item['quantity']}")
        if item["item_price"] < 0:
            raise ValueError(f"an item_price is not below 0; got {item['item_price']}")


def flow_reply(answers: Mapping[str, Any], flow_token: str | None) -> dict[str, Any]:
    """Build what a filled-in flow sends: its ``answers`` as one text of JSON, with the token of the flow."""
    told = dict(answers) if flow_token is None else {"flow_token": flow_token, **answers}
    response = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return dict(complete_reply({"type": FLOW_REPLY, FLOW_REPLY: {"response_json": response}}))


def call_permission(response: str, expires: int | None) -> dict[str, Any]:
    """Build the answer to a request to call: ``accept`` or ``reject``.

    What is accepted ends at ``expires``, in seconds since 1970, or never (``None``).
    """
    inside: dict[str, Any] = {"response": response}
    if response == ACCEPT:
        inside["is_permanent"] = expires is None
        if expires is not None:
            inside["expiration_timestamp"] = expires
    inside["response_source"] = BY_USER
    return {"type": CALL_PERMISSION_REPLY, CALL_PERMISSION_REPLY: inside}


def reply_as_text(reply: Value) -> str:
    """Write a reply as one text: the title of what was tapped, or what was filled in or allowed."""
    kind = reply["type"]
    inside = reply[kind]
    if kind == FLOW_REPLY:
        return f"[flow] {inside['response_json']}"
    if kind == CALL_PERMISSION_REPLY:
        return f"[call permission] {inside['response']}"
    return str(inside["title"])


def basket_as_text(basket: Value) -> str:
    """Write an order as one text: how many of which products, and the words with it."""
    items = ", ".join(
        f"{item['quantity']} × {item['product_retailer_id']}" for item in basket["product_items"]
    )
    return f"[order] {items} {basket.get('text', '')}".rstrip()
