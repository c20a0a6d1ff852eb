"""The journal and the webhooks of a sandbox are bounded: the oldest are dropped, and counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from kit.identities import PRODUCTION, SHEENA, WABA_ID
from kit.sandboxes import send
from kit.times import MORNING

from emulator import Emulator, Sandbox
from emulator.domain.webhooks.deliveries import DeliveryAttempt, MadeWebhook
from emulator.sandbox.store.retention import AT_A_TIME, AT_ONCE

KEPT = 100
MOST = KEPT + AT_A_TIME - 1
"""How many there may be: the oldest are dropped when so many have been written."""


@pytest.fixture
def sandbox(emulator: Emulator) -> Sandbox:
    """One that keeps few entries and few webhooks."""
    sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
    sandbox.change_settings(keep_journal=KEPT, keep_deliveries=KEPT)
    return sandbox


def note(sandbox: Sandbox, count: int) -> None:
    """Write so many entries into the journal."""
    with sandbox.services.command():
        for each in range(count):
            sandbox.journal.write("warning", str(each), "noted")


def deliver(sandbox: Sandbox, count: int, state: str = "delivered") -> None:
    """Store so many webhooks, each after one attempt in a state."""
    app_id = sandbox.accounts.app().id
    made = MadeWebhook(app_id, WABA_ID, PRODUCTION, SHEENA, "http://x", "messages", b"{}", MORNING, MORNING)
    with sandbox.services.command() as store:
        for _ in range(count):
            delivery = store.deliveries.get(store.deliveries.add(made))
            assert delivery is not None
            attempt = DeliveryAttempt(delivery.id, 1, MORNING, 200, None)
            store.deliveries.record(delivery, attempt, state, MORNING, "http://x")


def test_the_newest_entries_are_kept(sandbox: Sandbox) -> None:
    """Never fewer than the setting says, never 250 more, and numbered as if all were there."""
    for written in range(50, 1001, 50):
        note(sandbox, 50)
        entries = sandbox.journal.all()

        assert min(written, KEPT) <= len(entries) <= MOST
        assert [entry.seq for entry in entries] == list(range(written - len(entries) + 1, written + 1))
        assert sandbox.journal.dropped == written - len(entries)


def test_nothing_is_dropped_below_the_bound(sandbox: Sandbox) -> None:
    """As many as are kept are all of them; a test suite never meets the default."""
    sandbox.change_settings(keep_journal=AT_A_TIME, keep_deliveries=AT_A_TIME)

    note(sandbox, AT_A_TIME)
    deliver(sandbox, AT_A_TIME)

    assert (sandbox.journal.dropped, sandbox.webhooks.dropped) == (0, 0)
    assert len(sandbox.journal.all()) == len(sandbox.webhooks.all()) == AT_A_TIME


def test_one_more_than_is_kept_is_dropped(sandbox: Sandbox) -> None:
    """The oldest, when the next 250 are full."""
    sandbox.change_settings(keep_journal=AT_A_TIME - 1, keep_deliveries=AT_A_TIME - 1)

    note(sandbox, AT_A_TIME)
    deliver(sandbox, AT_A_TIME)

    assert (sandbox.journal.dropped, sandbox.webhooks.dropped) == (1, 1)
    assert sandbox.journal.all()[0].seq == sandbox.webhooks.all()[0].id == 2


def test_a_bound_that_is_lowered_holds_after_a_while(sandbox: Sandbox) -> None:
    """No call waits until all is dropped: 2,500 rows go at once."""
    sandbox.change_settings(keep_journal=10_000, keep_deliveries=10_000)
    note(sandbox, 4000)
    deliver(sandbox, 4000)

    sandbox.change_settings(keep_journal=KEPT, keep_deliveries=KEPT)
    note(sandbox, AT_A_TIME)
    deliver(sandbox, AT_A_TIME)
    assert (sandbox.journal.dropped, sandbox.webhooks.dropped) == (AT_ONCE, AT_ONCE)

    note(sandbox, AT_A_TIME)
    deliver(sandbox, AT_A_TIME)
    assert len(sandbox.journal.all()) == len(sandbox.webhooks.all()) == KEPT


def test_old_webhooks_go_with_their_attempts(sandbox: Sandbox) -> None:
    """Of what is dropped nothing remains."""
    deliver(sandbox, 1000)

    found = sandbox.webhooks.all()
    attempts = sandbox.services.store.database.execute("SELECT COUNT(*) FROM attempts").fetchone()
    assert KEPT <= len(found) <= MOST
    assert (found[-1].id, sandbox.webhooks.dropped) == (1000, 1000 - len(found))
    assert attempts == (len(found),)


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_a_webhook_that_waits_is_never_dropped(sandbox: Sandbox, state: str) -> None:
    """However old it is; one that was given up is."""
    deliver(sandbox, 10, state)
    deliver(sandbox, 1000)

    kept = [each for each in sandbox.webhooks.all() if each.id <= 10]
    assert len(kept) == (10 if state == "waiting" else 0)


def test_what_is_undone_has_dropped_nothing(sandbox: Sandbox) -> None:
    """A command that fails leaves the entries and their count as they were."""
    note(sandbox, 2 * AT_A_TIME - 1)
    before = sandbox.journal.all(), sandbox.journal.dropped

    def broken() -> None:
        with sandbox.services.command():
            note(sandbox, AT_A_TIME)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()

    assert (sandbox.journal.all(), sandbox.journal.dropped) == before


def test_a_snapshot_has_the_count_and_a_reset_has_none(sandbox: Sandbox) -> None:
    """It belongs to the state."""
    note(sandbox, 1000)
    snapshot, dropped = sandbox.snapshot(), sandbox.journal.dropped
    assert dropped > 0

    sandbox.reset()
    assert sandbox.journal.dropped == 0

    sandbox.restore(snapshot)
    assert sandbox.journal.dropped == dropped


def test_a_conversation_goes_on_beyond_the_bound(sandbox: Sandbox) -> None:
    """Sends, statuses and webhooks do not need what was dropped."""
    sandbox.webhooks.connect("http://127.0.0.1:9/nobody")
    sandbox.people.say(SHEENA, "Hello")

    for _ in range(100):
        send(sandbox, "Hi")
        sandbox.clock.advance(timedelta(seconds=1))

    assert sandbox.journal.dropped > 0
    assert {str(each.status) for each in sandbox.messages.all() if each.outbound} == {"read"}


def test_outcomes_whose_lines_were_dropped_are_not_written_again(tmp_path: Path) -> None:
    """After a kill only those are looked for that were made since the journal was complete."""
    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
        sandbox.change_settings(keep_journal=1)
        deliver(sandbox, 5)
        note(sandbox, AT_A_TIME)
        with sandbox.services.command() as store:
            store.facts.put("outcomes_to_write", (MORNING + timedelta(seconds=1)).isoformat())
        assert sandbox.journal.dropped > 0

    with Emulator(data=tmp_path) as emulator:
        assert [entry.kind for entry in emulator.create().journal.all()] == ["warning"]
