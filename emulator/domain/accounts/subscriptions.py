"""Webhook subscriptions: the URL and fields of an app, and the apps a WABA is subscribed to."""

from __future__ import annotations

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """An app's webhook subscription: its callback URL, verify token and fields.

    A field is delivered only if the app is subscribed to it and the WABA to the app. ``callback_url`` of
    ``None`` sends nothing.
    """

    app_id: str
    callback_url: str | None
    verify_token: str
    fields: tuple[tuple[str, str], ...]
    """Field names with the API version their payloads follow."""
    has_values: bool = True
    """Whether webhooks say what has changed (``include_values``), and not only which fields have."""

    def version_of(self, field: str) -> str | None:
        """Find the API version under which ``field`` is subscribed; ``None`` when it is not.

        The version decides the form of the field's payloads.
        """
        return dict(self.fields).get(field)


@dataclass(frozen=True, slots=True)
class SubscribedApp:
    """The subscription of a WABA to an app (``subscribed_apps``).

    ``override_url`` replaces the app's callback URL for this WABA; ``None``: the app's own.
    """

    waba_id: str
    app_id: str
    override_url: str | None = None
    override_verify_token: str | None = None
