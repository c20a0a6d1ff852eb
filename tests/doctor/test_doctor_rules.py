"""Every rule of ``doctor`` is kept by a bot that does everything right, and broken by one that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from kit.bots import Answer, Bot, Fault

from emulator import Webhook
from emulator.doctor.checks import acceptance, deliveries
from emulator.doctor.needs import NEEDS
from emulator.doctor.rule import Verdict
from emulator.doctor.rules import RULES
from emulator.testing.whatsapp import WhatsApp

IDS = [rule.id for rule in RULES]
FROM_OUTSIDE = "https"
"""The rule that an app in this process can neither keep nor break."""


def at_handshakes(answer: Callable[[Webhook], Answer]) -> Fault:
    return lambda _, webhook: answer(webhook) if webhook.method == "GET" else None


def at_webhooks(answer: Callable[[Webhook], bool], status: int = 400) -> Fault:
    """Answer those webhooks with a status for which something holds."""

    def fault(_: Bot, webhook: Webhook) -> Answer:
        return status if webhook.method == "POST" and answer(webhook) else None

    return fault


def becoming(**facts: Any) -> Fault:
    """Make the bot another one, before it answers anything."""

    def fault(bot: Bot, _: Webhook) -> Answer:
        for name, value in facts.items():
            setattr(bot, name, value)
        return None

    return fault


def values(webhook: Webhook) -> list[dict[str, Any]]:
    return [change["value"] for entry in webhook.json["entry"] for change in entry["changes"]]


def messages(webhook: Webhook) -> list[dict[str, Any]]:
    return [message for value in values(webhook) for message in value.get("messages", [])]


def statuses(webhook: Webhook) -> list[str]:
    return [status["status"] for value in values(webhook) for status in value.get("statuses", [])]


def has(part: bytes) -> Callable[[Webhook], bool]:
    return lambda webhook: part in webhook.body


def refuses_repeats(bot: Bot, webhook: Webhook) -> Answer:
    if webhook.method == "GET":
        return None
    is_known = webhook.body in bot.seen
    bot.seen.add(webhook.body)
    return 409 if is_known else None


def refuses_what_is_older(bot: Bot, webhook: Webhook) -> Answer:
    stamps = [int(message["timestamp"]) for message in messages(webhook)] if webhook.method == "POST" else []
    if any(stamp < bot.newest - 3600 for stamp in stamps):
        return 400
    bot.newest = max([bot.newest, *stamps])
    return None


def sends_the_text_again(bot: Bot, _: Webhook) -> Answer:
    bot.at_failure = bot.sends_text
    return None


def refuses_read_before_delivered(bot: Bot, webhook: Webhook) -> Answer:
    if webhook.method == "GET":
        return None
    bot.seen.update(statuses(webhook))
    return 400 if "read" in bot.seen and "delivered" not in bot.seen else None


BROKEN: dict[str, Fault] = {
    "handshake-answered": at_handshakes(lambda _: "hello"),
    "handshake-plain": at_handshakes(lambda webhook: json.dumps(webhook.query["hub.challenge"])),
    "handshake-wrong-token": at_handshakes(lambda webhook: webhook.query["hub.challenge"]),
    "webhook-accepted": at_webhooks(lambda _: True, 500),
    "not-behind-csrf": at_webhooks(lambda _: True, 419),
    "not-redirected": at_webhooks(lambda _: True, 308),
    "signature-unicode": at_webhooks(has(b"\\u00e1")),
    "signature-slashes": at_webhooks(has(b"\\/")),
    "signature-at": at_webhooks(has(b"\\u0040")),
    "signature-missing": becoming(checks=False),
    "signature-of-another-body": becoming(checks=False),
    "signature-wrong-secret": becoming(checks=False),
    "duplicate-acknowledged": refuses_repeats,
    "duplicate-answered-once": becoming(forgets=True),
    "late-message": refuses_what_is_older,
    "batch-acknowledged": at_webhooks(lambda webhook: len(webhook.json["entry"]) > 1),
    "batch-messages": becoming(only_first="messages"),
    "batch-changes": becoming(only_first="changes"),
    "batch-entries": becoming(only_first="entry"),
    "batch-large": at_webhooks(lambda webhook: len(webhook.body) > 2_500_000, 413),
    "statuses-acknowledged": at_webhooks(lambda webhook: bool(statuses(webhook))),
    "read-before-delivered": refuses_read_before_delivered,
    "failed-after-200": at_webhooks(lambda webhook: "failed" in statuses(webhook)),
    "window-closed-handled": sends_the_text_again,
    "every-kind": at_webhooks(lambda webhook: "sticker" in [each["type"] for each in messages(webhook)]),
    "unknown-type": at_webhooks(
        lambda webhook: any(each["type"] not in ("text", "image") for each in messages(webhook))
    ),
    "unknown-field": at_webhooks(
        lambda webhook: webhook.json["entry"][0]["changes"][0]["field"] != "messages"
    ),
    "other-fields": at_webhooks(lambda webhook: any("metadata" not in value for value in values(webhook))),
    "new-members": at_webhooks(lambda webhook: set(webhook.json) != {"object", "entry"}),
    "hidden-number": at_webhooks(lambda webhook: any("from" not in each for each in messages(webhook))),
    "no-profile": at_webhooks(lambda webhook: b'"profile"' not in webhook.body),
    "user-actions": at_webhooks(lambda webhook: not (messages(webhook) or statuses(webhook))),
    "errors-alone": at_webhooks(lambda webhook: not (messages(webhook) or statuses(webhook))),
    "burst": at_webhooks(lambda webhook: b"BURST000002" in webhook.body, 503),
}
"""For each rule what breaks it. The remaining ones are :data:`ONLY_WARNED` and :data:`FROM_OUTSIDE`."""
ONLY_WARNED: dict[str, Fault] = {
    "handshake-wrong-token": at_handshakes(
        lambda webhook: (
            webhook.query["hub.challenge"] if webhook.query["hub.verify_token"][-1] != "x" else 500
        )
    ),
    "answers-200": at_webhooks(lambda _: True, 202),
    "signature-missing": at_webhooks(lambda webhook: "X-Hub-Signature-256" not in webhook.headers, 500),
    "window-closed-handled": becoming(at_failure=lambda _: None),
    "hidden-number": at_webhooks(lambda webhook: any("from" not in each for each in messages(webhook)), 200),
}
"""What may cost something, and breaks no rule for certain."""


def judged(whatsapp: WhatsApp, rule: str, fault: Fault | None = None) -> Verdict:
    """The verdict on a bot with a fault, or with none."""
    whatsapp.deliver_to(Bot(whatsapp, fault) if fault else Bot(whatsapp))
    (finding,) = whatsapp.doctor(only=[rule], burst=9, patience=0).findings
    return finding.verdict


def test_a_bot_that_does_everything_right_keeps_every_rule(whatsapp: WhatsApp) -> None:
    """But the one that only the registered address can show."""
    whatsapp.deliver_to(Bot(whatsapp))

    report = whatsapp.doctor(patience=0)

    assert [str(each) for each in report.findings if each.verdict is not Verdict.PASSED] == [
        "https: not judged: needs the address that you register at Meta"
    ]
    assert report.passed


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_can_be_broken(whatsapp: WhatsApp, rule: str) -> None:
    """By what it is about."""
    assert judged(whatsapp, rule, BROKEN[rule]) is Verdict.FAILED


@pytest.mark.parametrize("rule", ONLY_WARNED)
def test_what_may_cost_something_is_a_warning(whatsapp: WhatsApp, rule: str) -> None:
    """And the report passes all the same."""
    assert judged(whatsapp, rule, ONLY_WARNED[rule]) is Verdict.WARNING


def test_every_rule_is_tried_here() -> None:
    """A new one needs a fault above that breaks it."""
    assert {*BROKEN, *ONLY_WARNED, FROM_OUTSIDE, "answers-in-time"} == set(IDS)


def test_ids_are_unique_and_every_text_is_there() -> None:
    """An id names a rule in ``--skip``; a finding without its cost or mending helps nobody."""
    assert len(set(IDS)) == len(IDS)
    for rule in RULES:
        texts = (rule.group, rule.done, rule.expected, rule.cost, rule.mending, rule.source)
        assert all(text and text == text.strip() for text in texts), rule.id
        assert set(rule.needs) <= set(NEEDS), rule.id


@pytest.mark.parametrize(
    ("seconds", "late", "verdict"),
    [
        ([0.1, 2.999], 0, Verdict.PASSED),
        ([0.1, 3.0], 0, Verdict.WARNING),
        ([0.1, 10.0], 1, Verdict.FAILED),
    ],
)
def test_an_answer_may_take_less_than_three_seconds(
    seconds: list[float], late: int, verdict: Verdict
) -> None:
    """From three on it is a warning; without an answer in time the rule is broken."""
    callback: Any = SimpleNamespace(seconds=seconds, late=late, timeout=10.0)
    examination: Any = SimpleNamespace(callback=callback)

    assert deliveries.in_time(examination).verdict is verdict


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://example.com/webhook", Verdict.PASSED),
        ("http://example.com/webhook", Verdict.FAILED),
        ("https://8.8.8.8/webhook", Verdict.PASSED),
        ("http://127.0.0.1:5000/webhook", None),
        ("http://[::1]:5000/webhook", None),
        ("http://192.168.0.7/webhook", None),
        ("http://localhost/webhook", None),
        ("http://app.localhost/webhook", None),
        ("http://bot/webhook", None),
    ],
)
def test_https_is_asked_of_public_addresses_alone(url: str, verdict: Verdict | None) -> None:
    """An app that is being written is reached by http, and that is no fault of it."""
    examination: Any = SimpleNamespace(callback=SimpleNamespace(url=url))

    assert (NEEDS["public address"](examination) is None) is (verdict is not None)
    if verdict is not None:
        assert acceptance.https(examination).verdict is verdict


@pytest.mark.parametrize(
    ("text", "wrapping"),
    [
        ('"{}"', "in quotes, as a JSON string"),
        ('{{"hub.challenge": "{}"}}', "as JSON"),
        ("[{}]", "as JSON"),
        ("<p>{}</p>", "in markup"),
        ("<!DOCTYPE html><p>{}", "in markup"),
        ("challenge={}", "with other text around it"),
    ],
)
def test_what_stands_around_the_challenge_is_named(whatsapp: WhatsApp, text: str, wrapping: str) -> None:
    """JSON, quotes or markup: each has a cause of its own."""
    whatsapp.deliver_to(
        Bot(whatsapp, at_handshakes(lambda webhook: text.format(webhook.query["hub.challenge"])))
    )

    (finding,) = whatsapp.doctor(only=["handshake-plain"]).findings

    assert finding.verdict is Verdict.FAILED
    assert wrapping in finding.seen


def test_a_line_break_after_the_challenge_is_no_fault(whatsapp: WhatsApp) -> None:
    """The platform takes it."""
    fault = at_handshakes(lambda webhook: webhook.query["hub.challenge"] + "\n")

    assert judged(whatsapp, "handshake-plain", fault) is Verdict.PASSED


def test_only_the_first_entry_is_named(whatsapp: WhatsApp) -> None:
    """With the list of which the rest was lost."""
    whatsapp.deliver_to(Bot(whatsapp, becoming(only_first="entry")))

    (finding,) = whatsapp.doctor(only=["batch-entries"]).findings

    assert finding.seen == "of two entries only entry[0] was read"


def test_the_platform_s_signature_over_escapes_is_judged_where_signatures_are_checked(
    whatsapp: WhatsApp,
) -> None:
    """An app that looks at none would pass for nothing."""
    names = ["signature-unicode", "signature-slashes", "signature-at"]
    whatsapp.deliver_to(Bot(whatsapp, becoming(checks=False)))

    report = whatsapp.doctor(only=names)

    assert [each.id for each in report.not_judged] == names


def test_what_needs_answers_is_not_judged_without_any(whatsapp: WhatsApp) -> None:
    """The rest is; the reason says how an answer is had."""
    whatsapp.deliver_to(lambda webhook: 200 if webhook.method == "POST" else webhook.query["hub.challenge"])

    report = whatsapp.doctor(patience=0, text="menu")

    assert {each.seen for each in report.not_judged if "answers" in each.seen} == {
        "needs an app that answers 'menu' (--text, text=)"
    }
    assert [each.id for each in report.not_judged if "answers" in each.seen] == [
        "duplicate-answered-once",
        "batch-messages",
        "batch-changes",
        "batch-entries",
        "window-closed-handled",
    ]


def test_a_bot_that_greets_once_is_not_judged_for_answering_twice(whatsapp: WhatsApp) -> None:
    """A repeat of a second message would tell nothing."""
    greeted: set[str] = set()

    def greet(bot: Bot, webhook: Webhook) -> Answer:
        if webhook.method == "GET":
            return None
        bot.seen.update(each["id"] for each in messages(webhook) if each.get("from") in greeted)
        greeted.update(each["from"] for each in messages(webhook) if "from" in each)
        return None

    assert judged(whatsapp, "duplicate-answered-once", greet) is Verdict.NOT_JUDGED
