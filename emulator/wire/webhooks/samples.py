"""Documented samples of webhooks, with the ids of a sandbox in the place of those of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.people.person import Person
from emulator.domain.templates.template import Template
from emulator.wire.webhooks.timestamps import seconds

NUMBER, NUMBER_ID, PERSON = "15550783881", "106540352242922", "16505551234"
"""The business number, its id, and the customer of every sample in ``fixtures/webhooks``."""
USER_IDS = ("US.1", "US.123456", "US.13491208655302741918")
"""The business-scoped user ids of that customer in the samples."""
_TEMPLATE = "message_template_id"


def filled(
    sample: Mapping[str, Any],
    number: BusinessNumber,
    person: Person | None,
    template: Template | None,
    at: datetime,
) -> dict[str, Any]:
    """Write a sample as the webhook of a sandbox: about its number, one person and one template, at ``at``.

    Members called ``timestamp`` have the instant, as text or number like before; everything else that the
    sandbox knows nothing of stays as it is documented.
    """
    known: dict[Any, Any] = {NUMBER: number.digits, NUMBER_ID: number.id}
    if person is not None:
        known |= {PERSON: person.wa_id, f"+{PERSON}": f"+{person.wa_id}"}
        known |= dict.fromkeys(USER_IDS, person.user_id)
    made = _filled(sample, known, template, seconds(at))
    return dict(made)


def _filled(value: Any, known: Mapping[Any, Any], template: Template | None, now: int) -> Any:
    if isinstance(value, Mapping):
        made = {
            name: _moment(member, now) if name == "timestamp" else _filled(member, known, template, now)
            for name, member in value.items()
        }
        if template is not None and _TEMPLATE in value:
            made |= {
                _TEMPLATE: int(template.id),
                "message_template_name": template.name,
                "message_template_language": template.language,
            }
        return made
    if isinstance(value, list):
        return [_filled(each, known, template, now) for each in value]
    return known.get(value, value) if isinstance(value, str) else value


def _moment(stamp: Any, now: int) -> Any:
    return str(now) if isinstance(stamp, str) else now
