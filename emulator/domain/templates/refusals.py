"""The errors of the template editor that several rules share.

Subcodes and sentences are Meta's where its pages or recorded answers have them. An error without a subcode is
one whose number is not known. The hint says which words are the emulator's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from emulator.domain.errors import NOT_EMULATED, PlatformError, TemplateEditorError, refuse
from emulator.domain.quoting import cut
from emulator.domain.templates.languages import language_name
from emulator.domain.templates.wording import OWN_BOTH, OWN_SENTENCE, own_wording

R = TypeVar("R", bound=PlatformError)


def refusal(subcode: int | None, title: str, message: str, *blame: str, hint: str) -> TemplateEditorError:
    """Build an error of the template editor: code 100 with a subcode, and strings to show to a user.

    ``subcode`` is ``None`` where the platform's is not known; ``blame`` names the members at fault; ``hint``
    says what came and what would help. Where title or sentence are not the platform's, it ends with saying
    so.
    """
    own = own_wording(subcode, title, message)
    return TemplateEditorError(
        subcode=subcode,
        user_title=title,
        user_message=message,
        blame=blame,
        hint=hint if own is None else f"{hint} {own}",
    )


def inferred(subcode: int, hint: str) -> PlatformError:
    """Build the error that the catalogue lists under a subcode whose words are the emulator's own.

    The ``hint`` ends with saying so.
    """
    return refuse(subcode, rule="template_editor", hint=f"{hint} {OWN_BOTH}")


def too_long(what: str, length: int, limit: int, *blame: str) -> TemplateEditorError:
    """Build the error about lengths (2388040); its sentence names no field, so the hint does.

    ``what`` names the field, ``length`` is what it has and ``limit`` the most it may have, in characters.
    """
    return refusal(
        2388040,
        "Character limit exceeded",
        "A field in your template has exceeded the maximum character limit allowed.",
        *blame,
        hint=f"The {what} has {length} characters; at most {limit} are allowed.",
    )


def missing_field(kind: str, field: str, hint: str) -> TemplateEditorError:
    """Build the error about a component that lacks a field, or whose example does not fit (2388043).

    ``kind`` is the component's type, ``field`` the member it lacks; ``hint`` says what it would take.
    """
    return refusal(
        2388043,
        'Message template "components" param is missing expected field(s)',
        f"component of type {kind} is missing expected field(s) ({field})",
        hint=hint,
    )


def unexpected_fields(kind: str, fields: Sequence[str], hint: str) -> TemplateEditorError:
    """Build the error about members that a component does not have (2388042, recorded with one).

    ``kind`` is the component's type, ``fields`` the names as they were written; ``hint`` says which it has.
    """
    return refusal(
        2388042,
        'Message template "components" param contains unexpected field(s)',
        f"component of type {kind} has unexpected field(s) ({', '.join(fields)})",
        hint=hint,
    )


def in_card(refused: R, place: int) -> R:
    """Add to an error that it is about the card at ``place`` (from 0) of a carousel, and return it.

    The platform is reported not to name the card, so only the hint does.
    """
    refused.hint = f"This is about the card at index {place}. {refused.hint}"
    return refused


def invalid_handle(handle: str) -> PlatformError:
    """Build the error about the sample of a header that is no handle of an upload (2494102, reported).

    Such is the id of a media file that was uploaded for messages. The sentence is ours.
    """
    return refuse(
        2494102,
        rule="template_editor",
        hint=f"{cut(handle, 60)} is no handle of a file that was uploaded in pieces: POST "
        f"/{{app_id}}/uploads, then its bytes to the id in the answer, which gives it as h. {OWN_SENTENCE}",
    )


def not_permitted(why: str) -> PlatformError:
    """Build the error about an authentication template of a business that is not verified (2388185).

    It is reported of AUTHENTICATION alone, with code 10; ``why`` says what the business lacks.
    """
    return refuse(
        2388185,
        rule="template_editor",
        hint=f"By the setting authentication_templates the business has to be verified: {why}.",
    )


def category_is_fixed(before: str, asked: str, why: str) -> PlatformError:
    """Build the error about an edit that changes a category which stays (3835031, reported once).

    The words are ours, and ``why`` says what keeps it.
    """
    return inferred(
        3835031,
        f"It came as {asked}, and the template is {before}: {why} Leave category out, or create a template "
        "of another name.",
    )


def already_exists(language: str) -> TemplateEditorError:
    """Build the error about a second template of one name in ``language`` (2388024).

    Its sentence names the language as the editor does, such as ``English (US)``.
    """
    return refusal(
        2388024,
        "Content in This Language Already Exists",
        f"There is already {language_name(language)} content for this template. You can create a new "
        "template and try again.",
        hint=f"A name has one template for each language; edit that in {language}, or take another name.",
    )


def being_deleted(language: str, wait: timedelta = timedelta(days=30)) -> TemplateEditorError:
    """Build the error about a name that is locked after a deletion (2388023).

    ``wait`` is how long it stays locked, which the sentence gives in its largest whole unit.
    """
    name = language_name(language)
    return refusal(
        2388023,
        "Message template language is being deleted",
        f"New {name} content can't be added while the existing {name} content is being deleted. Try again "
        f"in {_roughly(wait)} or consider creating a new message template.",
        hint="It was deleted in this language: take another name, or move the clock on by that time.",
    )


def not_found(name: str) -> TemplateEditorError:
    """Build the error about a name or id under which there is nothing to delete (2593002, recorded)."""
    return refusal(
        2593002,
        "Message Template Not Found",
        f"The message template {name} wasn't found for this account.",
        hint="GET .../message_templates lists the templates of the account; names are lower case.",
    )


def limit_exceeded() -> TemplateEditorError:
    """Build the error about one template more than the WABA may have (2388019)."""
    return refusal(
        2388019,
        "Message Template Limit Exceeded",
        "You have exceeded the maximum number of message templates you can have for this WhatsApp "
        "business account.",
        hint="Delete templates that are not used any more, or verify the business, which raises the limit.",
    )


def utility_is_restricted() -> TemplateEditorError:
    """Build the error about a utility template of an account restricted for utility template abuse.

    Its number is not known and its sentences are ours.
    """
    return refusal(
        None,
        "Utility templates are restricted",
        "This WhatsApp Business account can't create utility templates while it is restricted for template "
        "classification violations.",
        "category",
        hint="It is restricted for utility template abuse; the `account_update` webhook says until when.",
    )


def not_in_library(name: str, languages: Sequence[str]) -> TemplateEditorError:
    """Build the error about a template that the library does not have in the language; the wording is ours.

    ``languages`` are those it has. The library here is a part of the platform's, so the error counts as *not
    emulated* and fails the test that meets it.
    """
    refused = refusal(
        None,
        "Library template is not valid",
        f"There is no template {name} in the template library for this language.",
        "library_template_name",
        hint=f"The library has it in {', '.join(languages)}."
        if languages
        else "The emulator has a part of the library only.",
    )
    refused.rule, refused.facts = NOT_EMULATED, {"feature": f"library template {name}"}
    return refused


def not_a_library_language(language: str, languages: Iterable[str]) -> PlatformError:
    """Build the error about a ``language`` that the template library does not have (2388049, reported).

    ``languages`` are those it has here. The platform's are not known; it is reported to have Spanish and none
    of Spanish's countries. So for others the error counts as *not emulated*.
    """
    known = ", ".join(sorted(set(languages)))
    refused = refuse(
        2388049,
        rule="template_editor",
        hint=f"It came as {cut(language, 60)}; the library here has {known}.",
    )
    if not language.startswith("es_"):
        refused.rule = NOT_EMULATED
        refused.facts = {"feature": f"the template library in {cut(language, 60)}"}
    return refused


def category_differs(asked: str, existing: str) -> TemplateEditorError:
    """Build the error about a name that has another category in another language.

    The sentence is recorded, its number is not known, and the title is ours.
    """
    return refusal(
        None,
        "Category doesn't match",
        f"The category {asked} doesn't match the one that's already associated with this template, "
        f"{existing}.",
        "category",
        hint=f"All languages of a name share a category: send {existing}, or take another name.",
    )


def _roughly(wait: timedelta) -> str:
    units = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))
    for unit, seconds in units:
        count = int(wait.total_seconds() // seconds)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than 1 minute"
