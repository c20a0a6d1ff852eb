"""What each question to the store costs with a hundred thousand rows in every table, against a thousand."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import process_time
from typing import Any

import pytest
from kit.figures import measured
from kit.filled import fill_tables
from kit.identities import APP_ID, PRODUCTION, SHEENA, WABA_ID
from kit.measurements import FEW, MANY
from kit.questions import UNASKABLE, calls, methods, samples, tables
from kit.rich_sandbox import rich_sandbox
from kit.times import DAY, START

from emulator import Emulator, Sandbox

pytestmark = pytest.mark.benchmark

ROUNDS = 5
LIMITS = {"limit": 25, "most": 65}
LONG = 0.02
"""Seconds after which a question is not asked again."""
FLOOR = 30e-6
"""Seconds that any question may take: below it what differs is chance."""
MOST = 3.0
"""So many times what it takes with few rows a question may take with many."""

GROWS = {
    "PeopleTable.all": "lists everybody; a page is asked by `page`",
    "WindowTable.all": "lists all windows",
    "TemplateTable.of": "lists all templates of an account; a page is asked by `matching`",
    "TimelineTable.all": "lists all",
    "EntryPointTable.all": "lists all",
    "GroupTable.all": "lists all",
    "TimelineTable.hasten": "changes what waits for this person's phone",
    "TimelineTable.move": "changes what is to be done of this person",
    "TimelineTable.count": "asked for a report, and of a sandbox that does not come to rest",
    "TemplateTable.disliked": "lists them; an account has at most 6,000 templates",
    "TemplateTable.count": "looks at an index; an account has at most 6,000 templates",
    "TemplateTable.matching": "lists them; an account has at most 6,000 templates",
    "TemplateTable.last_used": "the yearly search for idle templates looks at each",
    "MessageTable.on_the_way": "lists what a block by this person cancels",
    "MessageTable.count": "asked at a prompt",
    "MessageTable.each": "goes to the first that fits, and of a rare status that is far",
    "JournalTable.refused_after": "an expectation reads on where the one before it ended",
    "PacingTable.take_held": "takes out all that were held",
    "MediaTables.whole_uploads": "lists what was uploaded by hand",
    "MediaTables.remove_expired": "removes each once",
    "MessageTable.interactive_sent": "lists those of a day or a week to one person",
    "ChargeTable.report": "sums what was charged between two instants",
    "DeliveryTable.unwritten": "looks at each attempt, after a crash, when a kept sandbox is opened",
    "RelationshipTable.count_blocked_by": "looks at an index; a list has at most 64,000 people",
}
"""Questions that take longer the more there is, and why that may be."""
AT_MOST = frozenset({"limit", "most"})
"""Parameters that say how much is wanted; without them everything is."""


class Undone(Exception):
    """Takes back what a question has changed."""


@dataclass(frozen=True)
class Asked:
    """One way to ask a question, by the name of table and method."""

    table: str
    method: str
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The method, and what it was given beyond what it needs."""
        return f"{self.method}({', '.join(self.given)})"

    def seconds(self, sandbox: Sandbox) -> float | None:
        """What it takes, taken back afterwards; ``None`` for what cannot be asked."""
        store = sandbox.services.store
        ask = getattr(tables(store)[self.table], self.method.partition(".")[2])
        took: float | None = None
        try:
            with store.transaction():
                begun = process_time()
                ask(**self.given)
                took = process_time() - begun
                raise Undone
        except Undone:
            return took
        except (sqlite3.IntegrityError, *UNASKABLE):
            return None


def asked(sandbox: Sandbox) -> Iterator[Asked]:
    """Every question, with what is there and with what is not."""
    store = sandbox.services.store
    message = next(each for each in store.messages.select() if each.wa_id == SHEENA and each.outbound)
    template = next(each for each in store.templates.of() if each.status == "APPROVED")
    there = {
        "wa_id": SHEENA,
        "phone_number_id": PRODUCTION,
        "waba_id": WABA_ID,
        "app_id": APP_ID,
        "message_id": message.id,
        "template_id": template.id,
        "name": template.name,
        "language": template.language,
        "subject": message.id,
        "cause": message.id,
        "since": START,
        "until": START + 30 * DAY,
        **LIMITS,
    }
    common = there | {"kind": "status", "state": "delivered"}
    rare = there | {"kind": "warning", "state": "failed"}
    known = samples(store)
    for table, each in tables(store).items():
        for _, method in methods(each):
            for named in (common, rare, {**LIMITS, "state": "waiting"}):
                for given in calls(method, known, named):
                    yield Asked(table, method.__qualname__, given)


def may_grow(question: Asked, sandbox: Sandbox) -> bool:
    """Whether everything is asked for, or the method is known for it."""
    table = tables(sandbox.services.store)[question.table]
    takes = getattr(table, question.method.partition(".")[2]).__code__.co_varnames
    return question.method in GROWS or bool(AT_MOST.intersection(takes) - question.given.keys())


def least(question: Asked, sandbox: Sandbox) -> float | None:
    """The least it takes in some rounds, or once where that is long; ``None`` for what cannot be asked."""
    found: list[float] = []
    for _ in range(ROUNDS):
        took = question.seconds(sandbox)
        if took is None:
            return None
        found.append(took)
        if took > LONG:
            break
    return min(found)


@pytest.mark.parametrize("crowd", [False, True], ids=["one conversation", "many people"])
def test_no_question_grows_with_what_is_stored(crowd: bool) -> None:
    """Those that do are listed by name, with the reason."""
    with Emulator() as few_of, Emulator() as many_of:
        few, many = rich_sandbox(few_of), rich_sandbox(many_of)
        for sandbox, rows in ((few, FEW), (many, MANY)):
            with sandbox.services.command() as store:
                questions = list(asked(sandbox))
                fill_tables(store.database.connection, rows, crowd=crowd)
        grown: dict[str, tuple[float, float]] = {}
        for question in questions:
            if may_grow(question, few):
                continue
            below, above = least(question, few), least(question, many)
            if below is not None and above is not None:
                known = grown.get(question.name, (1.0, 0.0))
                grown[question.name] = max(known, (below, above), key=ratio)

    worst = sorted(grown.items(), key=lambda each: -ratio(each[1]))
    lines = [
        f"  {ratio(cost):>8.1f} ×  {cost[0] * 1e6:>9,.0f} {cost[1] * 1e6:>9,.0f} µs  {name}"
        for name, cost in worst[:8]
    ]
    sys.stdout.write("\n".join(["", "the questions that grow most", *lines, ""]))
    measured("store", ratio(worst[0][1]))
    assert {name: cost for name, cost in worst if ratio(cost) > MOST} == {}


def ratio(cost: tuple[float, float]) -> float:
    """How many times as long the second takes, of costs above the floor."""
    return max(cost[1], FLOOR) / max(cost[0], FLOOR)
