"""The page about webhooks, made from the table of their fields and the documented samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from emulator.domain.events.event import Event
from emulator.sandbox.webhooks.firing import documented
from emulator.wire.webhooks.field import WebhookField
from emulator.wire.webhooks.fields import WEBHOOK_FIELDS

_SAMPLES = Path(__file__).parent.parent / "fixtures" / "webhooks"
_INTRODUCTION = """
What an app may subscribe to with `POST /{app_id}/subscriptions`, and what the emulator sends. Every one of these
fields can be subscribed to. Those that are *sent* tell of what happens in a sandbox. Every field can be sent on demand:
`whatsapp-emulator fire FIELD`, `whatsapp.deliver.field(…)` and `POST …/webhooks` take a value, or the documented samples
named here, in which the ids of the sandbox stand. *Time*: whether an entry
carries the time of the event. *Override*: whether it goes to the callback of a number or a WABA that has one of its
own.
"""
_ENVELOPE = """
Every webhook has the same envelope, is a POST of JSON as Meta's encoder writes it (`\\/`, `\\u0040` for `@`, `\\u00e9`, no spaces) and is signed with the
secret of the app (`X-Hub-Signature-256`):

```json
{"object": "whatsapp_business_account", "entry": [{"id": "{waba_id}", "changes": [{"value": {}, "field": "messages"}]}]}
```

Below is the `value` of what is sent, as Meta documents or somebody captured it. What the emulator sends has the same
members.
"""


def webhooks(made: str) -> str:
    """A row a field, and then a section for each that is sent: what it tells of, and its samples."""
    parts = ["# Webhooks\n", made, _INTRODUCTION.strip() + "\n"]
    parts.append("| field | tells of | sent | time | override | samples |\n|---|---|---|---|---|---|")
    parts += [_row(field) for field in WEBHOOK_FIELDS.values()]
    parts.append(_ENVELOPE)
    for field in WEBHOOK_FIELDS.values():
        if field.payloads:
            parts += _section(field)
    return "\n".join(parts)


def _row(field: WebhookField) -> str:
    name = f"[`{field.name}`](#{field.name})" if field.payloads else f"`{field.name}`"
    sent, timed, overridable = map(_yes, (bool(field.payloads), field.timed, field.overridable))
    page = f" [Meta's page]({field.source})" if field.source else ""
    samples = ", ".join(f"`{sample}`" for sample in documented(field.name))
    return f"| {name} | {field.about}{page} | {sent} | {timed} | {overridable} | {samples} |"


def _yes(holds: bool) -> str:
    return "yes" if holds else ""


def _section(field: WebhookField) -> Iterator[str]:
    page = json.loads((_SAMPLES / f"{field.name}.json").read_text(encoding="utf-8"))
    yield f"\n## {field.name}\n"
    yield "Sent when:\n"
    events = dict.fromkeys(payload.event for payload in field.payloads)
    yield from (f"- {_sentence(event)}" for event in events)
    names = dict.fromkeys(name for payload in field.payloads for name in payload.samples)
    for name in names:
        yield from _sample(name, page["samples"][name], page["source"])


def _sentence(event: type[Event]) -> str:
    """What happened, as the event says it of itself."""
    return (event.__doc__ or "").strip().splitlines()[0]


def _sample(name: str, sample: dict[str, Any], source: str) -> Iterator[str]:
    yield f"\n**{name}** ({_linked(sample.get('source', source))})\n"
    yield f"```json\n{json.dumps(sample['value'], indent=2, ensure_ascii=False)}\n```"
    for member, why in sample.get("differs", {}).items():
        yield f"\nHere it has `{member}`, too. {why}"


def _linked(source: str) -> str:
    return " ".join(f"<{word}>" if word.startswith("https://") else word for word in source.split())
