"""Control routes of groups: make and suspend them; people write in them by the route of messages."""

from __future__ import annotations

from typing import Any

from emulator.domain.messages.groups import Group
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import messages as answers
from emulator.web.control.routes.paging import PAGED, page
from emulator.web.control.routes.table import FLAG, SANDBOX, TEXT, Json, required, route

_PEOPLE: Json = {"type": "array", "items": TEXT}


@route("GET", f"{SANDBOX}/groups", query=PAGED)
def groups(sandbox: Sandbox, after: str | None = None, limit: int | None = None) -> answers.Groups:
    """Every group, suspended ones too, with its subject and its participants, in the order they were made.

    ``limit`` is how many a page has (default: all), ``after`` the id of the last group of the page before,
    which stands under ``next`` there; 404 for an unknown one.
    """
    return page(
        "groups",
        lambda most: sandbox.groups.all(after=after, limit=most),
        limit,
        _group_answer,
        lambda group: group.id,
    )


@route(
    "POST",
    f"{SANDBOX}/groups",
    body={"subject": required(TEXT), "participants": required(_PEOPLE), "phone_number_id": TEXT},
    status=201,
)
def make_group(
    sandbox: Sandbox, subject: str, participants: list[Any], phone_number_id: str | None = None
) -> answers.GroupAnswer:
    """Make a group of a business number (default: the first) and up to eight people, by their numbers.

    Apps hear of it by ``group_lifecycle_update``, and of each of the people, who join by its invite link, by
    ``group_participants_update``. Answers the group with its id. 404 for a number that nobody has, 422 for a
    group that the platform would not make.
    """
    return _group_answer(sandbox.groups.make(subject, *participants, to=phone_number_id))


@route("PATCH", f"{SANDBOX}/groups/{{id}}", body={"suspended": required(FLAG)})
def suspend_group(sandbox: Sandbox, id: str, suspended: bool) -> answers.GroupAnswer:  # noqa: A002
    """Suspend a group, so that sends to it are refused with 131207, or with ``suspended: false`` end that.

    Apps hear of it by ``group_status_update``. Answers the group as it is then; 404 for an id that is not
    there.
    """
    return _group_answer(sandbox.groups.suspend(id, suspended))


def _group_answer(facts: Group) -> answers.GroupAnswer:
    """Write a group.

    Its id, its business number, its subject, the ``wa_id`` of its participants, whether suspended.
    """
    return {
        "id": facts.id,
        "phone_number_id": facts.phone_number_id,
        "subject": facts.subject,
        "participants": list(facts.participants),
        "suspended": facts.suspended,
    }
