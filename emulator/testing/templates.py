"""The templates a test sees, and what it does as their reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Template
from emulator.sandbox.sandbox import Sandbox


class Templates:
    """The templates of a sandbox: look one up by name, or be its reviewer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __iter__(self) -> Iterator[Template]:
        return iter(self._sandbox.templates.all())

    def __getitem__(self, name: str) -> Template:
        return self.get(name)

    def get(self, name: str, language: str | None = None) -> Template:
        """A template by name, and by language if it has several. Raises :class:`LookupError`."""
        found = [
            template for template in self if template.name == name and language in (None, template.language)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            languages = ", ".join(template.language for template in found)
            raise LookupError(f"{name} is there in several languages, name one: {languages}")
        known = ", ".join(dict.fromkeys(template.name for template in self)) or "none"
        raise LookupError(f"there is no template {name}; there are: {known}")

    def approve(self, name: str, language: str | None = None) -> Template:
        """Approve a template, or grant the appeal of one."""
        __tracebackhide__ = True
        return self._decide(name, language, "approve")

    def reject(self, name: str, language: str | None = None, *, reason: str = "INVALID_FORMAT") -> Template:
        """Reject a template for a reason of the platform's enum, or turn its appeal down."""
        __tracebackhide__ = True
        return self._decide(name, language, "reject", reason)

    def appeal(self, name: str, language: str | None = None) -> Template:
        """Appeal a rejection, or a marketing template's category; decided after ``appeal_after``."""
        __tracebackhide__ = True
        return self._decide(name, language, "appeal")

    def pause(self, name: str, language: str | None = None, *, cause: str = "quality") -> Template:
        """Pause a template: for its ``quality`` 3 hours, then 6; by ``pacing`` until it is unpaused."""
        __tracebackhide__ = True
        return self._decide(name, language, "pause", cause)

    def unpause(self, name: str, language: str | None = None) -> Template:
        """End a pause, whatever its cause."""
        __tracebackhide__ = True
        return self._decide(name, language, "unpause")

    def flag(self, name: str, language: str | None = None) -> Template:
        """Tell that the quality of a template is low."""
        __tracebackhide__ = True
        return self._decide(name, language, "flag")

    def disable(self, name: str, language: str | None = None) -> Template:
        """Disable a template."""
        __tracebackhide__ = True
        return self._decide(name, language, "disable")

    def reinstate(self, name: str, language: str | None = None) -> Template:
        """Take back that a template was disabled."""
        __tracebackhide__ = True
        return self._decide(name, language, "reinstate")

    def archive(self, name: str, language: str | None = None) -> Template:
        """Archive an approved or rejected template; 28 days later it is gone."""
        __tracebackhide__ = True
        return self._decide(name, language, "archive")

    def unarchive(self, name: str, language: str | None = None) -> Template:
        """Give an archived template the status it had."""
        __tracebackhide__ = True
        return self._decide(name, language, "unarchive")

    def recategorize(self, name: str, category: str, language: str | None = None) -> Template:
        """Find that a template should be of another category; utility becomes marketing a day later."""
        __tracebackhide__ = True
        return self._sandbox.templates.recategorize(self.get(name, language).id, category)

    def utility_abuse(self, step: str, *, portfolio: bool = False) -> UtilityAbuse:
        """Treat the account as one whose utility templates are marketing.

        ``step`` is ``warning``, ``rate_limit``, ``restriction``, or ``lift`` to take the last two back.
        """
        __tracebackhide__ = True
        return self._sandbox.templates.utility_abuse(step, portfolio=portfolio)

    def _decide(self, name: str, language: str | None, decision: str, reason: str | None = None) -> Template:
        __tracebackhide__ = True
        return self._sandbox.templates.review(self.get(name, language).id, decision, reason)

    def __repr__(self) -> str:
        return "<Templates " + ", ".join(f"{each.name}: {each.status}" for each in self) + ">"
