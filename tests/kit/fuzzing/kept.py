"""What calls leave behind: how long the strings are that a sandbox keeps, and what was logged as an error."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import pytest

from emulator import Sandbox

MOST_KEPT: Mapping[str, int] = {
    "journal.details": 600_000,
    **dict.fromkeys(
        (
            *("messages.content", "messages.text", "messages.context_id", "deliveries.body"),
            *("templates.components", "held.details", "timeline.details", "fetches.details", "links.url"),
        ),
        24 * 1024 * 1024,
    ),
}
"""Columns that may keep more than :data:`USUAL` characters: a message whole, with what its body allows."""
USUAL = 10_000


def longest_kept(sandbox: Sandbox) -> dict[str, int]:
    """Columns that keep a longer text than they may, and how long it is."""
    found: dict[str, int] = {}
    with sandbox.services.store.reading():
        ask = sandbox.services.store.database.execute
        tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1] for row in ask(f"PRAGMA table_info({table})")]
            longest = ask(
                "SELECT " + ", ".join(f"MAX(LENGTH({each}))" for each in columns) + f" FROM {table}"
            )
            for column, length in zip(columns, longest.fetchone(), strict=True):
                name = f"{table}.{column}"
                if length is not None and length > MOST_KEPT.get(name, USUAL):
                    found[name] = length
    return found


def errors_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error since the last look."""
    found = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    caplog.clear()
    return found
