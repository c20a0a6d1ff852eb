"""The Graph API: one module a resource, one table of endpoints."""

from emulator.web.graph import accounts, blocking, media, messages, numbers, oauth, templates
from emulator.web.graph.dispatch import answer

__all__ = ["accounts", "answer", "blocking", "media", "messages", "numbers", "oauth", "templates"]
