"""Control routes of messages in both directions, the transcript, and the customer service windows."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import Response

from emulator.domain.instants import iso, maybe_iso
from emulator.domain.messages.groups import Receipt
from emulator.domain.messages.lifecycle import REPORTED, Message
from emulator.domain.phones import digits_of
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.quoting import cut
from emulator.domain.windows import Window
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import messages as answers
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes.paging import PAGED, page
from emulator.web.control.routes.table import NUMBER, SANDBOX, TEXT, one_of, required, route, short
from emulator.web.control.routes.values import BadRequest, moment

_TYPES = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}
"""The media types of transcripts that are answered as they are."""


@route(
    "GET",
    f"{SANDBOX}/messages",
    query={"wa_id": TEXT, "phone_number_id": TEXT, "group_id": TEXT, "before": TEXT, **PAGED},
)
def messages(
    sandbox: Sandbox,
    wa_id: str | None = None,
    phone_number_id: str | None = None,
    group_id: str | None = None,
    before: str | None = None,
    after: str | None = None,
    limit: int = 1000,
) -> answers.Messages:
    """Messages in both directions as they stand now, oldest first; with a limit the newest ones.

    ``wa_id`` keeps those of one person, a phone number in any way of writing it, ``phone_number_id`` those of
    one business number, ``group_id`` those of one group (empty: those in none), and ``before`` those that
    came before the message with that id; ``limit`` is 1,000 by default. With ``after`` they are read page by
    page, from the oldest on: it is empty at first, and then the ``next`` of the page before, which the last
    one has not. 404 for an unknown one.
    """
    kept = {
        "wa_id": wa_id and digits_of(wa_id),
        "phone_number_id": phone_number_id,
        "group_id": group_id,
        "before": before,
    }
    with sandbox.reading():
        receipts = dict[str, list[Receipt]]()

        def found(most: int) -> list[Message]:
            messages = sandbox.messages.all(**kept, after=after, limit=limit if after is None else most)
            receipts.update(sandbox.messages.receipts(messages))
            return messages

        return page(
            "messages",
            found,
            limit,
            lambda message: message_answer(message, receipts.get(message.id)),
            lambda message: message.id,
        )


@route("GET", f"{SANDBOX}/messages/{{id}}")
def read_message(sandbox: Sandbox, id: str) -> answers.Message:  # noqa: A002
    """One message by its wamid, with its status, price and error as they stand now.

    404 when there is none.
    """
    with sandbox.reading():
        message = sandbox.messages.get(id)
        return message_answer(message, sandbox.messages.receipts([message]).get(id))


@route(
    "POST",
    f"{SANDBOX}/messages/{{id}}/statuses",
    body={"status": required(one_of(*REPORTED)), "code": NUMBER, "details": short(1000)},
    status=201,
)
def report_status(
    sandbox: Sandbox,
    id: str,  # noqa: A002
    status: str,
    code: int | None = None,
    details: str | None = None,
) -> answers.Message:
    """Have the platform report a status of a message to a person now: again, late, or in another order.

    ``failed`` needs the ``code`` of an error. Where the status may follow the present one the message has it
    from now on; else nothing but the webhook comes of it. Answers the message; 404 for one that is not there,
    422 for a status that it cannot have.
    """
    return message_answer(sandbox.messages.report_status(id, status, code=code, details=details))


@route(
    "GET",
    f"{SANDBOX}/transcript",
    query={"form": one_of(*_TYPES, "json"), "limit": NUMBER},
    media=tuple(_TYPES.values()),
)
def transcript(
    sandbox: Sandbox, form: str | None = None, limit: int = 200
) -> answers.TranscriptAnswer | Response:
    """The newest messages in simulated time, a line a message with what became of it.

    ``form`` is ``text``, ``markdown`` or ``html``, which are answered as they are, or ``json``: a list of
    messages, and one of the faults that struck meanwhile. Without it the text stands in a member of JSON.
    ``limit`` is how many messages (default: 200).
    """
    written = sandbox.messages.transcript(form or "text", limit)
    if form in _TYPES:
        return Response(f"{written}\n", mimetype=_TYPES[form])
    if form:
        return cast(answers.TranscriptAnswer, written)
    return {"transcript": written}


@route("GET", f"{SANDBOX}/windows", query={"wa_id": TEXT, **PAGED})
def windows(
    sandbox: Sandbox, wa_id: str | None = None, after: str | None = None, limit: int | None = None
) -> answers.Windows:
    """The customer service windows, the newest first: whether each is open now, and its free entry point.

    One for each business number and person who ever wrote or called; closed ones are shown, too. ``limit`` is
    how many a page has (default: all), ``after`` what stands under ``next`` in the page before; 400 for
    anything else. With ``wa_id`` all those of one person, or of the group with that id, on one page.
    """
    last = None if after is None else _window_before(after)
    with sandbox.reading():
        now, people = sandbox.clock.now(), sandbox.people
        return page(
            "windows",
            lambda most: (
                people.windows(after=last, limit=most)
                if wa_id is None
                else people.windows_of(wa_id if sandbox.objects.is_group(wa_id) else digits_of(wa_id))
            ),
            limit if wa_id is None else None,
            lambda each: _window_answer(each, people.entry_point(each.phone_number_id, each.wa_id), now),
            lambda each: f"{each.phone_number_id}/{each.wa_id}/{iso(each.last_inbound_at)}",
        )


def _window_before(cursor: str) -> Window:
    """Read what a page of windows has under ``next``: its last window as it stood then."""
    number, slash, rest = cursor.partition("/")
    wa_id, also, at = rest.partition("/")
    if not (slash and also):
        raise BadRequest(f"'after' is what the page before has under 'next', got {cut(repr(cursor))}")
    return Window(number, wa_id, moment(at))


def _window_answer(facts: Window, entry: EntryPoint | None, at: datetime) -> answers.WindowAnswer:
    """Write a customer service window: since when, until when, and whether it is open ``at`` an instant.

    ``entry`` is the person's click on an ad, shown as ``free_entry_point``; ``null`` without one.
    """
    return {
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "open": facts.is_open(at),
        "last_inbound_at": iso(facts.last_inbound_at),
        "closes_at": iso(facts.closes_at),
        "free_entry_point": None if entry is None else _entry_point_answer(entry, at),
    }


def _entry_point_answer(facts: EntryPoint, at: datetime) -> answers.EntryPointAnswer:
    """Write a click on an ad: until when it may be answered, and the free entry point it became, if it did.

    ``open`` says whether messages are free ``at`` an instant.
    """
    return {
        "open": facts.is_open(at),
        "clicked_at": iso(facts.clicked_at),
        "answer_by": iso(facts.answer_by),
        "opened_at": maybe_iso(facts.opened_at),
        "closes_at": maybe_iso(facts.closes_at),
    }
