"""What people are like, and what they do."""

from __future__ import annotations

from typing import Any

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.parsing import BadRequest
from emulator.web.control.routes import FLAG, HABITS, SANDBOX, TEXT, Json, one_of, required, route


@route("GET", f"{SANDBOX}/people")
def people(sandbox: Sandbox) -> Json:
    """Everybody in the sandbox."""
    return {"people": [shapes.person(person) for person in sandbox.people()]}


@route(
    "POST",
    f"{SANDBOX}/people",
    body={
        "name": TEXT,
        "wa_id": TEXT,
        "locale": TEXT,
        "opted_in": FLAG,
        "on_whatsapp": FLAG,
        "habits": HABITS,
    },
    status=201,
)
def add_person(sandbox: Sandbox, name: str | None = None, wa_id: str | None = None, **facts: Any) -> Json:
    """Add a person; what is not said about them is invented in their locale."""
    return shapes.person(sandbox.add_person(name, wa_id, **facts))


@route("GET", f"{SANDBOX}/people/{{wa_id}}")
def read_person(sandbox: Sandbox, wa_id: str) -> Json:
    """One person."""
    return shapes.person(sandbox.person(wa_id))


@route(
    "PATCH",
    f"{SANDBOX}/people/{{wa_id}}",
    body={"name": TEXT, "locale": TEXT, "opted_in": FLAG, "on_whatsapp": FLAG, "habits": HABITS},
)
def change_person(sandbox: Sandbox, wa_id: str, **facts: Any) -> Json:
    """Change what a person is like."""
    return shapes.person(sandbox.change_person(wa_id, **facts))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/messages",
    body={
        "to": TEXT,
        "type": one_of("text"),
        "text": required({"type": "object", "properties": {"body": TEXT}, "required": ["body"]}),
        "context": {"type": "object", "properties": {"id": TEXT}},
    },
    status=201,
)
def write(
    sandbox: Sandbox,
    wa_id: str,
    text: Json,
    to: str | None = None,
    type: str = "text",  # noqa: A002
    context: Json | None = None,
) -> Json:
    """Have a person write to a business number (default: the first); opens or restarts the window."""
    if type != "text":
        raise BadRequest(f"people write texts so far; {type} is not emulated yet")
    if not isinstance(text.get("body"), str):
        raise BadRequest('text needs a body: {"text": {"body": "Hello"}}')
    reply_to = (context or {}).get("id")
    if not isinstance(reply_to, str | None):
        raise BadRequest(f"context.id is the id of a message, not {reply_to!r}")
    return shapes.message(sandbox.say(wa_id, text["body"], to=to, reply_to=reply_to))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/taps",
    body={"button": required(TEXT), "message_id": TEXT},
    status=201,
)
def tap(sandbox: Sandbox, wa_id: str, button: str, message_id: str | None = None) -> Json:
    """Have a person tap a quick-reply button, by its label."""
    return shapes.message(sandbox.tap(wa_id, button, message_id=message_id))


@route("POST", f"{SANDBOX}/people/{{wa_id}}/reads")
def read_messages(sandbox: Sandbox, wa_id: str) -> Json:
    """Have a person read everything that was delivered to them."""
    return {"messages": [shapes.message(message) for message in sandbox.read(wa_id)]}
