"""People, and what they do about a business."""

from emulator.web.control.people import answers, blocks_and_reports, chats, echoes, people

__all__ = ["answers", "blocks_and_reports", "chats", "echoes", "people"]
