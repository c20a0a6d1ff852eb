"""Everything that a webhook may carry: each kind of message, other fields, and what does not exist yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from emulator.doctor import payloads
from emulator.doctor.rule import Outcome, failed, passed
from emulator.sandbox.fixtures import fixtures
from emulator.wire import signing
from emulator.wire.webhooks.envelope import envelope

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination

_WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI1N0IzMjVFREZBMkY4QjFGRjUA"
_FILE: Mapping[str, Any] = {"sha256": "TsOfB1Mi4VzbQqvmFGQ/Cp6cOxs=", "id": "1003383421387256"}
_CONTEXT: Mapping[str, Any] = {"context": {"from": "15550783881", "id": _WAMID}}
_UNSUPPORTED: Mapping[str, Any] = {
    "errors": [
        {
            "code": 131051,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
    ]
}

MESSAGES: tuple[tuple[str, str, Any, Mapping[str, Any]], ...] = (
    ("image", "image", {"mime_type": "image/jpeg", "caption": "Is it this one?", **_FILE}, {}),
    ("voice note", "audio", {"mime_type": "audio/ogg; codecs=opus", "voice": True, **_FILE}, {}),
    ("video", "video", {"mime_type": "video/mp4", **_FILE}, {}),
    ("document", "document", {"mime_type": "application/pdf", "filename": "order.pdf", **_FILE}, {}),
    ("sticker", "sticker", {"mime_type": "image/webp", "animated": False, **_FILE}, {}),
    ("location", "location", {"latitude": 37.4, "longitude": -122.1}, {}),
    ("contacts", "contacts", [{"name": {"formatted_name": "Ada", "first_name": "Ada"}}], {}),
    ("reaction", "reaction", {"message_id": _WAMID, "emoji": "❤️"}, {}),
    ("removed reaction", "reaction", {"message_id": _WAMID}, {}),
    ("quick reply", "button", {"payload": "Unsubscribe", "text": "Unsubscribe"}, _CONTEXT),
    ("quick reply without context", "button", {"payload": "Yes", "text": "Yes"}, {}),
    (
        "button reply",
        "interactive",
        {"type": "button_reply", "button_reply": {"id": "cancel", "title": "Cancel"}},
        _CONTEXT,
    ),
    (
        "list reply",
        "interactive",
        {"type": "list_reply", "list_reply": {"id": "express", "title": "Express"}},
        _CONTEXT,
    ),
    (
        "flow reply",
        "interactive",
        {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{}"}},
        _CONTEXT,
    ),
    (
        "order",
        "order",
        {
            "catalog_id": "194836987003835",
            "text": "",
            "product_items": [
                {"product_retailer_id": "di9ozbzfi4", "quantity": 2, "item_price": 7.99, "currency": "USD"}
            ],
        },
        {},
    ),
    ("forwarded text", "text", {"body": "Look"}, {"context": {"forwarded": True}}),
    ("welcome request", "request_welcome", None, {}),
    ("edit", "edit", {"original_message_id": _WAMID, "message": {"type": "text", "text": {"body": "B"}}}, {}),
    ("deletion", "revoke", {"original_message_id": _WAMID}, {}),
    ("unsupported message", "unsupported", {"type": "poll_creation"}, _UNSUPPORTED),
    ("unsupported interactive message", "interactive", None, {}),
)
"""Kinds of messages: a name, the ``type``, what stands under it, and beside it.

Shapes: D/webhooks/reference/messages (November 2025 to September 2026) and captures.
"""
_NAMED = 4
"""How many of those that were refused alike are named."""
_SYSTEM: Mapping[str, Any] = {
    "body": "User Ada changed from 16505551234 to 12195555358",
    "wa_id": "12195555358",
    "type": "user_changed_number",
}


def every_kind(examination: Examination) -> Outcome:
    """A message of each kind is taken."""
    return _all_taken(examination, "kinds of messages", _of_each_kind(examination))


def _of_each_kind(examination: Examination) -> Iterator[tuple[str, bytes]]:
    platform = examination.platform
    person = platform.person()
    for name, kind, content, beside in MESSAGES:
        yield name, payloads.with_message(platform.writes(person, "Hello"), kind, content, dict(beside))
    changed_number = payloads.with_message(platform.writes(person, "Hello"), "system", dict(_SYSTEM), {})
    yield "changed number", payloads.without_contacts(changed_number)


def other_fields(examination: Examination) -> Outcome:
    """Meta's documented sample of every other field is taken."""
    return _all_taken(examination, "samples of other fields", _samples(examination))


def _samples(examination: Examination) -> Iterator[tuple[str, bytes]]:
    platform = examination.platform
    at = platform.sandbox.clock.now()
    for path in sorted((fixtures() / "webhooks").glob("*.json")):
        if path.stem == "messages":
            continue
        for name, sample in json.loads(path.read_text(encoding="utf-8"))["samples"].items():
            body = signing.encode(envelope(platform.waba_id, path.stem, sample["value"], at))
            yield f"{path.stem} {name}", body


def _all_taken(examination: Examination, what: str, bodies: Iterator[tuple[str, bytes]]) -> Outcome:
    answers = {name: examination.callback.post(body) for name, body in bodies}
    refused: dict[str, list[str]] = {}
    for name, answer in answers.items():
        if not answer.is_accepted:
            refused.setdefault(str(answer), []).append(name)
    if not refused:
        return passed(f"{len(answers)} {what} were taken")
    number = sum(map(len, refused.values()))
    shown = "; ".join(f"{answer} for {_some(names)}" for answer, names in refused.items())
    return failed(f"{number} of {len(answers)} {what} were not taken: {shown}")


def _some(names: list[str]) -> str:
    """The first names of a list, with how many there are more."""
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def taken(what: str, *changes: Callable[[bytes], bytes]) -> Callable[[Examination], Outcome]:
    """Make what judges whether a text is taken once it was changed, in each of these ways."""

    def judge(examination: Examination) -> Outcome:
        platform = examination.platform
        for change in changes:
            answer = examination.callback.post(change(platform.writes(platform.person(), examination.text)))
            if not answer.is_accepted:
                return failed(f"{what} was answered {answer}")
        return passed(f"{what} was taken")

    return judge


def user_actions(body: bytes) -> bytes:
    """A webhook of a click on a marketing message, which has neither messages nor statuses."""
    timestamp = payloads.value_of(body)["messages"][0]["timestamp"]
    click = {"click_component": "cta", "click_id": "click_id", "tracking_token": "example_token"}
    action = {"action_type": "marketing_messages_link_click", "timestamp": timestamp}
    return payloads.with_value(body, user_actions=[action | {"marketing_messages_link_click_data": click}])


def errors_alone(body: bytes) -> bytes:
    """A webhook about a problem of the account, which has errors alone."""
    details = "Message failed to send because there were too many messages sent from this phone number"
    error = {"code": 130429, "title": "Rate limit hit", "message": "Rate limit hit"}
    return payloads.with_value(body, errors=[error | {"error_data": {"details": details}}])
