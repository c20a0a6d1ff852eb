"""Read templates as Graph lists them: what ``GET /{waba_id}/message_templates`` answers for a real account.

They exist, so the rules for new templates do not judge them: an approved one is approved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.templates.history import TemplateHistory
from emulator.domain.templates.listing import as_written
from emulator.domain.templates.template import CATEGORIES, LEGACY_CATEGORIES, Status, Template
from emulator.sandbox.seeds.files import Spot
from emulator.sandbox.seeds.parts import BIRTH, Judged, SeedIds
from emulator.wire.parameters import Parameter
from emulator.wire.requests.template_options import TEMPLATE_OPTIONS
from emulator.wire.requests.templates import PARAMETER_FORMATS, read_components

_DELETED = "DELETED"
_TIMES = "%Y-%m-%dT%H:%M:%S%z"
_APPROVED_ONCE = (Status.APPROVED, Status.PAUSED, Status.DISABLED, Status.ARCHIVED)


def with_listed(
    spot: Spot, own: SeedIds, waba: Waba, written: tuple[Template, ...], judged: Judged
) -> tuple[Template, ...]:
    """Add the templates of ``waba`` that stand at ``spot``, in Graph's answer or in its ``data`` alone.

    One goes before a ``written`` one of its name and language. Members that mean nothing here are not looked
    at, and deleted templates are left out. What ``judged`` has of this seed is not read again. Raises
    :class:`~emulator.sandbox.seeds.files.SeedError` for what is no such answer, for one page of several, for
    a template without a member that the platform always shows, and for an id or a name in a language that
    stands twice.
    """
    found: dict[tuple[str, str, str], Template] = {}
    for item in _nodes(spot):
        if item.get("status").value == _DELETED:
            continue
        template = _template(item, own, waba, judged)
        if _key(template) in found:
            item.get("name").wrong(f"{template.name} stands twice in {template.language}")
        found[_key(template)] = template
    kept = tuple(template for template in written if _key(template) not in found)
    everything = (*kept, *found.values())
    taken = Counter(template.id for template in everything)
    for item in _nodes(spot):
        if item.has("id") and taken[own.id(item.get("id"), 16)] > 1:
            item.get("id").wrong(f"the id {item.get('id').value} is taken by another template")
    return everything


def _key(template: Template) -> tuple[str, str, str]:
    return template.waba_id, template.name, template.language


def _nodes(spot: Spot) -> Iterator[Spot]:
    if not isinstance(spot.value, dict):
        return spot.items()
    if spot.has("error"):
        spot.get("error").wrong("this is an error of the Graph API, not a list of templates")
    if spot.get("paging").has("next"):
        spot.get("paging").get("next").wrong(
            "this is one page of several: ask again with a larger limit, such as ?limit=1000"
        )
    return spot.require("data").items()


def _template(spot: Spot, own: SeedIds, waba: Waba, judged: Judged) -> Template:
    facts = judged.get(spot.path)
    if facts is None:
        facts = judged[spot.path] = _facts(spot)
    return Template(id=own.id(spot.get("id"), 16), waba_id=waba.id, **facts)


def _facts(spot: Spot) -> Mapping[str, Any]:
    """Read every fact of a template but those that the sandbox's name decides."""
    spot.table()
    name, language = spot.require("name").text(), spot.require("language").text()
    category = spot.require("category").choice("", *CATEGORIES, *LEGACY_CATEGORIES)
    status = Status(spot.require("status").choice("", *Status))
    score = spot.get("quality_score")
    updated = _instant(spot.get("last_updated_time"))
    previous = spot.get("previous_category").choice("", *CATEGORIES, *LEGACY_CATEGORIES)
    created_at = min(updated or BIRTH, BIRTH)
    return {
        "name": name,
        "language": language,
        "category": category,
        "status": status,
        "components": as_written(_components(spot.require("components")), category),
        "created_at": created_at,
        "parameter_format": spot.get("parameter_format").choice("POSITIONAL", *PARAMETER_FORMATS),
        "previous_category": previous or None,
        "rejected_reason": spot.get("rejected_reason").text("NONE"),
        "message_send_ttl_seconds": _whole(spot.get("message_send_ttl_seconds")),
        "quality_score": score.get("score").text("UNKNOWN") if score.value else "UNKNOWN",
        "last_updated_at": updated or created_at,
        "correct_category": spot.get("correct_category").choice("", *CATEGORIES) or None,
        "options": {
            key: spot.get(key).value for key in (*TEMPLATE_OPTIONS, "library_template_name") if spot.has(key)
        },
        "history": TemplateHistory(approved_at=created_at if status in _APPROVED_ONCE else None),
    }


def _components(spot: Spot) -> tuple[Any, ...]:
    try:
        return read_components(Parameter(spot.value))
    except PlatformError as refusal:
        spot.wrong(f"these are no components of a template: {refusal}")


def _instant(spot: Spot) -> datetime | None:
    if spot.value is None:
        return None
    try:
        return datetime.strptime(spot.text(), _TIMES).astimezone(UTC)
    except ValueError:
        spot.wrong(f"expected a time such as 2026-11-02T09:00:00+0000, got {spot.value!r}")


def _whole(spot: Spot) -> int | None:
    if spot.value is None:
        return None
    if isinstance(spot.value, bool) or not isinstance(spot.value, int):
        spot.wrong(f"expected a whole number of seconds, got {spot.value!r}")
    return spot.value
