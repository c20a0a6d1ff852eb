"""People answer messages by their rules, or as a function of a test says: on the timeline, after a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from emulator.domain import ids
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.durations import Spread
from emulator.domain.events.messages import MessageDelivered
from emulator.domain.journal import Outcome
from emulator.domain.messages.inbound_replies import ACCEPT, REJECT
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.answers.acts import ACTS, Act, acts_as_json, acts_from_json
from emulator.domain.people.answers.answer import BOUNDS, Answer
from emulator.domain.people.answers.conditions import Received
from emulator.domain.people.person import Person
from emulator.domain.quoting import brief
from emulator.domain.values import dataclass
from emulator.sandbox import lookup
from emulator.sandbox.consequences import Listener
from emulator.sandbox.core import Core
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.messages.delivery import MessageDelivery
from emulator.sandbox.messages.received.answers import Answers
from emulator.sandbox.messages.received.inbound import InboundMessages
from emulator.sandbox.messages.received.number_changes import NumberChanges
from emulator.sandbox.messages.received.reception import Reception
from emulator.sandbox.people.absences import Absences
from emulator.sandbox.people.blocks_and_reports import BlocksAndReports
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

AnswerFunction = Callable[[Message], object]
"""Given a message that has reached a person it returns a text, acts as a rule has them, or ``None``."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who answers which message of which number, and when."""

    person: Person
    message: Message
    number: BusinessNumber
    at: datetime


