"""The Graph API: one module a resource, one table of endpoints."""

from emulator.web.graph import (
    accounts,
    authentication_templates,
    block_list,
    media,
    messages,
    numbers,
    oauth,
    portfolio,
    registration,
    template_archive,
    template_library,
    templates,
)
from emulator.web.graph.dispatch import answer

__all__ = [
    "accounts",
    "answer",
    "authentication_templates",
    "block_list",
    "media",
    "messages",
    "numbers",
    "oauth",
    "portfolio",
    "registration",
    "template_archive",
    "template_library",
    "templates",
]
