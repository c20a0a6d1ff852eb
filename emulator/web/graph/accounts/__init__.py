"""Portfolios, WABAs, business numbers and apps: their nodes and their edges."""
