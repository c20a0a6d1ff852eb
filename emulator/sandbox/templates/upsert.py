"""Authentication templates in many languages at once: updated where they are, made where they are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from emulator.domain.templates.editor import rules
from emulator.domain.templates.template import Draft, Status, Template
from emulator.sandbox.core import Core
from emulator.sandbox.templates.service import TemplateLifecycle


class Upsert:
    """Creates and updates authentication templates in many languages at once.

    It is what ``POST /{waba_id}/upsert_message_templates`` does (D/templates/authentication-templates).
    """

    def __init__(self, core: Core, lifecycle: TemplateLifecycle) -> None:
        self._core, self._store, self._lifecycle = core, core.store, lifecycle

    def upsert(self, waba_id: str, draft: Draft, languages: Iterable[str]) -> list[Template]:
        """Create or update a template in each of ``languages`` as the draft says; returns them in that order.

        An update counts as no edit, and an approved template stays approved: the page says neither. A
        rejected one is approved. Raises the refusals of the editor, and then, by the caller's transaction,
        nothing has changed.
        """
        return [
            self._upsert(waba_id, replace(draft, language=language)) for language in dict.fromkeys(languages)
        ]

    def _upsert(self, waba_id: str, draft: Draft) -> Template:
        existing = self._store.templates.find(waba_id, draft.name, draft.language)
        if existing is None:
            return self._lifecycle.submit(waba_id, draft).template
        return self._update(existing, draft)

    def _update(self, existing: Template, draft: Draft) -> Template:
        now = self._core.clock.now()
        if existing.category != draft.category:
            raise rules.category_differs(draft.category, existing.category)
        if existing.status is not Status.APPROVED:
            rules.check_edit(existing, now)
        rules.check(draft)
        ttl = draft.message_send_ttl_seconds
        updated = existing.changed(
            components=draft.components,
            message_send_ttl_seconds=existing.message_send_ttl_seconds if ttl is None else ttl,
            last_updated_at=now,
        )
        self._store.templates.replace(updated)
        self._core.note("template", updated.id, f"{updated.name} was updated", cause=updated.id)
        if updated.status is Status.REJECTED:
            return self._lifecycle.decide(updated, "approve")
        return updated
