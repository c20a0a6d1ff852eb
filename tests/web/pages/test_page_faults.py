"""Faults, in Chromium: what goes wrong on purpose is armed, met and removed."""

from __future__ import annotations

import pytest
from kit.identities import SHEENA
from kit.page import Visit
from kit.receivers import listen
from kit.sandboxes import send
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def armed(shown: Page) -> None:
    """Wait until the list has a fault, and nothing was wrong with the form."""
    expect(shown.get_by_role("list", name="Faults").get_by_text("armed")).to_be_visible()


def test_a_fault_is_armed_and_met(page: Visit) -> None:
    """By the form, with a code that it knows; the list counts, and the journal says what came of it."""
    shown = page.open("faults")
    form = shown.get_by_role("form", name="Arm a fault")
    expect(form.get_by_text("It takes every error for the same")).to_be_visible()

    form.get_by_label("Where it strikes").select_option("async")
    form.get_by_label("code", exact=True).fill("131049")
    expect(form.get_by_role("region", name="The fault as a call")).to_contain_text('"code":131049')
    form.get_by_role("tab", name="pytest").click()
    expect(form.get_by_role("region", name="The fault in a test")).to_contain_text(
        "whatsapp.faults.add(131049"
    )
    form.get_by_role("button", name="Arm it").click()
    armed(shown)
    message = send(page.sandbox, "Hello")
    page.sandbox.settle()

    expect(shown.get_by_role("list", name="Faults")).to_contain_text("met 1 time")
    assert page.sandbox.messages.get(message).error["code"] == 131049  # type: ignore[index]


def test_what_cannot_be_is_said_in_the_form(page: Visit) -> None:
    """The sentence of the control API, and what the form sees by itself."""
    page.expected = ("422",)
    shown = page.open("faults")
    form = shown.get_by_role("form", name="Arm a fault")

    form.get_by_label("code", exact=True).fill("7")
    form.get_by_role("button", name="Arm it").click()
    expect(form.get_by_role("alert")).to_contain_text("7")
    form.get_by_label("code", exact=True).fill("many")
    form.get_by_role("button", name="Arm it").click()

    expect(form.get_by_role("alert")).to_contain_text("code is a number; got “many”.")


def test_a_webhook_is_spoilt_on_some_occasions(page: Visit) -> None:
    """The form of a kind has its parameters and the conditions that can be asked there."""
    inbox = listen(page.sandbox)
    shown = page.open("faults")
    form = shown.get_by_role("form", name="Arm a fault")

    form.get_by_label("What goes wrong").select_option("twice")
    expect(form.get_by_label("code", exact=True)).to_have_count(0)
    form.get_by_text("Only on some occasions").click()
    form.get_by_label("to", exact=True).fill(SHEENA)
    form.get_by_label("field", exact=True).fill("messages")
    form.get_by_label("Until it is removed").check()
    form.get_by_role("button", name="Arm it").click()
    armed(shown)
    page.sandbox.people.say(SHEENA, "Hi")
    page.sandbox.settle()

    assert len(inbox.bodies) == 2
    expect(shown.get_by_role("list", name="Faults")).to_contain_text("met 1 time, armed")
    shown.get_by_role("button", name="Remove all").click()
    shown.get_by_role("dialog").get_by_role("button", name="Remove all").click()
    expect(shown.get_by_text("Nothing goes wrong on purpose")).to_be_visible()


@pytest.mark.parametrize("kind", ["envelope", "status", "delay", "late", "batch", "throttle", "no_signature"])
def test_every_kind_is_armed_with_what_it_needs(page: Visit, kind: str) -> None:
    """What has to be said is said to be needed."""
    values = {"envelope": '{"odd": true}', "status": "503", "delay": "2"}
    shown = page.open("faults")
    form = shown.get_by_role("form", name="Arm a fault")

    form.get_by_label("What goes wrong").select_option(kind)
    if kind in values:
        form.get_by_label(kind, exact=True).fill(values[kind])
    form.get_by_role("button", name="Arm it").click()
    armed(shown)

    assert [fault.kind for fault in page.sandbox.faults.all()] == [kind]


def test_on_a_phone_the_form_takes_the_place_of_the_list(page: Visit) -> None:
    """And gives it back when the fault is armed; one fault is removed by its button."""
    page.page.set_viewport_size({"width": 360, "height": 740})
    shown = page.open("faults")

    shown.get_by_role("button", name="Arm a fault").click()
    form = shown.get_by_role("form", name="Arm a fault")
    form.get_by_label("What goes wrong").select_option("reset")
    form.get_by_role("button", name="Arm it").click()
    armed(shown)
    shown.get_by_role("button", name="Remove fault 1").click()

    expect(shown.get_by_text("Nothing goes wrong on purpose")).to_be_visible()
    assert page.sandbox.faults.all() == []