class HabitualAnswers:
    """Has people answer what reaches them: the first rule of theirs that fits, or a function of a test.

    An answer is due work (``person.answers``). It has been read when it is answered, and somebody whose phone
    is off answers when it is on again. Nobody writes more than :data:`~.answer.BOUNDS` say: two programs that
    answer each other come to an end, and the journal says so.
    """

    def __init__(
        self,
        core: Core,
        delivery: MessageDelivery,
        reception: Reception,
        inbound: InboundMessages,
        taps: Answers,
        blocks_and_reports: BlocksAndReports,
        number_changes: NumberChanges,
    ) -> None:
        self._core, self._store, self._delivery = core, core.store, delivery
        self._reception, self._inbound, self._taps = reception, inbound, taps
        self._blocks_and_reports, self._number_changes = blocks_and_reports, number_changes
        self._absences = Absences(core)
        self._functions: dict[str, tuple[AnswerFunction, Spread | None]] = {}
        self.carried_out: Mapping[str, Callable[[Occasion, Any], Person | None]] = {
            "text": self._write,
            "tap": self._tap,
            "choose": self._choose,
            "flow_reply": self._fill_flow,
            "allow_calls": self._allow_calls,
            "react": self._react,
            "report": self._report,
            "stop_marketing": self._stop_marketing,
            "block": self._block,
            "change_number": self._change_number,
        }
        """By the name of an act what does it, beside the reading that goes before.

        It returns the person where they are another one by their number then.
        """
        core.listen(MessageDelivered, Listener.HABITUAL_ANSWERS, self._perhaps_answer)
        core.on_due(DueKind.PERSON_ANSWERS, self._answer)

    def ask(self, person: Person, function: AnswerFunction | None, after: Spread | None = None) -> None:
        """Have a function say what a person answers to each message, in place of their rules.

        It is called when the answer is due, ``after`` the delivery (default: when they would read it), inside
        the transaction of that. ``None`` takes the function away. It ends with a reset and a restore.
        """
        if function is None:
            self._functions.pop(person.wa_id, None)
        else:
            self._functions[person.wa_id] = function, after

    def rename(self, wa_id: str, to: str) -> None:
        """Let the function of a person go with them to another number."""
        if wa_id in self._functions:
            self._functions[to] = self._functions.pop(wa_id)

    def forget(self) -> None:
        """Drop all functions: the sandbox has become another."""
        self._functions.clear()

    def _perhaps_answer(self, event: MessageDelivered) -> None:
        """Plan what a person answers to a message that has just reached them."""
        person = event.person
        if person is None or not (person.habits.answers or self._functions):
            return
        if person.wa_id in self._functions:
            self._plan(event.message, person, self._functions[person.wa_id][1], {"asks": True}, event.at)
        elif (rule := self._rule_for(event.message, person)) is not None:
            self._plan(event.message, person, rule.after, {"acts": acts_as_json(rule.then)}, event.at)

    def _rule_for(self, message: Message, person: Person) -> Answer | None:
        received = self._received(message)
        for rule in person.habits.answers:
            if rule.fits(received) and (rule.chance == 1 or self._draw(person) < rule.chance):
                return rule
        return None

    def _received(self, message: Message) -> Received:
        """Describe a message as the conditions of rules look at it."""
        number, store = message.phone_number_id, self._store.messages
        subtype = message.content.get("type") if message.type == "interactive" else None
        return Received(
            text=message.text,
            kinds=(message.type, subtype) if subtype else (message.type,),
            template=message.template,
            buttons=message.buttons,
            number=number,
            count=lambda most: store.count_arrived(number, message.wa_id, most),
        )

    def _plan(
        self,
        message: Message,
        person: Person,
        after: Spread | None,
        details: Mapping[str, object],
        at: datetime,
    ) -> None:
        if after is None:
            delay = person.habits.read_after
        else:
            delay = after.least if after.least == after.most else after.drawn(self._draw(person))
        self._core.plan(at + delay, DueKind.PERSON_ANSWERS, message.id, details, wa_id=person.wa_id)

    def _draw(self, person: Person) -> float:
        return ids.chance(self._core.ids.draw(f"answers:{person.wa_id}"))

    def _answer(self, work: DueWork) -> None:
        message = self._store.messages.get(work.subject)
        person = self._store.people.get(work.whose)
        if message is None or person is None:
            return
        if person.habits.offline and self._absences.put_off(work, person):
            return
        if work.details.get("asks"):
            acts = self._asked(person, message)
        else:
            acts = acts_from_json(work.details["acts"])
        number = lookup.number_by_id(self._store.accounts, message.phone_number_id)
        occasion = Occasion(person, message, number, work.due)
        try:
            with self._reception.answering(message.id):
                for act in acts:
                    occasion = self._carry_out(occasion, act)
        except CannotDo as why:
            summary = f"{person.name} cannot answer as they would: {why}"
            self._core.note(
                "warning",
                message.id,
                summary,
                at=work.due,
                wa_id=person.wa_id,
                cause=message.id,
                outcome=Outcome.WARNING,
            )

    def _asked(self, person: Person, message: Message) -> tuple[Act, ...]:
        """What the function says; raises :class:`ValueError` for what is no answer, and what it raises."""
        known = self._functions.get(person.wa_id)
        fresh = self._store.messages.read(message.id)
        said = None if known is None or fresh is None else known[0](fresh)
        if said is None:
            return ()
        try:
            return acts_from_json(said)
        except ValueError as problem:
            raise ValueError(f"what {person.name} is to answer{problem}") from None

    def _carry_out(self, occasion: Occasion, act: Act) -> Occasion:
        """Carry out one act; returns who does the next one."""
        kind, person = ACTS[act.name], occasion.person
        if kind.is_seen and (person.habits.reads or act.name == "read"):
            self._delivery.read(occasion.message, occasion.at)
        if kind.is_written:
            self._check_bounds(person, occasion.message, occasion.at)
        if act.name not in self.carried_out:
            return occasion
        became = self.carried_out[act.name](occasion, act.value)
        return occasion if became is None else replace(occasion, person=became)

    def _write(self, on: Occasion, text: str) -> None:
        self._inbound.say(on.person, text, to=on.number.id, group=on.message.group_id)

    def _tap(self, on: Occasion, label: str) -> None:
        self._taps.tap(on.person, label, message_id=on.message.id, row=False)

    def _choose(self, on: Occasion, title: str) -> None:
        self._taps.tap(on.person, title, message_id=on.message.id, row=True)

    def _fill_flow(self, on: Occasion, answers: Mapping[str, Any]) -> None:
        self._taps.fill_flow(on.person, answers, message_id=on.message.id)

    def _allow_calls(self, on: Occasion, allowed: bool) -> None:
        response = ACCEPT if allowed else REJECT
        self._taps.answer_call_permission(on.person, response, message_id=on.message.id)

    def _react(self, on: Occasion, emoji: str) -> None:
        self._inbound.react(on.person, on.message.id, emoji)

    def _report(self, on: Occasion, _: bool) -> None:
        self._blocks_and_reports.report(on.person, on.number, on.message.id, on.at)

    def _stop_marketing(self, on: Occasion, _: bool) -> None:
        self._blocks_and_reports.stop_marketing(on.person, on.number, at=on.at)

    def _block(self, on: Occasion, _: bool) -> None:
        self._blocks_and_reports.block(on.person, on.number, on.at)

    def _change_number(self, on: Occasion, number: str) -> Person:
        changed = self._number_changes.change(on.person, number)
        self.rename(on.person.wa_id, changed.wa_id)
        return changed

    def _check_bounds(self, person: Person, message: Message, at: datetime) -> None:
        """Raise :class:`~emulator.sandbox.errors.CannotDo` for who has written as much as anybody does."""
        for most, within in BOUNDS:
            since = at - within
            if self._store.messages.count_written(message.phone_number_id, person.wa_id, since, most) >= most:
                raise CannotDo(
                    f"they have written {most} messages within {within}, and answer no more for a while "
                    f"({brief(message.text)!r}); do two programs answer each other?"
                )
