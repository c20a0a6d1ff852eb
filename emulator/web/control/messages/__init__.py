"""Messages in both directions, calls, edits and groups."""

from emulator.web.control.messages import calls_and_edits, groups, messages

__all__ = ["calls_and_edits", "groups", "messages"]
