"""``sandbox.webhooks``: where webhooks go, and what became of each delivery."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.webhooks import Delivery, DeliveryAttempt
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace
from emulator.sandbox.webhooks.receiver import Receiver


class WebhooksNamespace(Namespace):
    """Subscriptions and deliveries of a sandbox."""

    # deliveries

    def all(self, state: str | None = None, limit: int = -1) -> list[Delivery]:
        """Deliveries in the order they were made: ``waiting``, ``delivered``, ``failed`` or all.

        ``limit`` keeps the newest.
        """
        with self._store.reading():
            return self._store.deliveries.select(state, limit)

    def get(self, delivery_id: int) -> Delivery:
        """One delivery. Raises :class:`LookupError`."""
        with self._store.reading():
            delivery = self._store.deliveries.get(delivery_id)
        if delivery is None:
            raise LookupError(f"there is no delivery {delivery_id}")
        return delivery

    def attempts(self, delivery_id: int) -> list[DeliveryAttempt]:
        """Every attempt of a delivery, the first one first."""
        with self._store.reading():
            return self._store.deliveries.attempts(delivery_id)

    def redeliver(self, delivery_id: int) -> Delivery:
        """Send a webhook once more, the same bytes. Raises :class:`LookupError`."""
        with self._core.command():
            delivery, now = self.get(delivery_id), self._core.clock.now()
            self._store.deliveries.settle(delivery.id, "waiting", now, delivery.attempts)
            self._core.note("webhook", f"delivery:{delivery.id}", "will be delivered again")
            return self.get(delivery_id)

    def relieve(self) -> None:
        """Let a fast caller wait a moment for a long queue, so that webhooks keep up with the calls."""
        self._services.dispatcher.relieve()

    # where they go

    def connect(self, url: str | None, receiver: Receiver | None = None, fields: Iterable[str] = ()) -> None:
        """Send the webhooks of the first app to ``url``, or to a receiver in this process; a reset keeps it.

        The app hears of ``fields`` beside those it hears of already. Raises :class:`ValueError` for a URL or
        a field that is none.
        """
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError(f"a receiver's URL begins with http:// or https://, got {url!r}")
        if receiver is not None and url is not None:
            self._services.receivers.connect(url, receiver)
        with self._core.command():
            app = lookup.app(self._store.accounts)
            self._store.facts.put("receiver", url)
            self._services.subscriptions.connect(app, url)
            if more := tuple(fields):
                self._services.subscriptions.hear(app, more)

    def subscribe(self, *fields: str) -> None:
        """Subscribe the first app to more webhook fields. Raises :class:`ValueError` for one that is none."""
        with self._core.command():
            self._services.subscriptions.hear(lookup.app(self._store.accounts), fields)

    def subscription(self, app_id: str) -> Subscription | None:
        """The callback URL and the fields of an app."""
        with self._store.reading():
            return self._store.accounts.subscription(app_id)

    def subscribed_apps(self, waba_id: str) -> list[SubscribedApp]:
        """The apps that a WABA lets listen."""
        with self._store.reading():
            return self._store.accounts.subscribed_apps(waba_id)

    def subscribe_app(self, app: App, url: str, verify_token: str, fields: Iterable[str]) -> None:
        """Register an app's callback for ``fields``, after a handshake with it. Raises 2200."""
        self._services.subscriptions.subscribe(app, url, verify_token, fields)

    def unsubscribe_app(self, app: App, fields: Iterable[str] | None) -> None:
        """Drop some fields of an app, or with ``None`` its whole subscription."""
        with self._core.command():
            self._services.subscriptions.unsubscribe(app, fields)

    def listen(self, waba_id: str, app: App, url: str | None, verify_token: str | None) -> None:
        """Subscribe an app to a WABA, perhaps with a callback of its own for it. Raises 2200."""
        self._services.subscriptions.listen(waba_id, app, url, verify_token)

    def stop_listening(self, waba_id: str, app_id: str) -> None:
        """End an app's subscription to a WABA."""
        with self._core.command():
            self._store.accounts.remove_subscribed_app(waba_id, app_id)

    def override(self, number: BusinessNumber, url: str, verify_token: str) -> None:
        """Send what concerns one business number to its own callback; an empty ``url`` ends that."""
        self._services.subscriptions.override(number, url, verify_token)

    def verify(self, url: str, verify_token: str) -> None:
        """Make the verification handshake with a callback URL. Raises 2200 when it fails."""
        self._services.subscriptions.verify(url, verify_token)
