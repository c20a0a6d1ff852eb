"""Control routes of webhooks: where they go, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain.instants import iso
from emulator.domain.masking import masked
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import webhooks as answers
from emulator.web.control.routes.paging import gone, page
from emulator.web.control.routes.table import NUMBER, SANDBOX, TEXT, Json, one_of, required, route
from emulator.web.control.routes.values import BadRequest, whole


@route(
    "GET",
    f"{SANDBOX}/deliveries",
    query={
        "state": one_of("waiting", "delivered", "failed"),
        "before": NUMBER,
        "after": NUMBER,
        "limit": NUMBER,
    },
)
def deliveries(
    sandbox: Sandbox,
    state: str | None = None,
    before: int | None = None,
    after: int | None = None,
    limit: int = 1000,
) -> answers.Deliveries:
    """Webhooks in the order they were made, each with its state; with a limit the newest ones.

    ``state`` keeps those that are ``waiting``, ``delivered`` or ``failed``, ``before`` those that were made
    before the one with that number; ``limit`` is 1,000 by default. With ``after`` they are read page by page,
    from the oldest on: it is 0 at first, and then the ``next`` of the page before, which the last one has
    not. ``dropped`` is how many are gone, old ones that were over, if any are: see the setting
    ``keep_deliveries``.
    """
    found = page(
        "deliveries",
        lambda most: sandbox.webhooks.all(
            state, limit if after is None else most, after=after, before=before
        ),
        limit,
        lambda delivery: _delivery_answer(sandbox, delivery),
        lambda delivery: delivery.id,
    )
    return found | gone(sandbox.webhooks.dropped)


@route("GET", f"{SANDBOX}/deliveries/{{id}}")
def read_delivery(sandbox: Sandbox, id: str) -> answers.WholeDeliveryAnswer:  # noqa: A002
    """One webhook by its number: its headers, its body, and every attempt with its status or problem.

    ``latency`` is how many real seconds an attempt took, as far as this process made it.
    """
    with sandbox.reading():
        delivery = sandbox.webhooks.get(whole(id))
        headers = sandbox.webhooks.headers(delivery)
        return _whole_delivery_answer(sandbox, delivery, headers)


@route(
    "POST",
    f"{SANDBOX}/deliveries/redeliver",
    body={"state": one_of("waiting", "delivered", "failed"), "first": NUMBER, "last": NUMBER},
    status=202,
)
def redeliver_all(
    sandbox: Sandbox, state: str | None = None, first: float | None = None, last: float | None = None
) -> answers.RedeliveredAnswer:
    """Put many webhooks back in the queue: those in a ``state``, and from the number ``first`` to ``last``.

    What is left out is no bound; 422 when nothing is said. They go out when the sandbox settles, or by
    themselves on a server. Answers their numbers (202).
    """
    numbers = [None if each is None else _number(each) for each in (first, last)]
    return {"deliveries": sandbox.webhooks.redeliver_all(state, first=numbers[0], last=numbers[1])}


def _number(given: float) -> int:
    if int(given) != given or not 0 <= given < 1e15:
        raise BadRequest(f"a delivery has a whole number, not {given}")
    return int(given)


@route("POST", f"{SANDBOX}/deliveries/{{id}}/redeliver", status=202)
def redeliver(sandbox: Sandbox, id: str) -> answers.DeliveryAnswer:  # noqa: A002
    """Put a webhook back in the queue, whatever became of it: the same bytes are sent once more.

    It goes out when the sandbox settles, or by itself on a server. Answers the delivery (202); 404 for an
    unknown one.
    """
    return _delivery_answer(sandbox, sandbox.webhooks.redeliver(whole(id)))


@route(
    "POST",
    f"{SANDBOX}/deliveries/{{id}}/forgeries",
    body={"secret": {"type": ["string", "null"], "maxLength": 256}},
)
def forge(sandbox: Sandbox, id: str, secret: str | None = None) -> answers.ForgedAnswer:  # noqa: A002
    """Post the bytes of a webhook to the first app as others would: unsigned, or by a wrong ``secret``.

    Nothing is tried again, and it is no delivery. Answers the ``status`` of the app, or the ``problem`` that
    kept it from one; an app that checks signatures refuses it. 404 when the app has no callback.
    """
    forged = sandbox.webhooks.forge(sandbox.webhooks.get(whole(id)).body, secret=secret)
    return {"status": forged.status, "problem": forged.problem}


@route("GET", f"{SANDBOX}/webhooks")
def samples(sandbox: Sandbox) -> answers.FieldsAnswer:
    """Every webhook field, with the names of its documented samples; none where only its name is known."""
    found = sandbox.webhooks.samples().items()
    return {"fields": [{"field": field, "samples": list(names)} for field, names in found]}


@route(
    "POST",
    f"{SANDBOX}/webhooks",
    body={
        "field": required(TEXT),
        "value": {"type": "object"},
        "sample": TEXT,
        "to": TEXT,
        "person": TEXT,
    },
    status=202,
)
def fire(
    sandbox: Sandbox,
    field: str,
    value: Json | None = None,
    sample: str | None = None,
    to: str | None = None,
    person: str | None = None,
) -> answers.FiredAnswer:
    """Send a webhook of any field of which nothing is the cause: with a ``value``, or a documented sample.

    In a sample stand the business number ``to``, the ``person`` with that number and the sandbox's newest
    template. It goes to every app that is subscribed to the field. Answers the field and the value; 422 for a
    field or a sample that there is not.
    """
    fired = sandbox.webhooks.fire(field, value, sample=sample, to=to, person=person)
    return {"field": field, "value": dict(fired)}


@route(
    "PUT",
    f"{SANDBOX}/webhook",
    body={"url": required({"type": ["string", "null"]}), "fields": {"type": "array", "items": TEXT}},
)
def connect(sandbox: Sandbox, url: str | None, fields: list[str] | None = None) -> answers.ConnectedAnswer:
    """Send the first app's webhooks to a URL, without a handshake; with ``fields`` also those of more fields.

    ``url: null`` sends them nowhere. A reset keeps the URL. 422 for a URL or a field that is none,
    and for an address that the emulator may not go to.
    """
    sandbox.webhooks.connect(url, fields=fields or ())
    return {"url": masked(url)}


def _delivery_answer(sandbox: Sandbox, facts: Delivery) -> answers.DeliveryAnswer:
    """Write a delivery: where it goes, whom it is about, its state, its attempts, how long the last took."""
    return {
        "id": facts.id,
        "app_id": facts.app_id,
        "url": facts.url,
        "field": facts.field,
        "wa_id": facts.wa_id,
        "state": facts.state,
        "at": iso(facts.at),
        "due": iso(facts.due),
        "cause": facts.cause,
        "latency": _latency(sandbox, facts.id, facts.attempts),
        "attempts": facts.attempts,
    }


def _latency(sandbox: Sandbox, delivery_id: int, attempt: int) -> float | None:
    latency = sandbox.webhooks.latency(delivery_id, attempt)
    return None if latency is None else latency.total_seconds()


def _whole_delivery_answer(
    sandbox: Sandbox, facts: Delivery, headers: Mapping[str, str]
) -> answers.WholeDeliveryAnswer:
    """Write a delivery with the headers and the body that are sent, and every attempt."""
    return {
        **_delivery_answer(sandbox, facts),
        "headers": dict(headers),
        "body": facts.body.decode(),
        "attempts": [_attempt_answer(sandbox, each) for each in sandbox.webhooks.attempts(facts.id)],
    }


def _attempt_answer(sandbox: Sandbox, facts: DeliveryAttempt) -> answers.AttemptAnswer:
    return {
        "number": facts.number,
        "at": iso(facts.at),
        "status": facts.status,
        "problem": facts.problem,
        "latency": _latency(sandbox, facts.delivery_id, facts.number),
    }
