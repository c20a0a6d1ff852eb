"""Portfolios, accounts and numbers: registration and enforcement."""
