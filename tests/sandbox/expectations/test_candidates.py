"""What an expectation looks at: what none before it has claimed, and of that no more than it needs."""

from __future__ import annotations

from typing import Any

import pytest
from kit.graph import Graph, graph_of
from kit.identities import BEATRIZ, PABLO, SHEENA, STRANGER
from kit.sandboxes import send

from emulator import Emulator, Sandbox
from emulator.domain.expectations.findings import key_of
from emulator.domain.messages.lifecycle import Message
from emulator.sandbox.errors import NotMet
from emulator.sandbox.store.messages import message_rows, messages

PEOPLE = (SHEENA, PABLO, BEATRIZ)


@pytest.fixture
def open_windows(sandbox: Sandbox) -> Sandbox:
    """Everybody has written, so that they can be answered."""
    for wa_id in PEOPLE:
        sandbox.people.say(wa_id, "Hello")
    return sandbox


@pytest.fixture
def graph(emulator: Emulator, open_windows: Sandbox) -> Graph:
    """A client of the sandbox."""
    return graph_of(emulator)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The wamid of each message that is read from the database, as often as it is."""
    found, read_message = list[str](), message_rows.message_of

    def noted(row: tuple[Any, ...]) -> Message:
        found.append(row[0])
        return read_message(row)

    monkeypatch.setattr(messages, "message_of", noted)
    return found


def expect(sandbox: Sandbox, what: str = "sent", **conditions: Any) -> Any:
    """The first that is found."""
    return sandbox.expectations.expect(what, **conditions)[0]


def missed(sandbox: Sandbox, what: str = "sent", **conditions: Any) -> str:
    """What is told of something that has not happened."""
    with pytest.raises(NotMet) as told:
        sandbox.expectations.expect(what, **conditions)
    return told.value.summary


def forget_messages(sandbox: Sandbox, read: list[str]) -> None:
    """Have the table read each message anew, and begin to count."""
    sandbox.settle()
    sandbox.services.store.database.stamp += 1
    read.clear()


def test_what_is_claimed_is_not_read_again(open_windows: Sandbox, read: list[str]) -> None:
    """An expectation costs the same after one and after a hundred others; it reads what it returns twice."""
    sent = [send(open_windows, f"Message {number}") for number in range(100)]
    for wamid in sent[:-1]:
        assert expect(open_windows).id == wamid
    forget_messages(open_windows, read)

    assert expect(open_windows).id == sent[-1]
    assert read == [sent[-1]] * 2


def test_the_first_that_fits_ends_the_search(open_windows: Sandbox, read: list[str]) -> None:
    """What was sent after it is not read."""
    sent = [send(open_windows, f"Message {number}") for number in range(20)]
    forget_messages(open_windows, read)

    assert expect(open_windows, text="Message 2").id == sent[2]
    assert read == [*sent[:3], sent[2]]


def test_what_has_not_changed_is_looked_at_once(open_windows: Sandbox, read: list[str]) -> None:
    """It is settled a second time, and looked at again only if that brought something."""
    sent = [send(open_windows, f"Message {number}") for number in range(5)]
    forget_messages(open_windows, read)

    found = open_windows.expectations.expect("sent", times=5)

    assert list(map(key_of, found)) == sent
    assert sorted(read) == sorted(sent * 2)


def test_what_none_before_has_claimed_stays_a_candidate(open_windows: Sandbox) -> None:
    """However many later ones are claimed."""
    sent = [send(open_windows, f"Message {number}", wa_id) for number in range(4) for wa_id in PEOPLE]
    for number in (3, 1, 0):
        for wa_id in PEOPLE:
            assert expect(open_windows, text=f"Message {number}", to=wa_id).wa_id == wa_id

    left = [expect(open_windows).id for _ in PEOPLE]

    assert left == [sent[6], sent[7], sent[8]]
    open_windows.expectations.expect_no_more()


def test_what_is_delivered_later_than_others_is_found(open_windows: Sandbox) -> None:
    """It was sent before what is claimed already."""
    open_windows.people.go_offline(PABLO)
    first = send(open_windows, "Hi!", PABLO)
    second = send(open_windows, "Hi!", SHEENA)
    assert expect(open_windows, "delivered").id == second
    missed(open_windows, "delivered")

    open_windows.people.come_online(PABLO)

    assert expect(open_windows, "delivered").id == first


def test_a_failed_message_is_in_nobody_s_way(open_windows: Sandbox, read: list[str]) -> None:
    """It was not sent, and yet is something more until somebody has expected that it fails."""
    failed = send(open_windows, "Psst", STRANGER)
    sent = send(open_windows, "Hi!")
    assert expect(open_windows).id == sent
    missed(open_windows)
    with pytest.raises(NotMet) as told:
        open_windows.expectations.expect_no_more()
    assert [message.id for message in told.value.came] == [failed]

    assert expect(open_windows, "failed").id == failed

    forget_messages(open_windows, read)
    open_windows.expectations.expect_no_more()
    assert read == []


def test_what_another_thread_claims_meanwhile_is_not_found_again(open_windows: Sandbox) -> None:
    """Each message is claimed by one of several that expect the same at once."""
    first, second = send(open_windows, "Hi!"), send(open_windows, "Hi!")
    claimed = list[str]()

    def is_greeting(text: str) -> bool:
        if not claimed:
            claimed.append("")
            claimed.append(expect(open_windows, text="Hi!").id)
        return text == "Hi!"

    assert expect(open_windows, text=is_greeting).id == second
    assert claimed == ["", first]


def test_what_is_found_may_be_changed(open_windows: Sandbox) -> None:
    """The sandbox keeps what was sent."""
    wamid = send(open_windows, "Hi!")

    expect(open_windows).content["body"] = "Bye!"

    found = open_windows.messages.get(wamid)
    assert found is not None
    assert found.text == "Hi!"


def test_refused_calls_are_claimed_one_by_one(graph: Graph, open_windows: Sandbox) -> None:
    """Each is found once, among calls that succeeded, also one that comes later."""
    for number in (1, 2):
        graph.get(f"nothing{number}")
        graph.text("Hi!")
    assert [expect(open_windows, "refused").path[-8:] for _ in range(2)] == ["nothing1", "nothing2"]
    missed(open_windows, "refused")

    graph.get("nothing3")

    assert expect(open_windows, "refused").path.endswith("nothing3")


def test_after_a_reset_the_numbers_of_refused_calls_begin_anew(graph: Graph, open_windows: Sandbox) -> None:
    """A call with the number of one that was claimed is another one."""
    graph.get("nothing1")
    expect(open_windows, "refused")

    open_windows.reset()
    graph.get("nothing2")

    assert expect(open_windows, "refused").path.endswith("nothing2")
    open_windows.expectations.expect_no_more()


def test_a_refused_call_that_the_journal_has_dropped_is_none(graph: Graph, open_windows: Sandbox) -> None:
    """What the journal does not keep nobody can tell of."""
    graph.get("nothing1")
    graph.get("nothing2")
    missed(open_windows, "refused", code=1)
    store = open_windows.services.store
    with store.transaction():
        store.journal.drop(store.journal.select(kind="call")[0].seq)

    assert expect(open_windows, "refused").path.endswith("nothing2")
    missed(open_windows, "refused")
