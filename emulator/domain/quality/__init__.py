"""Quality ratings of templates and numbers, and template pacing."""
