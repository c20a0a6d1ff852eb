"""Spoil webhooks on purpose: deliver one twice, late, after the next, in a batch, wrongly signed, or never.

What is held back and which deliveries were spoilt belong to the state: a reset takes them away, and a
snapshot keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from emulator.domain.faults.fault import Fault
from emulator.domain.faults.kinds import BATCH_WAITS, KINDS
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.webhooks.deliveries import Delivery, MadeWebhook
from emulator.domain.webhooks.held import HeldWebhook, HeldWebhooks, as_json, from_json
from emulator.sandbox.core import Core
from emulator.sandbox.faults import FaultInjection
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind
from emulator.wire import signing
from emulator.wire.parameters import parse
from emulator.wire.webhooks.batches import join

FACT = "held_webhooks"
"""The fact of the sandbox in which what is held back is kept."""
FORGERS_SECRET = "0" * 32
"""What webhooks are signed with on purpose that are not the app's: no app has this secret."""


class Spoiling:
    """Queues webhooks as they are made, but for those that meet a fault. Called inside a transaction."""

    def __init__(self, core: Core, faults: FaultInjection) -> None:
        self._core, self._store, self._faults = core, core.store, faults
        self._known: tuple[int, HeldWebhooks] | None = None
        core.on_due(DueKind.WEBHOOK_BATCH, self._end_batch)

    @staticmethod
    def signed(unsigned: str | None, body: bytes, secret: str) -> dict[str, str]:
        """Make the headers of a webhook; ``unsigned`` is the kind of fault that spoils its signature."""
        if unsigned == "bad_signature":
            return signing.headers(body + b" ", secret)
        if unsigned == "wrong_secret":
            return signing.headers(body, FORGERS_SECRET)
        made = signing.headers(body, secret)
        if unsigned == "no_signature":
            return {name: value for name, value in made.items() if not name.startswith("X-Hub-")}
        return made

    def queue(self, webhook: MadeWebhook) -> None:
        """Queue a webhook, as the first fault has it that strikes it; what was held back goes after it."""
        held = self._held
        fault = self._open_batch(held, webhook) if held.batches else None
        if fault is None:
            fault = self._faults.meet(When.WEBHOOK, lambda: self._occasion(webhook))
        if fault is None:
            self._store.deliveries.add(webhook)
        else:
            _ACTS[fault.kind](self, fault, webhook)
        if held.overtaken:
            self._release(held.overtaken)

    def release(self) -> bool:
        """Queue what is held back, since nothing came that could overtake it; says whether there was any."""
        with self._store.reading():
            held = self._held.overtaken
        if held:
            with self._core.command():
                self._release(held)
        return bool(held)

    def waiting_in(self, fault: Fault) -> int:
        """Count the webhooks that wait in an unfinished batch of a fault."""
        return len(self._held.batches.get(fault.id, ()))

    def unsigned(self, delivery: Delivery, attempt: int) -> str | None:
        """Say in which way an attempt has not the platform's signature; ``None``: it has.

        It is a kind of fault. The first attempt alone is spoilt; those after it are signed as they should be.
        """
        spoilt = self._store.deliveries.spoilt.find(delivery.id) if attempt == 1 else None
        return spoilt[1] if spoilt is not None and KINDS[spoilt[1]].is_unsigned else None

    def described(self, delivery: Delivery, attempt: int) -> Mapping[str, Any]:
        """Describe for the journal by which fault an attempt is not as the platform would make it."""
        spoilt = self._store.deliveries.spoilt.find(delivery.id)
        if spoilt is None or (KINDS[spoilt[1]].is_unsigned and attempt > 1):
            return {}
        fault_id, kind = spoilt
        return {"spoilt": True, "spoilt_by": f"fault:{fault_id}", "spoilt_as": kind}

    # what each kind does

    def _twice(self, fault: Fault, webhook: MadeWebhook) -> None:
        self._store.deliveries.add(webhook)
        self._add(fault, webhook)

    def _late(self, fault: Fault, webhook: MadeWebhook) -> None:
        by = timedelta(seconds=fault.parameters["by"])
        self._add(fault, replace(webhook, due=webhook.due + by))

    def _out_of_order(self, fault: Fault, webhook: MadeWebhook) -> None:
        held = self._held
        self._keep(replace(held, overtaken=(*held.overtaken, HeldWebhook(fault.id, webhook))))

    def _drop(self, fault: Fault, webhook: MadeWebhook) -> None:
        number = self._store.deliveries.add(webhook, is_lost=True)
        self._store.deliveries.spoilt.add(number, fault.id, fault.kind)
        summary = f"{webhook.field} is lost on purpose: it is not delivered"
        self._core.note("webhook", f"delivery:{number}", summary, wa_id=webhook.wa_id, cause=fault.name)

    def _open_batch(self, held: HeldWebhooks, webhook: MadeWebhook) -> Fault | None:
        """The fault whose batch waits for a webhook such as this one."""
        occasion = self._occasion(webhook)
        for fault_id in held.batches:
            fault = self._store.faults.get(fault_id)
            if fault is not None and fault.agrees_with(occasion):
                return fault
        return None

    def _gather(self, fault: Fault, webhook: MadeWebhook) -> None:
        """Keep a webhook for a batch; deliver the batch when it is full, or when a minute has passed."""
        held = self._held
        waiting = (*held.batches.get(fault.id, ()), webhook)
        self._keep(replace(held, batches={**held.batches, fault.id: waiting}))
        if len(waiting) == fault.parameters["size"]:
            self._store.timeline.cancel(DueKind.WEBHOOK_BATCH, fault.name)
            self._deliver_batch(fault.id)
        elif len(waiting) == 1:
            self._core.plan(self._core.clock.now() + BATCH_WAITS, DueKind.WEBHOOK_BATCH, fault.name)

    def _end_batch(self, work: DueWork) -> None:
        self._deliver_batch(int(work.subject.partition(":")[2]))

    def _deliver_batch(self, fault_id: int) -> None:
        """Join what waits into one request for each app and URL, in the order in which they were made."""
        held = self._held
        waiting = held.batches.get(fault_id, ())
        self._keep(
            replace(held, batches={key: each for key, each in held.batches.items() if key != fault_id})
        )
        for app_id, url in dict.fromkeys((each.app_id, each.url) for each in waiting):
            parts = [each for each in waiting if (each.app_id, each.url) == (app_id, url)]
            people, causes = {each.wa_id for each in parts}, {each.cause for each in parts}
            joined = replace(
                parts[-1],
                field=parts[0].field,
                wa_id=parts[0].wa_id if len(people) == 1 else None,
                cause=parts[0].cause if len(causes) == 1 else None,
                body=join([each.body for each in parts]),
                due=max(*(each.due for each in parts), self._core.clock.now()),
            )
            self._store.deliveries.spoilt.add(self._store.deliveries.add(joined), fault_id, "batch")

    def _add(self, fault: Fault, webhook: MadeWebhook) -> None:
        self._store.deliveries.spoilt.add(self._store.deliveries.add(webhook), fault.id, fault.kind)

    def _release(self, released: tuple[HeldWebhook, ...]) -> None:
        held = self._held
        self._keep(replace(held, overtaken=tuple(each for each in held.overtaken if each not in released)))
        for each in released:
            number = self._store.deliveries.add(each.webhook)
            self._store.deliveries.spoilt.add(number, each.fault_id, "out_of_order")

    # what is known

    def _occasion(self, webhook: MadeWebhook) -> Occasion:
        value = _value(parse(webhook.body))
        message, status = _first(value, "messages"), _first(value, "statuses")
        told = self._store.messages.get(str(status.get("id"))) if status else None
        kind = message.get("type") if message else told.type if told else None
        template = value.get("message_template_name") or (told.template if told else None)
        return Occasion(
            When.WEBHOOK,
            self._core.clock.now(),
            webhook.wa_id,
            webhook.phone_number_id,
            type=kind,
            text=_words(message) if message else told.as_text if told else None,
            template=template,
            field=webhook.field,
            message_status=status.get("status"),
        )

    @property
    def _held(self) -> HeldWebhooks:
        stamp = self._store.database.stamp
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._read()
        return self._known[1]

    def _read(self) -> HeldWebhooks:
        kept = self._store.facts.get(FACT)
        return HeldWebhooks() if kept is None else from_json(kept)

    def _keep(self, held: HeldWebhooks) -> None:
        self._store.facts.put(FACT, as_json(held))
        self._known = self._store.database.stamp, held


