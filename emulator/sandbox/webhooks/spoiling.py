"""Spoil webhooks on purpose: deliver one twice, late, after the one that is made next, or in a batch.

What was asked for, what is held back, and which deliveries were spoilt belong to the state: a reset takes
them away, and a snapshot keeps them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from emulator.domain.webhooks.deliveries import MadeWebhook
from emulator.domain.webhooks.faults import BATCH_WAITS, WebhookFault, new_webhook_fault
from emulator.domain.webhooks.spoilt import SpoiltWebhooks, as_json, from_json
from emulator.sandbox.core import Core
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind
from emulator.wire.webhooks.batches import join

FACT = "webhook_faults"
"""The fact of the sandbox in which all of it is kept."""


class Spoiling:
    """Queues webhooks as they are made, but for those that meet a fault. Called inside a transaction."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store
        self._known: tuple[int, SpoiltWebhooks] | None = None
        core.on_due(DueKind.WEBHOOK_BATCH, self._end_batch)

    def add(self, kind: str, times: int, by: timedelta | None) -> WebhookFault:
        """Ask for a fault that the next webhooks meet; returns it.

        Raises :class:`ValueError` for one that cannot be.
        """
        state = self._state
        fault = new_webhook_fault(len(state.asked) + 1, kind, times=times, by=by)
        self._keep(replace(state, asked=(*state.asked, fault)))
        self._core.note("fault", f"webhook_fault:{fault.id}", f"asked for: {fault.sentence}, {times}×")
        return fault

    def all(self) -> list[WebhookFault]:
        """List every fault that was asked for, with how often each was met."""
        return list(self._state.asked)

    def is_spoilt(self, delivery_id: int) -> bool:
        """Say whether a delivery came twice, late or out of order on purpose."""
        return delivery_id in self._state.deliveries

    def queue(self, webhook: MadeWebhook) -> None:
        """Queue a webhook, as the first fault that is not spent has it; what was held back goes after it."""
        state = self._state
        fault = next((each for each in state.asked if not each.is_spent), None)
        if fault is None:
            self._add(webhook)
        else:
            self._meet(fault, webhook)
        if state.held:
            self._release(state.held)

    def release(self) -> bool:
        """Queue what is held back, since nothing came that could overtake it; says whether there was any."""
        with self._store.reading():
            held = self._state.held
        if held:
            with self._core.command():
                self._release(held)
        return bool(held)

    def _meet(self, fault: WebhookFault, webhook: MadeWebhook) -> None:
        met = replace(fault, met=fault.met + 1)
        self._replace(met)
        self._core.note(
            "fault", f"webhook_fault:{met.id}", f"met by {webhook.field}: {met.sentence}", wa_id=webhook.wa_id
        )
        if met.kind == "out_of_order":
            self._keep(replace(self._state, held=(*self._state.held, webhook)))
        elif met.kind == "late":
            self._add(replace(webhook, due=webhook.due + met.by), is_spoilt=True)
        elif met.kind == "batch":
            self._gather(met, webhook)
        else:
            self._add(webhook)
            self._add(webhook, is_spoilt=True)

    def _gather(self, fault: WebhookFault, webhook: MadeWebhook) -> None:
        """Keep a webhook for a batch; deliver the batch when it is full, or when a minute has passed."""
        self._keep(replace(self._state, batch=(*self._state.batch, webhook)))
        subject = f"webhook_fault:{fault.id}"
        if fault.is_spent:
            self._store.timeline.cancel(DueKind.WEBHOOK_BATCH, subject)
            self._deliver_batch()
        elif fault.met == 1:
            self._core.plan(self._core.clock.now() + BATCH_WAITS, DueKind.WEBHOOK_BATCH, subject)

    def _end_batch(self, work: DueWork) -> None:
        fault = next(each for each in self._state.asked if f"webhook_fault:{each.id}" == work.subject)
        self._replace(replace(fault, times=fault.met))
        self._deliver_batch()

    def _deliver_batch(self) -> None:
        """Join what waits into one request for each app and URL, in the order in which they were made."""
        waiting = self._state.batch
        self._keep(replace(self._state, batch=()))
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
            self._add(joined, is_spoilt=True)

    def _replace(self, fault: WebhookFault) -> None:
        state = self._state
        asked = tuple(fault if each.id == fault.id else each for each in state.asked)
        self._keep(replace(state, asked=asked))

    def _release(self, held: tuple[MadeWebhook, ...]) -> None:
        state = self._state
        self._keep(replace(state, held=tuple(each for each in state.held if each not in held)))
        for webhook in held:
            self._add(webhook, is_spoilt=True)

    def _add(self, webhook: MadeWebhook, *, is_spoilt: bool = False) -> None:
        delivery_id = self._store.deliveries.add(webhook)
        if is_spoilt:
            self._keep(replace(self._state, deliveries=self._state.deliveries | {delivery_id}))

    @property
    def _state(self) -> SpoiltWebhooks:
        stamp = self._store.database.stamp
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._read()
        return self._known[1]

    def _read(self) -> SpoiltWebhooks:
        kept = self._store.facts.get(FACT)
        return SpoiltWebhooks() if kept is None else from_json(kept)

    def _keep(self, state: SpoiltWebhooks) -> None:
        self._store.facts.put(FACT, as_json(state))
        self._known = self._store.database.stamp, state
