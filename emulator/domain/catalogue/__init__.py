"""Every error the platform is known to return: wording, HTTP status, and where it is reported.

Codes, titles and statuses: Meta's error reference (D/support/error-codes, November 2025, the last edition
that still printed the HTTP column; codes of 2026 from its edition of September 2026), its pages on groups,
calls, flows and block lists, corrected by recorded answers and webhooks where they differ. What Meta never
printed whole (texts of some user-facing strings, statuses of the newest codes) is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain.catalogue.entry import Basis, CatalogueEntry, ErrorChannel, Layer
from emulator.domain.catalogue.features import FEATURES
from emulator.domain.catalogue.graph import GRAPH
from emulator.domain.catalogue.management import MANAGEMENT
from emulator.domain.catalogue.messaging import MESSAGING
from emulator.domain.catalogue.template_management import TEMPLATE_MANAGEMENT
from emulator.domain.catalogue.templates import TEMPLATES

CATALOGUE: Mapping[int, CatalogueEntry] = {
    entry.number: entry
    for entry in sorted(
        (*GRAPH, *MESSAGING, *TEMPLATES, *MANAGEMENT, *TEMPLATE_MANAGEMENT, *FEATURES),
        key=lambda entry: entry.number,
    )
}
"""Every error, in ascending order of its number (its code or, where several share one code, its subcode)."""

DISPUTED: Mapping[int, tuple[int, ...]] = {
    number: (entry.status, *entry.disputed) for number, entry in CATALOGUE.items() if entry.disputed
}
"""The candidate HTTP statuses of every code on whose status sources disagree; the default one comes first."""

__all__ = ["CATALOGUE", "DISPUTED", "Basis", "CatalogueEntry", "ErrorChannel", "Layer"]
