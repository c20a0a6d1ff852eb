"""The lifecycle of a template: review, appeals, pauses, category changes, archival, and its history."""
