"""Meta apps and their access tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"


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
        """Whether it acts for the app itself (``APP_ID|SECRET``), as changes of its subscriptions need."""
        return self.kind == "app"

    def allows(self, scope: str) -> bool:
        """Say whether the token has the permission ``scope``, such as :data:`MESSAGING`."""
        return scope in self.scopes
