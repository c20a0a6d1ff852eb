"""The transcript in Markdown, as a page and as JSON: the same messages, with nothing of theirs as markup."""

from __future__ import annotations

import json

import pytest
from kit.identities import PABLO, SHEENA
from kit.messages import order_shipped
from kit.sandboxes import send
from kit.times import DAY

from emulator import Sandbox
from emulator.domain.instants import iso

XSS = "<img src=x onerror=alert(1)> *bold* & [a](b)"


@pytest.fixture
def talked(sandbox: Sandbox) -> Sandbox:
    """Two people, two days, one failure."""
    sandbox.people.say(SHEENA, "Grüße 🌵\nand more")
    send(sandbox, "Hi")
    sandbox.people.say(PABLO, XSS)
    send(sandbox, "Too late", to="16505550000")
    sandbox.settle()
    sandbox.clock.advance_to_next()
    send(sandbox, order_shipped())
    sandbox.settle()
    return sandbox


def test_every_form_has_every_message(talked: Sandbox) -> None:
    """In the same order."""
    messages = talked.messages.all()

    listed = talked.messages.transcript("json")["messages"]
    assert [each["id"] for each in listed] == [message.id for message in messages]
    assert talked.messages.transcript("markdown").count("\n- ") == len(messages)
    assert talked.messages.transcript("html").count("<li") == len(messages)
    assert talked.messages.transcript() == talked.messages.transcript("text")


def test_json_is_for_programs(talked: Sandbox) -> None:
    """With what became of each, and every letter as it is."""
    first, *_ = listed = talked.messages.transcript("json")["messages"]

    assert first == {
        "at": first["at"],
        "from": "Sheena Nelson",
        "to": "business",
        "wa_id": SHEENA,
        "id": first["id"],
        "type": "text",
        "template": None,
        "text": "Grüße 🌵\nand more",
        "status": "received",
        "error": None,
        "in_answer_to": None,
        "cause_basis": None,
    }
    assert [each["error"]["code"] for each in listed if each["error"]] == [131026]
    assert listed[-1]["template"] == "order_shipped"
    assert "🌵" in json.dumps(listed, ensure_ascii=False)


def test_what_people_write_is_no_markup(talked: Sandbox) -> None:
    """Neither in a page nor in Markdown."""
    page, text = talked.messages.transcript("html"), talked.messages.transcript("markdown")

    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; *bold* &amp; [a](b)" in page
    assert "\\<img src=x onerror=alert(1)\\> \\*bold\\* \\& \\[a\\](b)" in text


def test_a_failure_stands_out(talked: Sandbox) -> None:
    """By a class of its own, and by its words."""
    page = talked.messages.transcript("html")

    assert page.count('class="business failed"') == 1
    assert "✗ failed 131026" in page


def test_nobody_has_written(sandbox: Sandbox) -> None:
    """The page says so; the other forms are empty."""
    assert "Nobody has written yet" in sandbox.messages.transcript("html")
    assert sandbox.messages.transcript("markdown") == ""
    assert sandbox.messages.transcript("json") == {"messages": [], "faults": []}


def test_the_newest_are_kept(talked: Sandbox) -> None:
    """As many as asked for; and another form is refused."""
    newest = talked.messages.all()[-1].id

    assert [each["id"] for each in talked.messages.transcript("json", 1)["messages"]] == [newest]
    with pytest.raises(ValueError, match="text, markdown, html, json; not 'pdf'"):
        talked.messages.transcript("pdf")


def test_what_a_message_answers_is_told_where_it_does_not_follow_at_once(sandbox: Sandbox) -> None:
    """An answer just below its question needs no word; where only the time tells, it says so."""
    first = sandbox.people.say(SHEENA, "Do you have ferns? <b>")
    send(sandbox, "We do", context_id=first.id)
    second = sandbox.people.say(SHEENA, "And moss?")
    send(sandbox, "Hello Pablo", to=PABLO)
    send(sandbox, "Moss, too")
    send(sandbox, "As to the ferns", context_id=first.id)

    lines = [line.partition("  ")[2] for line in sandbox.messages.transcript().splitlines()[1:]]
    assert lines == [
        "Sheena Nelson → business: Do you have ferns? <b>",
        "business → Sheena Nelson: We do   accepted",
        "Sheena Nelson → business: And moss?",
        "business → Pablo Morales: Hello Pablo   accepted",
        "business → Sheena Nelson: Moss, too (probably in answer to 09:00:00 “And moss?”)   accepted",
        "business → Sheena Nelson: As to the ferns (in answer to 09:00:00 “Do you have ferns? <b>”)   "
        "accepted",
    ]
    listed = sandbox.messages.transcript("json")["messages"]
    assert [(each["in_answer_to"], each["cause_basis"]) for each in listed] == [
        (None, None),
        (first.id, "context"),
        (None, None),
        (None, None),
        (second.id, "unanswered"),
        (first.id, "context"),
    ]
    assert "(probably in answer to 09:00:00 “And moss?”)" in sandbox.messages.transcript("markdown")
    assert "in answer to 09:00:00 “Do you have ferns? &lt;b&gt;”" in sandbox.messages.transcript("html")


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("text", "09:00:00  fault:1 131051 Unsupported message type, inbound"),
        ("markdown", "- 09:00:00 fault:1 131051 Unsupported message type, inbound"),
        (
            "html",
            '<li class="fault"><small>09:00:00  fault:1 131051 Unsupported message type, inbound</small>',
        ),
    ],
)
def test_a_fault_that_struck_has_a_line(sandbox: Sandbox, form: str, line: str) -> None:
    """After what was written in that instant; one that struck before the first message shown has none."""
    sandbox.faults.add(131051, times=2)
    sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(DAY)
    sandbox.people.say(PABLO, "Hi")

    whole, newest = (sandbox.messages.transcript(form, limit) for limit in (200, 1))

    assert (whole.count("fault:1"), newest.count("fault:1")) == (2, 1)
    assert line in whole
    assert whole.index("Hello") < whole.index("fault:1") < whole.index("Hi") < whole.rindex("fault:1")


@pytest.mark.usefixtures("inbox")
def test_json_lists_the_faults_that_struck(sandbox: Sandbox) -> None:
    """Beside the messages, each with kind, code and person; none from before the first message."""
    sandbox.faults.add(131051)
    sandbox.faults.add(kind="drop", times=2)
    first = sandbox.people.say(SHEENA, "Hello")
    sandbox.clock.advance(DAY)
    second = sandbox.people.say(PABLO, "Hi")
    sandbox.settle()

    listed = sandbox.messages.transcript("json")

    assert [each["id"] for each in listed["messages"]] == [first.id, second.id]
    assert listed["faults"] == [
        {
            "at": iso(first.at),
            "fault": "fault:1",
            "kind": "error",
            "code": 131051,
            "wa_id": SHEENA,
            "text": "131051 Unsupported message type, inbound",
        },
        *(
            {
                "at": iso(message.at),
                "fault": "fault:2",
                "kind": "drop",
                "code": None,
                "wa_id": message.wa_id,
                "text": "drop: a webhook is lost: it is not delivered, and not tried again, webhook",
            }
            for message in (first, second)
        ),
    ]
    assert [each["at"] for each in sandbox.messages.transcript("json", 1)["faults"]] == [iso(second.at)]
