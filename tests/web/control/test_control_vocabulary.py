"""What a client of the control API can choose from: settings, seeds, and everything that faults have."""

from __future__ import annotations

from datetime import timedelta

from kit.control import Control
from kit.identities import SHEENA

from emulator import Sandbox
from emulator.domain.catalogue import CATALOGUE
from emulator.domain.faults.conditions import CONDITIONS
from emulator.domain.faults.kinds import KINDS
from emulator.domain.faults.occasions import When
from emulator.domain.settings.settings import NAMES, Settings, as_json


def test_every_setting_says_what_it_decides(control: Control) -> None:
    """With its default as JSON writes it, and the values it takes."""
    listed = control.get("/_emulator/settings").json["settings"]

    assert [each["name"] for each in listed] == list(NAMES)
    assert {each["name"]: each["default"] for each in listed} == as_json(Settings())
    assert all(each["text"].endswith(".") for each in listed)
    assert listed[0]["schema"] == {"type": "string", "enum": ["async", "sync"]}


def test_the_document_says_what_each_setting_decides(control: Control) -> None:
    """In OpenAPI, for clients that are made from it; with the unit of a length of time."""
    document = control.get("/_emulator/openapi.json").json
    settings = document["components"]["schemas"]["Settings"]["properties"]

    assert "outside the window" in settings["window_errors"]["description"]
    assert settings["review_after"]["description"].endswith("(seconds)")


def test_the_seeds_that_come_with_the_emulator_are_listed(control: Control) -> None:
    """And a sandbox says which one it was made from."""
    assert control.get("/_emulator/seeds").json == {"seeds": ["default", "shop"]}

    made = control.post("/_emulator/sandboxes", {"id": "shop", "seed": "shop"}).json
    seed = {
        "app": {"access_token": "EMULATOR-mine"},
        "waba": {"name": "Mine"},
        "numbers": [{"number": "+44 20 7946 0958"}],
        "people": [{"number": "+44 7700 900123", "name": "Ada"}],
    }
    own = control.post("/_emulator/sandboxes", {"id": "own", "seed": seed}).json

    assert (made["seed"], own["seed"]) == ("shop", "<seed>")


def test_faults_tell_their_whole_vocabulary(control: Control) -> None:
    """Every place, kind, condition and error, each with what can be said of it."""
    told = control.get("/_emulator/fault-kinds").json
    kinds = {each["kind"]: each for each in told["kinds"]}

    assert [each["when"] for each in told["places"]] == [str(place) for place in When]
    assert list(kinds) == list(KINDS)
    assert [each["name"] for each in told["conditions"]] == list(CONDITIONS)
    assert [each["code"] for each in told["errors"]] == list(CATALOGUE)
    assert (kinds["late"]["needed"], kinds["throttle"]["needed"]) == ("by", None)
    assert kinds["status"]["parameters"] == ["status", "body", "headers", "delay", "effect"]


def test_the_journal_is_read_from_its_end(control: Control, sandbox: Sandbox) -> None:
    """The newest come first, page by page; `until` leaves out what came at that instant and later."""
    for number in range(5):
        sandbox.people.say(SHEENA, f"{number}")
        sandbox.clock.advance(timedelta(minutes=1))
    whole = [entry["seq"] for entry in control.expect("GET", "/journal", kind="message")["journal"]]

    first = control.expect("GET", "/journal", kind="message", order="newest", limit="2")
    rest = control.expect(
        "GET", "/journal", kind="message", order="newest", limit="9", before=str(first["next"])
    )
    early = control.expect("GET", "/journal", kind="message", until="2026-11-02T09:02:00Z")

    assert [entry["seq"] for entry in first["journal"] + rest["journal"]] == whole[::-1]
    assert "next" not in rest
    assert [entry["at"] for entry in early["journal"]] == ["2026-11-02T09:00:00Z", "2026-11-02T09:01:00Z"]
