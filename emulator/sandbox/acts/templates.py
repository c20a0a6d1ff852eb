"""What a reviewer does."""

from __future__ import annotations

from emulator.domain.templates.template import Template
from emulator.sandbox.core import Core
from emulator.sandbox.reviewing import Reviewing
from emulator.sandbox.store import Store


class TemplateActs:
    """Acts of reviewers."""

    core: Core
    store: Store
    reviewing: Reviewing

    def review(self, template_id: str, decision: str, reason: str | None = None) -> Template:
        """Decide over a template: approve, reject, pause, unpause or disable. Raises :class:`LookupError`."""
        with self.core.command():
            template = self.store.templates.get(template_id)
            if template is None:
                raise LookupError(f"there is no template {template_id}")
            return self.reviewing.decide(template, decision, reason)
