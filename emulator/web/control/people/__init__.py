"""People, and what they do about a business."""

from emulator.web.control.people import blocks_and_reports, people

__all__ = ["blocks_and_reports", "people"]
