"""Several webhooks in one request: joined as far inside as they fit."""

from __future__ import annotations

import json
from typing import Any

from emulator.wire import signing
from emulator.wire.webhooks.batches import join


def payload(field: str, value: dict[str, Any], waba: str = "1", **entry: Any) -> bytes:
    made = {"id": waba, **entry, "changes": [{"value": value, "field": field}]}
    return signing.encode({"object": "whatsapp_business_account", "entry": [made]})


def message(text: str, number: str = "10", person: str = "1650") -> dict[str, Any]:
    return {
        "metadata": {"phone_number_id": number},
        "contacts": [{"wa_id": person}],
        "messages": [{"text": text}],
    }


def joined(*bodies: bytes) -> Any:
    return json.loads(join(bodies))["entry"]


def test_one_alone_is_left_as_it_is() -> None:
    """To the byte."""
    alone = payload("messages", message("Grüße 🌵 @/"))

    assert join([alone]) == alone


def test_messages_to_one_number_stand_in_one_value() -> None:
    """Who wrote them stands once."""
    ((entry,)) = joined(
        payload("messages", message("1")),
        payload("messages", message("2")),
        payload("messages", message("3", person="1651")),
    )

    (change,) = entry["changes"]
    assert [each["text"] for each in change["value"]["messages"]] == ["1", "2", "3"]
    assert change["value"]["contacts"] == [{"wa_id": "1650"}, {"wa_id": "1651"}]


def test_what_does_not_fit_is_a_change_of_its_own() -> None:
    """Another number, another field, other members, and what holds no array."""
    statuses = {"metadata": {"phone_number_id": "10"}, "statuses": [{"id": "1"}]}
    for second in (
        payload("messages", message("2", number="11")),
        payload("smb_message_echoes", message("2")),
        payload("messages", statuses),
    ):
        (entry,) = joined(payload("messages", message("1")), second)
        assert len(entry["changes"]) == 2

    alike = payload("account_update", {"event": "A"}, time=1)
    (entry,) = joined(alike, alike)
    assert len(entry["changes"]) == 2


def test_another_account_or_another_time_is_an_entry_of_its_own() -> None:
    """The time stands at the entry; a later one of an entry that is there goes to it."""
    entries = joined(
        payload("messages", message("1")),
        payload("messages", message("2"), waba="2"),
        payload("account_update", {"event": "A"}, time=1),
        payload("account_update", {"event": "B"}, time=2),
        payload("messages", message("3")),
    )

    assert [(entry["id"], entry.get("time"), len(entry["changes"])) for entry in entries] == [
        ("1", None, 1),
        ("2", None, 1),
        ("1", 1, 1),
        ("1", 2, 1),
    ]
    assert len(entries[0]["changes"][0]["value"]["messages"]) == 2
