"""Portfolios, WABAs, business numbers and apps: their nodes and their edges."""

from emulator.web.graph.accounts import apps, numbers, portfolios, registration, wabas

__all__ = ["apps", "numbers", "portfolios", "registration", "wabas"]
