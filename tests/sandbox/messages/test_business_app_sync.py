"""What a partner gets who asks the WhatsApp Business app of a number for its contacts and its chats."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.golden import golden, normalised
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.receivers import Inbox, hear_everything
from kit.sandboxes import notes
from kit.times import DAY, MICROSECOND, START

from emulator import Emulator, Sandbox
from emulator.domain.accounts.app_sync import CONTACTS, HISTORY, SYNC_TYPES
from emulator.domain.errors import GraphError

HOURS_24 = timedelta(hours=24)


@pytest.fixture
def on_app(sandbox: Sandbox) -> Sandbox:
    """A sandbox whose first number has just come to the app."""
    sandbox.accounts.change_number(PRODUCTION, on_business_app=True)
    return sandbox


def asked(sandbox: Sandbox, sync_type: str) -> int | None:
    """Ask; returns the subcode of the refusal, or its code, and ``None`` when it is taken."""
    try:
        sandbox.business_app.synchronise(PRODUCTION, sync_type)
    except GraphError as refusal:
        return refusal.subcode or refusal.code
    return None


def names(inbox: Inbox) -> dict[str, tuple[str, str]]:
    """How the contacts that came are called, by their numbers, which all are added."""
    synced = [each for value in inbox.of("smb_app_state_sync") for each in value["state_sync"]]
    assert {each["action"] for each in synced} <= {"add"}
    return {
        each["contact"]["phone_number"]: (each["contact"]["full_name"], each["contact"]["first_name"])
        for each in synced
    }


def test_contacts_come_as_the_app_has_them(on_app: Sandbox, everything: Inbox) -> None:
    """Everybody by their own name or that of the app, but those who were removed from it."""
    on_app.business_app.save_contact(SHEENA, "Sheena from the shop")
    on_app.business_app.remove_contact(PABLO)
    on_app.settle()
    everything.clear()

    request_id = on_app.business_app.synchronise(PRODUCTION, CONTACTS)
    on_app.settle()

    found = names(everything)
    others = {each.wa_id for each in on_app.people.all()} - {SHEENA, PABLO}
    assert found[SHEENA] == ("Sheena from the shop", "Sheena")
    assert set(found) == {SHEENA, *others}
    assert len(request_id) == 32
    assert any("contacts are shared" in note for note in notes(on_app, "account"))


def test_a_contact_that_comes_is_as_documented(on_app: Sandbox, everything: Inbox) -> None:
    """The golden payload, for each of them."""
    for person in on_app.people.all():
        if person.wa_id != SHEENA:
            on_app.business_app.remove_contact(person.wa_id)
    on_app.people.change(SHEENA, username="pablomorales", shows_number=True)
    on_app.business_app.save_contact(SHEENA, "Pablo Morales", "Pablo")
    on_app.settle()
    everything.clear()

    on_app.business_app.synchronise(PRODUCTION, CONTACTS)
    on_app.settle()

    assert normalised(everything.of("smb_app_state_sync")) == [golden("smb_app_state_sync", "add")]


def test_many_contacts_come_a_hundred_at_a_time(on_app: Sandbox, everything: Inbox) -> None:
    """None twice, and none is left out."""
    on_app.people.crowd(200)
    on_app.settle()
    everything.clear()

    on_app.business_app.synchronise(PRODUCTION, CONTACTS)
    on_app.settle()

    sizes = [len(value["state_sync"]) for value in everything.of("smb_app_state_sync")]
    people = on_app.people.all()
    assert sizes == [100, 100, len(people) - 200]
    assert set(names(everything)) == {person.wa_id for person in people if person.shows_number}


def test_chats_come_as_if_they_were_shared(on_app: Sandbox, everything: Inbox) -> None:
    """Those that the sandbox has."""
    on_app.people.say(SHEENA, "Hello")
    on_app.settle()
    everything.clear()

    on_app.business_app.synchronise(PRODUCTION, HISTORY)
    on_app.settle()

    (value,) = everything.of("history")
    assert value["history"][0]["threads"][0]["messages"][0]["text"] == {"body": "Hello"}


def test_the_business_may_decline(on_app: Sandbox, everything: Inbox) -> None:
    """The call is taken all the same; the error comes by webhook."""
    on_app.change_settings(shared_history="declined")

    assert asked(on_app, HISTORY) is None
    on_app.settle()

    assert normalised(everything.of("history")) == [golden("history", "declined")]


@pytest.mark.parametrize("sync_type", SYNC_TYPES)
def test_each_is_asked_for_once(on_app: Sandbox, sync_type: str) -> None:
    """A second time is refused; the other one is not."""
    (other,) = set(SYNC_TYPES) - {sync_type}

    assert [asked(on_app, each) for each in (sync_type, sync_type, other)] == [None, 2593107, None]


@pytest.mark.parametrize(("later", "code"), [(HOURS_24 - MICROSECOND, None), (HOURS_24, 2593108)])
@pytest.mark.parametrize("sync_type", SYNC_TYPES)
def test_it_is_asked_for_within_a_day(
    on_app: Sandbox, sync_type: str, later: timedelta, code: int | None
) -> None:
    """From the instant on at which the number came to the app."""
    on_app.clock.advance(later)

    assert asked(on_app, sync_type) == code


def test_a_number_that_comes_back_is_asked_anew(on_app: Sandbox) -> None:
    """A day later, and for what was asked for before; its contacts are known still."""
    on_app.business_app.save_contact(SHEENA, "Sheena from the shop")
    assert asked(on_app, CONTACTS) is None
    on_app.clock.advance(DAY)

    on_app.accounts.change_number(PRODUCTION, on_business_app=True)
    stayed = asked(on_app, CONTACTS)
    on_app.accounts.change_number(PRODUCTION, on_business_app=False)
    left = asked(on_app, CONTACTS)
    on_app.accounts.change_number(PRODUCTION, on_business_app=True)
    inbox = hear_everything(on_app)
    back = asked(on_app, CONTACTS)
    on_app.settle()

    assert (stayed, left, back) == (2593107, 100, None)
    assert names(inbox)[SHEENA] == ("Sheena from the shop", "Sheena")


def test_numbers_are_asked_apart(on_app: Sandbox) -> None:
    """The other one of the sandbox is on no app."""
    with pytest.raises(GraphError, match="not on the WhatsApp Business app"):
        on_app.business_app.synchronise(TEST, HISTORY)


@pytest.fixture
def seed() -> dict[str, Any]:
    """A business whose number is on the app from the beginning."""
    number = {"number": "+15550783881", "id": PRODUCTION, "on_business_app": True}
    return {"app": {"access_token": "T"}, "waba": {}, "numbers": [number]}


def test_a_number_of_a_seed_is_on_the_app_since_the_beginning(emulator: Emulator, seed: Any) -> None:
    """And again since each reset."""
    sandbox = emulator.create(seed=seed, at=START, speed=None)
    sandbox.clock.advance(HOURS_24 - MICROSECOND)
    in_time = asked(sandbox, HISTORY)
    sandbox.clock.advance(MICROSECOND)
    late = asked(sandbox, CONTACTS)

    sandbox.reset()

    assert (in_time, late, asked(sandbox, HISTORY)) == (None, 2593108, None)


def test_what_was_asked_for_is_kept(tmp_path: Path, seed: Any) -> None:
    """In a data folder, and in a snapshot."""
    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(seed=seed, at=START, speed=None)
        assert asked(sandbox, HISTORY) is None
        sandbox.business_app.remove_contact(sandbox.people.add("Ana").wa_id)

    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(seed=seed)
        went_on = asked(sandbox, HISTORY)
        snapshot = sandbox.snapshot()
        sandbox.reset()
        sandbox.restore(snapshot)

        assert (went_on, asked(sandbox, HISTORY), asked(sandbox, CONTACTS)) == (2593107, 2593107, None)
