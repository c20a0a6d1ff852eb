"""Scenarios that are played: every step does what it says, and the first that fails is explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from kit.identities import PRODUCTION, SHEENA, TEST
from kit.receivers import hear_everything
from kit.sandboxes import notes
from kit.scenario_files import outcomes, played
from kit.times import DAY, HOUR, START

from emulator import Sandbox
from emulator.sandbox.scenarios.player import play
from emulator.sandbox.scenarios.reader import read_scenario
from emulator.sandbox.scenarios.report import as_junit, step_line
from emulator.sandbox.scenarios.scenario import ScenarioError
from emulator.sandbox.scenarios.table import STEPS

BUTTONS = """
- Sheena Nelson says: Hello
- business sends:
    type: interactive
    interactive:
      type: button
      body: {text: "Shall we?"}
      action: {buttons: [{type: reply, reply: {id: y, title: "Yes"}}]}
"""
LIST = """
- Sheena Nelson says: Hello
- business sends:
    type: interactive
    interactive:
      type: list
      body: {text: "Which?"}
      action: {button: Plants, sections: [{title: Green, rows: [{id: m, title: Moss}]}]}
"""
FLOW = """
- Sheena Nelson says: Hello
- business sends:
    type: interactive
    interactive:
      type: flow
      body: {text: Book}
      action:
        name: flow
        parameters: {flow_message_version: "3", flow_token: t1, flow_id: "1", flow_cta: Book}
"""
CALLS = """
- Sheena Nelson says: Hello
- business sends:
    type: interactive
    interactive:
      type: call_permission_request
      body: {text: "May we?"}
      action: {name: call_permission_request}
