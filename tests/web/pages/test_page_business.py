"""Business, in Chromium: costs, the account, numbers, limits and opt-in, each shown and changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kit.identities import BEATRIZ, PRODUCTION, SHEENA
from kit.messages import order_shipped
from kit.page import Visit
from kit.sandboxes import send
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def part(shown: Page, name: str) -> Any:
    return shown.get_by_role("region", name=name, exact=True)


def number(shown: Page, name: str) -> Any:
    return part(shown, "Numbers").get_by_role("article", name=name)


def test_costs_are_shown_after_messages(page: Visit) -> None:
    """By category and country as bars, what was free beside; the empty state says what to send."""
    page.sandbox.change_settings(us_marketing="delivered")
    shown = page.open("business")
    expect(part(shown, "Costs so far").get_by_text("Nothing was delivered yet")).to_be_visible()

    for person in (SHEENA, BEATRIZ):
        send(page.sandbox, order_shipped(), to=person)
    page.sandbox.people.say(SHEENA, "Hi")
    send(page.sandbox, "Hello")
    page.sandbox.settle()

    costs = part(shown, "Costs so far")
    expect(costs).to_contain_text("2 billed messages · 1 free")
    expect(costs.get_by_role("region", name="By category")).to_contain_text("utility2")
    expect(costs.get_by_role("region", name="By country")).to_contain_text("Brazil (BR)1")
    expect(costs.get_by_role("region", name="By country")).to_contain_text("United States (US)1")
    costs.get_by_text("Every line").click()
    expect(costs.get_by_role("row")).to_have_count(4)


def test_a_rate_makes_an_amount_of_it(page: Visit) -> None:
    """The emulator has no prices of its own; a period leaves out what was before."""
    send(page.sandbox, order_shipped(), to=SHEENA)
    page.sandbox.settle()
    shown = page.open("business")
    costs = part(shown, "Costs so far")
    expect(costs).to_contain_text("1 billed message")

    costs.get_by_role("button", name="Rates …").click()
    shown.get_by_role("dialog").get_by_label("Rates").fill('{"utility": {"*": "0.25"}}')
    shown.get_by_role("dialog").get_by_role("button", name="Set").click()
    expect(costs).to_contain_text("1 billed message · 0.25 USD")
    page.sandbox.clock.advance(timedelta(days=2))
    costs.get_by_label("Period of the costs").select_option("day")

    expect(costs).to_contain_text("0 billed messages")


def test_the_account_is_judged(page: Visit) -> None:
    """Verification, tier and review are chosen in place; a restriction is put on it and lifted."""
    shown = page.open("business")
    account = part(shown, "Account")

    account.get_by_label("Messaging limit tier").select_option("TIER_10K")
    expect(part(shown, "Limits")).to_contain_text("0 of 10,000")
    account.get_by_label("Business verification").select_option("verified")
    expect(shown.locator("#toasts")).to_contain_text("Business verification is verified now")
    account.get_by_role("button", name="Restrict …").click()
    dialog = shown.get_by_role("dialog")
    dialog.get_by_label("What it may not do").select_option("RESTRICTED_BIZ_INITIATED_MESSAGING")
    dialog.get_by_label("Because of").select_option("SPAM")
    dialog.get_by_role("button", name="Restrict").click()
    expect(account).to_contain_text("until Mon, 9 Nov 2026")
    held = page.sandbox.accounts.waba().restrictions
    account.get_by_role("button", name="Lift RESTRICTED_BIZ_INITIATED_MESSAGING").click()

    expect(account).to_contain_text("not restricted")
    assert [each.type for each in held] == ["RESTRICTED_BIZ_INITIATED_MESSAGING"]
    assert (page.sandbox.accounts.portfolio().tier, page.sandbox.accounts.portfolio().verification) == (
        "TIER_10K",
        "verified",
    )


def test_a_number_has_its_quality_and_is_changed(page: Visit) -> None:
    """What the platform changes is seen at once, and what is chosen here holds."""
    shown = page.open("business")
    card = number(shown, "+1 555-078-3881")
    expect(card.get_by_text("quality GREEN")).to_be_visible()

    page.sandbox.accounts.change_number(PRODUCTION, quality_rating="YELLOW")
    expect(card.get_by_text("quality YELLOW")).to_be_visible()
    card.get_by_label("Throughput of +1 555-078-3881").select_option("HIGH")
    expect(shown.locator("#toasts")).to_contain_text("is HIGH now")
    test = number(shown, "+1 555-093-4873")
    expect(test).to_contain_text("1 of 5 people")
    test.get_by_role("button", name="Change the allow-list").click()
    shown.get_by_role("dialog").get_by_label("People").fill(f"{SHEENA}\n{BEATRIZ}")
    shown.get_by_role("dialog").get_by_role("button", name="Set").click()

    expect(test).to_contain_text("2 of 5 people")
    assert page.sandbox.accounts.number(PRODUCTION).throughput == "HIGH"


def test_a_limit_shows_what_is_used_and_has_its_policy(page: Visit) -> None:
    """A template outside the window counts against the messaging limit; the policy is a setting."""
    shown = page.open("business")
    limits = part(shown, "Limits")
    expect(limits.get_by_role("listitem").filter(has_text="messaging")).to_contain_text("0 of 250")

    send(page.sandbox, order_shipped(), to=SHEENA)
    page.sandbox.settle()
    expect(limits.get_by_role("listitem").filter(has_text="messaging")).to_contain_text("1 of 250")
    limits.get_by_label("Policy of messaging").select_option("off")
    expect(shown.locator("#toasts")).to_contain_text("Policy of messaging is off now")

    assert page.sandbox.settings.limits.as_json["messaging"] == "off"


def test_who_has_opted_in_is_changed(page: Visit) -> None:
    """A template to somebody who has not is delivered with a warning in the journal."""
    shown = page.open("business")
    people = part(shown, "Opt-in")

    people.get_by_label("Sheena Nelson has opted in").uncheck()
    expect(people).to_contain_text("2 of 4 people have opted in")

    assert not page.sandbox.people.get(SHEENA).opted_in


def test_what_is_refused_is_said_and_the_old_value_stays(page: Visit) -> None:
    """As a toast; the choice shows what holds."""
    page.expected = ("422",)
    shown = page.open("business")
    part(shown, "Numbers").get_by_role("button", name="Change the allow-list").click()
    dialog = shown.get_by_role("dialog")

    dialog.get_by_label("People").fill("\n".join(f"1650555{number:04}" for number in range(6)))
    dialog.get_by_role("button", name="Set").click()

    expect(dialog.get_by_role("alert")).to_contain_text("at most 5 people, not 6")
