"""The transcript in other forms than lines of text: Markdown, JSON, and a page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from html import escape
from itertools import groupby
from typing import Any

from emulator.domain.instants import iso
from emulator.domain.messages.lifecycle import Message
from emulator.domain.values import dataclass
from emulator.sandbox.store import Store
from emulator.sandbox.transcript import (
    Strike,
    answers_of,
    became,
    in_order,
    names_of,
    one_line,
    strikes,
    transcript,
)

STYLE = """
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: Canvas; color: CanvasText }
h2 { font-size: .9rem; text-align: center; font-weight: 500; margin: 1.5rem 0 .75rem }
ol { list-style: none; margin: 0; padding: 0 }
li { margin: .4rem 0; padding: .5rem .75rem; border: 1px solid; border-radius: .75rem; width: fit-content;
  max-width: 80%; overflow-wrap: anywhere; white-space: pre-wrap }
li.business { margin-left: auto; border-color: #1f7a4d; background: color-mix(in srgb, #1f7a4d 12%, Canvas) }
li.person { border-color: color-mix(in srgb, CanvasText 35%, Canvas) }
li.fault { margin: .4rem auto; border-style: dashed }
li.failed { border-color: #c62828; background: color-mix(in srgb, #c62828 12%, Canvas) }
small { display: block; font-size: .8rem }
"""
"""The style sheet inside of the page of HTML."""


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One message of a transcript, with the name of the person or group it is with."""

    message: Message
    name: str
    answers: str = ""
    """What it was sent for, where that is not the message just before it."""

    @property
    def at(self) -> datetime:
        """When it was written."""
        return self.message.at

    @property
    def who(self) -> str:
        """Who wrote to whom: ``business → Sheena`` or the other way round."""
        return f"business → {self.name}" if self.message.outbound else f"{self.name} → business"

    @property
    def template(self) -> str:
        """The name of the template in brackets, with a space before it; empty for other messages."""
        return f" [{self.message.template}]" if self.message.template else ""


def lines(store: Store, limit: int) -> list[TranscriptLine]:
    """List the newest ``limit`` messages in both directions, the oldest first."""
    messages = store.messages.select(limit=limit)
    names, answers = names_of(store, messages), answers_of(store, messages)
    return [
        TranscriptLine(message, names[message.wa_id], answers.get(message.id, "")) for message in messages
    ]


def _by_day(
    store: Store, found: list[TranscriptLine], limit: int
) -> Iterator[tuple[date, list[TranscriptLine | Strike]]]:
    struck = strikes(store, [each.message for each in found], limit)
    for day, those in groupby(in_order(found, struck), lambda each: each.at.date()):
        yield day, list(those)


def _markdown(store: Store, limit: int) -> str:
    parts: list[str] = []
    for day, those in _by_day(store, lines(store, limit), limit):
        parts.append(f"## {day:%A %d %B %Y}\n")
        for each in those:
            if isinstance(each, Strike):
                parts.append(f"- {each.at:%H:%M:%S} {_literal(str(each))}")
                continue
            end = f" ({each.answers})" if each.answers else ""
            end += f" — {became(each.message)}" if became(each.message) else ""
            text = _literal(one_line(each.message.as_text))
            who = _literal(each.who) + _literal(each.template)
            parts.append(f"- {each.message.at:%H:%M:%S} **{who}**: {text}{_literal(end)}")
        parts.append("")
    return "\n".join(parts)


def _literal(text: str) -> str:
    """Text of people in Markdown: nothing of it is markup."""
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|!&"})
    return text.translate(marks)


def _html(store: Store, limit: int) -> str:
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><title>Transcript</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body><h1>Transcript</h1>",
    ]
    found = lines(store, limit)
    if not found:
        parts.append("<p>Nobody has written yet.</p>")
    for day, those in _by_day(store, found, limit):
        parts.append(f"<h2>{day:%A %d %B %Y}</h2><ol>")
        parts += map(_bubble, those)
        parts.append("</ol>")
    return "\n".join([*parts, "</body></html>", ""])


def _bubble(each: TranscriptLine | Strike) -> str:
    if isinstance(each, Strike):
        return f'<li class="fault"><small>{each.at:%H:%M:%S}  {escape(str(each))}</small></li>'
    message = each.message
    kind = "business" if message.outbound else "person"
    kind += " failed" if message.error else ""
    foot = f"{message.at:%H:%M:%S}  {became(message)}".rstrip()
    foot += f"\n{each.answers}" if each.answers else ""
    head = escape(each.who + each.template)
    return (
        f'<li class="{kind}"><small>{head}</small>{escape(message.as_text)}<small>{escape(foot)}</small></li>'
    )


def _json(store: Store, limit: int) -> dict[str, Any]:
    found = lines(store, limit)
    return {
        "messages": [_message(each) for each in found],
        "faults": [_fault(each) for each in strikes(store, [each.message for each in found], limit)],
    }


def _message(each: TranscriptLine) -> dict[str, Any]:
    message = each.message
    return {
        "at": iso(message.at),
        "from": "business" if message.outbound else each.name,
        "to": each.name if message.outbound else "business",
        "wa_id": message.wa_id,
        "id": message.id,
        "type": message.type,
        "template": message.template,
        "text": message.as_text,
        "status": str(message.status),
        "error": dict(message.error) if message.error else None,
        "in_answer_to": message.cause_id,
        "cause_basis": message.cause_basis and str(message.cause_basis),
    }


def _fault(each: Strike) -> dict[str, Any]:
    return {
        "at": iso(each.at),
        "fault": each.fault,
        "kind": each.kind,
        "code": each.code,
        "wa_id": each.wa_id,
        "text": each.summary,
    }


FORMATS: Mapping[str, Callable[[Store, int], Any]] = {
    "text": transcript,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
}
"""The forms of a transcript: each writes the newest so many messages of a sandbox."""
