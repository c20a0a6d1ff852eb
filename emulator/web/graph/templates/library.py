"""``/message_template_library``: the templates that Meta offers, which are approved at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.templates.editor.library import LibraryTemplate
from emulator.web.graph.endpoints import Answer, Call, Root, endpoint
from emulator.wire import fields
from emulator.wire.requests.template_library import read_library_filter

NODE = "WhatsAppMessageTemplateLibrary"
USUAL = (
    "name",
    "language",
    "category",
    "topic",
    "usecase",
    "industry",
    "header",
    "body",
    "body_params",
    "body_param_types",
    "footer",
    "buttons",
    "id",
)
"""In the order of the documented samples; those without a value are left out."""


@endpoint(Root, "message_template_library", "GET", scope=MANAGEMENT)
def listing(call: Call) -> Answer:
    """Answer ``GET /message_template_library`` with a page of the library's templates that fit the query.

    Each has the fields that were asked for; those without a value are left out.
    """
    asked = call.fields()
    found = read_library_filter(call.parameters).select(call.sandbox.templates.library())
    return Answer(call.listing(found, lambda each: fields.select(_node(each), asked, NODE, USUAL)))


def _node(template: LibraryTemplate) -> dict[str, Any]:
    return {key: value or None for key, value in asdict(template).items()}
