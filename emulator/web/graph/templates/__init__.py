"""Message templates: their nodes, their library and their archive."""

from emulator.web.graph.templates import archive, authentication, library, templates

__all__ = ["archive", "authentication", "library", "templates"]
