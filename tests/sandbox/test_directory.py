"""Whose a token or an app is, among many sandboxes: known at every instant, whatever has happened to them."""

from __future__ import annotations

import pytest

from emulator import Emulator
from emulator.domain.accounts.apps import Token
from emulator.sandbox.directory import Directory
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.store import DatabaseError


def token_of(sandbox: Sandbox) -> str:
    return str(sandbox.identity()["access_token"])


def name_of(emulator: Emulator, token: str) -> str | None:
    found = emulator.find(token)
    return found and found[0].name


@pytest.fixture
def pair(emulator: Emulator) -> tuple[Sandbox, Sandbox]:
    return emulator.create("one", speed=None), emulator.create("two", speed=None)


def test_each_by_its_own(emulator: Emulator, pair: tuple[Sandbox, Sandbox]) -> None:
    """By its token, by the token of its app, and by its app."""
    for sandbox in pair:
        app = sandbox.accounts.app()

        assert name_of(emulator, token_of(sandbox)) == sandbox.name
        assert name_of(emulator, f"{app.id}|{app.secret}") == sandbox.name
        assert emulator.find_app(app.id) is sandbox
        assert name_of(emulator, f"{app.id}|wrong") is None
    assert name_of(emulator, "unknown") is None
    assert emulator.find_app("unknown") is None
    assert emulator.find_app(token_of(pair[0])) is None


def test_a_restored_one_by_what_the_snapshot_brought(
    emulator: Emulator, pair: tuple[Sandbox, Sandbox]
) -> None:
    """And by its own again after a reset."""
    one, two = pair
    own, brought = token_of(two), token_of(one)
    two.restore(one.snapshot())
    emulator.remove("one")

    assert (name_of(emulator, brought), name_of(emulator, own)) == ("two", None)
    two.reset()
    assert (name_of(emulator, brought), name_of(emulator, own)) == (None, "two")


def test_of_several_the_one_that_it_opened_before(emulator: Emulator, pair: tuple[Sandbox, Sandbox]) -> None:
    """Else the oldest of them."""
    one, two = pair
    token = token_of(two)
    one.restore(two.snapshot())

    assert name_of(emulator, token) == "one"
    emulator.remove("one")
    assert name_of(emulator, token) == "two"
    emulator.create("one", speed=None).restore(two.snapshot())
    assert name_of(emulator, token) == "two"


def test_a_token_that_is_added_later(emulator: Emulator, pair: tuple[Sandbox, Sandbox]) -> None:
    """Is known at once, and one whose transaction was rolled back is not."""
    one, _ = pair

    def fail() -> None:
        with one.services.command() as store:
            store.accounts.add_token(Token("ROLLED-BACK", one.accounts.app().id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with one.services.command() as store:
        store.accounts.add_token(Token("ADDED", one.accounts.app().id))

    assert name_of(emulator, "ADDED") == "one"
    assert name_of(emulator, "ROLLED-BACK") is None


def test_one_that_cannot_say_is_asked(
    emulator: Emulator, pair: tuple[Sandbox, Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged one gets its calls as soon as it can be read, and keeps nobody from the others."""
    one, two = pair
    token = token_of(one)
    with monkeypatch.context() as damaged:
        damaged.setattr(one.accounts, "credentials", lambda: (_ for _ in ()).throw(DatabaseError("damaged")))
        one.reset()

    assert name_of(emulator, token) == "one"
    assert name_of(emulator, token_of(two)) == "two"


def test_a_removed_one_leads_nowhere(emulator: Emulator, pair: tuple[Sandbox, Sandbox]) -> None:
    """Nor one of the same name that comes after it, by what the former had."""
    one, _ = pair
    token = token_of(one)
    emulator.remove("one")

    assert name_of(emulator, token) is None
    emulator.create("one", seed="shop", speed=None)
    assert name_of(emulator, token) is None


def test_nothing_stays_of_those_that_left() -> None:
    """Thousands that come and go leave no trace."""
    directory = Directory()
    for number in range(100):
        directory.enter(f"s{number}", {f"token {number}", "shared"})
        directory.enter(f"s{number}", {f"other {number}", "shared"})
    directory.enter("unknown", None)

    assert directory.holders("shared")[:3] == ["s0", "s1", "s2"]
    assert directory.holders("token 1") == ["unknown"]
    for number in range(100):
        directory.leave(f"s{number}")
    directory.leave("unknown")
    assert not any(vars(directory)[held] for held in ("_places", "_keys", "_holders", "_unknown"))
