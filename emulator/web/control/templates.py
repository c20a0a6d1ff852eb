"""Templates, and decisions over them, their categories, and accounts that get them wrong."""

from __future__ import annotations

from emulator.domain.templates.lifecycle.utility_abuse import LIFT, STEPS
from emulator.domain.templates.template import CATEGORIES
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.templates.service import DECISIONS
from emulator.web.control import shapes
from emulator.web.control.routes import FLAG, SANDBOX, TEXT, Json, one_of, required, route


@route("GET", f"{SANDBOX}/templates")
def templates(sandbox: Sandbox) -> Json:
    """Every template with its status."""
    return {"templates": [shapes.template(template) for template in sandbox.templates.all()]}


@route(
    "POST",
    f"{SANDBOX}/templates/{{id}}/review",
    body={"decision": required(one_of(*DECISIONS)), "reason": TEXT},
)
def review(sandbox: Sandbox, id: str, decision: str, reason: str | None = None) -> Json:  # noqa: A002
    """Be the reviewer of a template, or hear its appeal."""
    return shapes.template(sandbox.templates.review(id, decision, reason))


@route(
    "POST",
    f"{SANDBOX}/templates/{{id}}/category",
    body={"category": required(one_of(*CATEGORIES))},
)
def recategorize(sandbox: Sandbox, id: str, category: str) -> Json:  # noqa: A002
    """Find that a template should be of another category; utility becomes marketing a day later."""
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
def utility_abuse(sandbox: Sandbox, step: str, waba_id: str | None = None, portfolio: bool = False) -> Json:
    """Treat an account as one whose utility templates are marketing: warn, cap, restrict or free it."""
    return shapes.utility_abuse(sandbox.templates.utility_abuse(step, waba_id, portfolio=portfolio))
