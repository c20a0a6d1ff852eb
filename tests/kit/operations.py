"""Every operation of the two APIs once, with a right call of it: what robustness tests change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.domain.content.kinds import KINDS
from emulator.domain.shapes import (
    Choice,
    Flag,
    Integer,
    Items,
    Json,
    Link,
    Number,
    Record,
    Shape,
    Text,
    Variant,
)
from emulator.web.control.modules import every_route
from emulator.web.control.routes.table import SANDBOX
from kit.bodies.random_changes import CODE, DRAFT, HEADED, RECEIPT, TEMPLATE, TEXT
from kit.bodies.strategies import GROUP, LINKS, REPAIRS, envelope
from kit.graph import Graph
from kit.identities import APP_ID, ORDER_SHIPPED, PORTFOLIO, PRODUCTION, SHEENA, TEST, WABA_ID


@dataclass(frozen=True, slots=True)
class Operation:
    """A call: its method, the path below the version or the sandbox, its query and its JSON body."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, Any] = field(default_factory=dict)
    token: str = Graph.token

    @property
    def name(self) -> str:
        kind = str((self.body or {}).get("type", "")) if self.path.endswith("messages") else ""
        return f"{self.method} {self.path} {kind}".strip()


def whole(shape: Shape) -> Iterator[Any]:
    """A value of a shape with every member it may have; of a variant one for each case."""
    match shape:
        case Text():
            yield "x" * max(1, shape.least)
        case Integer(least=least):
            yield max(1, least or 0)
        case Number():
            yield 1
        case Flag():
            yield True
        case Choice(words=words):
            yield words[0]
        case Link():
            yield LINKS[0]
        case Json():
            yield {"free": "1"}
        case Items(of=of, least=least):
            for element in whole(of):
                yield [element] * max(1, least)
        case Variant(cases=cases):
            for case in cases.values():
                yield from whole(case)
        case Record():
            left_out = {"id"} if shape.file is not None else set()
            members = {
                name: next(iter(whole(member)))
                for name, member in shape.members.items()
                if name not in left_out
            }
            for rule in shape.rules:
                REPAIRS[rule.__qualname__](members)
            yield members


_OBJECT = "whatsapp_business_account"
_PAGED = {"limit": "2", "after": "", "before": "", "fields": "id"}
_LIST = {"fields": "id,name", "name": "a", "status": "APPROVED", "language": "en_US", "category": "UTILITY"}

