"""The members of a template that are accepted, stored and shown, without further effect here.

Source: Meta's SDK specification (April 2026) of ``/{waba_id}/message_templates``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.wire.parameters import Parameter

SUB_CATEGORIES = ("ORDER_DETAILS", "ORDER_STATUS", "RICH_ORDER_STATUS")
SEND_TYPES = ("CAMPAIGN", "DIRECT", "TRIGGER")


def _object(member: Parameter) -> Any:
    return member.object().value


_READERS: Mapping[str, Callable[[Parameter], Any]] = {
    "bid_spec": _object,
    "creative_sourcing_spec": _object,
    "cta_url_link_tracking_opted_out": Parameter.boolean,
    "degrees_of_freedom_spec": _object,
    "display_format": lambda member: member.one_of(("ORDER_DETAILS",)),
    "is_primary_device_delivery_only": Parameter.boolean,
    "is_sms_fallback_enabled": Parameter.boolean,
    "optimization_spec": _object,
    "product_set_id": Parameter.string,
    "send_type": lambda member: member.one_of(SEND_TYPES),
    "sub_category": lambda member: member.one_of(SUB_CATEGORIES),
}
TEMPLATE_OPTIONS = tuple(_READERS)
"""The names of all these members."""


def read_options(body: Parameter) -> dict[str, Any]:
    """Read the options in the body of a request to create a template; absent ones are left out.

    Raises ``(#100)`` for a value of another type than the member has.
    """
    return {name: read(body.get(name)) for name, read in _READERS.items() if not body.get(name).absent}
