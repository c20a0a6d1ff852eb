"""Decide who hears of an event, and put the webhook for each of them on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.versions import major
from emulator.sandbox.core import Core
from emulator.wire import signing
from emulator.wire.webhooks.envelope import OVERRIDABLE, envelope

Render = Callable[[int], Mapping[str, object]]
"""Makes the ``value`` for a webhook version (24 for ``v24.0``)."""


class Publisher:
    """Webhooks are built here, inside the command that caused them, and sent later by the courier."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._unheard: set[str] = set()
        """Fields nobody listens to, so that the journal says so once and not for every event."""

    def forget(self) -> None:
        """The sandbox has become another: say anew what nobody listens to."""
        self._unheard.clear()

    def publish(
        self,
        field: str,
        waba_id: str,
        render: Render,
        at: datetime,
        *,
        cause: str,
        number: BusinessNumber | None = None,
    ) -> None:
        """Queue the event for every app that passes both gates.

        The app must be subscribed to the field, and the WABA to the app (D/webhooks/overview). A number's
        override goes before the WABA's, and that before the app's own URL.
        """
        accounts = self._core.store.accounts
        heard = False
        for subscribed in accounts.subscribed_apps(waba_id):
            subscription = accounts.subscription(subscribed.app_id)
            version = subscription.version_of(field) if subscription else None
            if subscription is None or version is None:
                continue
            url = target(subscription, subscribed, number, field)
            if url is None:
                continue
            body = signing.encode(envelope(waba_id, field, render(major(version)), at))
            self._core.store.deliveries.add(subscribed.app_id, url, field, body, at)
            heard = True
        if heard:
            self._unheard.discard(field)
        elif field not in self._unheard:
            self._unheard.add(field)
            self._core.note(
                "webhook",
                cause,
                f"nobody listens to {field}: no app has a callback URL for it",
                at=at,
                cause=cause,
            )


def target(
    subscription: Subscription, subscribed: SubscribedApp, number: BusinessNumber | None, field: str
) -> str | None:
    """The URL an app's webhook goes to."""
    if field in OVERRIDABLE:
        if number is not None and number.override_url:
            return number.override_url
        if subscribed.override_url:
            return subscribed.override_url
    return subscription.callback_url