GRAPH: tuple[Operation, ...] = (
    Operation("GET", APP_ID, query={"fields": "id"}),
    Operation("GET", f"{APP_ID}/subscriptions", token=Graph.app_token),
    Operation(
        "POST",
        f"{APP_ID}/subscriptions",
        {
            "object": _OBJECT,
            "callback_url": "http://127.0.0.1:9/",
            "verify_token": "x",
            "fields": ["messages"],
        },
        token=Graph.app_token,
    ),
    Operation(
        "DELETE",
        f"{APP_ID}/subscriptions",
        {"object": _OBJECT, "fields": "messages"},
        token=Graph.app_token,
    ),
    Operation(
        "POST", f"{APP_ID}/uploads", {"file_length": 9, "file_type": "image/png", "file_name": "a.png"}
    ),
    Operation("GET", PRODUCTION, query={"fields": "id,webhook_configuration,health_status"}),
    Operation(
        "POST",
        PRODUCTION,
        {"webhook_configuration": {"override_callback_uri": "http://127.0.0.1:9/", "verify_token": "x"}},
    ),
    *(
        Operation(
            method,
            f"{PRODUCTION}/block_users",
            {"messaging_product": "whatsapp", "block_users": [{"user": SHEENA}, {"user": "x"}]},
        )
        for method in ("POST", "DELETE")
    ),
    Operation("GET", f"{PRODUCTION}/block_users", query=_PAGED),
    Operation("POST", f"{TEST}/deregister", {"messaging_product": "whatsapp"}),
    Operation("POST", f"{PRODUCTION}/register", {"messaging_product": "whatsapp", "pin": "123456"}),
    Operation(
        "POST", f"{PRODUCTION}/smb_app_data", {"messaging_product": "whatsapp", "sync_type": "history"}
    ),
    Operation("POST", f"{PRODUCTION}/marketing_messages", {**TEMPLATE, "product_policy": "STRICT"}),
    Operation("PUT", f"{PRODUCTION}/messages", RECEIPT),
    *(Operation("POST", f"{PRODUCTION}/messages", body) for body in (TEXT, TEMPLATE, HEADED, RECEIPT)),
    *(
        Operation("POST", f"{PRODUCTION}/messages", envelope(name, value))
        for name, kind in KINDS.items()
        for value in whole(kind.shape)
    ),
    Operation(
        "POST",
        f"{PRODUCTION}/media",
        {"messaging_product": "whatsapp", "type": "image/png", "ttl_minutes": "9"},
    ),
    Operation("GET", "1", query={"phone_number_id": PRODUCTION}),
    Operation("DELETE", "1", {"phone_number_id": PRODUCTION}),
    Operation("GET", PORTFOLIO, query={"fields": "id"}),
    Operation("GET", f"{PORTFOLIO}/client_whatsapp_business_accounts", query=_PAGED),
    Operation("GET", f"{PORTFOLIO}/owned_whatsapp_business_accounts", query=_PAGED),
    Operation(
        "GET",
        "message_template_library",
        query={
            "search": "a",
            "name": "a",
            "topic": "ACCOUNT_UPDATE",
            "usecase": "x",
            "industry": "x",
            "language": "en",
        },
    ),
    Operation("GET", ORDER_SHIPPED, query={"fields": "id"}),
    Operation(
        "POST",
        ORDER_SHIPPED,
        {"category": "UTILITY", "components": DRAFT["components"], "message_send_ttl_seconds": 60},
    ),
    Operation("POST", f"{ORDER_SHIPPED}/unpause", {"reason": "x"}),
    Operation("GET", "upload:x"),
    Operation("GET", WABA_ID, query={"fields": "id,health_status"}),
    Operation("POST", f"{WABA_ID}/message_samples", {**TEXT, "category": "UTILITY"}),
    Operation(
        "GET",
        f"{WABA_ID}/message_template_previews",
        query={
            "category": "AUTHENTICATION",
            "languages": "en_US,de",
            "add_security_recommendation": "true",
            "code_expiration_minutes": "5",
            "button_types": "OTP",
        },
    ),
    Operation("GET", f"{WABA_ID}/message_templates", query={**_PAGED, **_LIST}),
    Operation("POST", f"{WABA_ID}/message_templates", DRAFT),
    Operation("POST", f"{WABA_ID}/message_templates", CODE),
    Operation(
        "POST",
        f"{WABA_ID}/message_templates",
        {
            "name": "from_the_library",
            "language": "en_US",
            "category": "UTILITY",
            "library_template_name": "delivery_update_1",
            "library_template_button_inputs": "[{'type': 'URL', 'url': {'base_url': 'https://a.b/{{1}}'}}]",
            "library_template_body_inputs": {"add_contact_number": True, "code_expiration_minutes": 5},
        },
    ),
    Operation("DELETE", f"{WABA_ID}/message_templates", {"name": "nothing", "hsm_id": "1", "hsm_ids": ["1"]}),
    Operation("POST", f"{WABA_ID}/message_templates/archive", {"hsm_ids": ["1", "2"]}),
    Operation("POST", f"{WABA_ID}/message_templates/unarchive", {"hsm_ids": ["1", "2"]}),
    Operation("GET", f"{WABA_ID}/phone_numbers", query={**_PAGED, "filtering": "[]", "sort": "x"}),
    Operation("GET", f"{WABA_ID}/subscribed_apps"),
    Operation(
        "POST",
        f"{WABA_ID}/subscribed_apps",
        {"override_callback_uri": "http://127.0.0.1:9/", "verify_token": "x"},
    ),
    Operation("DELETE", f"{WABA_ID}/subscribed_apps", {}),
    Operation(
        "POST",
        f"{WABA_ID}/upsert_message_templates",
        {**CODE, "languages": ["en_US", "de"]},
    ),
    Operation(
        "GET",
        "oauth/access_token",
        query={"grant_type": "client_credentials", "client_id": APP_ID, "client_secret": "x"},
    ),
)
"""Calls of the Graph API: every row of the table of endpoints, and every kind of message."""

_PATHS = {
    "wa_id": SHEENA,
    "id": "1",
    "group_id": GROUP,
    "phone_number_id": PRODUCTION,
    "waba_id": WABA_ID,
    "business_id": PORTFOLIO,
}
"""Ids that there are, for the parameters of paths in the control API."""
_ALONE = ("/clock/run", "/snapshot")
"""What lets the sandbox go on by itself, or takes no JSON."""


def control_operations() -> Iterator[Operation]:
    """A call of every control route of one sandbox, with every member its schema names."""
    for route in every_route():
        if not route.path.startswith(f"{SANDBOX}") or route.path.endswith(_ALONE):
            continue
        if route.method == "DELETE" and route.path == SANDBOX:
            continue
        path = route.path.removeprefix(SANDBOX)
        for name, value in _PATHS.items():
            path = path.replace(f"{{{name}}}", value)
        body = {name: sample(schema) for name, schema in route.body.items()} if route.body else None
        query = {name: str(sample(schema)) for name, schema in route.query.items()}
        yield Operation(route.method, path, body, query)


def sample(schema: Mapping[str, Any]) -> Any:
    """A value that a schema of the control API allows."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    samples: dict[str, Any] = {
        "string": "2026-11-03T09:00:00Z" if schema.get("format") == "date-time" else "x",
        "number": 1,
        "integer": 1,
        "boolean": True,
        "array": ["x"],
        "object": {"body": "x", "id": "x"},
    }
    return samples[kind]
