"""How often a number may be registered and deregistered (D/business-phone-numbers/registration, 2026)."""

from __future__ import annotations

from datetime import timedelta

REGISTRATIONS, REGISTRATIONS_WITHIN = 10, timedelta(hours=72)
