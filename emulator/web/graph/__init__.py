"""The Graph API: one module a resource, one table of endpoints."""

from emulator.web.graph import (
    accounts,
    archive,
    authentication_templates,
    blocking,
    media,
    messages,
    numbers,
    oauth,
    portfolio,
    registration,
    template_library,
    templates,
)
from emulator.web.graph.dispatch import answer

__all__ = [
    "accounts",
    "answer",
    "archive",
    "authentication_templates",
    "blocking",
    "media",
    "messages",
    "numbers",
    "oauth",
    "portfolio",
    "registration",
    "template_library",
    "templates",
]
