"""The field ``health_status``: whether a message can be sent now, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emulator.domain.accounts.health import Entity, overall


def health_status(entities: Sequence[Entity]) -> dict[str, Any]:
    """Build the value of the field: the worst ability of the entities, and each of them with its problems.

    Members without a value (``errors``, ``additional_info``) are left out. Source: D/support/health-status
    (2026).
    """
    return {"can_send_message": str(overall(entities)), "entities": [_entity(each) for each in entities]}


def _entity(facts: Entity) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "entity_type": facts.type,
        "id": facts.id,
        "can_send_message": str(facts.ability),
    }
    if facts.problems:
        shown["errors"] = [
            {
                "error_code": problem.code,
                "error_description": problem.description,
                "possible_solution": problem.solution,
            }
            for problem in facts.problems
        ]
    if facts.remarks:
        shown["additional_info"] = list(facts.remarks)
    return shown