"""


def newest(sandbox: Sandbox) -> Any:
    return sandbox.messages.all()[-1]


def relationship(name: str) -> Callable[[Sandbox], bool]:
    return lambda sandbox: getattr(sandbox.people.relationship(SHEENA), name) is not None


PEOPLE: dict[str, tuple[str, Callable[[Sandbox], Any], Any]] = {
    "says": (f"- Sheena Nelson says: Hi\n  to: '{TEST}'", lambda s: newest(s).phone_number_id, TEST),
    "clicks ad": ("- Sheena Nelson clicks ad: Hi", lambda s: newest(s).referral is not None, True),
    "taps": (f"{BUTTONS}- Sheena Nelson taps: 'Yes'", lambda s: newest(s).text, "Yes"),
    "chooses": (f"{LIST}- Sheena Nelson chooses: Moss", lambda s: newest(s).text, "Moss"),
    "fills flow": (
        f"{FLOW}- Sheena Nelson fills flow: {{day: Friday}}",
        lambda s: "Friday" in newest(s).content["nfm_reply"]["response_json"],
        True,
    ),
    "allows calls": (
        f"{CALLS}- Sheena Nelson allows calls",
        lambda s: newest(s).content["call_permission_reply"]["response"],
        "accept",
    ),
    "refuses calls": (
        f"{CALLS}- Sheena Nelson refuses calls",
        lambda s: newest(s).content["call_permission_reply"]["response"],
        "reject",
    ),
    "reacts": (f"{BUTTONS}- Sheena Nelson reacts: 👍", lambda s: newest(s).content["emoji"], "👍"),
    "edits": (
        "- Sheena Nelson says: Helo\n- settings: {edits_told: messages}\n- Sheena Nelson edits: Hello",
        lambda s: newest(s).type,
        "edit",
    ),
    "deletes": (
        "- Sheena Nelson says: Hello\n- Sheena Nelson deletes",
        lambda s: newest(s).deleted_at,
        START,
    ),
    "opens chat": ("- Sheena Nelson opens chat", lambda s: newest(s).type, "request_welcome"),
    "reads": (
        f"- Sheena Nelson becomes: {{reads: false}}{BUTTONS}- Sheena Nelson reads",
        lambda s: str(newest(s).status),
        "read",
    ),
    "sends": (
        "- Sheena Nelson sends: {type: location, location: {latitude: 37.4, longitude: -122.1}}",
        lambda s: newest(s).type,
        "location",
    ),
    "calls": (
        "- Sheena Nelson calls: {lasts: 2 minutes}",
        lambda s: s.clock.next_due(),
        START + timedelta(minutes=2),
    ),
    "blocks": ("- Sheena Nelson blocks", relationship("blocked_number_at"), True),
    "unblocks": (
        "- Sheena Nelson blocks\n- Sheena Nelson unblocks",
        relationship("blocked_number_at"),
        False,
    ),
    "reports": ("- Sheena Nelson reports", lambda s: "reported" in notes(s, "person")[-1], True),
    "stops marketing": ("- Sheena Nelson stops marketing", relationship("stopped_marketing_at"), True),
    "resumes marketing": (
        "- Sheena Nelson stops marketing\n- Sheena Nelson resumes marketing",
        relationship("stopped_marketing_at"),
        False,
    ),
    "goes offline": (
        "- Sheena Nelson goes offline: {for: 3 hours}\n"
        "- Sheena Nelson goes offline: {until: 2026-10-05T10:00:00Z}",
        lambda s: [each.end for each in s.people.get(SHEENA).habits.offline],
        [START + 3 * HOUR, START + HOUR],
    ),
    "comes online": (
        "- Sheena Nelson goes offline\n- Sheena Nelson comes online",
        lambda s: s.people.get(SHEENA).habits.offline,
        (),
    ),
    "changes number": (
        "- Sheena Nelson changes number: +1 650 555 7777\n- Sheena Nelson says: Hi",
        lambda s: newest(s).wa_id,
        "16505557777",
    ),
    "answers": (
        f"- Sheena Nelson answers: [{{then: Sure}}]{BUTTONS}",
        lambda s: newest(s).text,
        "Sure",
    ),
    "becomes": (
        "- Sheena Nelson becomes: {opted_in: false, read_after: 2 minutes}",
        lambda s: (s.people.get(SHEENA).opted_in, s.people.get(SHEENA).habits.read_after),
        (False, timedelta(minutes=2)),
    ),
}


@pytest.mark.parametrize(
    "name", [name for name, kind in STEPS.items() if kind.of_person and name not in ("shows", "plays")]
)
def test_each_act_of_a_person_is_carried_out(sandbox: Sandbox, name: str) -> None:
    """By the name that a test has for it."""
    text, seen, expected = PEOPLE[name]

    report = played(sandbox, text)

    assert report.passed, report.explanation
    assert seen(sandbox) == expected


def test_people_may_be_off_for_a_while_from_where_the_scenario_begins(sandbox: Sandbox) -> None:
    """Its own start, which is later than that of the sandbox; the habits of a step count from that step."""
    report = played(
        sandbox,
        """
        start: 2026-10-05T10:00:00Z
        people:
          Ana: {number: "+55 11 95550 0101", offline: [{after: 1 hour, for: 2 hours}]}
        steps:
          - Ana becomes: {offline: [{from: 2026-10-05T11:00:00Z, for: 1 hour}, {for: 1 minute}]}
            after: 30 minutes
          - Sheena Nelson becomes: {offline: [{for: 1 hour}]}
        """,
    )

    ana = sandbox.people.get("5511955500101").habits.offline
    sheena = sandbox.people.get(SHEENA).habits.offline
    assert report.passed, report.explanation
    assert [(each.start, each.end) for each in (*ana, *sheena)] == [
        (START + 2 * HOUR, START + 3 * HOUR),
        (START + 1.5 * HOUR, START + 91 * HOUR / 60),
        (START + 1.5 * HOUR, START + 2.5 * HOUR),
    ]


def test_a_person_shows_a_file_that_lies_beside(sandbox: Sandbox, tmp_path: Path) -> None:
    """Its kind follows from its type, unless it is said; a document has its name."""
    for name in ("fern.png", "list.pdf", "fern.qqq"):
        (tmp_path / name).write_bytes(b"\\x89PNG\\r\\n")
    file = tmp_path / "a.whatsapp.yaml"
    file.write_text(
        "steps:\n"
        "  - Sheena Nelson shows: fern.png\n"
        "  - Sheena Nelson shows: {file: list.pdf, caption: Prices}\n"
        "  - Sheena Nelson shows: {file: fern.png, type: sticker, mime_type: image/webp}\n"
        "  - Sheena Nelson shows: fern.qqq\n"
    )

    report = play(sandbox, read_scenario(file))

    assert [(message.type, message.content.get("filename")) for message in sandbox.messages.all()] == [
        ("image", None),
        ("document", "list.pdf"),
        ("sticker", None),
    ]
    assert report.failure is not None
    assert report.failure.why == "nobody knows the type of fern.qqq; say its mime_type"


def test_a_person_plays_an_audio(sandbox: Sandbox) -> None:
    """The newest that has reached them."""
    number = sandbox.accounts.number(PRODUCTION)
    audio = sandbox.media.upload(number, BytesIO(b"OggS"), "audio/ogg", "a.ogg")

    report = played(
        sandbox,
        f"""
        - Sheena Nelson says: Hello
        - business sends: {{type: audio, audio: {{id: "{audio.id}"}}}}
        - business sends: And a text
        - Sheena Nelson plays
        """,
    )

    assert report.passed, report.explanation
    assert [str(message.status) for message in sandbox.messages.all(outbound=True)] == ["played", "read"]


def test_time_goes_on_as_it_is_said(sandbox: Sandbox) -> None:
    """At an instant, so long after the beginning or after the step before, by a step, to what is due next."""
    report = played(
        sandbox,
        """
        - Sheena Nelson says: One
          after: 30s
        - Sheena Nelson says: Two
          at: 1 hour
        - Sheena Nelson says: Three
          at: 2026-10-05T12:00:00Z
        - advance: 1 day
        - Sheena Nelson calls: {lasts: 2 minutes}
        - advance: next
        """,
    )

    assert [each.at and each.at - START for each in report.results] == [
        timedelta(seconds=30),
        HOUR,
        3 * HOUR,
        3 * HOUR + DAY,
        3 * HOUR + DAY,
        3 * HOUR + DAY + timedelta(minutes=2),
    ]


def test_a_step_in_the_past_fails(sandbox: Sandbox) -> None:
    """Time goes forward only."""
    report = played(sandbox, "- advance: 2 hours\n- Sheena Nelson says: Hi\n  at: 1 hour")

    assert report.failure is not None
    assert "time only goes forward" in report.failure.why


def test_a_scenario_without_an_app_is_written_for_the_business(sandbox: Sandbox) -> None:
    """It writes to whom the step before was about, or who is named; a refusal is expected with its code."""
    report = played(
        sandbox,
        f"""
        - Sheena Nelson says: Hello
        - business sends: Hi there
        - business sends: {{type: text, text: {{body: ""}}}}
          refused: 100
        - business reads: {{of: Sheena Nelson, typing: true}}
        - business sends: Closed
          to: Pablo Morales
        - expect failed: {{to: Pablo Morales, code: 131047}}
        - business sends: {{type: template, template: {{name: hello_world, language: {{code: en_US}}}}}}
          to: Sheena Nelson
          from: "{TEST}"
        - expect failed: {{template: hello_world, number: "{TEST}", code: 131049}}
        - expect delivered: {{text: Hi there}}
        - expect sent: {{text: Hi there, times: 1}}
        - expect no more: Sheena Nelson
        """,
    )

    assert report.passed, report.explanation
    assert str(sandbox.messages.all(wa_id=SHEENA)[0].status) == "read"


FAILING = {
    "a refusal": ("- business sends: {type: text, text: {body: ''}}\n  to: Sheena Nelson", "(#100)"),
    "no refusal": (
        "- Sheena Nelson says: Hi\n- business sends: Hi\n  refused: 100",
        "expected that it is refused with 100, but it was accepted",
    ),
    "nobody to write to": ("- business sends: Hi", "to whom? Say `to` beside the step, or in its body"),
    "nothing to read": ("- business reads: Sheena Nelson", "Sheena Nelson has written nothing"),
    "somebody unknown": (
        "- Shena Nelson says: Hi",
        "there is no person 'Shena Nelson'; did you mean Sheena Nelson?",
    ),
    "nobody like it": (
        "- Zorro says: Hi",
        "there is no person 'Zorro'; there are Sheena Nelson, Pablo Morales",
    ),
    "nothing to tap": ("- Sheena Nelson taps: 'Yes'", "no message with buttons has reached Sheena Nelson"),
    "nothing to hear": ("- Sheena Nelson plays", "no audio has reached Sheena Nelson"),
    "nothing to edit": ("- Sheena Nelson edits: Hi", "Sheena Nelson has written no text"),
    "nothing to react to": ("- Sheena Nelson reacts: 👍", "no message has reached Sheena Nelson to which"),
    "a file of nowhere": ("- Sheena Nelson shows: a.png", "this scenario came without its file"),
    "nothing was sent": (
        "- expect sent: {to: Sheena Nelson}",
        "expected a message that was sent with to=Sheena Nelson",
    ),
    "too much was sent": (
        "- Sheena Nelson says: Hi\n- business sends: Hello\n- expect no more",
        "expected nothing more; there is 1",
    ),
    "nothing was written": (
        "- expect received: {from: Sheena Nelson, text: Hi}",
        "expected a message of Sheena Nelson with text='Hi'; there is none",
    ),
    "something else was written": (
        "- Sheena Nelson says: Hi\n- expect received: {text: {matches: lo$}}",
        "expected a message of them with text=/lo$/; the newest is Hi",
    ),
    "a closed window": (
        "- Sheena Nelson says: Hi\n- advance: 1 day\n- expect window open: Sheena Nelson",
        "expected that the window with Sheena Nelson is open; it is closed; they wrote last at 2026-10-05T09",
    ),
    "an open window": (
        "- Sheena Nelson says: Hi\n- expect window closed: Sheena Nelson",
        "expected that the window with Sheena Nelson is closed; it is open",
    ),
    "an unknown template": (
        "- review: {template: helo_world, decision: approve}",
        "there is no template 'helo_world'; did you mean hello_world?",
    ),
    "a template in no such language": (
        "- review: {template: hello_world, language: xx, decision: approve}",
        "there is no template 'hello_world' in xx; it is there in en_US",
    ),
    "a template that is refused": (
        "- business creates template: {name: Hello, language: en_US, category: UTILITY, components: []}",
        "'Hello' must match",
    ),
    "a template that is not refused": (
        "- business deletes template: {template: order_shipped}\n  refused: 100",
        "expected that it is refused with 100, but it was accepted",
    ),
    "a fault of nothing": ("- fault: {to: Sheena Nelson}", "say what goes wrong: a code of the catalogue"),
    "an unknown field": ("- fire: mesages", "mesages"),
    "an unknown error": ("- fault: 12345", "12345"),
    "a setting that is none": ("- settings: {pace: 3}", "pace"),
}


@pytest.mark.parametrize("case", FAILING)
def test_what_fails_is_explained(sandbox: Sandbox, case: str) -> None:
    """With file, line, step, what was expected, and the conversation; what comes after is not played."""
    text, why = FAILING[case]
    lines = text.splitlines()

    report = played(sandbox, "\n".join([*lines, "- advance: next"]))

    place = text.count("\n- ") + 1
    line = next(number for number, each in reversed(list(enumerate(lines, 2))) if each.startswith("- "))
    assert outcomes(report) == ["passed"] * (place - 1) + ["failed", "not played"]
    assert report.explanation.startswith(f"a.whatsapp.yaml:{line}: step {place} of {place + 1}, ")
    assert why in report.explanation
    assert report.explanation.splitlines()[-1].startswith(("0", "(nobody wrote)"))


def test_what_people_wrote_is_expected_once(sandbox: Sandbox) -> None:
    """As with what the app sends, the next expectation looks further."""
    report = played(
        sandbox,
        """
        - Sheena Nelson says: Hi
        - Sheena Nelson says: Hi
        - expect received: {from: Sheena Nelson, text: Hi, type: text}
        - expect received: {text: Hi}
        - expect received: {text: Hi}
        """,
    )

    assert outcomes(report) == ["passed"] * 4 + ["failed"]


def test_the_platform_does_what_is_asked(sandbox: Sandbox) -> None:
    """Faults, such as a webhook that comes twice, webhooks without a cause, decisions, settings."""
    inbox = hear_everything(sandbox)
    report = played(
        sandbox,
        """
        - fault: {code: 131049, to: Sheena Nelson, until: 2026-10-06T09:00:00Z}
        - Sheena Nelson says: Hi
        - business sends: Hello
        - expect failed: {code: 131049}
        - fault: 131000
        - fault: twice
        - fire: account_alerts
        - fire: {field: account_update, value: {event: VERIFIED_ACCOUNT}}
        - review: {template: hello_world, decision: pause, reason: quality}
        - settings: {window_errors: sync}
        """,
    )

    assert report.passed, report.explanation
    assert [len(inbox.of(field)) for field in ("account_alerts", "account_update")] == [2, 1]
    assert sandbox.settings.window_errors == "sync"


def test_templates_are_made_decided_over_and_deleted(sandbox: Sandbox) -> None:
    """Without an app, and as the platform: the business's calls, and the decisions of the reviewer."""
    report = played(
        sandbox,
        """
        - settings: {review: by_hand}
        - business creates template: {name: order_ready, language: en_US, category: UTILITY, components: [
            {type: BODY, text: Your order is ready and waits for you.}]}
        - review: {template: order_ready, language: en_US, decision: approve}
        - recategorize: {template: order_ready, category: MARKETING}
        - advance: 1 day
        - business edits template: {template: order_ready, components: [
            {type: BODY, text: Your order is ready and waits here.}]}
        - review: {template: order_ready, decision: reject, reason: SCAM}
        - business creates template: {name: Order Ready, language: en_US, category: UTILITY, components: [
            {type: BODY, text: Your order is ready and waits for you.}]}
          refused: 100
        - business deletes template: order_shipped
        """,
    )

    assert report.passed, report.explanation
    (made,) = [each for each in sandbox.templates.all() if each.name == "order_ready"]
    assert (made.category, made.status, made.rejected_reason) == ("MARKETING", "REJECTED", "SCAM")
    assert made.components[0]["text"].endswith("waits here.")
    assert [each.name for each in sandbox.templates.all() if each.name == "order_shipped"] == []


