"""``whatsapp.deliver``: how a test spoils the next webhooks, and forges one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from kit.plugin import send
from kit.receivers import Inbox

from emulator import CannotDo, Webhook
from emulator.testing.whatsapp import WhatsApp
from emulator.wire import signing


@pytest.mark.parametrize(
    ("act", "events"),
    [
        (lambda deliver: deliver.twice(), ["text 1", "text 1", "text 2"]),
        (lambda deliver: deliver.twice(times=2), ["text 1", "text 1", "text 2", "text 2"]),
        (lambda deliver: deliver.late(hours=3), ["text 2", "text 1"]),
        (lambda deliver: deliver.out_of_order(), ["text 2", "text 1"]),
        (lambda deliver: deliver.batch(), ["text 1", "text 2"]),
        (lambda deliver: deliver.dropped(), ["text 2"]),
        (lambda deliver: deliver.dropped(text="2"), ["text 1"]),
        (lambda deliver: deliver.twice(to="16505551234", text="2"), ["text 1", "text 2", "text 2"]),
        (lambda deliver: deliver.late(hours=3, text="1", every=1), ["text 2", "text 1"]),
        (lambda deliver: deliver.out_of_order(type="text"), ["text 2", "text 1"]),
    ],
)
def test_the_next_webhooks_are_spoilt(whatsapp: WhatsApp, inbox: Inbox, act: Any, events: list[str]) -> None:
    """As the platform does it now and then."""
    act(whatsapp.deliver)

    whatsapp.person().says("1")
    whatsapp.person().says("2")
    whatsapp.clock.advance(hours=3)

    assert inbox.events == events


@pytest.mark.parametrize(
    "act",
    [
        lambda deliver: deliver.badly_signed(),
        lambda deliver: deliver.unsigned(),
        lambda deliver: deliver.signed_by_another(),
    ],
    ids=["badly signed", "unsigned", "signed by another"],
)
def test_an_app_that_checks_signatures_takes_the_second_attempt(whatsapp: WhatsApp, act: Any) -> None:
    """The first is refused, for which no strict test fails."""
    answers: list[int] = []

    def receive(webhook: Webhook) -> int:
        expected = signing.signature(webhook.body, whatsapp.app_secret)
        answers.append(200 if webhook.headers.get("X-Hub-Signature-256") == expected else 403)
        return answers[-1]

    whatsapp.deliver_to(receive)
    act(whatsapp.deliver)

    whatsapp.person().says("Hello")
    whatsapp.clock.advance(seconds=15)

    assert answers == [403, 200]


def test_a_forged_webhook_is_refused_by_an_app_that_checks_signatures(whatsapp: WhatsApp) -> None:
    """One that the platform sent is taken; the body may be bytes, a text or a payload."""

    def receive(webhook: Webhook) -> int:
        expected = signing.signature(webhook.body, whatsapp.app_secret)
        return 200 if webhook.headers.get("X-Hub-Signature-256") == expected else 403

    whatsapp.deliver_to(receive)
    whatsapp.person().says("Hello")
    whatsapp.settle()

    bodies: list[Any] = [b"{}", "{}", {"object": "whatsapp_business_account", "entry": []}]
    forged = [whatsapp.deliver.forged(body).status for body in bodies]
    unsigned = whatsapp.deliver.forged(b"{}", secret=None).status
    stolen = whatsapp.deliver.forged(b"{}", secret=whatsapp.app_secret).status

    assert ([*forged, unsigned], stolen) == ([403] * 4, 200)


def test_a_forged_webhook_is_awaited_in_an_async_test(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """And gives its answer."""

    async def main() -> int | None:
        return (await whatsapp.deliver.forged(b"{}")).status

    assert asyncio.run(main()) == 200
    assert inbox.bodies == [b"{}"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda deliver: deliver.late(3), r"late\(3\) has no unit: late\(hours=3\)\? late\(seconds=3\)\?"),
        (lambda deliver: deliver.late(hour=3), r"not hour; did you mean hours\?"),
        (lambda deliver: deliver.late(), r"late\(\) needs to know how long"),
    ],
)
def test_a_duration_that_is_none_is_told(whatsapp: WhatsApp, wrong: Any, told: str) -> None:
    """With what to write."""
    with pytest.raises(TypeError, match=told):
        wrong(whatsapp.deliver)


def test_a_status_is_reported_by_hand(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """A failure after the delivery, and a status once more, which changes nothing."""
    sheena = whatsapp.person(reads=False)
    sheena.says("Hello")
    send(whatsapp, "Hello")
    whatsapp.settle()
    inbox.clear()

    again = whatsapp.deliver.status(whatsapp.messages.last, "sent")
    failed = whatsapp.deliver.status(whatsapp.messages.last, "failed", code=131026)
    whatsapp.settle()

    assert (again.status, failed.status, inbox.events) == ("delivered", "failed", ["sent", "failed 131026"])
    with pytest.raises(CannotDo, match="a message that failed has the code of an error"):
        whatsapp.deliver.status(failed, "failed")


@pytest.mark.whatsapp(strict=False)
def test_webhooks_are_delivered_again(whatsapp: WhatsApp, inbox: Inbox) -> None:
    """Those that are given, or all that failed."""
    inbox.listener = lambda body: 500 if b'"body":"2"' in body else 200
    for text in ("1", "2", "3"):
        whatsapp.person().says(text)
    whatsapp.clock.advance(days=30)
    inbox.clear()
    inbox.listener = lambda _: 200

    failed = whatsapp.deliver.again()
    whatsapp.settle()
    given = whatsapp.deliver.again(*whatsapp.deliveries[1:])
    whatsapp.settle()

    assert (failed, given) == ([2], [2, 3])
    assert inbox.events == ["text 2", "text 2", "text 3"]
