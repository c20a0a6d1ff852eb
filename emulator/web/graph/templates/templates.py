"""``/{waba_id}/message_templates`` and ``/{template_id}``."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import bad_parameter
from emulator.domain.graph.versions import major
from emulator.domain.templates.template import Template
from emulator.web.graph.accounts import health
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import fields, responses, template_nodes
from emulator.wire.requests import templates
from emulator.wire.requests.template_filters import read_filter
from emulator.wire.requests.template_library import read_library_request


@endpoint(Waba, "message_templates", "GET", scope=MANAGEMENT)
def listing(call: Call) -> Answer:
    """Answer ``GET /{waba_id}/message_templates`` with a page of the templates that fit, newest first.

    They are filtered by the query; ``summary`` adds the counts that it asks for.
    """
    asked, given = call.fields(), call.parameters
    found = call.sandbox.templates.search(call.node.id, read_filter(given))
    body = call.listing(
        found,
        lambda template_id: fields.select(
            _shown(call, call.sandbox.templates.get(template_id)),
            asked,
            template_nodes.TEMPLATE,
            template_nodes.TEMPLATE_DEFAULT_FIELDS,
        ),
    )
    if summary := given.get("summary").strings():
        most = call.sandbox.templates.most(call.node.id)
        every = call.sandbox.templates.all(call.node.id)
        body["summary"] = template_nodes.template_summary(summary, len(found), every, most)
    return Answer(body)


@endpoint(Waba, "message_templates", "POST", scope=MANAGEMENT)
def create(call: Call) -> Answer:
    """Submit a new template (``POST /{waba_id}/message_templates``), or create one from the library.

    Answers its id, status and category; from the library, and for authentication, it is approved at once.
    Raises the refusals of the template editor.
    """
    given = call.parameters
    if not given.get("library_template_name").absent:
        submitted = call.sandbox.templates.create_from_library(call.node.id, read_library_request(given))
    else:
        draft = templates.read_draft(given, major(call.version))
        submitted = call.sandbox.templates.submit(call.node.id, draft)
    made = submitted.template
    body = {"id": made.id, "status": str(made.status), "category": made.category}
    return Answer(body, made.id, warning=submitted.warning)


@endpoint(Waba, "message_templates", "DELETE", scope=MANAGEMENT)
def delete(call: Call) -> Answer:
    """Delete templates (``DELETE /{waba_id}/message_templates``): by name in all languages or one, or by ids.

    Raises ``(#100)`` for ids together with a name, and a refusal for a template that cannot be deleted.
    """
    given, service = call.parameters, call.sandbox.templates
    if not given.get("hsm_ids").absent:
        if not given.get("name").absent or not given.get("hsm_id").absent:
            raise bad_parameter(
                "Param hsm_ids can't be combined with name or hsm_id.",
                hint="It names the templates by id; leave name and hsm_id out.",
            )
        service.delete_ids(call.node.id, given.get("hsm_ids").strings())
    else:
        name = given.required("name").string()
        hsm_id = given.get("hsm_id")
        service.delete(call.node.id, name, None if hsm_id.absent else hsm_id.string())
    return Answer(responses.SUCCESS, call.node.id)


@endpoint(Template, "", "GET", scope=MANAGEMENT)
def read(call: Call) -> Answer:
    """Answer ``GET /{template_id}`` with the template's fields that were asked for, its health among them."""
    assert isinstance(call.node, Template)
    return Answer(
        fields.select(
            _shown(call, call.node),
            call.fields(),
            template_nodes.TEMPLATE,
            template_nodes.TEMPLATE_DEFAULT_FIELDS,
        )
    )


@endpoint(Template, "", "POST", scope=MANAGEMENT)
def edit(call: Call) -> Answer:
    """Replace parts of a template and have it reviewed again (``POST /{template_id}``).

    Raises the refusals of the template editor and of the limits of edits.
    """
    assert isinstance(call.node, Template)
    edited = call.sandbox.templates.edit(call.node, templates.read_edit(call.parameters, major(call.version)))
    body = responses.edited(edited.template, call.sandbox.clock.now())
    return Answer(body, call.node.id, warning=edited.warning)


def _shown(call: Call, template: Template) -> dict[str, Any]:
    return template_nodes.template(template) | {"health_status": health.of_template(call, template)}
