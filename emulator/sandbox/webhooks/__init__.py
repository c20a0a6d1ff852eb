"""Webhooks: published, dispatched, and who receives them."""
