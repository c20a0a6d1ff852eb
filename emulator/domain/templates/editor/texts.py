"""The editor's rules about header, body and footer, of a draft and of the cards of its carousel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.components import BODY_LENGTH, HEADER_FORMATS, MEDIA_FORMATS
from emulator.domain.templates.editor.characters import emojis, has_formatting
from emulator.domain.templates.refusals import missing_field, refusal, too_long
from emulator.domain.templates.variables import (
    are_contiguous,
    ends_with_variable,
    fill,
    has_malformed_braces,
    has_too_many_variables,
    illegal_names,
    is_named,
    is_positional,
    mixes_kinds,
    occurrences,
    placeholders,
    starts_with_variable,
)

HEADER_LENGTH = 60
FOOTER_LENGTH = 60
BODY_EMOJIS = 10
EXPIRY_MINUTES = (1, 90)
"""The least and the most ``code_expiration_minutes``, both inclusive."""

HEADER_TITLE = "Message header format is incorrect"
BODY_TITLE = "Message body format is incorrect"
FOOTER_TITLE = "Message footer format is incorrect"


def check_header(header: Mapping[str, Any], parameter_format: str, authenticates: bool = False) -> None:
    """Refuse a header of the wrong kind, and a text header with marks, emojis or several variables.

    ``parameter_format`` says whether variables are numbered or named; ``authenticates`` whether the template
    is one for authentication, which has no header. The sentence about marks is recorded under 2388072; those
    under 2388047 are ours.
    """
    kind = header.get("format")
    if kind not in HEADER_FORMATS:
        known = ", ".join(HEADER_FORMATS)
        raise bad_parameter(
            f'Param format must be one of {{{known}}} - got "{kind}".',
            hint="It is the format of the header, in upper case.",
        )
    if authenticates:
        raise refusal(
            2388047,
            HEADER_TITLE,
            "An authentication template can't have a header.",
            hint=f"Leave the header of format {kind} out.",
        )
    if kind in MEDIA_FORMATS and not _has_handles(header):
        raise missing_field("HEADER", "example", f"A header of format {kind} needs example.header_handle.")
    if kind in ("LOCATION", "PRODUCT") and header.get("example"):
        raise missing_field("HEADER", "example", f"A header of format {kind} takes no example.")
    if kind != "TEXT":
        return
    text = header.get("text")
    if not text:
        raise missing_field("HEADER", "text", "A header of format TEXT needs a text.")
    _check_length("header", text, HEADER_LENGTH)
    if len(occurrences(text)) > 1:
        raise refusal(
            2388047,
            HEADER_TITLE,
            "The message header can't have more than one variable.",
            hint=f"It has {len(occurrences(text))}; put the others into the body.",
        )
    _check_variables(text, parameter_format, 2388047, HEADER_TITLE, "header")
    plain = fill(text, dict.fromkeys(placeholders(text), "x"))
    if "\n" in plain or has_formatting(plain) or emojis(plain):
        raise refusal(
            2388072,
            HEADER_TITLE,
            "The message header can't have any new lines, formatting characters, emojis or asterisks.",
            hint=f"The header came as {text!r}; marks like *, _, ~ and ` are formatting.",
        )
    _check_example("HEADER", header, text, parameter_format)


def check_body(
    body: Mapping[str, Any],
    parameter_format: str,
    limit: int = BODY_LENGTH,
    checks_variables: bool = True,
) -> None:
    """Refuse a body that is too long or badly laid out, or whose variables or examples do not fit.

    ``limit`` is its length in characters, inclusive. Only where ``checks_variables`` is true it matters where
    the variables stand (2388299) and whether they are too many for its words (2388293).
    """
    text = body.get("text")
    if not text:
        raise missing_field("BODY", "text", "The body needs a text that is not empty.")
    _check_length("body", text, limit)
    _check_variables(text, parameter_format, 2388072, BODY_TITLE, "body")
    bare = fill(text, dict.fromkeys(placeholders(text), ""))
    if "\n\n\n" in text.replace("\r\n", "\n") or not bare.strip() or emojis(text) > BODY_EMOJIS:
        raise refusal(
            2388072,
            BODY_TITLE,
            "The message body can't have more than two consecutive newline characters, only have parameters, "
            "or have more than 10 emojis.",
            hint=f"It has {emojis(text)} emojis and {len(bare.split())} words beside its variables.",
        )
    if checks_variables:
        _check_places(text)
    _check_example("BODY", body, text, parameter_format)


def _check_places(text: str) -> None:
    if starts_with_variable(text) or ends_with_variable(text):
        raise refusal(
            2388299,
            "Leading or trailing parameters not allowed",
            "Variables can't be at the start or end of the template.",
            hint="A variable followed only by punctuation still is at the end.",
        )
    if has_too_many_variables(text):
        raise refusal(
            2388293,
            "Parameters words ratio exceeds limit",
            "This template has too many variables for its length. Reduce the number of variables or increase "
            "the message length.",
            hint="A body needs at least 2 × variables + 1 words beside its variables.",
        )


def check_authentication_body(body: Mapping[str, Any]) -> None:
    """Refuse a text for the body of an authentication template, which the platform writes itself.

    The wording is ours. Raises :class:`TemplateEditorError` (2388072).
    """
    if body.get("text") is not None:
        raise refusal(
            2388072,
            BODY_TITLE,
            "The body of an authentication template is fixed and can't have a text.",
            hint="Leave text out; add_security_recommendation adds the sentence about security.",
        )


def check_footer(footer: Mapping[str, Any], authenticates: bool) -> None:
    """Refuse a footer with variables or too long, and an expiry outside 1 to 90 minutes; the wording is ours.

    ``authenticates`` says whether it is the footer of an authentication template, which has minutes and no
    text.
    """
    if authenticates:
        minutes = footer.get("code_expiration_minutes")
        if footer.get("text") is not None:
            raise refusal(
                2388073,
                FOOTER_TITLE,
                "The footer of an authentication template can't have a text.",
                hint="Leave text out; code_expiration_minutes makes the sentence.",
            )
        if minutes is None:
            raise missing_field(
                "FOOTER",
                "code_expiration_minutes",
                "Say after how many minutes a code expires, or leave the footer out.",
            )
        least, most = EXPIRY_MINUTES
        if not least <= minutes <= most:
            raise refusal(
                2388073,
                FOOTER_TITLE,
                f"A code must expire after at least {least} and at most {most} minutes.",
                hint=f"code_expiration_minutes came as {minutes}.",
            )
        return
    text = footer.get("text")
    if not text:
        raise missing_field("FOOTER", "text", "Give the footer a text, or leave it out.")
    _check_length("footer", text, FOOTER_LENGTH)
    if placeholders(text):
        raise refusal(
            2388073,
            FOOTER_TITLE,
            "The message footer can't have any variables.",
            hint=f"It has {', '.join(placeholders(text))}; put them into the body.",
        )


def _check_variables(text: str, parameter_format: str, subcode: int, title: str, what: str) -> None:
    """Refuse variables that are not well written; the wording is ours."""
    fault = _variable_fault(text, parameter_format)
    if fault is not None:
        raise refusal(
            subcode, title, f"The variables of the message {what} are not correctly formatted.", hint=fault
        )


def _variable_fault(text: str, parameter_format: str) -> str | None:
    """What is wrong with the variables: braces, names, mixed kinds, gaps, or the wrong kind."""
    names = placeholders(text)
    kind, fits = ("named", is_named) if parameter_format == "NAMED" else ("positional", is_positional)
    if has_malformed_braces(text):
        return "The braces of a variable do not match."
    if illegal := illegal_names(text):
        return f"{{{{{illegal[0]}}}}} is neither a number nor a lower-case name."
    if mixes_kinds(text):
        return "Positional and named variables can't be mixed."
    if not all(map(fits, names)):
        return f"The template has parameter_format {parameter_format}: its variables must be {kind}."
    if kind == "positional" and not are_contiguous(names):
        return "Positional variables must be numbered from 1 without a gap."
    if kind == "named" and len(occurrences(text)) > len(names):
        return "The name of a variable must be unique."
    return None


def _check_example(kind: str, component: Mapping[str, Any], text: str, parameter_format: str) -> None:
    """Refuse a missing, superfluous or miscounted example; the platform has one sentence for all of them."""
    names = placeholders(text)
    key = f"{kind.lower()}_text"
    if not names:
        if component.get("example"):
            raise missing_field(kind, "example", "The text has no variables, so it takes no example.")
        return
    if parameter_format == "NAMED":
        given = _example(component, f"{key}_named_params")
        described = [entry.get("param_name") for entry in given if isinstance(entry, Mapping)]
        values = [entry.get("example") for entry in given if isinstance(entry, Mapping)]
        fits = sorted(map(str, described)) == sorted(names) and all(values)
        wanted = f'"{key}_named_params": [{{"param_name": …, "example": …}}] for {", ".join(names)}'
    else:
        given = _example(component, key)
        values = given[0] if given and isinstance(given[0], list) else given
        fits = len(values) == len(names) and all(values)
        wanted = f'"{key}" with {len(names)} value(s)'
    if not fits:
        raise missing_field(kind, "example", f"The example must be {wanted}.")


def _example(component: Mapping[str, Any], key: str) -> list[Any]:
    example = component.get("example")
    value = example.get(key) if isinstance(example, Mapping) else None
    if isinstance(value, str):
        return [value] if value else []
    return value if isinstance(value, list) else []


def _has_handles(header: Mapping[str, Any]) -> bool:
    handles = _example(header, "header_handle")
    return bool(handles) and all(isinstance(handle, str) and handle for handle in handles)


def _check_length(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise too_long(what, len(text), limit)
