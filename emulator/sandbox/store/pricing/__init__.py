"""Charges, and what they depend on."""
