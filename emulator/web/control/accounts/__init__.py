"""Portfolios, WABAs, business numbers, and what is done to them."""

from emulator.web.control.accounts import business_app, numbers, restrictions, wabas

__all__ = ["business_app", "numbers", "restrictions", "wabas"]
