"""What happens to a template: review, appeals, pauses, category changes, archival."""
