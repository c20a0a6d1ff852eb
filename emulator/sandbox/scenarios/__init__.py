"""Scenario files: who does what and when, and what is expected of the app; read, and played in a sandbox."""
