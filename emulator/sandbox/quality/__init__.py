"""Quality of templates and numbers, and pacing."""
