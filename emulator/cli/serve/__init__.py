"""The command that serves, and what it prints."""
