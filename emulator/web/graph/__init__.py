"""The Graph API: one module a resource, one table of endpoints."""

from emulator.web.graph import (
    accounts,
    archive,
    blocking,
    media,
    messages,
    numbers,
    oauth,
    portfolio,
    registration,
    templates,
)
from emulator.web.graph.dispatch import answer

__all__ = [
    "accounts",
    "answer",
    "archive",
    "blocking",
    "media",
    "messages",
    "numbers",
    "oauth",
    "portfolio",
    "registration",
    "templates",
]
