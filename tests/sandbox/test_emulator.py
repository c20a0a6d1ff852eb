"""Many sandboxes in one process, each in its own world, and kept in a folder if one likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from kit.graph import graph_of
from kit.identities import ACCESS_TOKEN, PABLO, RECEIVER, SHEENA
from kit.messages import order_shipped
from kit.receivers import Inbox, listen
from kit.sandboxes import send, statuses
from kit.times import START, Wall, after, seconds

from emulator import Emulator, Sandbox
from emulator.domain.accounts.apps import MANAGEMENT, MESSAGING
from emulator.sandbox.clock import Mode
from emulator.sandbox.emulator import NoSuchSandbox
from emulator.sandbox.seeds.blueprints import KEPT
from emulator.sandbox.timeline import DueKind
from emulator.sandbox.webhooks.receivers import CallableReceiver


def create(emulator: Emulator, name: str = "default", **options: Any) -> Sandbox:
    return emulator.create(name, at=START, speed=None, **options)


# side by side


def test_sandboxes_know_nothing_of_each_other(emulator: Emulator) -> None:
    """The same people, other conversations, other times."""
    a, b = create(emulator, "a"), create(emulator, "b")
    inboxes = Inbox(), Inbox()
    for sandbox, inbox in zip((a, b), inboxes, strict=True):
        sandbox.webhooks.connect(RECEIVER, CallableReceiver(inbox))

    a.people.say(SHEENA, "to a")
    b.people.say(SHEENA, "to b")
    a.clock.advance(timedelta(days=1))
    b.settle()

    assert [inbox.events for inbox in inboxes] == [["text to a"], ["text to b"]]
    assert [a.clock.now(), b.clock.now()] == [START + timedelta(days=1), START]


@pytest.mark.slow
def test_many_sandboxes_are_found_by_their_tokens(emulator: Emulator) -> None:
    """A token a test is all it takes."""
    sandboxes = [create(emulator, f"test-{number}") for number in range(40)]

    found = [emulator.find(sandbox.identity()["access_token"]) for sandbox in sandboxes]

    assert [each and each[0] for each in found] == sandboxes
    assert len({sandbox.identity()["access_token"] for sandbox in sandboxes}) == 40


def test_a_call_reaches_the_sandbox_of_its_token(emulator: Emulator) -> None:
    """The ids of another one do not exist for it."""
    a, b = create(emulator, "a", at_once=True), create(emulator, "b", at_once=True)
    ids = {s.name: s.identity()["numbers"][0]["phone_number_id"] for s in (a, b)}
    api = graph_of(emulator, a.identity()["access_token"])

    codes = [api.text("Hello", number=ids[name]).status_code for name in ("a", "b")]

    assert (codes, len(a.messages.all()), len(b.messages.all())) == ([200, 400], 1, 0)


def test_a_token_is_found_after_a_snapshot_has_brought_it(emulator: Emulator) -> None:
    """What was remembered of the tokens of a sandbox holds only until they change."""
    sandbox, shop = create(emulator), create(emulator, "shop", seed="shop")
    token = shop.identity()["access_token"]
    snapshot = shop.snapshot()
    emulator.remove("shop")
    assert emulator.find(token) is None

    sandbox.restore(snapshot)
    found = emulator.find(token)
    sandbox.reset()

    assert found is not None
    assert found[0] is sandbox
    assert emulator.find(token) is None


def test_an_app_token_is_the_id_and_the_secret(emulator: Emulator) -> None:
    """It opens the sandbox of the app, with both permissions; a wrong secret opens nothing."""
    told = create(emulator).identity()

    found = emulator.find(f"{told['app_id']}|{told['app_secret']}")
    wrong = [emulator.find(f"{told['app_id']}|wrong"), emulator.find(f"42|{told['app_secret']}")]

    assert found is not None
    sandbox, token = found
    assert (sandbox.name, token.is_app_token, token.scopes) == ("default", True, (MANAGEMENT, MESSAGING))
    assert wrong == [None, None]


def test_a_token_that_nobody_knows_opens_nothing(emulator: Emulator) -> None:
    """Nor does an empty one."""
    create(emulator)

    assert [emulator.find("EAAsomething"), emulator.find(""), emulator.find("|")] == [None, None, None]


def test_an_app_is_found_by_its_id(emulator: Emulator) -> None:
    """In whichever sandbox it lives."""
    a, b = create(emulator, "a"), create(emulator, "b")

    found = [emulator.find_app(sandbox.identity()["app_id"]) for sandbox in (a, b)]

    assert [*found, emulator.find_app("42")] == [a, b, None]


def test_sandboxes_work_at_the_same_time(emulator: Emulator) -> None:
    """Each in a thread, none waits for another or loses anything."""
    sandboxes = [create(emulator, f"test-{number}", at_once=True) for number in range(4)]
    inboxes = [listen(sandbox) for sandbox in sandboxes]

    def work(sandbox: Sandbox) -> None:
        for _ in range(10):
            send(sandbox, order_shipped())
            sandbox.clock.advance(seconds(1))

    threads = [Thread(target=work, args=(sandbox,)) for sandbox in sandboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert [len(inbox.webhooks) for inbox in inboxes] == [30] * 4
    assert [sandbox.clock.now() for sandbox in sandboxes] == [after(10)] * 4


# names


def test_a_sandbox_is_got_by_its_name(emulator: Emulator) -> None:
    """A wrong name is answered with those there are."""
    a, b = create(emulator, "a"), create(emulator, "b")

    assert ([emulator.get("a"), emulator.get("b")], emulator.all()) == ([a, b], [a, b])
    with pytest.raises(NoSuchSandbox, match="there is no sandbox c; there are: a, b"):
        emulator.get("c")


def test_a_name_is_taken_once(emulator: Emulator) -> None:
    """Until the sandbox is removed."""
    create(emulator, "a")

    with pytest.raises(ValueError, match="there is a sandbox a already"):
        create(emulator, "a")
    emulator.remove("a")

    assert create(emulator, "a").messages.all() == []


@pytest.mark.parametrize("name", ["", "A", "a b", "../a", "-a", "ä", "a" * 64, "a/b", "a.b"])
def test_a_name_that_could_be_no_file_is_refused(emulator: Emulator, name: str) -> None:
    """It may become one."""
    with pytest.raises(ValueError, match="a sandbox's name has 1 to 63 small letters, digits, - and _"):
        create(emulator, name)


def test_a_removed_sandbox_is_found_no_more(emulator: Emulator) -> None:
    """Its token opens nothing."""
    token = create(emulator, "a").identity()["access_token"]

    emulator.remove("a")

    assert (emulator.find(token), emulator.all()) == (None, [])
    with pytest.raises(NoSuchSandbox):
        emulator.remove("a")


# kept in a folder


def test_a_kept_sandbox_goes_on_where_it_was(tmp_path: Path) -> None:
    """People, messages, windows, identity and time; what is asked for at the second start does not count."""
    with Emulator(data=tmp_path) as first:
        sandbox = create(first)
        sandbox.people.add("Vera", "+1 212 555 0123")
        sandbox.people.say(SHEENA, "Hello")
        sandbox.clock.advance(timedelta(hours=1))
        before = (sandbox.identity(), sandbox.people.all(), sandbox.messages.all(), sandbox.clock.now())

    with Emulator(data=tmp_path) as second:
        sandbox = second.create(at=datetime(2020, 1, 1, tzinfo=UTC))
        send(sandbox, "Hello back")
        sandbox.clock.advance(seconds(60))

        kept = (sandbox.identity(), sandbox.people.all(), sandbox.messages.all()[:1], sandbox.clock.now())
        assert kept == (*before[:3], before[3] + seconds(60))
        assert (sandbox.clock.mode, statuses(sandbox)) == (Mode.FROZEN, ["read"])


def test_what_was_pending_still_comes(tmp_path: Path) -> None:
    """Statuses and webhooks that were on their way when the process ended, at their instants."""
    with Emulator(data=tmp_path) as first:
        sandbox = create(first)
        listen(sandbox, answers=[500])
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, "Hello back")
        sandbox.clock.advance(seconds(1))

    with Emulator(data=tmp_path) as second:
        sandbox = create(second)
        inbox = listen(sandbox)
        sandbox.clock.advance(seconds(60))

    assert inbox.times == [(1.3, "delivered"), (7.3, "read"), (15.0, "text Hello")]


def test_two_lives_are_as_long_as_one(tmp_path: Path) -> None:
    """The same bytes, whether the process was restarted in between or not."""

    def first_half(sandbox: Sandbox) -> Inbox:
        inbox = listen(sandbox)
        sandbox.people.say(SHEENA, "Hello")
        send(sandbox, "Hello back")
        sandbox.clock.advance(seconds(1))
        return inbox

    def second_half(sandbox: Sandbox) -> Inbox:
        inbox = listen(sandbox)
        send(sandbox, order_shipped(), PABLO)
        sandbox.people.add()
        sandbox.clock.advance(seconds(60))
        sandbox.people.tap(PABLO, "Where is it?")
        sandbox.settle()
        return inbox

    with Emulator() as whole:
        sandbox = create(whole)
        expected = first_half(sandbox).bodies + second_half(sandbox).bodies
    with Emulator(data=tmp_path) as first:
        found = first_half(create(first)).bodies
    with Emulator(data=tmp_path) as second:
        found += second_half(create(second)).bodies

    assert found == expected


def test_a_running_clock_keeps_what_it_was_advanced_by(tmp_path: Path, wall: Wall) -> None:
    """The time in between counts as well."""
    with Emulator(data=tmp_path) as first:
        sandbox = first.create(at=START, speed=1.0)
        sandbox.clock.advance(timedelta(days=1))

    wall.at += seconds(30)
    with Emulator(data=tmp_path) as second:
        assert second.create().clock.now() == START + timedelta(days=1) + seconds(30)


def test_a_clock_is_not_behind_what_happened(tmp_path: Path) -> None:
    """Also when the move of the clock that brought it about came to a bad end."""

    def fail(_: object) -> None:
        raise RuntimeError("broken")

    with Emulator(data=tmp_path) as first:
        sandbox = create(first)
        sandbox.services.core.handlers[DueKind.CALL_END] = fail
        with sandbox.services.command():
            sandbox.services.core.plan(after(7200), DueKind.CALL_END, "it")
        send(sandbox, order_shipped())
        with pytest.raises(RuntimeError):
            sandbox.clock.advance(timedelta(days=1))

    with Emulator(data=tmp_path) as second:
        assert create(second).clock.now() == after(7200)


def test_a_clock_that_a_snapshot_was_taken_of_is_not_behind(tmp_path: Path, wall: Wall) -> None:
    """Looking at a running sandbox does not stop the time that is kept."""
    with Emulator(data=tmp_path) as first:
        sandbox = first.create(at=START, speed=1.0)
        wall.at += seconds(10)
        sandbox.snapshot()

    wall.at += seconds(10)
    with Emulator(data=tmp_path) as second:
        assert second.create().clock.now() == after(20)


def test_a_frozen_clock_stays_frozen(tmp_path: Path, wall: Wall) -> None:
    """As it was told."""
    with Emulator(data=tmp_path) as first:
        sandbox = first.create(at=START, speed=1.0)
        wall.at += seconds(10)
        sandbox.clock.freeze()

    wall.at += seconds(10)
    with Emulator(data=tmp_path) as second:
        clock = second.create().clock
        assert (clock.now(), clock.mode) == (after(10), Mode.FROZEN)


def test_a_registered_callback_is_kept(tmp_path: Path) -> None:
    """The address is part of the state; a receiver in the process is connected anew."""
    with Emulator(data=tmp_path) as first:
        create(first).webhooks.connect("http://127.0.0.1:9/hook")

    with Emulator(data=tmp_path) as second:
        assert create(second).identity()["webhook_url"] == "http://127.0.0.1:9/hook"


def test_every_sandbox_has_a_file_of_its_own(tmp_path: Path) -> None:
    """Named like it; a removed one takes it along."""
    with Emulator(data=tmp_path / "deep" / "down") as emulator:
        create(emulator)
        create(emulator, "other")
        emulator.remove("other")
        names = {path.name for path in (tmp_path / "deep" / "down").iterdir()}

    assert {name for name in names if name.startswith("default")} == names
    assert "default.sqlite" in names


def test_without_a_folder_nothing_is_kept() -> None:
    """An emulator in memory begins anew."""
    with Emulator() as first:
        create(first).people.say(SHEENA, "Hello")

    with Emulator() as second:
        assert create(second).messages.all() == []
        assert second.find(ACCESS_TOKEN) is not None


def test_a_reset_after_a_restart_begins_where_the_sandbox_began(tmp_path: Path) -> None:
    """With its own time, and with the receiver it had."""
    with Emulator(data=tmp_path) as first:
        create(first).webhooks.connect("http://127.0.0.1:5000/webhook")
    with Emulator(data=tmp_path) as second:
        sandbox = second.create()
        sandbox.clock.advance(timedelta(days=3))

        sandbox.reset()

        assert (sandbox.clock.now(), sandbox.clock.mode) == (START, Mode.FROZEN)
        assert sandbox.identity()["webhook_url"] == "http://127.0.0.1:5000/webhook"


def test_a_folder_serves_one_emulator_at_a_time(tmp_path: Path) -> None:
    """The second one is refused, and the first goes on."""
    with Emulator(data=tmp_path) as first:
        sandbox = create(first)

        with Emulator(data=tmp_path) as second, pytest.raises(ValueError, match="in use by another emulator"):
            second.create()

        assert sandbox.people.say(SHEENA, "Hello").text == "Hello"


def test_a_file_that_was_never_filled_becomes_a_sandbox(tmp_path: Path) -> None:
    """When it is asked for: a process leaves one that was killed at its very beginning.

    One that nobody asks for is named, and other files are left alone.
    """
    (tmp_path / "default.sqlite").touch()
    (tmp_path / "other.sqlite").touch()
    (tmp_path / "Not A Sandbox.sqlite").write_text("mine")

    with Emulator(data=tmp_path) as emulator:
        said = emulator.create().people.say(SHEENA, "Hello").text
        taken = emulator.take_up()
        problems = emulator.problems()

    assert (taken, said) == ([], "Hello")
    assert problems == [f"{tmp_path / 'other.sqlite'}: it is empty and holds no sandbox; delete it"]
    assert (tmp_path / "Not A Sandbox.sqlite").read_text() == "mine"


def test_a_snapshot_of_another_seed_changes_nothing_about_the_reset(tmp_path: Path) -> None:
    """What a sandbox returns to is its own."""
    with Emulator(data=tmp_path) as emulator:
        shop = create(emulator, "shop", seed="shop").snapshot()
        create(emulator).restore(shop)
    with Emulator(data=tmp_path) as emulator:
        sandbox = emulator.create()

        sandbox.reset()

        assert sandbox.identity()["access_token"] == ACCESS_TOKEN


def test_seeds_that_nobody_uses_any_more_are_let_go(emulator: Emulator, tmp_path: Path) -> None:
    """Thousands of tests with a seed of their own do not fill the memory."""
    for number in range(30):
        seed = tmp_path / f"seed-{number}.yaml"
        seed.write_text(
            f"seed: s{number}\napp: {{access_token: T{number}}}\nwaba: {{}}\n"
            "numbers: [{number: '+15550001111'}]\n"
        )
        create(emulator, seed=seed)
        emulator.remove("default")

    assert len(emulator._blueprints) == KEPT
