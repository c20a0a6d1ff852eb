"""Request bodies and queries, read into the commands and filters of the domain."""
