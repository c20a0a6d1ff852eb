"""The page about the rules of ``doctor``, made from their table."""

from __future__ import annotations

from itertools import groupby

from emulator.doctor.rule import Rule
from emulator.doctor.rules import RULES

_INTRODUCTION = """
What [`whatsapp-emulator doctor`](../how-to/check-your-webhook.md) and `whatsapp.doctor()` judge a webhook by, in this order.
The id is what `--only` and `--skip` take.
"""
_NEEDS = {
    "accepted": "a signed webhook that is accepted",
    "in time": "answers in time",
    "signatures": "an app that checks signatures",
    "sends": "sight of what the app sends, and an app that answers",
    "sends again": "sight of what the app sends, and an app that answers a second message, too",
    "public address": "the address that is registered at Meta",
}


def rules(made: str) -> str:
    """A section a group, a rule a paragraph and a list."""
    parts = ["# Rules for webhooks\n", made, _INTRODUCTION.strip() + "\n"]
    for group, found in groupby(RULES, lambda rule: rule.group):
        parts.append(f"## {group.capitalize()}\n")
        parts += map(_rule, found)
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    needs = ", ".join(_NEEDS[name] for name in rule.needs)
    lines = [
        f"### {rule.id}\n",
        f"- done: {_plain(rule.done)}",
        f"- expected: {rule.expected}",
        f"- what it costs: {rule.cost}",
        f"- how it is mended: {_plain(rule.mending)}",
        *([f"- needs: {needs}"] if needs else []),
        f"- source: {rule.source}\n",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    r"""A text in which Markdown takes nothing for its own: ``\u0040`` and ``<`` stay what they are."""
    return text.replace("\\", "\\\\").replace("<", "&lt;")
