"""What people answer with: flows, permissions to call, orders, and taps given as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from emulator.domain.messages.inbound_replies import (
    basket_as_text,
    call_permission,
    check_basket,
    check_reply,
    complete_basket,
    complete_button,
    complete_reply,
    flow_reply,
    reply_as_text,
)

ITEM = {"product_retailer_id": "fern", "quantity": 1, "item_price": 0, "currency": "USD"}


def permission(**inside: Any) -> dict[str, Any]:
    return {"type": "call_permission_reply", "call_permission_reply": inside}


def flow(response_json: str) -> dict[str, Any]:
    return {"type": "nfm_reply", "nfm_reply": {"response_json": response_json}}


def test_the_answers_of_a_flow_are_one_text_with_its_token_first() -> None:
    """As JSON that keeps every letter; an answer of that name goes before the token that was sent."""
    reply = flow_reply({"note": "Größe 3 🌵", "stars": 4}, "T")

    assert reply["type"] == "nfm_reply"
    assert reply["nfm_reply"] == {
        "response_json": '{"flow_token":"T","note":"Größe 3 🌵","stars":4}',
        "body": "Sent",
        "name": "flow",
    }
    assert json.loads(flow_reply({"flow_token": "mine"}, "T")["nfm_reply"]["response_json"]) == {
        "flow_token": "mine"
    }
    assert flow_reply({}, None)["nfm_reply"]["response_json"] == "{}"


def test_a_permission_ends_or_is_permanent_and_a_rejection_is_neither() -> None:
    """The end is a number of seconds (captured), and not a text."""
    assert call_permission("accept", 1753186982)["call_permission_reply"] == {
        "response": "accept",
        "is_permanent": False,
        "expiration_timestamp": 1753186982,
        "response_source": "user_action",
    }
    assert call_permission("accept", None)["call_permission_reply"] == {
        "response": "accept",
        "is_permanent": True,
        "response_source": "user_action",
    }
    assert call_permission("reject", None)["call_permission_reply"] == {
        "response": "reject",
        "response_source": "user_action",
    }


def test_what_is_given_as_json_is_completed() -> None:
    """With what the platform adds, and not over what was given."""
    assert complete_button({"text": "Yes"}) == {"payload": "Yes", "text": "Yes"}
    assert complete_button({"text": "Yes", "payload": "1"}) == {"payload": "1", "text": "Yes"}
    assert complete_basket({"catalog_id": "1", "product_items": [ITEM]})["text"] == ""
    assert complete_basket({"catalog_id": "1", "product_items": [ITEM], "text": "Hi"})["text"] == "Hi"
    assert complete_reply(flow("{}"))["nfm_reply"] == {"response_json": "{}", "body": "Sent", "name": "flow"}
    address = flow("{}")
    address["nfm_reply"] |= {"name": "address_message", "body": "1 Way"}
    assert complete_reply(address)["nfm_reply"] == {
        "response_json": "{}",
        "body": "1 Way",
        "name": "address_message",
    }
    assert complete_reply(permission(response="accept"))["call_permission_reply"] == {
        "response": "accept",
        "is_permanent": False,
        "response_source": "user_action",
    }
    assert complete_reply(permission(response="reject", response_source="automatic")) == permission(
        response="reject", response_source="automatic"
    )
    tapped = {"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}}
    assert complete_reply(tapped) == tapped


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '"text"', "1"])
def test_answers_of_a_flow_are_a_json_object(text: str) -> None:
    """In a text; anything else no client could read."""
    check_reply(flow("{}"))

    with pytest.raises(ValueError, match="holds a JSON object"):
        check_reply(flow(text))


def test_only_a_permission_for_a_while_ends() -> None:
    """A rejection and a permanent one do not."""
    check_reply(permission(response="accept", expiration_timestamp=1))
    check_reply(permission(response="accept", is_permanent=False, expiration_timestamp=1))
    check_reply(permission(response="accept", is_permanent=True))
    check_reply(permission(response="reject"))

    for never in ({"response": "reject"}, {"response": "accept", "is_permanent": True}):
        with pytest.raises(ValueError, match="only a permission for a while"):
            check_reply(permission(**never, expiration_timestamp=1))


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ([], "at least one item"),
        ([ITEM | {"quantity": 0}], "a quantity is a whole number from 1; got 0"),
        ([ITEM, ITEM | {"item_price": -0.01}], "not below 0; got -0.01"),
    ],
)
def test_an_order_has_something_in_it(items: list[Any], problem: str) -> None:
    """At least one of it; it may be free."""
    check_basket({"product_items": [ITEM]})

    with pytest.raises(ValueError, match=problem):
        check_basket({"product_items": items})


def test_every_reply_reads_as_one_text() -> None:
    """By what was tapped, filled in, allowed or ordered."""
    assert reply_as_text({"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}}) == "Yes"
    assert reply_as_text(flow('{"stars":4}')) == '[flow] {"stars":4}'
    assert reply_as_text(permission(response="reject")) == "[call permission] reject"
    assert basket_as_text({"product_items": [ITEM, ITEM | {"product_retailer_id": "pot"}]}) == (
        "[order] 1 × fern, 1 × pot"
    )
