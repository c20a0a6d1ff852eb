"""Control routes of templates: what an editor asks, decisions, categories, steps against utility abuse."""

from __future__ import annotations

from typing import cast

from emulator.domain.errors import PlatformError, TemplateEditorError
from emulator.domain.graph.versions import LATEST, major
from emulator.domain.instants import maybe_iso
from emulator.domain.templates.filters import TemplateFilter
from emulator.domain.templates.lifecycle.utility_abuse import LIFT, STEPS, UtilityAbuse
from emulator.domain.templates.template import CATEGORIES, Status, Template
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.templates.service import DECISIONS
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes.paging import PAGED, page
from emulator.web.control.routes.table import FLAG, SANDBOX, TEXT, Json, one_of, required, route
from emulator.wire import template_nodes
from emulator.wire.parameters import Parameter
from emulator.wire.requests.template_library import read_library_request
from emulator.wire.requests.templates import read_draft, read_edit

_VERSION = major(LATEST)
"""A template is judged as a call of the newest version is."""


@route(
    "GET",
    f"{SANDBOX}/templates",
    query={**PAGED, "status": one_of(*Status), "category": TEXT, "language": TEXT, "search": TEXT},
)
def templates(
    sandbox: Sandbox,
    after: str | None = None,
    limit: int | None = None,
    status: str | None = None,
    category: str | None = None,
    language: str | None = None,
    search: str | None = None,
) -> answers.Templates:
    """Every template of every WABA as it stands, archived ones too, as its Graph node shows it.

    One WABA after the other, the newest first. ``search`` is a part of the name or of the texts; the others
    are filters. ``limit`` is how many a page has (default: all), ``after`` the id of the last template of the
    page before, which stands under ``next`` there; 404 for an unknown one.
    """
    wanted = TemplateFilter(
        name_or_content=search,
        status=(status,) if status else (),
        category=(category,) if category else (),
        language=(language,) if language else (),
    )
    return page(
        "templates",
        lambda most: sandbox.templates.page(after=after, limit=most, wanted=wanted),
        limit,
        _template_answer,
        lambda template: template.id,
    )


@route("GET", f"{SANDBOX}/templates/{{id}}")
def read_template(sandbox: Sandbox, id: str) -> answers.TemplateAnswer:  # noqa: A002
    """One template by its id, as it stands; 404 for an unknown one."""
    return _template_answer(sandbox.templates.get(id))


@route(
    "POST",
    f"{SANDBOX}/templates/check",
    body={"template": required({"type": "object"}), "waba_id": TEXT, "id": TEXT},
)
def check(
    sandbox: Sandbox,
    template: Json,
    waba_id: str | None = None,
    id: str | None = None,  # noqa: A002
) -> answers.CheckAnswer:
    """Judge a template as the editor would now, without submitting it: what is asked as one types.

    ``template`` is the body of ``POST /{waba_id}/message_templates``, or with the ``id`` of a template that
    of an edit; without ``waba_id`` it is for the first one. Answers the ``complaint`` that it would be
    refused with, or ``null``, and the ``warning`` about its category. Nothing changes, and no call counts.
    """
    given, account = Parameter(template), waba_id or sandbox.accounts.waba().id
    try:
        if id is not None:
            warning = sandbox.templates.check_edit(sandbox.templates.get(id), read_edit(given, _VERSION))
        elif "library_template_name" in template:
            warning = sandbox.templates.check_library(account, read_library_request(given))
        else:
            warning = sandbox.templates.check(account, read_draft(given, _VERSION))
    except PlatformError as refusal:
        return {"complaint": _complaint(refusal), "warning": None}
    return {"complaint": None, "warning": warning}


@route(
    "POST",
    f"{SANDBOX}/templates/{{id}}/review",
    body={"decision": required(one_of(*DECISIONS)), "reason": TEXT},
)
def review(sandbox: Sandbox, id: str, decision: str, reason: str | None = None) -> answers.TemplateAnswer:  # noqa: A002
    """Take a decision over a template, as its reviewer, or decide its open appeal.

    ``reason`` is one of the platform's enum for a rejection, and ``quality`` or ``pacing`` for a pause. Apps
    hear of the new status by ``message_template_status_update``. Answers the template; 422 for a decision
    that does not fit.
    """
    return _template_answer(sandbox.templates.review(id, decision, reason))


@route(
    "POST",
    f"{SANDBOX}/templates/{{id}}/category",
    body={"category": required(one_of(*CATEGORIES))},
)
def recategorize(sandbox: Sandbox, id: str, category: str) -> answers.TemplateAnswer:  # noqa: A002
    """Find that a template belongs to another category; utility becomes marketing a day later.

    What should be AUTHENTICATION is rejected on the first of the next month. Apps hear of it by
    ``template_category_update``. Answers the template.
    """
    return _template_answer(sandbox.templates.recategorize(id, category))


@route(
    "POST",
    f"{SANDBOX}/utility-abuse",
    body={
        "step": required(one_of(*STEPS, LIFT)),
        "waba_id": TEXT,
        "portfolio": FLAG,
    },
)
def utility_abuse(
    sandbox: Sandbox, step: str, waba_id: str | None = None, portfolio: bool = False
) -> answers.UtilityAbuseAnswer:
    """Take a step against a WABA whose utility templates are marketing: warn, cap, restrict or free it.

    Without ``waba_id`` it is the first one; with ``portfolio`` a restriction holds for all WABAs of its
    portfolio. Apps hear of it by ``account_update``. Answers the enforcement as it stands.
    """
    return _utility_abuse_answer(sandbox.templates.utility_abuse(step, waba_id, portfolio=portfolio))


def _complaint(refusal: PlatformError) -> answers.ComplaintAnswer:
    """Write what the template editor refuses a template with, with the words for its author."""
    blame: tuple[str, ...] = ()
    title, message = refusal.message, refusal.details or ""
    if isinstance(refusal, TemplateEditorError):
        title, message, blame = refusal.user_title, refusal.user_message, refusal.blame
    return {
        "code": refusal.code,
        "subcode": refusal.subcode,
        "title": title,
        "message": message,
        "hint": refusal.hint,
        "rule": refusal.rule,
        "source": refusal.source,
        "blame": list(blame),
    }


def _template_answer(facts: Template) -> answers.TemplateAnswer:
    """Write a template as its Graph node has it, with its ``waba_id``; what has no value is left out."""
    node = template_nodes.template(facts)
    shown = {key: value for key, value in node.items() if value is not None} | {"waba_id": facts.waba_id}
    return cast(answers.TemplateAnswer, shown)


def _utility_abuse_answer(facts: UtilityAbuse) -> answers.UtilityAbuseAnswer:
    """Write the enforcement of a WABA for utility template abuse.

    Its instants, and how often it was restricted. An instant is ``null`` for a step that does not hold.
    """
    return {
        "warned_at": maybe_iso(facts.warned_at),
        "limited_until": maybe_iso(facts.limited_until),
        "restricted_until": maybe_iso(facts.restricted_until),
        "restrictions": facts.restrictions,
    }
