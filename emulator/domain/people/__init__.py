"""Simulated WhatsApp users: who they are, how they behave, and how they stand to a business number."""
