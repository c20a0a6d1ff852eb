"""Webhooks that wait go where the app hears now, and not where it heard when they were made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.identities import PRODUCTION, SHEENA, WABA_ID
from kit.receivers import Inbox
from kit.times import seconds
from kit.values import present

from emulator import Sandbox
from emulator.sandbox.webhooks.receivers import CallableReceiver

WRONG, RIGHT = "http://wrong.invalid/", "http://right.invalid/"
Act = Callable[[Sandbox], object]


@pytest.fixture
def wrong(sandbox: Sandbox) -> Inbox:
    """A receiver that refuses what it gets, where the app's callback leads to at first."""
    made = Inbox(sandbox, [500] * 20)
    sandbox.webhooks.connect(WRONG, CallableReceiver(made))
    return made


@pytest.fixture
def right(sandbox: Sandbox, wrong: Inbox) -> Inbox:
    """The receiver that was meant."""
    made = Inbox(sandbox)
    sandbox.services.receivers.connect(RIGHT, CallableReceiver(made))
    return made


def by_connecting(sandbox: Sandbox) -> None:
    sandbox.webhooks.connect(RIGHT)


def by_handshake(sandbox: Sandbox) -> None:
    sandbox.webhooks.subscribe_app(sandbox.accounts.app(), RIGHT, "token", ["messages"])


def by_override_of_the_waba(sandbox: Sandbox) -> None:
    sandbox.webhooks.listen(WABA_ID, sandbox.accounts.app(), RIGHT, "token")


def by_override_of_the_number(sandbox: Sandbox) -> None:
    with sandbox.services.command() as store:
        number = present(store.accounts.number(PRODUCTION))
    sandbox.webhooks.override(number, RIGHT, "token")


@pytest.mark.parametrize(
    "mend", [by_connecting, by_handshake, by_override_of_the_waba, by_override_of_the_number]
)
def test_a_waiting_webhook_goes_to_the_url_of_now(
    sandbox: Sandbox, wrong: Inbox, right: Inbox, mend: Act
) -> None:
    """Whichever of the URLs was put right; the list shows it before it is sent."""
    sandbox.people.say(SHEENA, "Hello", to=PRODUCTION)
    sandbox.settle()

    mend(sandbox)
    waiting = sandbox.webhooks.get(1)
    sandbox.clock.advance(seconds(15))

    assert (waiting.state, waiting.url) == ("waiting", RIGHT)
    assert (wrong.events, right.events) == (["text Hello"], ["text Hello"])
    assert (sandbox.webhooks.get(1).state, sandbox.webhooks.get(1).url) == ("delivered", RIGHT)


@pytest.mark.parametrize("waits", [seconds(15), seconds(40 * 86_400)], ids=["waiting", "given up"])
def test_what_is_delivered_again_goes_to_the_url_of_now(
    sandbox: Sandbox, wrong: Inbox, right: Inbox, waits: timedelta
) -> None:
    """Whether it still waits or was given up, and the answer says where it goes."""
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(waits)
    sandbox.webhooks.connect(RIGHT)

    again = sandbox.webhooks.redeliver(1)
    sandbox.settle()

    assert again.url == RIGHT
    assert right.events == ["text Hello"]
    assert set(wrong.events) == {"text Hello"}


def test_what_was_delivered_keeps_the_url_it_went_to(sandbox: Sandbox, right: Inbox) -> None:
    """A list of what happened is not rewritten."""
    sandbox.webhooks.connect(RIGHT)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.settle()

    sandbox.webhooks.connect(WRONG)

    assert sandbox.webhooks.get(1).url == RIGHT
    assert right.events == ["text Hello"]


@pytest.mark.usefixtures("wrong")
def test_without_a_callback_a_webhook_waits_for_one(sandbox: Sandbox, right: Inbox) -> None:
    """Each attempt says that there is none; when there is, the webhook arrives."""
    sandbox.people.say(SHEENA, "Hello")
    app = sandbox.accounts.app()
    sandbox.webhooks.unsubscribe_app(app, None)

    sandbox.settle()
    nowhere = sandbox.webhooks.attempts(1)
    sandbox.webhooks.connect(RIGHT)
    sandbox.clock.advance(seconds(15))

    assert [attempt.problem for attempt in nowhere] == [f"app {app.id} has no callback URL"]
    assert right.events == ["text Hello"]


def test_a_waba_that_ended_its_subscription_has_what_was_made_before_delivered(
    sandbox: Sandbox, wrong: Inbox, right: Inbox
) -> None:
    """To the app itself: the override ended, too."""
    by_override_of_the_waba(sandbox)
    sandbox.people.say(SHEENA, "Hello")

    sandbox.webhooks.stop_listening(WABA_ID, sandbox.accounts.app().id)
    sandbox.settle()

    assert (wrong.events, right.events) == (["text Hello"], [])


# public hosts


@pytest.mark.parametrize("url", ["http://8.8.8.8/hook", "https://[2606:4700::1111]/hook"])
def test_a_public_host_is_refused_at_once(sandbox: Sandbox, url: str) -> None:
    """With what would allow it; and the callback stays what it was."""
    with pytest.raises(ValueError, match=r"is a public address.*--allow-public"):
        sandbox.webhooks.connect(url)

    assert sandbox.identity()["webhook_url"] is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/hook", "http://10.0.0.1/", "http://later.invalid/"])
def test_a_near_host_and_one_that_is_not_known_yet_are_taken(sandbox: Sandbox, url: str) -> None:
    """A receiver in a container may come up after the emulator."""
    sandbox.webhooks.connect(url)

    assert sandbox.identity()["webhook_url"] == url


@pytest.mark.parametrize("url", ["http://8.8.8.8/hook", "http://[2606:4700::1111]/hook"])
def test_a_webhook_to_a_public_host_says_what_keeps_it(sandbox: Sandbox, url: str) -> None:
    """As in a kept sandbox that was served with ``--allow-public`` before."""
    with sandbox.services.command():
        sandbox.services.subscriptions.connect(sandbox.accounts.app(), url)
    sandbox.people.say(SHEENA, "Hello")

    sandbox.settle()

    (attempt,) = sandbox.webhooks.attempts(1)
    assert "is a public address" in present(attempt.problem)
    assert "--allow-public" in present(attempt.problem)
