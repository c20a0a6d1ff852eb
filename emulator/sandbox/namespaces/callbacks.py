"""The part of ``sandbox.webhooks`` that says where webhooks go: callbacks, subscriptions, overrides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.apps import App
    from emulator.domain.accounts.numbers import BusinessNumber
    from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
    from emulator.sandbox.webhooks.receiver import Receiver


class Callbacks(Namespace):
    """Where the webhooks of a sandbox go: callbacks of apps, subscriptions of apps to WABAs, and overrides.

    Methods that make a verification handshake call the receiver before their transaction begins.
    """

    def connect(self, url: str | None, receiver: Receiver | None = None, fields: Iterable[str] = ()) -> None:
        """Send the webhooks of the first app to ``url``, without a handshake; ``None`` sends them nowhere.

        With a ``receiver``, an app or a function in this process, ``url`` is just its name. The app hears of
        ``fields`` beside those it hears of already. A reset keeps the URL. What waits goes there, too.
        Raises :class:`ValueError` for a URL that is none, for an address that the emulator may not go to,
        and for a field that does not exist.
        """
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError(f"a receiver's URL begins with http:// or https://, got {url!r}")
        if receiver is not None and url is not None:
            self._services.receivers.connect(url, receiver)
        elif url is not None:
            self._services.receivers.check_address(url)
        with self._core.command():
            app = lookup.app(self._store.accounts)
            self._store.facts.put("receiver", url)
            self._services.subscriptions.connect(app, url)
            if more := tuple(fields):
                self._services.subscriptions.hear(app, more)

    def receiver(self) -> tuple[str, Receiver]:
        """Find where the webhooks of the first app go: its callback URL, and what takes them there.

        Raises :class:`LookupError` when the app has no callback.
        """
        with self._store.reading():
            app = lookup.app(self._store.accounts)
            subscription = self._store.accounts.subscription(app.id)
        url = subscription.callback_url if subscription else None
        if url is None:
            raise LookupError(f"app {app.id} has no callback URL")
        return url, self._services.receivers.of(url)

    def subscribe(self, *fields: str) -> None:
        """Subscribe the first app to more webhook fields, without a handshake; it keeps those it has.

        Raises :class:`ValueError` for a field that does not exist, naming those that do.
        """
        with self._core.command():
            self._services.subscriptions.hear(lookup.app(self._store.accounts), fields)

    @property
    def need_event_loop(self) -> bool:
        """Whether a receiver may answer only while an event loop of the calling thread goes on.

        So it is with a URL, whose server may run in that loop.
        """
        with self._store.reading():
            urls = self._store.accounts.callback_urls()
        return any(self._services.receivers.of(url).needs_event_loop for url in urls)

    def subscription(self, app_id: str) -> Subscription | None:
        """Find the callback URL, the verify token and the webhook fields of an app.

        ``None`` when it has no subscription.
        """
        with self._store.reading():
            return self._store.accounts.subscription(app_id)

    def subscribed_apps(self, waba_id: str) -> list[SubscribedApp]:
        """List the apps that are subscribed to a WABA, each with its override of the callback, if any.

        An app hears of a WABA only when it is among them, and is subscribed to the field, too.
        """
        with self._store.reading():
            return self._store.accounts.subscribed_apps(waba_id)

    def subscribe_app(
        self,
        app: App,
        url: str,
        verify_token: str,
        fields: Iterable[str],
        has_values: bool | None = None,
    ) -> None:
        """Register an app's callback URL for ``fields``, after a verification handshake with it.

        Fields it has already stay. ``has_values`` says whether webhooks have what has changed, and not only
        the names of fields; ``None`` leaves that as it is. Raises 2200 when the callback does not answer the
        challenge; then nothing has changed.
        """
        self._services.subscriptions.subscribe(app, url, verify_token, fields, has_values)

    def unsubscribe_app(self, app: App, fields: Iterable[str] | None) -> None:
        """Unsubscribe an app from some ``fields``, or with ``None`` remove its callback with all of them.

        Without fields left the whole subscription goes. An app without one is left as it is.
        """
        with self._core.command():
            self._services.subscriptions.unsubscribe(app, fields)

    def listen(self, waba_id: str, app: App, url: str | None, verify_token: str | None) -> None:
        """Subscribe an app to a WABA, with a callback ``url`` of its own for it if one is given.

        A URL is verified by a handshake with ``verify_token`` first. Raises ``(#100)`` for a URL of an app
        that is not subscribed to ``messages`` and to the WABA yet, and 2200 when the handshake fails; then
        nothing has changed.
        """
        self._services.subscriptions.listen(waba_id, app, url, verify_token)

    def stop_listening(self, waba_id: str, app_id: str) -> None:
        """Unsubscribe an app from a WABA, with its override of the callback.

        It hears nothing of that WABA any more.
        """
        with self._core.command():
            self._store.accounts.remove_subscribed_app(waba_id, app_id)

    def override(self, number: BusinessNumber, url: str, verify_token: str, app: App | None = None) -> None:
        """Send the webhooks about a business number to a callback of its own, after a handshake with it.

        It goes before an override of the WABA and the app's own URL, for the fields that can be overridden.
        An empty ``url`` ends that. Raises ``(#100)`` for an ``app`` (default: the first) that is not
        subscribed to ``messages`` and to the WABA yet, and 2200 when the handshake fails.
        """
        if app is None:
            with self._store.reading():
                app = lookup.app(self._store.accounts)
        self._services.subscriptions.override(number, app, url, verify_token)

    def verify(self, url: str, verify_token: str) -> None:
        """Make the verification handshake with a callback URL: it must answer 200 with the challenge.

        Waits for the receiver, up to the setting ``webhook_timeout``. Raises 2200 when it answers anything
        else or not at all.
        """
        self._services.subscriptions.verify(url, verify_token)