_ACTS: Mapping[str, Callable[[Spoiling, Fault, MadeWebhook], None]] = {
    "twice": Spoiling._twice,
    "late": Spoiling._late,
    "out_of_order": Spoiling._out_of_order,
    "batch": Spoiling._gather,
    "drop": Spoiling._drop,
    "bad_signature": Spoiling._add,
    "no_signature": Spoiling._add,
    "wrong_secret": Spoiling._add,
}
"""What each kind of fault does with a webhook that it strikes."""


def _value(payload: Any) -> Mapping[str, Any]:
    """The value of a webhook that was made here; empty for an app that wants none (``include_values``)."""
    changes = payload["entry"][0].get("changes")
    value = changes[0]["value"] if changes else {}
    return value if isinstance(value, dict) else {}


def _first(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}


def _words(message: Mapping[str, Any]) -> str | None:
    """The text of a message in a webhook: its body, its caption, or the label that was tapped."""
    content = message.get(str(message.get("type")))
    if not isinstance(content, dict):
        return None
    for name in ("body", "caption", "text", "emoji"):
        if isinstance(content.get(name), str):
            return str(content[name])
    replies = (content.get("button_reply"), content.get("list_reply"))
    return next((str(each.get("title")) for each in replies if isinstance(each, dict)), None)
