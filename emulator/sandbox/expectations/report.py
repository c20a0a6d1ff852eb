"""Tell what came instead of what was expected: the nearest miss, refusals and their facts, all messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from emulator.domain.expectations.findings import Subject, key_of
from emulator.domain.expectations.nearest import Miss
from emulator.domain.graph.api_calls import ApiCall, of_entry
from emulator.domain.quoting import quoted
from emulator.sandbox.store import Store
from emulator.sandbox.transcript import line, transcript
from emulator.sandbox.webhooks.untaken import untaken

_MOST_REFUSED = 3
"""Refused calls that are told beside the nearest miss, the newest ones."""


class Report:
    """Gathers the lines of a report, from what was expected to the conversation."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lines: list[str] = []
        self._explained: set[str] = set()

    @property
    def summary(self) -> str:
        """Everything but the conversation."""
        return "\n".join(self._lines)

    @property
    def conversation(self) -> str:
        """The newest messages in simulated time, or that there are none."""
        return transcript(self._store) or "(nobody wrote)"

    def name_of(self, who: str) -> str | None:
        """Find the name of a person by their number, or of a group by its id; ``None`` without one."""
        with self._store.reading():
            person, group = self._store.people.get(who), self._store.groups.get(who)
        return person.name if person else group.subject if group else None

    def say(self, sentence: str) -> None:
        """Add a sentence."""
        self._lines.append(sentence)

    def show(self, subject: Subject, prefix: str = "", why: Iterable[str] = ()) -> None:
        """Add a message as a line of a transcript, or a refused call; and why it failed or was refused.

        ``why`` are sentences below it.
        """
        self._lines.append(f"  {prefix}{self._line(subject)}")
        self._lines += [f"    {sentence}" for sentence in why]
        self._explain(subject)

    def nearest(self, miss: Miss | None) -> None:
        """Add the nearest miss with the members in which it differs."""
        if miss is not None:
            self.show(miss.nearest.subject, "nearest: ", miss.why)

    def refused(self, besides: Collection[str] = ()) -> None:
        """Add the newest calls that were refused and are not told yet, each with its rule and its facts."""
        with self._store.reading():
            newest, _ = self._store.journal.calls(outcome="refused", limit=_MOST_REFUSED)
        for call in map(of_entry, reversed(newest)):
            if key_of(call) not in self._explained and key_of(call) not in besides:
                self.show(call, "refused: ")

    def untaken(self) -> None:
        """Add the webhooks that the app did not take."""
        with self._store.reading():
            entries = self._store.journal.select(kind="webhook")
        self._lines += [f"  {each}" for each in untaken(entries)]

    def _line(self, subject: Subject) -> str:
        if isinstance(subject, ApiCall):
            return f"{subject.method} {subject.path} → {subject.status} {subject.error}"
        return line(subject, self.name_of(subject.wa_id) or f"+{subject.wa_id}")

    def _explain(self, subject: Subject) -> None:
        """Add the rule that refused something, with what it looked at."""
        self._explained.add(key_of(subject))
        if isinstance(subject, ApiCall):
            self._why(subject.rule, subject.hint, subject.facts, subject.source)
        elif subject.error is not None:
            with self._store.reading():
                entries = self._store.journal.select(kind="status", subject=subject.id)
            for entry in entries:
                if "code" in entry.details:
                    facts = entry.details
                    self._why(facts["rule"], facts["hint"], facts["facts"], facts["source"])

    def _why(self, rule: object, hint: object, facts: object, source: object) -> None:
        if hint:
            self._lines.append(f"    {hint}")
        looked = "".join(f", {name}={quoted(value)}" for name, value in dict(facts or {}).items())  # type: ignore[call-overload]
        self._lines.append(f"    rule {rule or 'unknown'}{looked}" + (f" ({source})" if source else ""))
