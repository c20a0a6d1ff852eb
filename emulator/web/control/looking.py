"""What there is to see: messages, windows, templates, numbers, webhooks, the journal."""

from __future__ import annotations

from emulator.domain.phones import digits_of
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.parsing import moment, whole
from emulator.web.control.routes import INSTANT, NUMBER, SANDBOX, TEXT, Json, one_of, route


@route("GET", f"{SANDBOX}/messages", query={"wa_id": TEXT, "limit": NUMBER})
def messages(sandbox: Sandbox, wa_id: str | None = None, limit: int = 1000) -> Json:
    """Messages in both directions, oldest first; with a limit the newest ones."""
    found = sandbox.messages(wa_id=wa_id and digits_of(wa_id), limit=limit)
    return {"messages": [shapes.message(message) for message in found]}


@route("GET", f"{SANDBOX}/messages/{{id}}")
def read_message(sandbox: Sandbox, id: str) -> Json:  # noqa: A002
    """One message, as it stands now."""
    with sandbox.command() as store:
        message = store.messages.get(id)
    if message is None:
        raise LookupError(f"there is no message {id}")
    return shapes.message(message)


@route("GET", f"{SANDBOX}/transcript")
def transcript(sandbox: Sandbox) -> Json:
    """The conversations as text, in simulated time."""
    return {"transcript": sandbox.transcript()}


@route("GET", f"{SANDBOX}/windows")
def windows(sandbox: Sandbox) -> Json:
    """The service windows, the newest first, with the free entry point; whether each is open now."""
    with sandbox.command() as store:
        now, entries = sandbox.clock.now(), store.entry_points.all()
        shown = [
            shapes.window(window, entries.get((window.phone_number_id, window.wa_id)), now)
            for window in store.windows.all()
        ]
        return {"windows": shown}


@route("GET", f"{SANDBOX}/templates")
def templates(sandbox: Sandbox) -> Json:
    """Every template with its status."""
    with sandbox.command() as store:
        return {"templates": [shapes.template(template) for template in store.templates.of()]}


@route("GET", f"{SANDBOX}/numbers")
def numbers(sandbox: Sandbox) -> Json:
    """The business numbers, and whom a test number may write to."""
    with sandbox.command() as store:
        accounts = store.accounts
        found = [shapes.number(number, accounts.allowed(number.id)) for number in accounts.numbers()]
        return {"numbers": found}


@route(
    "GET", f"{SANDBOX}/deliveries", query={"state": one_of("waiting", "delivered", "failed"), "limit": NUMBER}
)
def deliveries(sandbox: Sandbox, state: str | None = None, limit: int = 1000) -> Json:
    """Webhooks, oldest first; with a limit the newest ones."""
    with sandbox.command() as store:
        found = store.deliveries.select(state, limit)
        return {"deliveries": [shapes.delivery(delivery) for delivery in found]}


@route("GET", f"{SANDBOX}/deliveries/{{id}}")
def read_delivery(sandbox: Sandbox, id: str) -> Json:  # noqa: A002
    """One webhook with its body and every attempt."""
    with sandbox.command() as store:
        delivery = store.deliveries.get(whole(id))
        if delivery is None:
            raise LookupError(f"there is no delivery {id}")
        return shapes.delivery(delivery, store.deliveries.attempts(delivery.id))


@route("POST", f"{SANDBOX}/deliveries/{{id}}/redeliver", status=202)
def redeliver(sandbox: Sandbox, id: str) -> Json:  # noqa: A002
    """Send a webhook once more, the same bytes."""
    sandbox.redeliver(whole(id))
    with sandbox.command() as store:
        delivery = store.deliveries.get(whole(id))
    return {} if delivery is None else shapes.delivery(delivery)


@route(
    "GET",
    f"{SANDBOX}/journal",
    query={
        "kind": TEXT,
        "wa_id": TEXT,
        "subject": TEXT,
        "cause": TEXT,
        "since": INSTANT,
        "after": NUMBER,
        "limit": NUMBER,
    },
)
def journal(
    sandbox: Sandbox, since: str | None = None, after: int = 0, limit: int = 1000, **filters: str
) -> Json:
    """Everything that happened, with its cause; `after` takes the last `seq` seen."""
    with sandbox.command() as store:
        found = store.journal.select(
            since=None if since is None else moment(since), after=after, limit=limit, **filters
        )
        return {"journal": [shapes.entry(entry) for entry in found]}
