"""Control routes of templates: decisions over them and their categories, and steps against utility abuse."""

from __future__ import annotations

from emulator.domain.templates.lifecycle.utility_abuse import LIFT, STEPS
from emulator.domain.templates.template import CATEGORIES
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.templates.service import DECISIONS
from emulator.web.control import shapes
from emulator.web.control.answers import accounts as answers
from emulator.web.control.paging import PAGED, page
from emulator.web.control.routes import FLAG, SANDBOX, TEXT, one_of, required, route


@route("GET", f"{SANDBOX}/templates", query=PAGED)
def templates(sandbox: Sandbox, after: str | None = None, limit: int | None = None) -> answers.Templates:
    """Every template of every WABA as it stands, archived ones too, as its Graph node shows it.

    One WABA after the other, the newest first. ``limit`` is how many a page has (default: all), ``after`` the
    id of the last template of the page before, which stands under ``next`` there; 404 for an unknown one.
    """
    return page(
        "templates",
        lambda most: sandbox.templates.page(after=after, limit=most),
        limit,
        shapes.template,
        lambda template: template.id,
    )


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
    return shapes.template(sandbox.templates.review(id, decision, reason))


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
    return shapes.template(sandbox.templates.recategorize(id, category))


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
    return shapes.utility_abuse(sandbox.templates.utility_abuse(step, waba_id, portfolio=portfolio))
