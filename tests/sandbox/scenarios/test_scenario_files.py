"""Scenario files: what stands in one, and what is said of one that is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from kit.times import MORNING

from emulator.sandbox.scenarios.reader import read_scenario
from emulator.sandbox.scenarios.scenario import ScenarioError

WHOLE = """
scenario: A price
seed: shop.yaml
start: 2026-11-02T09:00:00Z
app: main:app
settings: {window_errors: sync}
people:
  Ana: {number: "+55 11 95550 0101", read_after: 2 minutes, reads: false, delivered_after: never}
  Ben:
steps:
  - Ana says: Hello
  - Ana Maria clicks ad: Hello
    at: 2 hours
    to: "106540352242922"
  - expect no more
  - Ana reacts: 👍
    after: 30s
  - business sends: Hello
    refused: 131047
"""


def test_a_file_says_how_it_begins_and_what_happens() -> None:
    """The habits of people are as the control API has them; a name may have several words."""
    read = read_scenario(WHOLE, "a.whatsapp.yaml")

    assert (read.title, read.seed, read.start, read.app) == ("A price", "shop.yaml", MORNING, "main:app")
    assert (read.settings, read.folder) == ({"window_errors": "sync"}, None)
    assert read.people == {
        "Ana": {"number": "+55 11 95550 0101", "read_after": 120, "reads": False, "delivered_after": None},
        "Ben": {},
    }
    assert [(each.who, each.kind.name, each.value, each.line) for each in read.steps] == [
        ("Ana", "says", "Hello", 11),
        ("Ana Maria", "clicks ad", "Hello", 12),
        ("", "expect no more", None, 15),
        ("Ana", "reacts", "👍", 16),
        ("", "business sends", "Hello", 18),
    ]
    second, fourth, last = read.steps[1], read.steps[3], read.steps[4]
    assert (second.at, second.member("to")) == (timedelta(hours=2), "106540352242922")
    assert (fourth.after, last.member("refused"), last.member("to")) == (timedelta(seconds=30), 131047, None)
    assert [each.text for each in read.steps[:3]] == [
        "Ana says: Hello",
        "Ana Maria clicks ad: Hello",
        "expect no more",
    ]


def test_a_file_may_say_next_to_nothing(tmp_path: Path) -> None:
    """Its title is its name, and a seed beside it is found."""
    (tmp_path / "mine.yaml").write_text("")
    file = tmp_path / "greeting.whatsapp.yaml"
    file.write_text("seed: mine.yaml\nsteps: [settings: {}]\n")

    read = read_scenario(file)

    assert (read.title, read.seed, read.folder) == ("greeting", tmp_path / "mine.yaml", tmp_path)


def test_a_scenario_may_be_a_mapping() -> None:
    """As JSON has it."""
    read = read_scenario({"seed": {"waba": {}}, "steps": [{"Ana says": "Hello"}]})

    assert (read.seed, read.steps[0].value, read.title) == ({"waba": {}}, "Hello", "scenario")


WRONG = {
    "not YAML": ("a: [", "a.yaml:1: is not YAML"),
    "another key": ("stepz: []", "a.yaml:1: stepz: there is no stepz; did you mean steps?"),
    "no steps": ("scenario: Nothing", "a.yaml:1: steps is missing"),
    "empty steps": ("steps: []", "a.yaml:1: steps: expected a list of steps"),
    "steps that are none": ("steps: Hello", "a.yaml:1: steps: expected a list of steps"),
    "a step that is none": (
        "steps: [3]",
        "a.yaml:1: steps[0]: expected a step such as `Ana says: Hello`, got 3",
    ),
    "two steps in one": (
        "steps:\n  - Ana says: Hello\n    Ben says: Hello",
        "a.yaml:2: steps[0]: expected one step, got Ana says and Ben says",
    ),
    "no step": ("steps:\n  - after: 3 s", "a.yaml:2: steps[0]: expected one step, got none"),
    "a slip in an act": (
        "steps:\n  - expect no more\n  - Ana sayz: Hello",
        "a.yaml:3: steps[1].Ana sayz: there is no step 'Ana sayz'; did you mean says?",
    ),
    "a slip in a step": (
        "steps:\n  - expect snt: {}",
        "a.yaml:2: steps[0].expect snt: there is no step 'expect snt'; did you mean expect sent?",
    ),
    "an unknown step": ("steps:\n  - zzz: 3", "there is no step 'zzz'; there are business sends, "),
    "an act of nobody": ("steps:\n  - says: Hello", "who says? Write the name before it: `Ana says`"),
    "a value too many": ("steps:\n  - Ana blocks: Ben", "this step has no value, got 'Ben'"),
    "a value too few": ("steps:\n  - Ana says", "a.yaml:2: steps[0]: expected a text, got nothing"),
    "a slip in a condition": (
        "steps:\n  - expect sent:\n      to: Ana\n      txt: Hello",
        "a.yaml:4: steps[0].expect sent.txt: there is no txt; did you mean text?",
    ),
    "a condition of another": ("steps:\n  - expect sent: {code: 131047}", "there is no code"),
    "a pattern with more": (
        "steps:\n  - expect sent: {text: {matches: a, flags: i}}",
        "expect sent.text.flags: there is no flags; known are matches",
    ),
    "times that are none": (
        "steps:\n  - expect sent: {times: often}",
        "expected a whole number, got 'often'",
    ),
    "a strange duration": ("steps:\n  - advance: soon", "steps[0].advance: expected a duration such as"),
    "no duration": ("steps:\n  - advance", "steps[0]: expected a duration such as 5 minutes, got nothing"),
    "a strange moment": (
        "steps:\n  - advance: next\n    at: noon",
        "steps[0].at: expected a duration such as",
    ),
    "a strange instant": (
        "steps:\n  - Ana goes offline: {until: noon}",
        "goes offline.until: expected an instant such as",
    ),
    "no instant": ("steps:\n  - Ana goes offline: {until: }", "until: expected an instant such as"),
    "something of no type": (
        "steps:\n  - Ana sends: {location: {latitude: 1.5, longitude: 2.5}}",
        "a.yaml:2: steps[0].Ana sends: type is missing",
    ),
    "an edit of no template": (
        "steps:\n  - business edits template: {components: []}",
        "business edits template: template is missing",
    ),
    "something that is no mapping": ("steps:\n  - Ana sends: Hello", "expected a mapping, got 'Hello'"),
    "what may not stand beside": (
        "steps:\n  - Ana taps: Yes\n    to: '1'",
        "a.yaml:3: steps[0].to: taps has no to; beside it may stand at, after",
    ),
    "a fact of nobody": (
        "people:\n  Ana: {age: 3}\nsteps: [advance: next]",
        "a.yaml:2: people.Ana.age: there is no age; known are number, locale",
    ),
    "a habit that cannot be": (
        "people:\n  Ana: {read_after: soon}\nsteps: [advance: next]",
        "people.Ana.read_after: expected a duration such as",
    ),
    "a rule with a slip": (
        "steps:\n  - Ana answers:\n      - then: Sure\n        when: {contain: price}",
        "a.yaml:4: steps[0].Ana answers[0].when: there is no contain; did you mean contains?",
    ),
    "a fault with a slip": ("steps:\n  - fault: {cod: 1}", "fault.cod: there is no cod; did you mean code?"),
    "a fault that is none": ("steps:\n  - fault: [1]", "steps[0].fault: expected a whole number, got [1]"),
    "a strange seed": ("seed: 3\nsteps: [advance: next]", "a.yaml:1: seed: expected a mapping, got 3"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_file_line_and_place(case: str) -> None:
    """And what may have been meant."""
    text, why = WRONG[case]

    with pytest.raises(ScenarioError) as refused:
        read_scenario(text, "a.yaml")

    assert str(refused.value).startswith("a.yaml:")
    assert why in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As every other problem."""
    with pytest.raises(ScenarioError, match="cannot be read: No such file"):
        read_scenario(tmp_path / "nothing.whatsapp.yaml")
