"""What an integrator owns: apps, tokens, WhatsApp Business Accounts and their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emulator.domain.authentication import Eligibility

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
ALLOW_LIST_SIZE = 5
"""How many people a test number may write to (D/about-the-platform)."""


@dataclass(frozen=True, slots=True)
class App:
    """A Meta app: its secret signs the webhooks it receives."""

    id: str
    name: str
    secret: str
    api_version: str = "v24.0"
    """What a call without a version segment gets (chosen in the app's dashboard)."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. An app token is ``APP_ID|SECRET`` and acts for the app itself."""

    text: str
    app_id: str
    kind: str = "system_user"
    scopes: tuple[str, ...] = (MANAGEMENT, MESSAGING)
    expires_at: datetime | None = None

    @property
    def is_app_token(self) -> bool:
        return self.kind == "app"

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass(frozen=True, slots=True)
class Waba:
    """A WhatsApp Business Account."""

    id: str
    name: str
    namespace: str
    currency: str = "USD"
    country: str | None = None
    timezone_id: str = "1"
    timezone: str = "UTC"
    """Where its days and months begin: prices change and free messages are counted there."""
    primary_business_location: str | None = None
    """The country the platform has verified the business to be in."""
    authentication_abroad: Eligibility | None = None
    """Since when it pays the authentication-international rate, ``None`` for most."""

    def changed(self, **facts: Any) -> Waba:
        return replace(self, **facts)


@dataclass(frozen=True, slots=True)
class BusinessNumber:
    """A phone number that belongs to a WABA."""

    id: str
    waba_id: str
    digits: str
    verified_name: str
    kind: str = "production"
    registered: bool = True
    quality_rating: str = "GREEN"
    override_url: str | None = None
    override_verify_token: str | None = None

    @property
    def is_test(self) -> bool:
        """Whether it is a public test number, which only reaches its allow-list."""
        return self.kind == "test"

    def changed(self, **facts: Any) -> BusinessNumber:
        return replace(self, **facts)


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
