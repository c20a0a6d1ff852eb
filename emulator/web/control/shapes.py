"""The JSON of the control API: how each noun is written. Instants are ISO 8601 in UTC, durations seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.wabas import WABAS, Waba
from emulator.domain.api_calls import ApiCall
from emulator.domain.facts import shown
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.fault import Fault
from emulator.domain.faults.parameters import PARAMETERS
from emulator.domain.instants import iso
from emulator.domain.journal import JournalEntry
from emulator.domain.limits.status import LimitStatus
from emulator.domain.pricing.costs import CostReport, RateCard
from emulator.domain.settings import as_json
from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Template
from emulator.domain.webhooks.deliveries import Delivery, DeliveryAttempt
from emulator.sandbox.engine.advance import Advance
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.timeline import Planned
from emulator.web.control.answers import accounts, faults, messages, sandboxes, webhooks
from emulator.wire import template_nodes

Json = dict[str, Any]


def instant(at: datetime) -> str:
    """Write an instant in UTC as ISO 8601.

    ``2026-11-02T09:00:00Z``, with microseconds only where there are some.
    """
    return iso(at)


def maybe_instant(at: datetime | None) -> str | None:
    """Write an instant as :func:`instant` does; ``None`` stays."""
    return None if at is None else iso(at)


def maybe_object(value: Mapping[str, Any] | None) -> Json | None:
    """Write a mapping as an object of its own; ``None`` stays."""
    return None if value is None else dict(value)


def clock(sandbox: Sandbox) -> sandboxes.ClockAnswer:
    """Write a sandbox's clock.

    Its time, mode and speed, when something is due next, and an advance under way. ``speed`` is ``null``
    unless it runs. Raises :class:`~emulator.sandbox.clock.TimeGoesForward` as its ``now()`` does.
    """
    due, progress = sandbox.clock.next_due(), sandbox.clock.progress
    return {
        **_time(sandbox),
        "next_due": None if due is None else instant(due),
        "walking": None
        if progress is None
        else {
            "since": instant(progress.since),
            "until": instant(progress.until),
            "events": progress.events,
        },
    }


def planned(facts: Planned) -> sandboxes.PlannedAnswer:
    """Write what is due: when, its kind, what it does in a sentence, what it is about, and whom."""
    return {
        "due": instant(facts.due),
        "kind": facts.kind,
        "does": facts.kind.does,
        "subject": facts.subject,
        "wa_id": facts.wa_id,
    }


def _time(sandbox: Sandbox) -> sandboxes.TimeAnswer:
    return {
        "now": instant(sandbox.clock.now()),
        "mode": str(sandbox.clock.mode),
        "speed": sandbox.clock.speed,
    }


def sandbox(facts: Sandbox, graph_url: str) -> sandboxes.SandboxAnswer:
    """Write a sandbox: its identity with credentials, seed, clock and settings, and the URL of its Graph API.

    ``graph_url`` is the address at which the caller reached the emulator.
    """
    shown = facts.identity()
    shown |= {
        "seed": str(facts.blueprint.source),
        "clock": _time(facts),
        "settings": as_json(facts.settings),
        "graph_url": graph_url,
    }
    return cast(sandboxes.SandboxAnswer, shown)


def limit(facts: LimitStatus) -> accounts.LimitAnswer:
    """Write how a limit stands: what is used, what is left (``null``: no end), and when it frees up.

    ``frees_up_at`` is ``null`` while there is some left; ``source`` is the page that the limit comes from.
    """
    return {
        "name": facts.name,
        "scope": facts.scope,
        "subject": facts.subject,
        "policy": facts.policy,
        "most": facts.most,
        "used": facts.used,
        "left": facts.left,
        "frees_up_at": maybe_instant(facts.frees_up_at),
        "source": facts.source,
    }


def costs(facts: CostReport, rates: RateCard, currency: str) -> accounts.CostsAnswer:
    """Write a report of costs: counts of billed messages and of free ones, a line for each kind, and amounts.

    Amounts are texts in ``currency`` by ``rates``, and ``null`` without rates or where these do not say.
    """
    total = facts.total(rates) if rates else None
    return {
        "since": maybe_instant(facts.since),
        "until": maybe_instant(facts.until),
        "billable": {
            "messages": facts.billable(),
            "by_category": facts.by_category,
            "by_country": facts.by_country,
        },
        "free": {"messages": facts.free(), "by_reason": facts.by_reason},
        "lines": [
            {
                "category": line.category,
                "country": line.country,
                "market": line.market,
                "free": line.free,
                "messages": line.messages,
                "amount": _text(line.amount(rates) if rates else None),
            }
            for line in facts.lines
        ],
        "amount": _text(total),
        "currency": currency,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def waba(facts: Waba) -> accounts.Waba:
    """Write a WABA with what it pays by: name, currency, time zone, location and authentication rate."""
    return shown(facts, WABAS)


def template(facts: Template) -> accounts.TemplateAnswer:
    """Write a template as its Graph node has it, with its ``waba_id`` and without fields that have no
    value."""
    node = template_nodes.template(facts)
    shown = {key: value for key, value in node.items() if value is not None} | {"waba_id": facts.waba_id}
    return cast(accounts.TemplateAnswer, shown)


def utility_abuse(facts: UtilityAbuse) -> accounts.UtilityAbuseAnswer:
    """Write the enforcement of a WABA for utility template abuse.

    Its instants, and how often it was restricted. An instant is ``null`` for a step that does not hold.
    """
    return {
        "warned_at": maybe_instant(facts.warned_at),
        "limited_until": maybe_instant(facts.limited_until),
        "restricted_until": maybe_instant(facts.restricted_until),
        "restrictions": facts.restrictions,
    }


def number(facts: BusinessNumber, allowed: list[str]) -> accounts.Number:
    """Write a business number with every fact that has a name in JSON, and its allow-list.

    ``allowed`` are the ``wa_id`` of the people a test number may write to; empty for any other number.
    """
    return shown(facts) | {"allowed": allowed}


def fault(facts: Fault) -> faults.Fault:
    """Write a fault: what goes wrong and where, the occasions it strikes, and how often it is and has been.

    Every parameter and condition has its name; what was not given is ``null``, and any will do.
    """
    told = {name: facts.parameters.get(name) for name in PARAMETERS}
    asked = {name: facts.conditions.get(name) for name in CONDITIONS}
    return {
        "id": facts.id,
        "kind": facts.kind,
        "title": facts.title,
        "when": str(facts.when),
        **told,
        "effect": facts.effect,
        **asked,
        "times": facts.times,
        "every": facts.every,
        "probability": facts.probability,
        "met": facts.met,
    }


def webhook_fault(facts: Fault) -> faults.WebhookFaultAnswer:
    """Write a fault of webhooks in its former way: the ``times`` of a batch are how many it gathers."""
    return {
        "id": facts.id,
        "kind": facts.kind,
        "times": facts.parameters.get("size", facts.times),
        "met": facts.met * facts.parameters.get("size", 1),
        "by": facts.parameters.get("by"),
    }


def delivery(facts: Delivery) -> webhooks.DeliveryAnswer:
    """Write a delivery of a webhook: where it goes, whom it is about, its state, its number of attempts."""
    return {
        "id": facts.id,
        "app_id": facts.app_id,
        "url": facts.url,
        "field": facts.field,
        "wa_id": facts.wa_id,
        "state": facts.state,
        "at": instant(facts.at),
        "due": instant(facts.due),
        "cause": facts.cause,
        "attempts": facts.attempts,
    }


def whole_delivery(
    facts: Delivery, attempts: list[DeliveryAttempt], headers: Mapping[str, str]
) -> webhooks.WholeDeliveryAnswer:
    """Write a delivery with the headers and the body that are sent, and every attempt."""
    return {
        **delivery(facts),
        "headers": dict(headers),
        "body": facts.body.decode(),
        "attempts": [
            {"number": a.number, "at": instant(a.at), "status": a.status, "problem": a.problem}
            for a in attempts
        ],
    }


def entry(facts: JournalEntry) -> webhooks.EntryAnswer:
    """Write an entry of the journal.

    When, what, about whom, its cause, and its details as they were noted.
    """
    return {
        "seq": facts.seq,
        "at": instant(facts.at),
        "kind": facts.kind,
        "subject": facts.subject,
        "wa_id": facts.wa_id,
        "cause": facts.cause,
        "summary": facts.summary,
        "details": dict(facts.details),
    }


def api_call(facts: ApiCall) -> messages.ApiCallAnswer:
    """Write a call of the Graph API that was refused: what was asked, and why it was refused."""
    return {
        "at": instant(facts.at),
        "method": facts.method,
        "path": facts.path,
        "body": dict(facts.body),
        "status": facts.status,
        "code": facts.code,
        "error": facts.error,
        "rule": facts.rule,
        "hint": facts.hint,
    }


def happened(facts: Advance) -> sandboxes.AdvanceAnswer:
    """Write what a move of the clock brought about: from when until when, and the journal of it.

    The journal is cut after its first thousand entries; ``events`` counts all.
    """
    return {
        "since": instant(facts.since),
        "now": instant(facts.until),
        "events": facts.events,
        "happened": [
            {"at": instant(e.at), "kind": e.kind, "subject": e.subject, "summary": e.summary}
            for e in facts.journal
        ],
    }


def problem(status: int, title: str, detail: str, **more: object) -> Mapping[str, object]:
    """Build problem details (RFC 9457): ``title`` and ``status`` of the answer, and a sentence in ``detail``.

    ``more`` are members beside them.
    """
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
