"""The platform's errors about a send that does not fit its template.

Texts are Meta's where they have been recorded (in its error reference and in reports of client libraries);
the others follow their form.
"""

from __future__ import annotations

from emulator.domain.errors import MessageError, message_error


def parameter_error(code: int, details: str, hint: str) -> MessageError:
    """Build an error about the values of a template send, under the rule ``template_parameters``.

    ``code`` is one of the messaging layer's, ``details`` the platform's sentence or one of its form.
    """
    return message_error(code, details, rule="template_parameters", hint=hint)


def format_mismatch(where: str, expected: str, received: str) -> MessageError:
    """Build the error about a parameter of another type than the template has there (132012).

    ``where`` is the part, such as ``body``; the types are in upper case.
    """
    return parameter_error(
        132012,
        f"{where}: Format mismatch, expected {expected}, received {received}",
        f"The {where} of the template was made for {expected.lower()} parameters; send those.",
    )


def count_mismatch(where: str, what: str, given: int, expected: int, hint: str | None = None) -> MessageError:
    """Build the error about another number of ``what`` than the template has there (132000).

    ``given`` came with the send, ``expected`` is the template's; ``where`` is the part, such as ``body``.
    """
    difference = f"{given - expected} fewer" if given > expected else f"{expected - given} more"
    return parameter_error(
        132000,
        f"{where}: number of {what} ({given}) does not match the expected number of params ({expected})",
        hint
        or f"Send {expected} for the {where}, {difference}: as many as the template has variables there.",
    )


def out_of_range(what: str, least: int, most: int, hint: str) -> MessageError:
    """Build the error about a count of ``what`` outside its bounds (131009), both of which are inclusive.

    The form is the one recorded of reply buttons.
    """
    return parameter_error(
        131009, f"Invalid {what} count. Min allowed {what}: {least}, Max allowed {what}: {most}", hint
    )


def check_count(where: str, given: int, expected: int) -> None:
    """Refuse another number of parameters for the part ``where`` than it has variables (132000).

    Positional and named parameters are counted alike; whether names match is judged later.
    """
    if given != expected:
        raise count_mismatch(where, "localizable_params", given, expected)
