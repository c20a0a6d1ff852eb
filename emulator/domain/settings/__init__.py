"""The settings of a sandbox, and the types of their values."""
