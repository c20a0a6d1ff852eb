"""Portfolios, WABAs, business numbers and apps: their nodes and their edges."""

from emulator.web.graph.accounts import apps, business_app, numbers, portfolios, registration, wabas

__all__ = ["apps", "business_app", "numbers", "portfolios", "registration", "wabas"]
