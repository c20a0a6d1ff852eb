"""Message templates: submission, review, and every change of status."""
