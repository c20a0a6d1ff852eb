"""``sandbox.objects``: whatever of a sandbox Graph addresses by an id."""

from __future__ import annotations

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.media import Media, Upload
from emulator.domain.templates.template import Template
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

GraphObject = BusinessNumber | Waba | Template | App | Portfolio | Media | Upload
"""What the first segment of a Graph path may name."""


class ObjectsNamespace(Namespace):
    """The objects of a sandbox, whatever their type."""

    def find(self, object_id: str) -> GraphObject | None:
        """The object with an id, the most often called type first; ``None`` when there is none."""
        store = self._store
        with store.reading():
            return (
                store.accounts.number(object_id)
                or store.accounts.waba(object_id)
                or store.templates.get(object_id)
                or store.accounts.app(object_id)
                or store.accounts.portfolio(object_id)
                or self._services.media.find(object_id)
                or store.media.upload(object_id)
            )

    def is_accessible(self, found: GraphObject, token: Token) -> bool:
        """Whether a token may be used on an object: its app must be used with the object's WABA."""
        with self._store.reading():
            return lookup.has_access(self._store.accounts, token, found)
