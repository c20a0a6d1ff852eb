"""The editor's rules about header, body and footer, of a draft and of the cards of its carousel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.templates.components import BODY_LENGTH, HEADER_FORMATS, MEDIA_FORMATS
from emulator.domain.templates.editor.characters import emojis, has_formatting
from emulator.domain.templates.editor.examples import (
    check_example,
    check_example_member,
    check_sample,
    is_handle,
)
from emulator.domain.templates.editor.limits import CURRENT_LIMITS, EditorLimits
from emulator.domain.templates.refusals import refusal, too_long
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


def check_header(
    header: Mapping[str, Any],
    parameter_format: str,
    authenticates: bool = False,
    is_uploaded: Callable[[str], bool] = is_handle,
) -> None:
    """Refuse a header of the wrong kind, and a text header with marks, emojis or several variables.

    ``parameter_format`` says whether variables are numbered or named; ``authenticates`` whether the template
    is one for authentication, which has no header; ``is_uploaded`` whether a handle is one of a sample file.
    The sentence about marks is recorded under 2388072; the others under it are ours.
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
            2388072,
            HEADER_TITLE,
            "An authentication template can't have a header.",
            hint=f"Leave the header of format {kind} out.",
        )
    if kind in MEDIA_FORMATS:
        check_sample(kind, header.get("example"), is_uploaded)
    if kind != "TEXT":
        return
    text = header["text"]
    check_example_member("HEADER", header, text, parameter_format)
    _check_length("header", text, HEADER_LENGTH)
    if len(occurrences(text)) > 1:
        raise refusal(
            2388072,
            HEADER_TITLE,
            "The message header can't have more than one variable.",
            hint=f"It has {len(occurrences(text))}; put the others into the body.",
        )
    _check_variables(text, parameter_format, 2388072, HEADER_TITLE, "header")
    plain = fill(text, dict.fromkeys(placeholders(text), "x"))
    if "\n" in plain or has_formatting(plain) or emojis(plain):
        raise refusal(
            2388072,
            HEADER_TITLE,
            "The message header can't have any new lines, formatting characters, emojis or asterisks.",
            hint=f"The header came as {text!r}; marks like *, _, ~ and ` are formatting.",
        )
    check_example("HEADER", header, text, parameter_format)


def check_body(
    body: Mapping[str, Any],
    parameter_format: str,
    limit: int = BODY_LENGTH,
    limits: EditorLimits = CURRENT_LIMITS,
) -> None:
    """Refuse a body that is too long or badly laid out, or whose variables or examples do not fit.

    ``limit`` is its length in characters, inclusive. Only where the ``limits`` check variables it matters
    where they stand (2388299) and whether they are too many for its words (2388293). The number of the error
    about its layout was measured (2388047); Meta's page has it and that of headers the other way round.
    """
    text = body["text"]
    _check_length("body", text, limit)
    check_example_member("BODY", body, text, parameter_format)
    _check_variables(text, parameter_format, 2388047, BODY_TITLE, "body")
    bare = fill(text, dict.fromkeys(placeholders(text), ""))
    if "\n\n\n" in text.replace("\r\n", "\n") or not bare.strip() or emojis(text) > BODY_EMOJIS:
        raise refusal(
            2388047,
            BODY_TITLE,
            "The message body can't have more than two consecutive newline characters, only have parameters, "
            "or have more than 10 emojis.",
            hint=f"It has {emojis(text)} emojis and {len(bare.split())} words beside its variables.",
        )
    if limits.checks_variables:
        _check_places(text, limits.words_per_variable)
    check_example("BODY", body, text, parameter_format)


def _check_places(text: str, words_per_variable: int) -> None:
    """Refuse too many variables before one at an edge: so were bodies answered that had both (2026)."""
    if has_too_many_variables(text, words_per_variable):
        raise refusal(
            2388293,
            "Params Words Ratio Exceeds Limit",
            "This template has too many variables for its length. Reduce the number of variables or increase "
            "the message length.",
            hint=f"A body needs at least {words_per_variable} × variables + 1 words beside its variables, by "
            "the setting words_per_variable.",
        )
    if starts_with_variable(text) or ends_with_variable(text):
        raise refusal(
            2388299,
            "Leading or trailing params not allowed",
            "Variables can't be at the start or end of the template.",
            hint="A variable followed only by punctuation still is at the end.",
        )


def check_footer(footer: Mapping[str, Any], authenticates: bool) -> None:
    """Refuse a footer that is too long or no plain line, and an expiry outside 1 to 90 minutes.

    ``authenticates`` says whether it is the footer of an authentication template, which has minutes and no
    text. The sentence about line breaks is quoted, the others are ours.
    """
    if authenticates:
        minutes = footer["code_expiration_minutes"]
        least, most = EXPIRY_MINUTES
        if not least <= minutes <= most:
            raise refusal(
                2388073,
                FOOTER_TITLE,
                f"A code must expire after at least {least} and at most {most} minutes.",
                hint=f"code_expiration_minutes came as {minutes}.",
            )
        return
    text = footer["text"]
    _check_length("footer", text, FOOTER_LENGTH)
    if placeholders(text):
        raise refusal(
            2388073,
            FOOTER_TITLE,
            "The message footer can't have any variables.",
            hint=f"It has {', '.join(placeholders(text))}; put them into the body.",
        )
    if "\n" in text or emojis(text):
        raise refusal(
            2388073,
            FOOTER_TITLE,
            "The message footer can't have any newlines or emojis.",
            hint=f"The footer came as {text!r}.",
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


def _check_length(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise too_long(what, len(text), limit)
