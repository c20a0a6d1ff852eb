"""Which templates may be edited and deleted, and what the editor says about names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit.refusals import refusal_of

from emulator.domain.errors import TemplateEditorError
from emulator.domain.templates.editor.rules import (
    already_exists,
    being_deleted,
    category_differs,
    check_delete,
    check_edit,
    limit_exceeded,
    not_found,
)
from emulator.domain.templates.template import AUTO_GENERATED, Status, Template

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)


def template(status: Status = Status.APPROVED, **facts: Any) -> Template:
    return Template("1", "2", "order_ready", "en_US", "UTILITY", status, (), NOW, **facts)


def error_shown(error: TemplateEditorError) -> tuple[int | None, str, str]:
    return error.subcode, error.user_title, error.user_message


def refused_edit(given: Template, category: str | None = None) -> tuple[int | None, str, str]:
    with pytest.raises(TemplateEditorError) as refused:
        check_edit(given, NOW, category)
    return error_shown(refused.value)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.REJECTED, Status.PAUSED])
def test_approved_rejected_and_paused_templates_can_be_edited(status: Status) -> None:
    """A change of components needs no more than a status that is settled."""
    check_edit(template(status), NOW)


@pytest.mark.parametrize("status", [Status.PENDING, Status.DISABLED, Status.IN_APPEAL, Status.ARCHIVED])
def test_other_templates_cannot_be_edited(status: Status) -> None:
    """The documented refusal."""
    assert refused_edit(template(status)) == (
        2388039,
        "Message template status can't be changed",
        "The status for this message template can't be changed. You can only delete or add templates.",
    )


def test_what_direct_send_generated_is_neither_edited_nor_deleted() -> None:
    """Each refusal has its own number, 2388318 and 2388330."""
    generated = template(source=AUTO_GENERATED)

    refused = [
        refusal_of(check_edit, generated, NOW),
        refusal_of(check_delete, generated),
    ]

    assert [getattr(error, "subcode", None) for error in refused] == [2388318, 2388330]


def test_the_category_of_an_approved_template_stays() -> None:
    """A rejected one may try another category; naming the same one is no change."""
    refused = refusal_of(check_edit, template(), NOW, "MARKETING")

    assert refused.subcode == 3835031
    assert refused.hint.startswith("It came as MARKETING, and the template is UTILITY: an approved one")
    check_edit(template(), NOW, "utility")
    check_edit(template(Status.REJECTED), NOW, "MARKETING")


@pytest.mark.parametrize(("before", "asked"), [("UTILITY", "authentication"), ("AUTHENTICATION", "UTILITY")])
def test_no_template_becomes_or_was_one_of_authentication(before: str, asked: str) -> None:
    """Not even a rejected one, of which it is reported."""
    rejected = template(Status.REJECTED).changed(category=before)

    assert refusal_of(check_edit, rejected, NOW, asked).subcode == 3835031
    check_edit(rejected, NOW, before)


def test_an_approved_template_is_edited_once_in_24_hours() -> None:
    """The window rolls: to the second, a day later is free again."""
    assert refused_edit(template(edits=(NOW - timedelta(hours=23, minutes=59),))) == (
        2388039,
        "Message template edit limit reached",
        "An approved message template can only be edited once within 24 hours. Try again later.",
    )
    check_edit(template(edits=(NOW - timedelta(hours=24),)), NOW)


def test_an_approved_template_is_edited_ten_times_in_30_days() -> None:
    """The eleventh edit waits until the first is a month old."""
    edits = tuple(NOW - timedelta(days=day) for day in range(29, 9, -2))

    assert refused_edit(template(edits=edits))[2] == (
        "An approved message template can only be edited 10 times within 30 days. Try again later."
    )
    check_edit(template(edits=edits[1:]), NOW)


@pytest.mark.parametrize(
    ("ago", "edits"), [(timedelta(hours=24), 1), (timedelta(days=30), 10)], ids=["a day", "thirty days"]
)
def test_an_edit_is_free_again_to_the_microsecond(ago: timedelta, edits: int) -> None:
    """The instant before the window has passed it is not, at its end and after it is."""
    tick = timedelta(microseconds=1)

    def may_be_edited(last: timedelta) -> bool:
        others = tuple(NOW - timedelta(days=2 * place) for place in range(1, edits))
        try:
            check_edit(template(edits=(NOW - last, *others)), NOW)
        except TemplateEditorError:
            return False
        return True

    assert [may_be_edited(ago + nudge) for nudge in (-tick, timedelta(0), tick)] == [False, True, True]


def test_edits_of_paused_and_rejected_templates_are_unlimited() -> None:
    """Only approved templates are limited."""
    check_edit(template(Status.PAUSED, edits=(NOW,) * 20), NOW)


def test_samples_are_neither_edited_nor_deleted() -> None:
    """hello_world is everybody's."""
    sample = template(is_sample=True)

    with pytest.raises(TemplateEditorError) as refused:
        check_delete(sample)

    expected = (
        2388094,
        "Sample template can't be changed",
        "Sample message templates can't be edited or deleted.",
    )
    assert error_shown(refused.value) == expected
    assert refused_edit(sample) == expected


