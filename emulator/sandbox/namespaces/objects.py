"""``sandbox.objects``: whatever of a sandbox Graph addresses by an id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from emulator.domain.accounts.apps import App
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.media import Media, Upload
from emulator.domain.templates.template import Template
from emulator.sandbox import lookup
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.accounts.apps import Token


GraphObject = BusinessNumber | Waba | Template | App | Portfolio | Media | Upload
"""What the first segment of a Graph path may name."""


class ObjectsNamespace(Namespace):
    """The objects of a sandbox by id, whatever their type, as the first segment of a Graph path has them."""

    def find(self, object_id: str) -> GraphObject | None:
        """Find the object with an id.

        ``None`` when there is none of any type, or the file with it has expired. Types are tried in this
        order, by how often calls name them: number, WABA, template, app, portfolio, media, upload.
        """
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

    def is_group(self, object_id: str) -> bool:
        """Say whether a group has this id; Graph's calls on groups are not emulated."""
        with self._store.reading():
            return self._store.groups.get(object_id) is not None

    def is_flow(self, object_id: str) -> bool:
        """Say whether a button of a template opens the Flow of this id; Flows themselves are not emulated."""
        with self._store.reading():
            return any(_opens(each.components, object_id) for each in self._store.templates.of())

    def is_accessible(self, found: GraphObject, token: Token) -> bool:
        """Say whether a token may be used on an object: its app must be used with the object's WABA.

        An app without WABAs of its own in the seed is used with all. Apps and uploads are open to the app's
        own tokens only. What is not accessible is answered like what does not exist.
        """
        with self._store.reading():
            return lookup.has_access(self._store.accounts, token, found)


def _opens(part: Any, flow_id: str) -> bool:
    if isinstance(part, Mapping):
        return str(part.get("flow_id")) == flow_id or any(_opens(each, flow_id) for each in part.values())
    return (
        isinstance(part, Sequence)
        and not isinstance(part, str)
        and any(_opens(each, flow_id) for each in part)
    )
