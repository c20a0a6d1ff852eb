"""Facts to webhook payloads: the envelope, and a module for each family of fields."""
