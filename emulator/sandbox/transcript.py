"""Messages as lines of text, as a person would read a conversation.

Who said what, when, and what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from emulator.domain.faults.fault import RULE
from emulator.domain.journal import JournalEntry
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.values import dataclass
from emulator.sandbox.store import Store

T = TypeVar("T")
_SIGNS = {"\n": " ⏎ ", "\t": " "}
_TICKS = {
    MessageStatus.ACCEPTED: "accepted",
    MessageStatus.SENT: "✓",
    MessageStatus.DELIVERED: "✓✓",
    MessageStatus.READ: "✓✓ read",
    MessageStatus.PLAYED: "✓✓ played",
}


def transcript(store: Store, limit: int = 200) -> str:
    """Write the newest ``limit`` messages of a sandbox, a line a message, in simulated time.

    The day stands over the first message of each day; people and groups have their names. A fault that struck
    meanwhile has a line. Empty without messages.
    """
    messages = store.messages.select(limit=limit)
    names, answered = names_of(store, messages), answers_of(store, messages)
    lines: list[str] = []
    day: date | None = None
    for each in in_order(messages, strikes(store, messages, limit)):
        if each.at.date() != day:
            day = each.at.date()
            lines.append(f"── {day:%A %d %B %Y} " + "─" * 30)
        if isinstance(each, Strike):
            lines.append(f"{each.at:%H:%M:%S}  {each}")
        else:
            lines.append(line(each, names[each.wa_id], answered.get(each.id, "")))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that struck while people and business wrote to each other."""

    at: datetime
    fault: str
    """Its name in the journal, such as ``fault:3``."""
    summary: str
    kind: str
    """Its kind, such as ``error`` or ``twice``."""
    code: int | None
    """The number of its error; ``None`` of a fault that is no error of the catalogue."""
    wa_id: str | None
    """The person whom it concerned; ``None`` where there was none."""

    def __str__(self) -> str:
        return f"{self.fault} {self.summary}"


def strikes(store: Store, messages: Sequence[Message], limit: int) -> list[Strike]:
    """List the faults that struck since the first of some messages, the newest ``limit`` of them."""
    if not messages or not store.facts.counted("faults"):
        return []
    entries = store.journal.select(kind=RULE, since=min(message.at for message in messages))
    return [_strike(entry) for entry in entries if entry.cause is not None][-limit:]


def _strike(entry: JournalEntry) -> Strike:
    return Strike(
        entry.at,
        entry.subject,
        one_line(entry.summary.removeprefix("met: ")),
        str(entry.details["kind"]),
        entry.details["code"],
        entry.wa_id,
    )


def in_order(messages: Iterable[T], struck: Iterable[Strike]) -> list[T | Strike]:
    """Put messages, or what else has an instant, and strikes in order; of one instant messages come first."""
    mixed: list[Any] = [*messages, *struck]
    return sorted(mixed, key=lambda each: each.at)


def answers_of(store: Store, messages: Sequence[Message]) -> dict[str, str]:
    """Map the id of a message to what it was sent for, where that is not the message just before it.

    ``in answer to 09:00:00 “Hello”``, and with ``probably`` before it where only the time tells.
    """
    known = {message.id: message for message in messages}
    told: dict[str, str] = {}
    for before, message in zip([None, *messages], messages, strict=False):
        cause = message.cause
        if cause is None or (before is not None and before.id == cause.id):
            continue
        answered = known.get(cause.id) or store.messages.get(cause.id)
        if answered is not None:
            surely = "" if cause.basis.is_certain else "probably "
            told[message.id] = (
                f"{surely}in answer to {answered.at:%H:%M:%S} “{one_line(answered.as_text, 40)}”"
            )
    return told


def names_of(store: Store, messages: Iterable[Message]) -> dict[str, str]:
    """Map the ``wa_id`` of each message to the name of the person or group."""
    return {wa_id: _name(store, wa_id) for wa_id in {message.wa_id for message in messages}}


def _name(store: Store, wa_id: str) -> str:
    """The name of a person or group, or else the number."""
    if group := store.groups.get(wa_id):
        return group.subject
    person = store.people.get(wa_id)
    return person.name if person else f"+{wa_id}"


def line(message: Message, name: str, answers: str = "") -> str:
    """Write one message as a line: ``09:00:00  business → Sheena: Hello   ✓✓ read``.

    ``name`` is that of the person or group; a template has its name in brackets. ``answers`` says what it was
    sent for.
    """
    who = f"business → {name}" if message.outbound else f"{name} → business"
    kind = f" [{message.template}]" if message.template else ""
    text = one_line(message.as_text) + (f" ({answers})" if answers else "")
    return f"{message.at:%H:%M:%S}  {who}{kind}: {text}   {became(message)}".rstrip()


def one_line(text: str, most: int = 400) -> str:
    """Fit a text into a line: line breaks become a sign, what could move a terminal's cursor another.

    What is longer than ``most`` characters is cut and ends with an ellipsis.
    """
    shown = "".join(letter if letter.isprintable() else _SIGNS.get(letter, "�") for letter in text[:most])
    return shown + (" …" if len(text) > most else "")


def became(message: Message) -> str:
    """Write what became of an outbound message, as ticks or as the error it failed with.

    Empty for an inbound one.
    """
    if not message.outbound:
        return ""
    if message.status is MessageStatus.FAILED and message.error:
        return f"✗ failed {message.error['code']} {message.error['title']}"
    return _TICKS.get(message.status, str(message.status))
