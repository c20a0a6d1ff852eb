"""Conversations as a person would read them: who said what, when, and what became of it."""

from __future__ import annotations

from datetime import date

from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.sandbox.store import Store

_SIGNS = {"\n": " ⏎ ", "\t": " "}
_TICKS = {
    MessageStatus.ACCEPTED: "accepted",
    MessageStatus.SENT: "✓",
    MessageStatus.DELIVERED: "✓✓",
    MessageStatus.READ: "✓✓ read",
}


def transcript(store: Store, limit: int = 200) -> str:
    """The newest ``limit`` messages of a sandbox; the day stands over the first message of each day."""
    names = {person.wa_id: person.name for person in store.people.all()}
    names |= {group.id: group.subject for group in store.groups.all()}
    lines: list[str] = []
    day: date | None = None
    for message in store.messages.select(limit=limit):
        if message.at.date() != day:
            day = message.at.date()
            lines.append(f"── {day:%A %d %B %Y} " + "─" * 30)
        lines.append(line(message, names.get(message.wa_id, f"+{message.wa_id}")))
    return "\n".join(lines)


def line(message: Message, name: str) -> str:
    """One message: ``09:00:00  business → Sheena: Hello   ✓✓ read``."""
    who = f"business → {name}" if message.outbound else f"{name} → business"
    kind = f" [{message.content['name']}]" if message.type == "template" else ""
    text = one_line(message.text)
    return f"{message.at:%H:%M:%S}  {who}{kind}: {text}   {became(message)}".rstrip()


def one_line(text: str, most: int = 400) -> str:
    """A text that fits into a line and cannot move a terminal's cursor."""
    shown = "".join(letter if letter.isprintable() else _SIGNS.get(letter, "�") for letter in text[:most])
    return shown + (" …" if len(text) > most else "")


def became(message: Message) -> str:
    """What became of an outbound message; nothing for an inbound one."""
    if not message.outbound:
        return ""
    if message.status is MessageStatus.FAILED and message.error:
        return f"✗ failed {message.error['code']} {message.error['title']}"
    return _TICKS.get(message.status, str(message.status))
