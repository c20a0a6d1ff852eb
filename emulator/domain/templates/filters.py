"""The filters of ``GET /{waba_id}/message_templates``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from emulator.domain.templates.template import Template
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TemplateFilter:
    """Conditions on templates; one that is empty or ``None`` holds for all.

    ``name`` is exact, ``content`` and ``name_or_content`` match a part, without regard to case (the platform
    documents only that they filter). ``since`` and ``until``, both inclusive, are about when it was created;
    that, too, is not printed.
    """

    name: str | None = None
    content: str | None = None
    name_or_content: str | None = None
    category: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    quality_score: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def reads_words(self) -> bool:
        """Whether it looks at what templates say, for which each has to be read whole."""
        return self.content is not None or self.name_or_content is not None

    def select(self, templates: Iterable[Template]) -> list[Template]:
        """Keep the templates that meet all conditions, in their order."""
        return [template for template in templates if self.admits(template)]

    def admits(self, template: Template) -> bool:
        """Say whether one template meets all conditions."""
        return (
            (self.name is None or template.name == self.name)
            and (self.content is None or self.content.lower() in _words(template))
            and (
                self.name_or_content is None
                or self.name_or_content.lower() in f"{template.name}\n{_words(template)}"
            )
            and (not self.category or template.category in self.category)
            and (not self.status or template.status in self.status)
            and (not self.quality_score or template.quality_score in self.quality_score)
            and (not self.language or template.language in self.language)
            and (not self.source or template.source in self.source)
            and (self.since is None or template.created_at >= self.since)
            and (self.until is None or template.created_at <= self.until)
        )


EVERY_TEMPLATE = TemplateFilter()
"""The filter that all templates meet."""


def _words(template: Template) -> str:
    return json.dumps([dict(part) for part in template.components], ensure_ascii=False).lower()