def test_people_of_a_scenario_are_there(sandbox: Sandbox) -> None:
    """Added, or found by name or number and changed; other names are those of the seed."""
    report = played(
        sandbox,
        f"""
        start: 2026-10-05T10:00:00Z
        settings: {{window_errors: sync}}
        people:
          Ana: {{locale: pt_BR, reads: false}}
          Sheena Nelson: {{opted_in: false}}
          Ben: {{number: "{SHEENA[:-1]}9"}}
          Paul: {{number: "+1 650 555 4321", read_after: 3 s}}
        steps:
          - Ana says: Hello
          - "+16505554321 says": Hello
        """,
    )

    people = {each.name: each for each in sandbox.people.all()}
    assert report.passed, report.explanation
    assert [message.wa_id for message in sandbox.messages.all()] == [people["Ana"].wa_id, "16505554321"]
    assert (people["Ana"].wa_id[:2], people["Ana"].habits.reads) == ("55", False)
    assert (people["Sheena Nelson"].opted_in, people["Sheena Nelson"].wa_id) == (False, SHEENA)
    assert people["Paul"].habits.read_after == timedelta(seconds=3)
    assert sandbox.messages.all()[0].at == START + HOUR


def test_a_beginning_that_has_passed_is_noted(sandbox: Sandbox) -> None:
    """It begins now then."""
    report = played(sandbox, "start: 2026-10-05T08:00:00Z\nsteps: [Sheena Nelson says: Hi]")

    assert report.notes == (
        "it begins at 2026-10-05T09:00:00Z: its own start, 2026-10-05T08:00:00Z, has passed here",
    )
    assert report.passed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("settings: {pace: 3}\nsteps: [advance: next]", "a.whatsapp.yaml: it cannot begin: "),
        (
            "people: {Ana: {number: home}}\nsteps: [advance: next]",
            "it cannot begin: ",
        ),
    ],
)
def test_what_cannot_begin_says_why(sandbox: Sandbox, text: str, why: str) -> None:
    """Before anything is played."""
    with pytest.raises(ScenarioError) as refused:
        played(sandbox, text)

    assert why in str(refused.value)


