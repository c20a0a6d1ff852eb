"""Read the templates of a seed, and refuse those that the template editor of the platform would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.templates.categories import billed_as, choose_category
from emulator.domain.templates.history import TemplateHistory
from emulator.domain.templates.template import CATEGORIES, LEGACY_CATEGORIES, Status, Template
from emulator.sandbox.seeds.facts import read_facts
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.parts import BIRTH, SEED_KEYS, Judged, SeedIds
from emulator.sandbox.seeds.several import Several
from emulator.wire.parameters import Parameter
from emulator.wire.requests.templates import read_draft

STATUSES = (Status.PENDING, Status.APPROVED, Status.REJECTED, Status.PAUSED, Status.DISABLED)
"""The statuses a template of a seed may begin with; the others come only by what happens to it."""
_BY_OTHER_RULES = (
    "id",
    "waba_id",
    "name",
    "language",
    "category",
    "status",
    "components",
    "created_at",
    "parameter_format",
    "previous_category",
    "message_send_ttl_seconds",
)
"""Facts that are read as the API reads them, or depend on each other."""
_APPROVED_ONCE = (Status.APPROVED, Status.PAUSED, Status.DISABLED)


def templates(
    spot: Spot, own: SeedIds, wabas: Several[Waba], policy: str, judged: Judged
) -> tuple[Template, ...]:
    """Read the templates of a seed for all WABAs, each judged by the rules that the API's are judged by.

    ``policy`` is the setting ``template_categories``. Samples are not judged, nor is what has been before.
    What ``judged`` has of this seed is not read again. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for one that the platform would refuse,
    and for an id or a name in a language that stands twice.
    """
    found: dict[tuple[str, str, str], Template] = {}
    for item in spot.items():
        template = _template(item, own, wabas, policy, judged)
        if template.id in {known.id for known in found.values()}:
            item.get("id").wrong(f"the id {template.id} is taken by another template")
        key = template.waba_id, template.name, template.language
        if key in found:
            item.get("name").wrong(f"{template.name} stands twice in {template.language}")
        found[key] = template
    return tuple(found.values())


def _template(spot: Spot, own: SeedIds, wabas: Several[Waba], policy: str, judged: Judged) -> Template:
    facts = judged.get(spot.path)
    if facts is None:
        facts = judged[spot.path] = _judge(spot, policy)
    return Template(id=own.id(spot.get("id"), 16), waba_id=wabas.named(spot.get("waba")).id, **facts)


def _judge(spot: Spot, policy: str) -> Mapping[str, Any]:
    """Read every fact of a template but those that the sandbox's name decides."""
    spot.table(*SEED_KEYS["template"])
    for key in ("name", "language", "category", "components"):
        spot.require(key)
    try:
        chosen = choose_category(spot.get("category").text(), policy)
    except PlatformError as refusal:
        spot.get("category").wrong(f"the platform would refuse it: {refusal}")
    try:
        draft = read_draft(Parameter(spot.value))
        if not (spot.is_judged or spot.get("sample").value):
            from emulator.domain.templates.editor.rules import check

            check(replace(draft, category=billed_as(chosen.category)))
    except PlatformError as refusal:
        why = f" ({refusal.hint})" if refusal.hint else ""
        spot.wrong(f"the platform would refuse it: {refusal}{why}")
    created_at = spot.get("created_at").instant() or BIRTH
    status = Status(spot.get("status").choice("APPROVED", *STATUSES))
    previous = spot.get("previous_category").choice("", *CATEGORIES, *LEGACY_CATEGORIES)
    return {
        "name": draft.name,
        "language": draft.language,
        "category": chosen.category,
        "status": status,
        "components": draft.components,
        "created_at": created_at,
        "parameter_format": draft.parameter_format,
        "previous_category": previous or chosen.previous,
        "message_send_ttl_seconds": draft.message_send_ttl_seconds,
        "last_updated_at": created_at,
        "options": draft.options,
        "history": TemplateHistory(approved_at=created_at if status in _APPROVED_ONCE else None),
        **read_facts(spot, Template, besides=_BY_OTHER_RULES),
    }
