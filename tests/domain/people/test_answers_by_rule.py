"""Rules by which people answer: what they look at, what they do, how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from kit.times import seconds

from emulator.domain.durations import Spread
from emulator.domain.people.answers.acts import ACTS, Act, acts_from_json
from emulator.domain.people.answers.answer import Answer, answers_as_json, answers_from_json
from emulator.domain.people.answers.conditions import CONDITIONS, Received, conditions_from_json, fits

OFFER = Received(
    text="The Price is 5 €",
    kinds=("interactive", "button"),
    template="offer",
    buttons=("Yes", "No"),
    number="106540352242922",
    count=lambda most: min(3, most),
)
HOLDS: dict[str, tuple[Any, Any]] = {
    "any": (True, None),
    "contains": ("price", "prize"),
    "equals": (" the price is 5 €", "the price"),
    "matches": (r"\d+ €$", r"^\d"),
    "template": ("offer", "off"),
    "kind": ("button", "list"),
    "button": ("No", "no"),
    "nth": (3, 2),
    "number": ("106540352242922", "1"),
}
"""For each condition a value that holds for the offer, and one that does not."""


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_condition_holds_for_what_it_says(name: str) -> None:
    """And not for something near it."""
    holds, does_not = HOLDS[name]

    assert fits(conditions_from_json({name: holds}), OFFER)
    assert does_not is None or not fits(conditions_from_json({name: does_not}), OFFER)


def test_all_conditions_of_a_rule_must_hold() -> None:
    """None at all hold for everything; the type of an interactive message is a kind, too."""
    assert fits((), OFFER)
    assert fits(conditions_from_json({"kind": "interactive", "contains": "price"}), OFFER)
    assert not fits(conditions_from_json({"kind": "interactive", "contains": "prize"}), OFFER)
    assert not fits(conditions_from_json({"template": "offer"}), replace(OFFER, template=None))


def test_messages_are_counted_only_where_a_rule_asks() -> None:
    """It costs a question to the store."""

    def count(most: int) -> int:
        raise AssertionError

    assert fits(conditions_from_json({"contains": "price"}), replace(OFFER, count=count))


VALUES: dict[str, Any] = {
    "text": "Yes",
    "tap": "Yes",
    "choose": "Moss",
    "flow_reply": {"size": [1, None]},
    "allow_calls": False,
    "react": "👍",
    "read": True,
    "nothing": True,
    "report": True,
    "stop_marketing": True,
    "block": True,
    "change_number": "+1 650 555 1234",
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_takes_its_value(name: str) -> None:
    """And no other."""
    assert acts_from_json({name: VALUES[name]}) == (Act(name, VALUES[name]),)
    for wrong in ("", 3, None):
        with pytest.raises(ValueError, match=rf"\.{name}: expected .*, got"):
            acts_from_json({name: wrong})


def test_an_act_says_whether_it_is_a_message_and_shows_that_the_other_was_read() -> None:
    """Most are both; the others are named here."""
    unwritten = {name for name, kind in ACTS.items() if not kind.is_written}
    unseen = {name for name, kind in ACTS.items() if not kind.is_seen}

    assert unwritten == {"read", "nothing", "report", "stop_marketing", "block", "change_number"}
    assert unseen == {"nothing", "block", "change_number"}


def test_acts_are_a_text_an_object_or_a_list() -> None:
    """In the order in which they are written."""
    several = (Act("react", "👍"), Act("text", "Yes"), Act("block", True))

    assert acts_from_json("Yes") == (Act("text", "Yes"),)
    assert acts_from_json([{"react": "👍", "text": "Yes"}, {"block": True}]) == several
    assert acts_from_json(several) == several


RULES = [
    {"when": {"contains": "price", "nth": 2}, "then": "How much?", "after": "30s"},
    {"then": [{"react": "👍"}, {"flow_reply": {"size": 1}}], "after": ["1 minute", 3600], "chance": 0.25},
]


def test_rules_survive_the_way_through_json() -> None:
    """Seeds write durations as words; JSON has seconds."""
    rules = answers_from_json(RULES)

    assert rules == (
        Answer(
            (Act("text", "How much?"),), (("contains", "price"), ("nth", 2)), Spread(seconds(30), seconds(30))
        ),
        Answer(
            (Act("react", "👍"), Act("flow_reply", {"size": 1})), (), Spread(seconds(60), seconds(3600)), 0.25
        ),
    )
    assert answers_from_json(answers_as_json(rules)) == rules
    assert answers_as_json(rules)[0]["after"] == 30
    assert len({*rules, *answers_from_json(RULES)}) == 2


WRONG: dict[str, tuple[Any, str]] = {
    "no list": ({}, ": expected a list of rules, got {}"),
    "too many": ([{"then": "Yes"}] * 101, ": a person has up to 100 rules, got 101"),
    "no rule": (["Yes"], "[0]: expected a rule with when and then, got 'Yes'"),
    "another key": ([{"then": "Yes", "wen": {}}], "[0]: there is no wen; did you mean when?"),
    "nothing to do": ([{"when": {"any": True}}], "[0]: then is missing"),
    "an empty act": ([{"then": {}}], "[0].then: expected a text, or an act such as {tap: Yes}; got {}"),
    "another act": ([{"then": {"tapp": "Yes"}}], "[0].then: there is no tapp; did you mean tap?"),
    "an act within a list": (
        [{"then": [{"tap": "Yes"}, {"react": "Yes"}]}],
        "[0].then[1].react: expected an emoji",
    ),
    "another condition": (
        [{"then": "Yes", "when": {"contain": "a"}}],
        "[0].when: there is no contain; did you mean",
    ),
    "a strange condition": (
        [{"then": "Yes", "when": {"zzz": 1}}],
        "[0].when: there is no zzz; there are any, contains",
    ),
    "no conditions": ([{"then": "Yes", "when": "price"}], "[0].when: expected an object such as"),
    "a broken pattern": (
        [{"then": "Yes", "when": {"matches": "("}}],
        "[0].when.matches: expected a regular expression (",
    ),
    "the nought-th": (
        [{"then": "Yes", "when": {"nth": 0}}],
        "[0].when.nth: expected a whole number from 1, got 0",
    ),
    "not any": ([{"then": "Yes", "when": {"any": False}}], "[0].when.any: expected true, got False"),
    "a strange delay": ([{"then": "Yes", "after": "soon"}], "[0].after: expected a duration such as"),
    "three delays": (
        [{"then": "Yes", "after": [1, 2, 3]}],
        "[0].after: expected a duration, or a list of the least",
    ),
    "delays in reverse": (
        [{"then": "Yes", "after": [2, 1]}],
        "[0].after: expected the least before the most",
    ),
    "a strange chance": ([{"then": "Yes", "chance": 2}], "[0].chance: expected a number from 0 to 1, got 2"),
    "answers of a flow that are no JSON": (
        [{"then": {"flow_reply": {"a": {1}}}}],
        "flow_reply: expected JSON (",
    ),
    "a number that is none": ([{"then": {"change_number": "home"}}], "expected a phone number such as"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_place(case: str) -> None:
    """In one sentence, with what may have been meant."""
    given, why = WRONG[case]

    with pytest.raises(ValueError, match=re.escape(why)):
        answers_from_json(given)


@pytest.mark.parametrize("read", [answers_from_json, acts_from_json])
def test_what_has_been_read_may_be_given_again(read: Callable[[Any], Any]) -> None:
    """As habits are changed one by one."""
    once = read([{"then": "Yes"}] if read is answers_from_json else "Yes")

    assert read(once) == once
