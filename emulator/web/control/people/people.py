"""Control routes of people: their facts and habits, and what they write, send, tap and read."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

from emulator.domain.facts.facts import shown
from emulator.domain.instants import parse_instant
from emulator.domain.messages import contexts
from emulator.domain.messages.inbound_kinds import (
    INBOUND_KINDS,
    WRITTEN_AS_JSON,
    InboundKind,
    Written,
    names,
)
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.devices import DEVICES
from emulator.domain.people.person import Person
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import people as answers
from emulator.web.control.answers.messages import Message as MessageAnswered
from emulator.web.control.answers.messages import ReadMessagesAnswer
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes import bodies, schemas
from emulator.web.control.routes.paging import PAGED, page
from emulator.web.control.routes.table import (
    BASE64,
    FILE,
    FLAG,
    NUMBER,
    REFERRAL,
    SANDBOX,
    TEXT,
    Json,
    one_of,
    required,
    route,
    short,
)
from emulator.web.control.routes.values import BadRequest, since_1970


def _schema(kind: InboundKind) -> Json:
    """What stands under the name of a kind when a person writes."""
    if kind.written is Written.FILE:
        members: Json = {"data": BASE64, "mime_type": TEXT}
        if kind.words is not None:
            members[kind.words] = TEXT
        if kind.has_filename:
            members["filename"] = TEXT
        if kind.can_be_recorded:
            members["voice"] = FLAG
        return FILE | {"properties": members}
    if kind.shape is not None:
        return schemas.of(kind.shape)
    return {"type": "object", "properties": {"body": TEXT}, "required": ["body"]}


CONTENTS = {
    name: _schema(INBOUND_KINDS[name])
    for name in (*names(Written.WORDS), *WRITTEN_AS_JSON, *names(Written.FILE))
}
"""The kinds of messages people write by this route, each with the schema of its content."""


_CONTEXT: Json = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "message_id": TEXT,
        **dict.fromkeys(contexts.FORWARDED, FLAG),
        contexts.REFERRED_PRODUCT: {
            "type": "object",
            "properties": dict.fromkeys(contexts.PRODUCT, TEXT),
            "required": list(contexts.PRODUCT),
        },
    },
    "description": "The message that is quoted (by id or message_id), or that it is forwarded, or a product.",
}


@route("GET", f"{SANDBOX}/people", query={"search": short(100), **PAGED})
def people(
    sandbox: Sandbox, search: str = "", after: str | None = None, limit: int | None = None
) -> answers.People:
    """Everybody in the sandbox with their facts and habits, in the order they were added; by pages if asked.

    ``limit`` is how many a page has (default: all), ``after`` the number of the last person of the page
    before, which stands under ``next`` there; ``search`` are words that all stand in the name, A to Z in any
    case, or digits of the number. 404 for an ``after`` that nobody has.
    """
    return page(
        "people",
        lambda most: sandbox.people.all(after=after, limit=most, search=search),
        limit,
        person_answer,
        lambda person: person.wa_id,
    )


@route(
    "POST",
    f"{SANDBOX}/people",
    body=bodies.PERSON_ADDED,
    status=201,
)
def add_person(
    sandbox: Sandbox, name: str | None = None, wa_id: str | None = None, **facts: Any
) -> answers.Person:
    """Add a person; a name and a number that are left out are invented in their locale.

    Habits that are left out are the seed's; durations are in seconds. Answers the person. 422 for a number
    that is taken, and for a fact that cannot be.
    """
    return person_answer(sandbox.people.add(name, wa_id, **facts))


@route(
    "POST",
    f"{SANDBOX}/crowds",
    body={"count": required(NUMBER)}
    | {name: each for name, each in bodies.PERSON_ADDED.items() if name not in ("name", "wa_id", "username")},
    status=201,
)
def add_crowd(sandbox: Sandbox, count: int, **facts: Any) -> answers.CrowdAnswer:
    """Add ``count`` people, who are invented in their locale and receive and read at different times.

    Most get a message within seconds and read it within the hour, some later, some never; the seed decides.
    The other members hold for all of them. Answers their numbers. 422 for more than 10,000.
    """
    return {"people": [person.wa_id for person in sandbox.people.crowd(count, **facts)]}


@route("GET", f"{SANDBOX}/people/{{wa_id}}")
def read_person(sandbox: Sandbox, wa_id: str) -> answers.Person:
    """One person by their number, with their facts and habits as they are now.

    404 for a number nobody has.
    """
    return person_answer(sandbox.people.get(wa_id))


@route(
    "PATCH",
    f"{SANDBOX}/people/{{wa_id}}",
    body=bodies.PERSON_CHANGED,
)
def change_person(sandbox: Sandbox, wa_id: str, **facts: Any) -> answers.Person:
    """Change some facts or habits of a person from now on; what the body leaves out stays.

    Deliveries that are planned already keep their instants. Answers the person as they are then.
    """
    return person_answer(sandbox.people.change(wa_id, **facts))


@route("POST", f"{SANDBOX}/people/{{wa_id}}/absences", body={"until": TEXT, "offline": FLAG})
def go_offline(
    sandbox: Sandbox, wa_id: str, until: str | None = None, offline: bool = True
) -> answers.Person:
    """Have a person's phone be off, until an instant or for good, or with ``offline: false`` be on again.

    Nothing reaches it meanwhile; then everything does at once. Answers the person. 422 for an instant that is
    not to come.
    """
    if not offline:
        return person_answer(sandbox.people.come_online(wa_id))
    ends = None if until is None else parse_instant(until)
    return person_answer(sandbox.people.go_offline(wa_id, ends))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/number-changes",
    body={"new": required(TEXT)},
    status=201,
)
def change_phone_number(sandbox: Sandbox, wa_id: str, new: str) -> answers.Person:
    """Have a person change from this phone number to a new one; answers the person as they are then.

    The business numbers they have written to hear of it by a ``system`` message from the old number, which
    nobody has any more. 422 for a number that is taken.
    """
    return person_answer(sandbox.people.change_number(wa_id, new))


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/messages",
    body={
        "to": TEXT,
        "group": TEXT,
        "type": one_of(*CONTENTS, "reaction"),
        **CONTENTS,
        "reaction": {
            "type": "object",
            "properties": {"message_id": TEXT, "emoji": TEXT},
            "required": ["message_id"],
        },
        "profile": {"type": "object", "properties": {"name": TEXT}, "required": ["name"]},
        "context": _CONTEXT,
        "referral": REFERRAL,
        "device": one_of(*DEVICES),
        "timestamp": {**short(20), "description": "Seconds since 1970, as webhooks have them."},
    },
    status=201,
)
def write(
    sandbox: Sandbox,
    wa_id: str,
    to: str | None = None,
    group: str | None = None,
    type: str = "text",  # noqa: A002
    context: Json | None = None,
    referral: Json | None = None,
    device: str | None = None,
    profile: Json | None = None,
    timestamp: str | None = None,
    **contents: Any,
) -> MessageAnswered:
    """Have a person write to a business number (default: the first); opens or restarts the window.

    The content stands under the name of its ``type``, as in a webhook; a file has its bytes in base64, and
    its ``mime_type``. ``context`` names the message that is quoted, or says that it is forwarded. ``group``
    has them write a text or send a file in a group. With ``profile`` somebody of that name is added where
    nobody has the number; ``timestamp`` is when it was written, by a phone that was off meanwhile. Causes a
    ``messages`` webhook, unless the business cannot hear. Answers the message; 422 for what their phone would
    not let them do.
    """
    if profile is not None:
        sandbox.people.get_or_add(wa_id, profile["name"])
    content = contents.get(type)
    if content is None:
        raise BadRequest(f"{type!r} is missing: what the person sends stands under its type")
    if other := [name for name in contents if name != type]:
        raise BadRequest(f"a message of the type {type} has {type!r}, not {other[0]!r}")
    if type == "reaction":
        return message_answer(sandbox.people.react(wa_id, content["message_id"], content.get("emoji", "")))
    more: dict[str, Any] = {} if timestamp is None else {"written_at": since_1970(timestamp)}
    more |= {"to": to, "group": group, "referral": referral, "device": device, **_quote(context or {})}
    kind = INBOUND_KINDS[type]
    if kind.written is Written.FILE:
        return message_answer(_show(sandbox, wa_id, type, content, more))
    if kind.shape is not None:
        return message_answer(sandbox.people.send(wa_id, type, content, **more))
    return message_answer(sandbox.people.say(wa_id, content["body"], **more))


def _quote(context: Json) -> Json:
    """The message that is quoted, by either name, and what else the context says."""
    said = {name: value for name, value in context.items() if name not in ("id", "message_id")}
    named = {context[name] for name in ("id", "message_id") if name in context}
    if len(named) > 1:
        raise BadRequest("context.id and context.message_id are two names of one message")
    return {"reply_to": named.pop() if named else None, "context": said}


def _show(sandbox: Sandbox, wa_id: str, kind: str, file: Json, more: Json) -> Message:
    try:
        data = base64.b64decode(file["data"], validate=True)
    except ValueError:
        raise BadRequest(f"{kind}.data is no base64") from None
    about = {name: value for name, value in file.items() if name not in ("data", "mime_type")}
    return sandbox.people.show(wa_id, kind, BytesIO(data), file["mime_type"], **about, **more)


@route(
    "POST",
    f"{SANDBOX}/people/{{wa_id}}/reactions",
    body={"message_id": required(TEXT), "emoji": TEXT},
    status=201,
)
def react(sandbox: Sandbox, wa_id: str, message_id: str, emoji: str = "") -> MessageAnswered:
    """Have a person react to a message of the conversation; without an emoji the reaction is taken back.

    Causes a ``messages`` webhook. Answers the reaction, which is a message of its own.
    """
    return message_answer(sandbox.people.react(wa_id, message_id, emoji))


@route("POST", f"{SANDBOX}/people/{{wa_id}}/plays", body={"message_id": required(TEXT)}, status=201)
def play(sandbox: Sandbox, wa_id: str, message_id: str) -> MessageAnswered:
    """Have a person listen to an audio of the business for the first time; it is read then, too.

    Causes the status ``played``. Answers the message; 422 for one that is no audio, has not reached them, or
    was played before.
    """
    return message_answer(sandbox.people.play(wa_id, message_id))


@route("POST", f"{SANDBOX}/people/{{wa_id}}/reads", body={"message_id": TEXT})
def read_messages(sandbox: Sandbox, wa_id: str, message_id: str | None = None) -> ReadMessagesAnswer:
    """Have a person read everything that was delivered to them, or one message; answers what they read.

    Their status becomes ``read``, with its webhook, when the sandbox settles or by itself on a server.
    """
    return {"messages": [message_answer(message) for message in sandbox.people.read(wa_id, message_id)]}


def person_answer(facts: Person) -> answers.Person:
    """Write a person with every fact that has a name in JSON, habits among them; durations are in seconds."""
    return shown(facts)
