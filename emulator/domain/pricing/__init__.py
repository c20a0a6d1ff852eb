"""Prices of messages, by date, and the costs they add up to."""
