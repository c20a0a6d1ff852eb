"""The people of a sandbox, and what they do about a business."""
