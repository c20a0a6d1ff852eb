"""Every kind of step, a row each: what it is called, how it is written, and what carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.expectations.conditions import CONDITIONS
from emulator.domain.expectations.findings import What
from emulator.domain.faults.asking import NAMES as FAULT_NAMES
from emulator.domain.instants import iso
from emulator.sandbox.scenarios import expected, people, platform, templates
from emulator.sandbox.scenarios import values as of
from emulator.sandbox.scenarios.scenario import StepKind
from emulator.sandbox.seeds.files import Spot

_TO = ("to",)


def _person(name: str, about: str, shape: str, read: of.Read, act: people.Act, *members: str) -> StepKind:
    return StepKind(name, about, shape, read, act, of_person=True, members=members)


def _towards(name: str, about: str, act: str) -> StepKind:
    """What a person does towards a business number, by the name of the act, with nothing more to say."""
    return _person(name, about, "", of.nothing, people.towards(act), *_TO)


def _texts(*names: str, required: tuple[str, ...] = (), short: str | None = None) -> of.Read:
    """Make what reads a mapping whose members are texts."""
    return of.table(dict.fromkeys(names, of.text), required=required, short=short)


def _any(spot: Spot) -> Any:
    return spot.value


def _flag(spot: Spot) -> bool:
    return spot.flag(False)


def _text_or_pattern(spot: Spot) -> Any:
    if isinstance(spot.value, dict):
        return dict(spot.table("matches").value)
    return of.text(spot)


def _conditions(what: What) -> of.Read:
    names = [each.name for each in CONDITIONS.values() if what in each.holds_for]
    readers: dict[str, of.Read] = dict.fromkeys(names, _any)
    readers |= {"text": _text_or_pattern, "times": of.whole, "within": of.duration}
    return of.table(readers)


def _body(spot: Spot) -> Any:
    return of.mapping(spot) if isinstance(spot.value, dict) else of.text(spot)


def _next_or_duration(spot: Spot) -> timedelta | str:
    return "next" if spot.value == "next" else of.duration(spot)


def _fault(spot: Spot) -> Any:
    if isinstance(spot.value, dict):
        said: dict[str, Any] = spot.table(*FAULT_NAMES).value
        return {name: iso(each) if isinstance(each, datetime) else each for name, each in said.items()}
    return {"kind": of.text(spot)} if isinstance(spot.value, str) else {"code": of.whole(spot)}


def _mapping_with(member: str) -> of.Read:
    """Make what reads a mapping with any keys, of which one has to be there."""

    def read(spot: Spot) -> Mapping[str, Any]:
        found = of.mapping(spot)
        spot.require(member)
        return found

    return read


_CONDITIONS_SHAPE = "conditions, such as `{to: Ana, text: Hello}`; `text` may be `{matches: …}`"

STEPS: Mapping[str, StepKind] = {
    kind.name: kind
    for kind in (
        # people
        _person("says", "write a text", "the text", of.text, people.says, *_TO),
        _person("clicks ad", "write a text from an ad", "the text", of.text, people.clicks_ad, *_TO),
        _person("taps", "tap a button", "its label, payload or id", of.text, people.taps),
        _person("chooses", "choose the row of a list", "its title or id", of.text, people.chooses),
        _person(
            "fills flow",
            "fill in the newest flow, and send it",
            "answers by name",
            of.mapping,
            people.fills_flow,
        ),
        _person("allows calls", "accept that the business may call", "", of.nothing, people.allows_calls),
        _person("refuses calls", "reject that the business may call", "", of.nothing, people.refuses_calls),
        _person(
            "reacts", "react to the newest message that has reached them", "an emoji", of.text, people.reacts
        ),
        _person("plays", "listen to the newest audio that has reached them", "", of.nothing, people.plays),
        _person("edits", "change the newest text they wrote", "the new text", of.text, people.edits),
        _person("deletes", "delete the newest text they wrote", "", of.nothing, people.deletes),
        _towards("opens chat", "open a new chat before writing", "open_chat"),
        _person("reads", "read everything that was delivered", "", of.nothing, people.reads),
        _person(
            "sends",
            "send a `location`, `contacts`, an `order` …",
            "`type`, and what stands under it in a webhook",
            _mapping_with("type"),
            people.sends,
            *_TO,
        ),
        _person(
            "shows",
            "send a file",
            "its path beside the scenario, or `{file, caption, mime_type, type}`",
            _texts("file", "caption", "mime_type", "type", required=("file",), short="file"),
            people.shows,
            *_TO,
        ),
        _person(
            "calls",
            "call the business; nobody answers unless the call lasts",
            "nothing, or `{lasts: 2 minutes}`",
            of.table({"lasts": of.duration}),
            people.calls,
            *_TO,
        ),
        _towards("blocks", "block the number", "block"),
        _towards("unblocks", "take the block back", "unblock"),
        _person(
            "reports",
            "report the newest message of a template, or the number",
            "nothing, or `{template: name}`",
            _texts("template"),
            people.reports,
            *_TO,
        ),
        _towards("stops marketing", "opt out of marketing", "stop_marketing"),
        _towards("resumes marketing", "opt in again", "resume_marketing"),
        _person(
            "goes offline",
            "have their phone be off; at the end everything arrives at once",
            "nothing, `{for: 3 hours}` or `{until: instant}`",
            of.table({"for": of.duration, "until": of.instant}),
            people.goes_offline,
        ),
        _person("comes online", "have their phone be on again", "", of.nothing, people.comes_online),
        _person("changes number", "change to another number", "the number", of.text, people.changes_number),
        _person("answers", "answer by these rules from now on", "a list of rules", of.rules, people.answers),
        _person(
            "becomes",
            "have other facts or habits",
            "facts by name, as in `people`",
            of.person,
            people.becomes,
        ),
        # the business, the platform, and time
        StepKind(
            "business sends",
            "send a message without an app; `refused` expects that it is refused with a code",
            "a text, or a body of the Graph API",
            _body,
            platform.business_sends,
            members=("to", "from", "refused"),
        ),
        StepKind(
            "business reads",
            "mark what somebody wrote last as read, without an app",
            "nothing, or `{of: Ana, typing: true}`",
            of.table({"of": of.text, "typing": _flag}, short="of"),
            platform.business_reads,
        ),
        StepKind(
            "business creates template",
            "submit a template without an app; `refused` expects a code",
            "what `POST /{waba_id}/message_templates` takes",
            of.mapping,
            templates.creates,
            members=("refused",),
        ),
        StepKind(
            "business edits template",
            "edit a template without an app",
            "`{template: name, language: en_US, components: […]}`",
            _mapping_with("template"),
            templates.edits,
            members=("refused",),
        ),
        StepKind(
            "business deletes template",
            "delete a template without an app, in all languages or in one",
            "its name, or `{template: name, language: en_US}`",
            _texts(*templates.NAMED, required=("template",), short="template"),
            templates.deletes,
            members=("refused",),
        ),
        StepKind("advance", "let time pass", "a duration, or `next`", _next_or_duration, platform.advance),
        StepKind(
            "fault",
            "have something go [wrong](../how-to/faults.md) on purpose",
            "a code, a kind, or what the fixture takes: `{code: 131049, to: Ana, times: 2}`",
            _fault,
            platform.fault,
        ),
        StepKind(
            "fire",
            "send a webhook of a [field](webhooks.md) of which nothing is the cause",
            "the field, or `{field, value, sample}`",
            of.table(
                {"field": of.text, "value": of.mapping, "sample": of.text}, required=("field",), short="field"
            ),
            platform.fire,
        ),
        StepKind(
            "review",
            "decide about a template",
            "`{template: name, decision: approve}`, also `language` and `reason`; reject, pause, flag, …",
            _texts(*templates.NAMED, "decision", "reason", required=("template", "decision")),
            templates.review,
        ),
        StepKind(
            "recategorize",
            "find that a template belongs to another category",
            "`{template: name, category: MARKETING}`, also `language`",
            _texts(*templates.NAMED, "category", required=("template", "category")),
            templates.recategorize,
        ),
        StepKind("settings", "change settings", "settings by name", of.mapping, platform.settings),
        # expectations
        *(
            StepKind(
                f"expect {what}",
                f"expect {words}",
                _CONDITIONS_SHAPE,
                _conditions(what),
                expected.expect(what),
            )
            for what, words in (
                (What.SENT, "that the app has sent a message"),
                (What.DELIVERED, "that a message of the app was delivered"),
                (What.FAILED, "that a message has failed, with its `code`"),
                (What.REFUSED, "that a call of the app was refused, with its `code`"),
                (What.READ, "that the app has marked a message as read"),
            )
        ),
        StepKind(
            "expect received",
            "expect that a person has written, as by their habits",
            "`{from: Ana, text: Yes, type: text}`",
            of.table({"from": of.text, "text": _text_or_pattern, "type": of.text}),
            expected.expect_received,
        ),
        StepKind(
            "expect no more",
            "expect that the app has sent nothing more",
            "nothing, or to whom",
            of.maybe(of.text),
            expected.expect_no_more,
        ),
        StepKind(
            "expect window open",
            "expect that the customer service window with somebody is open",
            "who",
            of.text,
            expected.expect_window(is_open=True),
        ),
        StepKind(
            "expect window closed",
            "expect that it is closed, or was never open",
            "who",
            of.text,
            expected.expect_window(is_open=False),
        ),
    )
}
"""Every kind of step by its name."""

MEMBERS: Mapping[str, Callable[[Spot], Any]] = {
    "at": of.moment,
    "after": of.duration,
    "to": of.text,
    "from": of.text,
    "refused": of.whole,
}
"""What may stand beside a step, each with how it is read."""
