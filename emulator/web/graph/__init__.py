"""The Graph API: one module a resource, one table of endpoints."""

from emulator.web.graph import accounts, media, messages, numbers, oauth, portfolio, registration, templates
from emulator.web.graph.dispatch import answer

__all__ = [
    "accounts",
    "answer",
    "media",
    "messages",
    "numbers",
    "oauth",
    "portfolio",
    "registration",
    "templates",
]
