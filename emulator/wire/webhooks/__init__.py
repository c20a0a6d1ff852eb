"""Webhook payloads built of events: the table of fields, a module for each family, and the envelope."""
