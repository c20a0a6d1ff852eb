"""JSON as the database keeps it: no spaces, letters as they are."""

from __future__ import annotations

import json

compact = json.JSONEncoder(
    check_circular=False, ensure_ascii=False, separators=(",", ":"), default=str
).encode
"""Write a value as compact JSON text; what JSON does not know is written as its ``str``."""
