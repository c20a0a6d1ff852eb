"""Requests about the template library: filters of its list, and templates to create from it."""

from __future__ import annotations

import json
import re

from emulator.domain.templates.editor.library import (
    BODY_INPUTS,
    BUTTON_INPUT,
    INDUSTRIES,
    TOPICS,
    LibraryFilter,
    LibraryRequest,
)
from emulator.domain.templates.template import Draft
from emulator.wire import shape_reader
from emulator.wire.parameters import Parameter
from emulator.wire.requests.template_options import read_options

_TOKENS = re.compile(
    r"""'((?:[^'\\]|\\.)*)'"""  # a word in single quotes
    r"""|("(?:[^"\\]|\\.)*")"""  # a word in double quotes
    r"""|([A-Za-z_]\w*)(?=\s*:)"""  # a key without quotes
    r"""|\b(True|False|None)\b"""
)
_CONSTANTS = {"True": "true", "False": "false", "None": "null"}


def read_library_request(body: Parameter) -> LibraryRequest:
    """Read the body of a request to create a template from the library.

    Inputs may be JSON, a string of JSON, or a string quoted as loosely as the documentation quotes it. Raises
    ``(#100)`` for a member that is missing, unknown or of a wrong type, and 192 for a wrong phone number.
    """
    ttl = body.get("message_send_ttl_seconds")
    draft = Draft(
        body.required("name").text(),
        body.required("language").text(),
        body.required("category").text(),
        (),
        message_send_ttl_seconds=None if ttl.absent else ttl.integer(),
        options=read_options(body),
    )
    inputs = _opened(body.get("library_template_button_inputs")).array()
    _check_body_inputs(_opened(body.get("library_template_body_inputs")))
    return LibraryRequest(
        draft,
        body.required("library_template_name").text(),
        tuple(shape_reader.read(BUTTON_INPUT, element) for element in inputs),
    )


def read_library_filter(query: Parameter) -> LibraryFilter:
    """Read the query of ``GET /message_template_library``; quotes around a word are dropped.

    Raises ``(#100)`` for an unknown topic or industry; an unknown use case finds nothing.
    """

    def word(name: str) -> str | None:
        return None if query.get(name).absent else query.get(name).string().strip('"')

    topic, usecase, industry = query.get("topic"), word("usecase"), query.get("industry")
    return LibraryFilter(
        search=word("search") or word("name_or_content"),
        name=word("name"),
        topic=None if topic.absent else topic.one_of(TOPICS),
        usecase=usecase and usecase.upper(),
        industry=tuple(Parameter(each, industry.path).one_of(INDUSTRIES) for each in industry.strings()),
        language=word("language"),
    )


def _check_body_inputs(given: Parameter) -> None:
    """Judge inputs for the body; no template here has a place for them, and they are ignored then."""
    if given.absent:
        return
    for each in given.array() if isinstance(given.value, list) else (given,):
        shape_reader.read(BODY_INPUTS, each)


def _opened(member: Parameter) -> Parameter:
    """This value, whose string may be JSON, or be quoted as loosely as the documentation quotes it."""
    text = member.value
    if not isinstance(text, str) or text.lstrip()[:1] not in ("[", "{"):
        return member
    try:
        return Parameter(json.loads(text), member.path)
    except (ValueError, RecursionError):
        pass
    try:
        return Parameter(json.loads(_TOKENS.sub(_strict, text)), member.path)
    except (ValueError, RecursionError):
        return member


def _strict(found: re.Match[str]) -> str:
    single, double, key, constant = found.groups()
    if double is not None:
        return str(double)
    if constant is not None:
        return _CONSTANTS[constant]
    return json.dumps(key if single is None else single.replace("\\'", "'"))
