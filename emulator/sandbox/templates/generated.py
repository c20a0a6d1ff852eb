"""Templates that messages sent directly make of themselves.

Found again by content or by name (D/direct-send).
"""

from __future__ import annotations

from datetime import datetime

from emulator.domain.messages import direct
from emulator.domain.messages.direct import DirectSend
from emulator.domain.messages.outbound import FreeForm
from emulator.domain.templates.template import AUTO_GENERATED, Status, Template
from emulator.sandbox.core import Core


class GeneratedTemplates:
    """Makes templates of messages that are sent directly, or finds those that were made (D/direct-send)."""

    def __init__(self, core: Core) -> None:
        self._core, self._store = core, core.store

    def template_of(self, waba_id: str, content: FreeForm, said: DirectSend, at: datetime) -> Template | None:
        """Find or make the template of a message that is sent directly, approved at once.

        The same content gives the same template. One that the business named becomes what was last sent under
        its name. ``None`` when the name it asks for is that of an ordinary one; then the message will fail.
        """
        made = direct.template_components(content.kind.name, content.value)
        name = said.template_name or direct.generated_name(said.category, made)
        known = self._store.templates.named(waba_id, name)
        if not known:
            return self._add(waba_id, name, said.category, made, at)
        if not all(each.is_generated for each in known):
            return None
        template = known[0]
        if template.components != made:
            template = template.changed(components=made, last_updated_at=at)
            self._store.templates.replace(template)
        return template

    def _add(self, waba_id: str, name: str, category: str, made: direct.Components, at: datetime) -> Template:
        template = Template(
            id=self._core.ids.template(),
            waba_id=waba_id,
            name=name,
            language=direct.LANGUAGE,
            category=category,
            status=Status.APPROVED,
            components=made,
            created_at=at,
            last_updated_at=at,
            source=AUTO_GENERATED,
        )
        self._store.templates.add(template)
        self._core.note("template", template.id, f"{name} was made of a message", cause=template.id)
        return template
