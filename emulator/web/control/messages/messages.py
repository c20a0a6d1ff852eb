"""Control routes of messages in both directions, the transcript, and the customer service windows."""

from __future__ import annotations

from emulator.domain.messages.lifecycle import REPORTED
from emulator.domain.phones import digits_of
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.messages import shapes
from emulator.web.control.routes import NUMBER, SANDBOX, TEXT, Json, one_of, required, route, short


@route("GET", f"{SANDBOX}/messages", query={"wa_id": TEXT, "limit": NUMBER})
def messages(sandbox: Sandbox, wa_id: str | None = None, limit: int = 1000) -> Json:
    """Messages in both directions as they stand now, oldest first; with a limit the newest ones.

    ``wa_id`` keeps those of one person, a phone number in any way of writing it; ``limit`` is 1,000 by
    default.
    """
    found = sandbox.messages.all(wa_id=wa_id and digits_of(wa_id), limit=limit)
    return {"messages": [shapes.message(message) for message in found]}


@route("GET", f"{SANDBOX}/messages/{{id}}")
def read_message(sandbox: Sandbox, id: str) -> Json:  # noqa: A002
    """One message by its wamid, with its status, price and error as they stand now.

    404 when there is none.
    """
    return shapes.message(sandbox.messages.get(id))


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
) -> Json:
    """Have the platform report a status of a message to a person now: again, late, or in another order.

    ``failed`` needs the ``code`` of an error. Where the status may follow the present one the message has it
    from now on; else nothing but the webhook comes of it. Answers the message; 404 for one that is not there,
    422 for a status that it cannot have.
    """
    return shapes.message(sandbox.messages.report_status(id, status, code=code, details=details))


@route("GET", f"{SANDBOX}/transcript")
def transcript(sandbox: Sandbox) -> Json:
    """The newest 200 messages as text in simulated time, a line a message with what became of it."""
    return {"transcript": sandbox.messages.transcript()}


@route("GET", f"{SANDBOX}/windows")
def windows(sandbox: Sandbox) -> Json:
    """The customer service windows, the newest first: whether each is open now, and its free entry point.

    One for each business number and person who ever wrote or called; closed ones are shown, too.
    """
    with sandbox.reading():
        now, entries = sandbox.clock.now(), sandbox.people.entry_points()
        shown = [
            shapes.window(window, entries.get((window.phone_number_id, window.wa_id)), now)
            for window in sandbox.people.windows()
        ]
    return {"windows": shown}
