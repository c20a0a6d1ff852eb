"""Where an app wants its webhooks, and which WABA lets it listen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where an app wants its webhooks, and which fields of them."""

    app_id: str
    callback_url: str | None
    verify_token: str
    fields: tuple[tuple[str, str], ...]
    """Field names with the API version their payloads follow."""

    def version_of(self, field: str) -> str | None:
        """The version under which ``field`` is subscribed, ``None`` when it is not."""
        return dict(self.fields).get(field)


@dataclass(frozen=True, slots=True)
class SubscribedApp:
    """An app that a WABA lets listen, with the URL that replaces the app's own."""

    waba_id: str
    app_id: str
    override_url: str | None = None
    override_verify_token: str | None = None
