"""What opens the window and what does not, by act of the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.identities import PABLO, PRODUCTION, SHEENA, STRANGER
from kit.messages import order_shipped
from kit.receivers import listen
from kit.sandboxes import send
from kit.times import after, seconds

from emulator import Sandbox
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import CannotDo

Act = Callable[[Sandbox, Message], object]

ACTS: dict[str, tuple[Act, bool]] = {
    "reaction": (lambda sandbox, said: sandbox.people.react(SHEENA, said.id, "👍"), True),
    "removed_reaction": (lambda sandbox, said: sandbox.people.react(SHEENA, said.id, ""), True),
    "edit": (lambda sandbox, said: sandbox.people.edit(SHEENA, said.id, "Hello!"), False),
    "revoke": (lambda sandbox, said: sandbox.people.delete(SHEENA, said.id), False),
}


def opened_at(sandbox: Sandbox, act: Act, **settings: object) -> bool:
    """Whether an act one minute after a message moved the window."""
    if settings:
        sandbox.change_settings(**settings)
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.people.react(SHEENA, said.id, "🌱")
    sandbox.clock.advance(seconds(60))
    act(sandbox, said)
    with sandbox.services.command() as store:
        window = store.windows.get(PRODUCTION, SHEENA)
    assert window is not None
    return window.last_inbound_at == after(60)


@pytest.mark.parametrize("told", ["unsupported", "messages"])
@pytest.mark.parametrize("word", ACTS)
def test_by_default_a_reaction_and_taking_one_back_open_it(sandbox: Sandbox, word: str, told: str) -> None:
    """However edits are told."""
    act, usually = ACTS[word]

    assert opened_at(sandbox, act, edits_told=told) is usually


@pytest.mark.parametrize("word", ACTS)
def test_what_opens_it_is_a_setting(sandbox: Sandbox, word: str) -> None:
    """The act opens it if it is named, and with an empty list it does not."""
    act, _ = ACTS[word]

    assert opened_at(sandbox, act, edits_told="messages", window_opened_by=(word,))
    sandbox.reset()
    assert not opened_at(sandbox, act, edits_told="messages", window_opened_by=())


@pytest.mark.parametrize(("opened_by", "opens"), [(("unsupported",), True), ((), False)])
def test_a_message_the_api_does_not_show_opens_it_if_the_setting_says_so(
    sandbox: Sandbox, opened_by: tuple[str, ...], opens: bool
) -> None:
    """A poll, for one: the business learns that there was something."""
    sandbox.faults.add(131051, when="inbound", times=1, to=SHEENA)
    sandbox.change_settings(window_opened_by=opened_by)

    sandbox.people.say(SHEENA, "A poll")

    with sandbox.services.command() as store:
        assert (store.windows.get(PRODUCTION, SHEENA) is not None) is opens


@pytest.mark.parametrize("lasts", [None, timedelta(0), timedelta(minutes=2)])
def test_a_call_opens_it_whatever_becomes_of_it(sandbox: Sandbox, lasts: timedelta | None) -> None:
    """Answered or not, and from the moment it rings."""
    sandbox.change_settings(window_opened_by=())

    sandbox.people.call(SHEENA, lasts=lasts)
    send(sandbox, "We saw that you called")
    sandbox.clock.advance(timedelta(minutes=5))

    assert [str(message.status) for message in sandbox.messages.all(outbound=True)] == ["read"]
    with sandbox.services.command() as store:
        window = store.windows.get(PRODUCTION, SHEENA)
    assert window is not None
    assert window.last_inbound_at == after(0)


@pytest.mark.parametrize(
    ("later", "status"),
    [
        (timedelta(hours=24) - timedelta(microseconds=1), "read"),
        (timedelta(hours=24), "failed"),
        (timedelta(hours=24) + timedelta(microseconds=1), "failed"),
    ],
)
def test_the_window_of_a_call_lasts_24_hours(sandbox: Sandbox, later: timedelta, status: str) -> None:
    """Like that of a message."""
    sandbox.people.call(SHEENA)
    sandbox.clock.advance(later)

    send(sandbox, "We saw that you called")
    sandbox.settle()

    assert str(sandbox.messages.all(outbound=True)[0].status) == status


def test_what_becomes_of_our_messages_opens_nothing(sandbox: Sandbox) -> None:
    """Statuses are no messages of the person."""
    listen(sandbox)
    send(sandbox, order_shipped())
    sandbox.settle()

    assert [str(message.status) for message in sandbox.messages.all(outbound=True)] == ["read"]
    with sandbox.services.command() as store:
        assert store.windows.all() == []


def test_who_is_not_on_whatsapp_cannot_call(sandbox: Sandbox) -> None:
    """Nor may a call last less than no time."""
    sandbox.people.add("Nobody", STRANGER, on_whatsapp=False)

    with pytest.raises(CannotDo, match="not on WhatsApp"):
        sandbox.people.call(STRANGER)
    with pytest.raises(CannotDo, match="lasts a while"):
        sandbox.people.call(SHEENA, lasts=timedelta(seconds=-1))


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_people_revise_only_what_they_wrote(sandbox: Sandbox, act: str) -> None:
    """Not what the business wrote, and not what others did."""
    sandbox.people.say(SHEENA, "Hello")
    theirs = send(sandbox, "Hello back")
    others = sandbox.people.say(PABLO, "Hi").id

    for message_id in (theirs, others, "wamid.X"):
        with pytest.raises(CannotDo, match="wrote no message"):
            getattr(sandbox.people, act)(SHEENA, message_id, *(["Hi"] if act == "edit" else []))


def test_an_edit_comes_too_late(sandbox: Sandbox) -> None:
    """Fifteen minutes, and two days and a half for taking back."""
    said = sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(timedelta(minutes=15))

    with pytest.raises(CannotDo, match="15 minutes"):
        sandbox.people.edit(SHEENA, said.id, "Hello!")
    sandbox.clock.advance(timedelta(days=3))
    with pytest.raises(CannotDo, match="two days"):
        sandbox.people.delete(SHEENA, said.id)


def test_an_edit_has_some_text(sandbox: Sandbox) -> None:
    """Nothing is no edit but a deletion."""
    said = sandbox.people.say(SHEENA, "Hello")

    with pytest.raises(CannotDo, match="needs some text"):
        sandbox.people.edit(SHEENA, said.id, "")
