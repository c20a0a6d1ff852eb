"""What a reviewer does, and whoever watches over categories."""

from __future__ import annotations

from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Template
from emulator.sandbox.core import Core
from emulator.sandbox.store import Store
from emulator.sandbox.templates.service import TemplateLifecycle


class TemplateActs:
    """Acts of reviewers."""

    core: Core
    store: Store
    reviewing: TemplateLifecycle

    def review(self, template_id: str, decision: str, reason: str | None = None) -> Template:
        """Decide over a template; see :data:`emulator.sandbox.templates.service.DECISIONS`.

        Raises :class:`LookupError`, and :class:`~emulator.sandbox.templates.service.CannotDecide`.
        """
        with self.core.command():
            return self.reviewing.decide(self._template(template_id), decision, reason)

    def recategorize(self, template_id: str, category: str) -> Template:
        """Find that an approved template should be of another category.

        UTILITY becomes MARKETING after a day's notice; what should be AUTHENTICATION is rejected on the first
        of the next month. Raises :class:`LookupError`, and
        :class:`~emulator.sandbox.templates.service.CannotDecide`.
        """
        with self.core.command():
            template = self._template(template_id)
            return self.reviewing.recategorizing.recategorize(template, category, self.core.clock.now())

    def utility_abuse(
        self, step: str, waba_id: str | None = None, *, portfolio: bool = False
    ) -> UtilityAbuse:
        """Treat an account (default: the first) as one whose utility templates are marketing.

        ``step`` is ``warning``, ``rate_limit``, ``restriction`` (of the whole ``portfolio`` or one account)
        or ``lift``. Raises :class:`LookupError`, and
        :class:`~emulator.sandbox.templates.service.CannotDecide`.
        """
        with self.core.command():
            accounts = self.store.accounts
            waba = accounts.wabas()[0] if waba_id is None else accounts.waba(waba_id)
            if waba is None:
                raise LookupError(f"there is no account {waba_id}")
            now = self.core.clock.now()
            return self.reviewing.misusing.step(waba.id, step, now, portfolio=portfolio)

    def _template(self, template_id: str) -> Template:
        template = self.store.templates.get(template_id)
        if template is None:
            raise LookupError(f"there is no template {template_id}")
        return template
