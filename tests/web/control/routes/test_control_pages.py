"""Lists of the control API page by page: each page names what the next one comes after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from kit.control import Control
from kit.graph import Graph
from kit.identities import PABLO, PRODUCTION, SHEENA, TEST
from kit.submissions import submit

from emulator import Emulator, Sandbox

LISTS = {
    "people": "wa_id",
    "templates": "id",
    "groups": "id",
    "windows": "wa_id",
    "messages": "id",
    "deliveries": "id",
    "journal": "seq",
}
"""Every list of a sandbox that grows, and what tells its members apart."""
BEGINNINGS = {"messages": "&after=", "deliveries": "&after=0"}
"""How the first page is asked for where a list without ``after`` has the newest."""


@pytest.fixture
def grown(control: Control, graph: Graph, sandbox: Sandbox) -> Sandbox:
    """A sandbox with seven or more of everything, also in one instant."""
    sandbox.webhooks.connect("http://127.0.0.1:9/nobody")
    for place in range(7):
        person = sandbox.people.add(number=f"4915{place:08d}").wa_id
        sandbox.people.say(person, "Hello")
        sandbox.groups.make(f"Group {place}", SHEENA, person)
        if place % 3 == 0:
            sandbox.clock.advance(timedelta(minutes=1))
        submit(sandbox, f"order_{place}")
        graph.text(f"{place}", to=person)
    return sandbox


def walk(control: Control, name: str, limit: int) -> Iterator[list[Any]]:
    """Every page of a list, from the first on."""
    more = BEGINNINGS.get(name, "")
    while True:
        page = control.get(f"/{name}?limit={limit}{more}").json
        yield page[name]
        if "next" not in page:
            return
        more = f"&after={page['next']}"


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("name", LISTS)
def test_the_pages_are_the_list(control: Control, grown: Sandbox, name: str, limit: int) -> None:
    """Each member once, in the order of the list; every page but the last is full."""
    whole = control.get(f"/{name}").json[name]

    pages = list(walk(control, name, limit))

    assert len(whole) >= 7
    assert [each for page in pages for each in page] == whole
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert 1 <= len(pages[-1]) <= limit


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_fits_is_its_last_page(control: Control, grown: Sandbox, name: str) -> None:
    """Nothing comes after it; one less, and there is more."""
    count = len(control.get(f"/{name}").json[name])
    begin = BEGINNINGS.get(name, "")

    assert control.get(f"/{name}?limit={count}{begin}").json.get("next") is None
    assert control.get(f"/{name}?limit={count - 1}{begin}").json.get("next") is not None


def test_without_after_the_newest_are_listed(control: Control, grown: Sandbox) -> None:
    """Messages and webhooks, as ever; there is nothing after these."""
    for name in BEGINNINGS:
        whole = control.get(f"/{name}").json[name]
        newest = control.get(f"/{name}?limit=3").json

        assert newest[name] == whole[-3:]
        assert "next" not in newest


def test_a_person_and_a_state_are_paged_too(control: Control, grown: Sandbox) -> None:
    """A filter holds on every page."""
    wa_id = "491500000003"
    mine = control.get(f"/messages?wa_id={wa_id}&limit=1&after=").json
    waiting = control.get("/deliveries?state=waiting&limit=2&after=0").json

    rest = control.get(f"/messages?wa_id={wa_id}&after={mine['next']}").json
    assert {each["wa_id"] for each in mine["messages"] + rest["messages"]} == {wa_id}
    assert [each["state"] for each in waiting["deliveries"]] == ["waiting", "waiting"]


def test_what_comes_meanwhile_is_on_a_later_page(control: Control, grown: Sandbox) -> None:
    """Who reads page by page misses nothing, and sees nothing twice."""
    first = control.get("/people?limit=2").json
    added = grown.people.add(number="491599999999").wa_id

    rest = control.get(f"/people?after={first['next']}").json["people"]

    numbers = [each["wa_id"] for each in first["people"] + rest]
    assert numbers[-1] == added
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("people?after=15550001111", 404),
        ("templates?after=1", 404),
        ("groups?after=1", 404),
        ("messages?after=wamid.none", 404),
        ("windows?after=1", 400),
        (f"windows?after={PRODUCTION}/{SHEENA}/soon", 400),
        ("deliveries?after=first", 400),
        ("people?limit=many", 400),
    ],
)
def test_an_unknown_place_is_refused(control: Control, path: str, status: int) -> None:
    """It does not read as an empty list."""
    assert control.get(f"/{path}").status_code == status


def test_sandboxes_are_paged(control: Control, emulator: Emulator) -> None:
    """By their names, in the order they were made."""
    for place in range(4):
        emulator.create(f"more-{place}")
    whole = [each["id"] for each in control("GET", "/_emulator/sandboxes").json["sandboxes"]]

    first = control("GET", "/_emulator/sandboxes?limit=3").json
    rest = control("GET", f"/_emulator/sandboxes?after={first['next']}").json

    assert [each["id"] for each in first["sandboxes"] + rest["sandboxes"]] == whole
    assert "next" not in rest
    assert control("GET", "/_emulator/sandboxes?after=none").status_code == 404


def test_the_lists_say_how_much_is_gone(control: Control, sandbox: Sandbox) -> None:
    """Nothing at first; with a small bound as much as was dropped, and the health says it, too."""
    for path in ("/journal", "/deliveries", "/_emulator/health"):
        assert "dropped" not in control.get(path).json

    control.patch("/settings", {"keep_journal": 10})
    for place in range(300):
        sandbox.journal.write("warning", str(place), "noted")

    found = control.get("/journal").json
    assert found["dropped"] == found["journal"][0]["seq"] - 1 > 0
    assert control("GET", "/_emulator/health").json["dropped"] == {
        sandbox.name: {"journal": found["dropped"], "deliveries": 0}
    }


@pytest.mark.parametrize("name", ["messages", "deliveries"])
def test_lists_of_the_newest_are_read_backwards_with_before(
    control: Control, grown: Sandbox, name: str
) -> None:
    """Each page has the newest that came before the oldest of the page that was read last."""
    key, read, before = LISTS[name], list[Any](), ""
    while page := control.get(f"/{name}?limit=3{before}").json[name]:
        read = page + read
        before = f"&before={page[0][key]}"

    assert read == control.get(f"/{name}").json[name]


def test_messages_are_those_of_one_number_if_it_is_named(control: Control, grown: Sandbox) -> None:
    """A person who writes to two numbers has two conversations."""
    grown.people.say(SHEENA, "To the other number", to=TEST)

    found = control.get(f"/messages?wa_id={SHEENA}&phone_number_id={TEST}").json["messages"]
    others = control.get(f"/messages?wa_id={SHEENA}&phone_number_id={PRODUCTION}").json["messages"]

    assert [message["text"]["body"] for message in found] == ["To the other number"]
    assert {message["phone_number_id"] for message in others} <= {PRODUCTION}


def test_nothing_came_before_a_message_that_there_is_not(control: Control, grown: Sandbox) -> None:
    """It is answered with 404, as after one."""
    assert control.get("/messages?before=wamid.nobody").status_code == 404


def test_windows_of_one_person_are_all_on_one_page(control: Control, grown: Sandbox) -> None:
    """One for each number they have written to, however few a page has."""
    grown.people.say(SHEENA, "One", to=PRODUCTION)
    grown.people.say(SHEENA, "Two", to=TEST)

    answer = control.get(f"/windows?wa_id=+{SHEENA}&limit=1".replace("+", "%2B")).json

    assert {window["phone_number_id"] for window in answer["windows"]} == {TEST, PRODUCTION}
    assert "next" not in answer


def test_messages_and_the_window_of_a_group_are_asked_for_by_its_id(control: Control, grown: Sandbox) -> None:
    """Those of everybody who writes in it; with an empty id all that was written in no group."""
    group = grown.groups.make("Fern lovers", SHEENA, PABLO)
    for who in (SHEENA, PABLO):
        grown.people.say(who, "Here", group=group.id)
    everything = control.get("/messages").json["messages"]

    inside = control.get(f"/messages?group_id={group.id}").json["messages"]
    outside = control.get("/messages?group_id=").json["messages"]
    windows = control.get(f"/windows?wa_id={group.id}").json["windows"]

    assert [message["wa_id"] for message in inside] == [SHEENA, PABLO]
    assert [each for each in everything if each["group_id"] is None] == outside != []
    assert [(window["wa_id"], window["open"]) for window in windows] == [(group.id, True)]
