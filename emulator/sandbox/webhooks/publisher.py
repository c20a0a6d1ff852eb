"""Decide which apps hear of an event, and make the webhook for each (D/webhooks/overview)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.events.event import Event
from emulator.domain.events.numbers import WebhookFired
from emulator.domain.graph.versions import major
from emulator.domain.journal import Outcome
from emulator.domain.webhooks.deliveries import Delivery, MadeWebhook
from emulator.sandbox.store import Store
from emulator.sandbox.store.accounts import AccountTables
from emulator.wire import signing
from emulator.wire.webhooks.envelope import envelope
from emulator.wire.webhooks.field import WebhookField, WebhookPayload
from emulator.wire.webhooks.fields import PAYLOADS, WEBHOOK_FIELDS

_AS_IT_IS = WebhookPayload(WebhookFired, lambda event, _version: event.value, ())


class Note(Protocol):
    """Writes a line in the journal, as :meth:`~emulator.sandbox.core.Core.note` does."""

    def __call__(
        self,
        kind: str,
        subject: str,
        summary: str,
        *,
        at: datetime | None = None,
        cause: str | None = None,
        outcome: Outcome = Outcome.NEUTRAL,
    ) -> None: ...


class Publisher:
    """Decides who hears of an event, and makes the webhook for each of them.

    Webhooks are built and stored inside the transaction in which the event happened, and sent later by the
    dispatcher.
    """

    def __init__(
        self, store: Store, note: Note, is_ordered: Callable[[], bool], queue: Callable[[MadeWebhook], None]
    ) -> None:
        """``is_ordered``: whether webhooks about a person wait for an earlier one that has failed.

        ``queue`` takes each webhook that was made.
        """
        self._store, self._note, self._is_ordered, self._put = store, note, is_ordered, queue
        self._unheard: set[str] = set()
        """Fields nobody listens to, so that the journal says so once and not for every event."""

    def forget(self) -> None:
        """Say anew in the journal what nobody listens to: the sandbox has become another."""
        self._unheard.clear()

    def publish(self, event: Event) -> None:
        """Store the webhooks that report an event, for every app that passes both gates.

        The app must be subscribed to the field, and the WABA to the app (D/webhooks/overview). They are due
        at the event's instant. Where nobody is subscribed, the journal says so once a field.
        """
        if isinstance(event, WebhookFired):
            self._queue(WEBHOOK_FIELDS[event.field], _AS_IT_IS, event, event.number.waba_id)
        for row, payload in PAYLOADS.get(type(event), ()):
            if payload.when(event):
                for waba_id in event.waba_ids:
                    self._queue(row, payload, event, waba_id)

    def _queue(self, row: WebhookField, payload: WebhookPayload[Any], event: Event, waba_id: str) -> None:
        accounts, at = self._store.accounts, event.at
        heard = False
        for subscribed in accounts.subscribed_apps(waba_id):
            subscription = accounts.subscription(subscribed.app_id)
            version = subscription.version_of(row.name) if subscription else None
            if subscription is None or version is None:
                continue
            url = target(subscription, subscribed, event.business_number, row)
            if url is None:
                continue
            value = payload.render(event, major(version)) if subscription.has_values else None
            body = signing.encode(envelope(waba_id, row.name, value, at))
            number = event.business_number
            self._put(
                MadeWebhook(
                    subscribed.app_id,
                    waba_id,
                    number.id if number else None,
                    event.wa_id,
                    url,
                    row.name,
                    body,
                    at,
                    self._due(event, subscribed.app_id),
                    event.subject,
                )
            )
            heard = True
        if heard:
            self._unheard.discard(row.name)
        elif row.name not in self._unheard:
            self._unheard.add(row.name)
            self._note(
                "webhook",
                event.subject,
                f"nobody listens to {row.name}: no app has a callback URL for it",
                at=at,
                cause=event.subject,
                outcome=Outcome.WARNING,
            )

    def _due(self, event: Event, app_id: str) -> datetime:
        """Find when a webhook is due: at once, or after one about the same person that has failed."""
        if event.wa_id is None or not self._is_ordered():
            return event.at
        return max(event.at, self._store.deliveries.held_until(app_id, event.wa_id) or event.at)


def target(
    subscription: Subscription, subscribed: SubscribedApp, number: BusinessNumber | None, field: WebhookField
) -> str | None:
    """Find the URL that an app's webhook goes to; ``None`` when there is none.

    For a field that can be overridden a number's own callback goes before the WABA's, and that before the
    app's.
    """
    if field.overridable:
        if number is not None and number.override_url:
            return number.override_url
        if subscribed.override_url:
            return subscribed.override_url
    return subscription.callback_url


def present_url(accounts: AccountTables, delivery: Delivery) -> str | None:
    """Find the URL a webhook that was made before goes to now: the callback or override of this moment.

    What was queued for a WABA that has ended its subscription still goes to the app. ``None`` when the app
    has no callback URL any more.
    """
    subscription = accounts.subscription(delivery.app_id)
    if subscription is None:
        return None
    subscribed = SubscribedApp(delivery.waba_id, delivery.app_id)
    for each in accounts.subscribed_apps(delivery.waba_id):
        if each.app_id == delivery.app_id:
            subscribed = each
    number = delivery.phone_number_id and accounts.number(delivery.phone_number_id)
    return target(subscription, subscribed, number or None, WEBHOOK_FIELDS[delivery.field])
