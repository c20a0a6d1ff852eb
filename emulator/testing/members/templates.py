"""``whatsapp.templates``: the templates of a test, and decisions over them as their reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from emulator.domain.templates.lifecycle.utility_abuse import UtilityAbuse
from emulator.domain.templates.template import Template
from emulator.sandbox.sandbox import Sandbox


class Templates:
    """The templates of a test's sandbox, and what their reviewer decides: ``whatsapp.templates``.

    ``templates["order_shipped"]`` is one of them. Acts name a template, and its language if it has several;
    they happen at once, and apps hear of a new status by ``message_template_status_update``. A decision that
    does not fit the status raises :class:`ValueError`.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __iter__(self) -> Iterator[Template]:
        return iter(self._sandbox.templates.all())

    def __getitem__(self, name: str) -> Template:
        return self.get(name)

    def get(self, name: str, language: str | None = None) -> Template:
        """Look up a template by name, and by language if it has several, as it stands now.

        Raises :class:`LookupError` when there is none, naming those that there are, and when a language is
        missing.
        """
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
        """Approve a template that is pending or rejected, or grant its open appeal.

        It can be sent from now on.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "approve")

    def reject(self, name: str, language: str | None = None, *, reason: str = "INVALID_FORMAT") -> Template:
        """Reject a template that is pending or approved, or turn its open appeal down.

        ``reason`` is one of the platform's enum, such as ``INVALID_FORMAT``; another one raises
        :class:`ValueError`.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "reject", reason)

    def appeal(self, name: str, language: str | None = None) -> Template:
        """Appeal a rejection, or the category of an approved marketing template, for the business.

        It is decided after the setting ``appeal_after``, unless ``review`` is ``by_hand``.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "appeal")

    def pause(self, name: str, language: str | None = None, *, cause: str = "quality") -> Template:
        """Pause an approved template: sends of it are refused with 132015 until the pause ends.

        For its ``quality`` it lasts 3 hours, then 6, and instead of a third pause it is disabled; by
        ``pacing`` until somebody unpauses it.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "pause", cause)

    def unpause(self, name: str, language: str | None = None) -> Template:
        """End the pause of a template before its time, whatever its cause; it is approved again."""
        __tracebackhide__ = True
        return self._decide(name, language, "unpause")

    def flag(self, name: str, language: str | None = None) -> Template:
        """Report by webhook that the quality of an approved template is low (``FLAGGED``).

        It can be sent all the same.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "flag")

    def disable(self, name: str, language: str | None = None) -> Template:
        """Disable an approved or paused template.

        Sends of it are refused with 132016 until :meth:`reinstate`.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "disable")

    def reinstate(self, name: str, language: str | None = None) -> Template:
        """Enable a disabled template again.

        It is approved, and its next pause for quality is the first one.
        """
        __tracebackhide__ = True
        return self._decide(name, language, "reinstate")

    def archive(self, name: str, language: str | None = None) -> Template:
        """Archive an approved or rejected template; 28 days later it is deleted, unless it is unarchived."""
        __tracebackhide__ = True
        return self._decide(name, language, "archive")

    def unarchive(self, name: str, language: str | None = None) -> Template:
        """Give an archived template the status it had; one that was pending is reviewed again."""
        __tracebackhide__ = True
        return self._decide(name, language, "unarchive")

    def recategorize(self, name: str, category: str, language: str | None = None) -> Template:
        """Find that an approved template belongs to another ``category``, as the platform's checks do.

        UTILITY becomes MARKETING 24 hours later; what should be AUTHENTICATION is rejected on the first of
        the next month. Apps hear of it by ``template_category_update``.
        """
        __tracebackhide__ = True
        return self._sandbox.templates.recategorize(self.get(name, language).id, category)

    def utility_abuse(self, step: str, *, portfolio: bool = False) -> UtilityAbuse:
        """Take a step against the WABA as one whose utility templates are marketing.

        ``step`` is ``warning``, ``rate_limit``, ``restriction`` (with ``portfolio`` of all its WABAs), or
        ``lift`` to end the last two. Apps hear of it by ``account_update``.
        """
        __tracebackhide__ = True
        return self._sandbox.templates.utility_abuse(step, portfolio=portfolio)

    def _decide(self, name: str, language: str | None, decision: str, reason: str | None = None) -> Template:
        __tracebackhide__ = True
        return self._sandbox.templates.review(self.get(name, language).id, decision, reason)

    def __repr__(self) -> str:
        return "<Templates " + ", ".join(f"{each.name}: {each.status}" for each in self) + ">"
