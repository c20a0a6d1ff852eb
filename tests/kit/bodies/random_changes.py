"""Valid bodies, and changes of them at random: the chance is seeded, so that each run makes the same."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from kit.bodies.strategies import places, put
from kit.identities import SHEENA

TEXT: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": "+1 650 555 1234",
    "type": "text",
    "text": {"body": "Hello", "preview_url": True},
    "context": {"message_id": "wamid.1"},
    "biz_opaque_callback_data": "order 7",
}
TEMPLATE: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "to": SHEENA,
    "type": "template",
    "template": {
        "name": "order_shipped",
        "language": {"code": "en_US", "policy": "deterministic"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Sheena"},
                    {
                        "type": "currency",
                        "currency": {"fallback_value": "$1", "code": "USD", "amount_1000": 1000},
                    },
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "1",
                "parameters": [{"type": "text", "text": "860198"}],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": 0,
                "parameters": [{"type": "payload", "payload": "where"}],
            },
        ],
    },
}
HEADED: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "to": SHEENA,
    "type": "template",
    "template": {
        "name": "spring_sale",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "header",
                "parameters": [{"type": "image", "image": {"link": "https://example.com/a.png"}}],
            },
            {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]},
        ],
    },
}
RECEIPT: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "status": "read",
    "message_id": "wamid.1",
    "typing_indicator": {"type": "text"},
}
DRAFT: dict[str, Any] = {
    "name": "order_on_its_way",
    "language": "en_US",
    "category": "UTILITY",
    "parameter_format": "POSITIONAL",
    "message_send_ttl_seconds": 60,
    "components": [
        {
            "type": "HEADER",
            "format": "TEXT",
            "text": "Hello {{1}} of ours",
            "example": {"header_text": ["Sheena"]},
        },
        {
            "type": "BODY",
            "text": "Hello {{1}}, your order {{2}} is on its way to you now.",
            "example": {"body_text": [["Sheena", "860198"]]},
        },
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Where is it?"},
                {
                    "type": "URL",
                    "text": "Track it",
                    "url": "https://example.com/{{1}}",
                    "example": ["https://example.com/1"],
                },
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550783881"},
            ],
        },
    ],
}
CODE: dict[str, Any] = {
    "name": "one_time_code",
    "language": "en_US",
    "category": "AUTHENTICATION",
    "components": [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "OTP",
                    "otp_type": "ONE_TAP",
                    "text": "Copy",
                    "autofill_text": "Fill",
                    "supported_apps": [{"package_name": "com.example", "signature_hash": "K8a/AINcGX7"}],
                }
            ],
        },
    ],
}
VALID = (TEXT, TEMPLATE, HEADED, RECEIPT, DRAFT, CODE)
JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 1.5, 10**18, 10**30),
    *(
        "",
        "x",
        "text",
        "\x00",
        "日本",
        "😀",
        "\r\nX: y",
        "{{1}}",
        "{{9}}",
        "{{",
        "x" * 5000,
        "http://[",
        "00",
    ),
    *("[", "{", "[]", "{}", "[1]", '{"a":1}', "-5", "٣", "1e999"),
    *([], {}, [[]], [None], [{}], ["a"], {"a": 1}, {"type": "text"}),
)
NOISE = (b"\xff", rb"\ud800", b"NaN", b"[[[[", b'"', b"\x00", b"{", b"1e999", b",", b"null")


def pick(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def mutated(chance: random.Random, value: Any) -> Any:
    """A copy of ``value`` with one to three changes at random places."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        found = list(places(value))
        if not found:
            break
        path = chance.choice(found)
        match chance.choice(("junk", "junk", "drop", "add", "wrap", "move")):
            case "junk":
                value = put(value, path, chance.choice(JUNK))
            case "drop":
                value = copy.deepcopy(value)
                del pick(value, path[:-1])[path[-1]]
            case "add":
                name = chance.choice(("junk", "type", "text", "", "parameters", "example", "a\x00"))
                parent = pick(value, path[:-1])
                more = (
                    [*parent, chance.choice(JUNK)]
                    if isinstance(parent, list)
                    else {name: chance.choice(JUNK)}
                )
                grown = more if isinstance(parent, list) else parent | more
                value = put(value, path[:-1], grown) if path[:-1] else grown
            case "wrap":
                here = pick(value, path)
                value = put(value, path, chance.choice(([here], {"a": here}, json.dumps(here))))
            case "move":
                value = put(value, path, copy.deepcopy(pick(value, chance.choice(found))))
    return value


def garbled(chance: random.Random, data: bytes) -> bytes:
    """Bytes changed, left out, put in, or cut off."""
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(data) + 1)
        match chance.choice(("change", "drop", "insert", "cut")):
            case "change":
                data = data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]
            case "drop":
                data = data[:at] + data[at + chance.randrange(20) :]
            case "insert":
                data = data[:at] + chance.choice(NOISE) + data[at:]
            case "cut":
                data = data[:at]
    return data
