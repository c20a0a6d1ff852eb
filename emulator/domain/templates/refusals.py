"""What the template editor says when it refuses, apart from the rules about parts and buttons.

Subcodes and sentences are Meta's where its pages or recorded answers have them. A refusal without a subcode
is one whose number is not known; its wording is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from emulator.domain.errors import NOT_EMULATED, PlatformError, TemplateEditorError
from emulator.domain.templates.languages import language_name

R = TypeVar("R", bound=PlatformError)


def refusal(
    subcode: int | None, title: str, message: str, *blame: str, hint: str | None = None
) -> TemplateEditorError:
    """A refusal of the template editor with the strings it shows to a person."""
    return TemplateEditorError(
        subcode=subcode, user_title=title, user_message=message, blame=blame, hint=hint
    )


def too_long(what: str, length: int, limit: int, *blame: str) -> TemplateEditorError:
    """The platform's sentence about lengths (2388040); which field it means stands in the hint."""
    return refusal(
        2388040,
        "Character limit exceeded",
        "A field in your template has exceeded the maximum character limit allowed.",
        *blame,
        hint=f"The {what} has {length} characters; at most {limit} are allowed.",
    )


def missing_field(kind: str, field: str, hint: str | None = None) -> TemplateEditorError:
    """A component lacks a field, or its example does not fit its variables (2388043)."""
    return refusal(
        2388043,
        'Message template "components" param is missing expected field(s)',
        f"component of type {kind} is missing expected field(s) ({field})",
        hint=hint,
    )


def in_card(refused: R, place: int) -> R:
    """The same refusal about the card at ``place`` of a carousel.

    The platform is reported not to name the card, so only the hint does.
    """
    card = f"This is about the card at index {place}."
    refused.hint = f"{card} {refused.hint}" if refused.hint else card
    return refused


def already_exists(language: str) -> TemplateEditorError:
    """The WABA has a template of this name in ``language`` (2388024)."""
    return refusal(
        2388024,
        "Content in This Language Already Exists",
        f"There is already {language_name(language)} content for this template. You can create a new "
        "template and try again.",
    )


def being_deleted(language: str, wait: timedelta = timedelta(days=30)) -> TemplateEditorError:
    """The name is locked for ``wait`` more, since an approved template of it was deleted (2388023).

    The title is ours.
    """
    name = language_name(language)
    return refusal(
        2388023,
        "Message template language is being deleted",
        f"New {name} content can't be added while the existing {name} content is being deleted. Try again "
        f"in {_roughly(wait)} or consider creating a new message template.",
    )


def not_found(name: str) -> TemplateEditorError:
    """Nothing of this name can be deleted (2593002, recorded)."""
    return refusal(
        2593002,
        "Message Template Not Found",
        f"The message template {name} wasn't found for this account.",
    )


def limit_exceeded() -> TemplateEditorError:
    """The WABA has as many templates as it may (2388019)."""
    return refusal(
        2388019,
        "Message Template Limit Exceeded",
        "You have exceeded the maximum number of message templates you can have for this WhatsApp "
        "business account.",
    )


def utility_is_restricted() -> TemplateEditorError:
    """The account may create no utility templates for a while; number and sentences are ours."""
    return refusal(
        None,
        "Utility templates are restricted",
        "This WhatsApp Business account can't create utility templates while it is restricted for template "
        "classification violations.",
        "category",
        hint="The misuse ladder has restricted this account; an `account_update` webhook says until when.",
    )


def not_in_library(name: str, languages: Sequence[str]) -> TemplateEditorError:
    """The library has no such template in the language; the wording is ours.

    The library here is a part of the platform's, so whoever meets this should know.
    """
    refused = refusal(
        None,
        "Library template is not valid",
        f"There is no template {name} in the template library for this language.",
        "library_template_name",
        hint=f"It is there in {', '.join(languages)}." if languages else "The library here is a part.",
    )
    refused.rule, refused.facts = NOT_EMULATED, {"feature": f"library template {name}"}
    return refused


def category_differs(asked: str, existing: str) -> TemplateEditorError:
    """The name has another category in another language; the sentence is recorded, the title ours."""
    return refusal(
        None,
        "Category doesn't match",
        f"The category {asked} doesn't match the one that's already associated with this template, "
        f"{existing}.",
        "category",
    )


def _roughly(wait: timedelta) -> str:
    units = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))
    for unit, seconds in units:
        count = int(wait.total_seconds() // seconds)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than 1 minute"