def test_each_step_is_told(sandbox: Sandbox) -> None:
    """One by one as it was played, and all of them as JSON and as JUnit's XML."""
    heard: list[str] = []
    report = played(
        sandbox,
        "- Sheena Nelson says: Hi\n- expect sent: {to: Sheena Nelson}\n- expect no more",
        on_step=lambda result: heard.append(step_line(result.as_json())),
    )

    assert heard == [
        "✓ Mon 09:00:00  Sheena Nelson says: Hi",
        "✗ Mon 09:00:00  expect sent: {to: Sheena Nelson}",
        "–               expect no more",
    ]
    shown = report.as_json()
    assert (shown["scenario"], shown["passed"], shown["notes"]) == ("a", False, [])
    assert shown["steps"][0] == {
        "step": "Sheena Nelson says: Hi",
        "line": 2,
        "outcome": "passed",
        "at": "2026-10-05T09:00:00Z",
        "why": None,
    }
    junit = as_junit([shown]).decode()
    assert '<testsuite name="a" tests="3" failures="1" skipped="1" errors="0">' in junit
    assert '<failure message="expected a message that was sent with to=Sheena Nelson' in junit


def test_a_scenario_gives_the_same_each_time(sandbox: Sandbox) -> None:
    """The seed decides what is drawn."""
    text = """
    people: {Ana: {answers: [{then: Sure, after: [1 minute, 9 hours], chance: 0.5}]}}
    steps:
      - Ana says: Hello
      - business sends: One
      - business sends: Two
      - business sends: Three
      - advance: 10 hours
    """
    drawn = []
    for _ in range(2):
        assert played(sandbox, text).passed
        drawn.append([(message.as_text, message.at, message.id) for message in sandbox.messages.all()])
        sandbox.reset()

    assert drawn[0] == drawn[1]
