"""Meta apps and their access tokens."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from emulator.domain.facts import types
from emulator.domain.facts.facts import fact
from emulator.domain.graph.versions import RELEASED
from emulator.domain.values import dataclass

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
SCOPES = (MANAGEMENT, MESSAGING)
SYSTEM_USER, APP = "system_user", "app"
"""The kinds of tokens."""


@dataclass(frozen=True, slots=True)
class App:
    """A Meta app: its secret signs the webhooks it receives, and its tokens make calls."""

    id: str = field(metadata=fact(types.digits(), seed=True))
    name: str = field(metadata=fact(types.text(), seed=True))
    secret: str = field(metadata=fact(types.text(), seed=True))
    api_version: str = field(default="v24.0", metadata=fact(types.one_of(RELEASED), seed=True))
    """The version of a call that names none, as chosen in the app's dashboard."""
    waba_ids: tuple[str, ...] = field(
        default=(), metadata=fact(types.json_value(tuple, array=True), seed="wabas")
    )
    """The WABAs it has access to; empty: all of them."""

    def has_access_to(self, waba_id: str) -> bool:
        """Say whether it has access to a WABA: it may get its webhooks, and its tokens may be used there."""
        return not self.waba_ids or waba_id in self.waba_ids


@dataclass(frozen=True, slots=True)
class Token:
    """An access token of an app, with its permissions and its expiration.

    A token of the kind ``app`` is ``APP_ID|SECRET`` and acts for the app itself. From ``expires_at`` on it is
    refused with 190; ``None``: it does not expire.
    """

    text: str = field(metadata=fact(types.text(), seed="token"))
    app_id: str = field(metadata=fact(types.digits(), seed="app"))
    kind: str = field(default=SYSTEM_USER, metadata=fact(types.one_of((SYSTEM_USER, APP))))
    scopes: tuple[str, ...] = field(
        default=SCOPES, metadata=fact(types.json_value(tuple, array=True), seed=True)
    )
    expires_at: datetime | None = field(default=None, metadata=fact(types.instant(optional=True), seed=True))

    @property
    def is_app_token(self) -> bool:
        """Whether it acts for the app itself (``APP_ID|SECRET``), as changes of its subscriptions need."""
        return self.kind == APP

    def allows(self, scope: str) -> bool:
        """Say whether the token has the permission ``scope``, such as :data:`MESSAGING`."""
        return scope in self.scopes
