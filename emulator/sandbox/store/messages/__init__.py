"""Messages, groups and orders."""
