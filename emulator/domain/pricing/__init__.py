"""Prices of messages, by date, and what they add up to."""
