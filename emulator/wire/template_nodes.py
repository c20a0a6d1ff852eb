"""The node of a message template, and the summary of a list of them; see :mod:`emulator.wire.nodes`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emulator.domain.templates.listing import as_listed
from emulator.domain.templates.template import Template

TEMPLATE = "WhatsAppMessageTemplate"
TEMPLATE_DEFAULT_FIELDS = (
    "name",
    "previous_category",
    "message_send_ttl_seconds",
    "parameter_format",
    "components",
    "language",
    "status",
    "category",
    "sub_category",
    "correct_category",
    "library_template_name",
    "id",
)
"""In the order in which recorded lists have them; those without a value are left out."""


def template(facts: Template) -> dict[str, Any]:
    """Build the node of a message template, its components as the platform lists them.

    Options of the request that the node shows keep their value; times are whole seconds.
    """
    updated = facts.last_updated_at
    unset: dict[str, Any] = dict.fromkeys(
        (
            "ad_account_id",
            "ad_adset_id",
            "ad_campaign_id",
            "ad_id",
            "bid_spec",
            "cta_url_link_tracking_opted_out",
            "degrees_of_freedom_spec",
            "display_format",
            "health_status",
            "is_primary_device_delivery_only",
            "is_sms_fallback_enabled",
            "library_template_name",
            "sub_category",
        )
    )
    shown = {name: value for name, value in facts.options.items() if name in unset}
    return (
        unset
        | shown
        | {
            "id": facts.id,
            "name": facts.name,
            "parameter_format": facts.parameter_format,
            "components": list(as_listed(facts.components, facts.language)),
            "language": facts.language,
            "status": str(facts.status),
            "category": facts.category,
            "previous_category": facts.previous_category,
            "correct_category": facts.correct_category,
            "rejected_reason": facts.rejected_reason,
            "quality_score": {
                "score": facts.quality_score,
                "date": int((facts.quality_at or updated or facts.created_at).timestamp()),
            },
            "last_updated_time": updated and updated.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "message_send_ttl_seconds": _validity(facts),
            "source": facts.source,
        }
    )


def _validity(facts: Template) -> int | None:
    """How long its messages may wait, as lists show it: for codes also when the template does not say."""
    if facts.message_send_ttl_seconds is None and facts.has_short_ttl:
        return int(facts.time_to_live.total_seconds())
    return facts.message_send_ttl_seconds


def template_summary(
    shown: Iterable[str], total: int, every: Iterable[Template], most: int
) -> dict[str, Any]:
    """Build the ``summary`` of a list of templates, with the requested (``shown``) members alone.

    ``total`` is how many the filters let through, ``every`` are all templates of the WABA, of which there may
    be ``most``.
    """
    templates = list(every)
    languages: dict[str, set[str]] = {}
    for each in templates:
        languages.setdefault(each.name, set()).add(each.language)
    summary = {
        "total_count": total,
        "message_template_count": len(templates),
        "message_template_limit": most,
        "are_translations_complete": len({frozenset(found) for found in languages.values()}) <= 1,
    }
    return {key: summary[key] for key in shown if key in summary}
