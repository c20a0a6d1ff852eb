"""The Graph API: a module or a folder for each noun, and one table of endpoints."""

from emulator.web.graph import accounts, block_list, media, messages, oauth, templates
from emulator.web.graph.dispatch import answer

__all__ = ["accounts", "answer", "block_list", "media", "messages", "oauth", "templates"]
