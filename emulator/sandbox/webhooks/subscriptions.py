"""Where webhooks go.

The callback of an app, and overrides of it, each verified by a handshake before it counts. Sources:
D/webhooks/overview and D/webhooks/override.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from http.client import responses

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.subscriptions import SubscribedApp, Subscription
from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.masking import beginning, masked
from emulator.sandbox.core import Core
from emulator.sandbox.network.problems import (
    BadAnswer,
    BadCertificate,
    ConnectionClosed,
    NoSuchHost,
    TimedOut,
)
from emulator.sandbox.webhooks.receiver import DeliveryProblem
from emulator.sandbox.webhooks.receivers import Receivers
from emulator.wire.webhooks.fields import FIELDS

_MESSAGES = "messages"
"""The field whose subscription an override needs."""
_FAILED_TO_CONNECT = (7, "Failed to connect")
_CURL: dict[type | None, tuple[int, str]] = {
    BadAnswer: (8, "Weird server reply"),
    BadCertificate: (60, "SSL certificate problem"),
    ConnectionClosed: (52, "Empty reply from server"),
    NoSuchHost: (6, "Could not resolve host"),
    TimedOut: (28, "Operation timed out"),
}
"""What the platform says of a handshake without an answer, after curl; only 28 and 7 were seen of it."""


class Subscriptions:
    """Registers callbacks of apps, subscriptions of apps to WABAs, and overrides.

    What needs a handshake makes it first, outside every lock, and then its own transaction; the other methods
    are called inside the caller's.
    """

    def __init__(self, core: Core, receivers: Receivers) -> None:
        self._core, self._accounts, self._receivers = core, core.store.accounts, receivers

    def subscribe(
        self,
        app: App,
        url: str,
        verify_token: str,
        fields: Iterable[str],
        has_values: bool | None = None,
    ) -> None:
        """Register an app's callback for ``fields`` beside those it has, after a handshake with it.

        New fields get the app's API version; ``has_values`` says whether webhooks have what has changed, and
        stays as it was for ``None``. Raises 2200 when the handshake fails, and then leaves the
        subscription as it was.
        """
        self.verify(url, verify_token)
        with self._core.command():
            known = self._accounts.subscription(app.id)
            versions = dict(known.fields) if known else {}
            versions |= {field: versions.get(field, app.api_version) for field in fields}
            if has_values is None:
                has_values = known.has_values if known else True
            self._accounts.put_subscription(
                Subscription(app.id, url, verify_token, tuple(sorted(versions.items())), has_values)
            )
            self._core.note("account", app.id, f"webhooks of app {app.id} go to {url}")

    def connect(self, app: App, url: str | None, fields: Iterable[str] = FIELDS) -> None:
        """Point an app's webhooks at ``url`` without a handshake, as a dashboard that trusts you would.

        ``None``: nowhere. An app without fields gets ``fields``; otherwise it keeps its own.
        """
        known = self._accounts.subscription(app.id)
        self._accounts.put_subscription(
            Subscription(
                app.id,
                url,
                known.verify_token if known else "",
                known.fields if known and known.fields else tuple((f, app.api_version) for f in fields),
                known.has_values if known else True,
            )
        )

    def hear(self, app: App, fields: Iterable[str]) -> None:
        """Subscribe an app to more fields, without a handshake; it keeps its callback and the fields it has.

        New fields get the app's API version; the journal notes it. Raises :class:`ValueError` for a field
        that does not exist.
        """
        asked = tuple(fields)
        if unknown := [field for field in asked if field not in FIELDS]:
            raise ValueError(f"there is no webhook field {unknown[0]!r}; there are {', '.join(FIELDS)}")
        known = self._accounts.subscription(app.id)
        versions = dict(known.fields) if known else {}
        versions |= {field: versions.get(field, app.api_version) for field in asked}
        self._accounts.put_subscription(
            Subscription(
                app.id,
                known.callback_url if known else None,
                known.verify_token if known else "",
                tuple(sorted(versions.items())),
                known.has_values if known else True,
            )
        )
        self._core.note("account", app.id, f"app {app.id} hears of {', '.join(asked)}")

    def unsubscribe(self, app: App, fields: Iterable[str] | None) -> None:
        """Unsubscribe an app from some fields, or with ``None`` or none of them from all.

        Without fields left its callback goes, too. An app without a subscription is left as it is.
        """
        known = self._accounts.subscription(app.id)
        if known is None:
            return
        dropped = set(fields or dict(known.fields))
        kept = tuple((field, version) for field, version in known.fields if field not in dropped)
        if kept:
            self._accounts.put_subscription(replace(known, fields=kept))
        else:
            self._accounts.remove_subscription(app.id)

    def listen(self, waba_id: str, app: App, url: str | None, verify_token: str | None) -> None:
        """Subscribe an app to a WABA; with a ``url``, verified by a handshake first, at another callback.

        Raises ``(#100)`` for a ``url`` of an app that is not subscribed yet, and 2200 when the handshake
        fails; then nothing has changed.
        """
        if url:
            self._check_subscribed(app, waba_id)
            self.verify(url, verify_token or "")
        with self._core.command():
            self._accounts.put_subscribed_app(
                SubscribedApp(waba_id, app.id, url or None, verify_token if url else None)
            )
            self._core.note("account", waba_id, f"app {app.id} listens to WABA {waba_id}")

    def override(self, number: BusinessNumber, app: App, url: str, verify_token: str) -> None:
        """Send the webhooks about one number to a callback of its own, after a handshake.

        An empty ``url`` ends that. Raises ``(#100)`` for a ``url`` of an ``app`` that is not subscribed yet,
        and 2200 when the handshake fails; then nothing has changed.
        """
        if url:
            self._check_subscribed(app, number.waba_id)
            self.verify(url, verify_token)
        with self._core.command():
            self._accounts.change_number(
                number.id, override_url=url or None, override_verify_token=verify_token if url else None
            )
            self._core.note("account", number.id, f"webhooks of {number.digits} go to {url or 'the app'}")

    def _check_subscribed(self, app: App, waba_id: str) -> None:
        """Refuse to override the callback of an app that is subscribed to ``messages`` or to the WABA only.

        The sentence is reported (September 2025 to May 2026); that both subscriptions are asked for is, too.
        """
        with self._core.store.reading():
            known = self._accounts.subscription(app.id)
            hears = known is not None and known.version_of(_MESSAGES) is not None
            listens = any(each.app_id == app.id for each in self._accounts.subscribed_apps(waba_id))
        if hears and listens:
            return
        missing = f"POST /{app.id}/subscriptions" if not hears else f"POST /{waba_id}/subscribed_apps"
        raise bad_parameter(
            "Before override the current callback uri, your app must be subscribed to receive messages for "
            "WhatsApp Business Account",
            hint=f"The app {app.id} hears nothing of `{_MESSAGES}` of {waba_id} yet; call `{missing}` first.",
        )

    def verify(self, url: str, verify_token: str) -> None:
        """Make the verification handshake: the callback must answer a GET with 200 and the challenge.

        Waits up to the setting ``webhook_timeout``, outside every lock. Raises 2200, whose sentence names
        curl's error as the platform's does.
        """
        with self._core.store.transaction():
            challenge = self._core.ids.challenge()
            timeout = self._core.settings.webhook_timeout.total_seconds()
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": verify_token,
        }
        try:
            status, reason, body = self._receivers.of(url).verify(url, query, timeout)
        except DeliveryProblem as problem:
            if problem.status is not None:
                reason = responses.get(problem.status, "")
                raise _unverified(
                    f"HTTP Status Code = {problem.status}; HTTP Message = {reason}",
                    f"{masked(url)} answered {problem.status}: {masked(str(problem))}",
                ) from None
            number, words = _CURL.get(type(problem.__cause__), _FAILED_TO_CONNECT)
            raise _unverified(
                f"curl_errno = {number}; curl_error = {words}; HTTP Status Code = 0; HTTP Message = ",
                f"The callback {masked(url)} was not reached: {masked(str(problem))}.",
            ) from None
        if status != 200 or body.decode("utf-8", "replace").strip() != challenge:
            answered = beginning(body.decode("utf-8", "replace"), 80)
            hint = f"{masked(url)} answered {status} with {answered!r}; expected 200 with {challenge!r}"
            raise _unverified(f"HTTP Status Code = {status}; HTTP Message = {reason}", hint)


def _unverified(tail: str, hint: str) -> GraphError:
    return GraphError(
        f"(#2200) Callback verification failed with the following errors: {tail}",
        2200,
        rule="callback_verification",
        hint=hint,
        source="https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
    )