def test_a_disabled_template_cannot_be_deleted() -> None:
    """Every other status can."""
    with pytest.raises(TemplateEditorError, match="A disabled message template can't be deleted"):
        check_delete(template(Status.DISABLED))
    for status in set(Status) - {Status.DISABLED, Status.PENDING_DELETION}:
        check_delete(template(status))


def test_a_template_that_is_being_deleted_is_let_go() -> None:
    """It can be neither deleted again nor edited."""
    leaving = template(Status.PENDING_DELETION)

    with pytest.raises(TemplateEditorError) as refused:
        check_delete(leaving)

    assert refused.value.subcode == 2388025
    assert refused_edit(leaving)[0] == 2388025


@pytest.mark.parametrize(
    ("language", "name"), [("en", "English"), ("en_US", "English (US)"), ("ky_KG", "ky_KG")]
)
def test_a_second_template_in_a_language_is_refused(language: str, name: str) -> None:
    """The sentence names the language as the editor does."""
    assert error_shown(already_exists(language)) == (
        2388024,
        "Content in This Language Already Exists",
        f"There is already {name} content for this template. You can create a new template and try again.",
    )


@pytest.mark.parametrize(
    ("wait", "shown"),
    [
        (timedelta(days=30), "4 weeks"),
        (timedelta(days=14), "2 weeks"),
        (timedelta(days=7), "1 week"),
        (timedelta(days=7) - timedelta(seconds=1), "6 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1) - timedelta(seconds=1), "23 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=1) - timedelta(seconds=1), "59 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=1) - timedelta(seconds=1), "less than 1 minute"),
        (timedelta(days=13), "1 week"),
        (timedelta(days=2, hours=5), "2 days"),
        (timedelta(minutes=61), "1 hour"),
        (timedelta(seconds=61), "1 minute"),
        (timedelta(seconds=5), "less than 1 minute"),
    ],
)
def test_a_deleted_name_is_locked_for_a_while(wait: timedelta, shown: str) -> None:
    """The recorded sentence, with what is left of the lock."""
    error = being_deleted("en_US", wait)

    assert error.subcode == 2388023
    assert error.user_message == (
        "New English (US) content can't be added while the existing English (US) content is being deleted. "
        f"Try again in {shown} or consider creating a new message template."
    )


def test_a_name_that_is_not_there_is_not_found() -> None:
    """The recorded answer of a deletion."""
    assert error_shown(not_found("fake name")) == (
        2593002,
        "Message Template Not Found",
        "The message template fake name wasn't found for this account.",
    )


def test_an_account_has_only_so_many_templates() -> None:
    """The documented refusal."""
    assert error_shown(limit_exceeded()) == (
        2388019,
        "Message Template Limit Exceeded",
        "You have exceeded the maximum number of message templates you can have for this WhatsApp business "
        "account.",
    )


def test_a_name_has_one_category_in_all_languages() -> None:
    """The recorded sentence."""
    assert category_differs("UTILITY", "MARKETING").user_message == (
        "The category UTILITY doesn't match the one that's already associated with this template, MARKETING."
    )
