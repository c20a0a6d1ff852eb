"""``whatsapp.person()``: the simulated users a test talks to, and what it has them do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from emulator.domain.people.person import Person
from emulator.domain.pricing.entry_points import EntryPoint
from emulator.domain.windows import Window
from emulator.sandbox.messages.received.habitual_answers import AnswerFunction
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.durations import duration
from emulator.testing.members.messages import Messages
from emulator.testing.members.person_acts import PersonActs
from emulator.testing.members.person_relationships import PersonRelationships


class PersonHandle(PersonActs, PersonRelationships):
    """A simulated WhatsApp user in a test, and what they do: what ``whatsapp.person()`` returns.

    Acts happen at once, at the present simulated time; the webhooks they cause go out with the next
    ``settle()``. ``to`` is the id or the digits of a business number, by default the first. What their phone
    would not let them do raises :class:`~emulator.sandbox.errors.CannotDo`. In an async test an act may be
    awaited, ``await ana.says("hi")``, which settles at once.
    """

    def __init__(self, sandbox: Sandbox, wa_id: str) -> None:
        self._sandbox = sandbox
        self.wa_id = wa_id

    @property
    def facts(self) -> Person:
        """Everything known about them now.

        ``name``, ``locale``, ``opted_in``, ``on_whatsapp`` and their ``habits``.
        """
        return self._sandbox.people.get(self.wa_id)

    @property
    def name(self) -> str:
        """Their profile name, as webhooks show it."""
        return self.facts.name

    def becomes(self, **facts: Any) -> PersonHandle:
        """Change their facts, as ``on_whatsapp=False``, or some habits: ``habits={"reads": False}``.

        Returns the handle. Raises :class:`ValueError` for an unknown fact or a value that cannot be.
        """
        self._sandbox.people.change(self.wa_id, **facts)
        return self

    def changes_number(self, new: str) -> PersonHandle:
        """Change to a ``new`` phone number; returns the handle, which goes with them.

        The business numbers they have written to hear of it by a ``system`` message from the old number,
        which nobody has any more. Raises :class:`CannotDo` for a number that is taken.
        """
        self.wa_id = self._sandbox.people.change_number(self.wa_id, new).wa_id
        return self

    def answers(
        self, *rules: AnswerFunction | Mapping[str, Any] | str | None, after: Any = None
    ) -> PersonHandle:
        """Have them answer what reaches them, by rules or by a function; what they answered before ends.

        A rule is a mapping with ``when``, ``then``, ``after`` and ``chance``, or a text that answers
        everything. A function gets the message and returns a text, acts such as ``{"tap": "Yes"}``, or
        ``None``; it must not call the app. ``after`` the delivery: a duration such as ``"30s"``, or a list of
        the least and the most (default: when they would read it). Without rules they answer nothing. Returns
        the handle. Raises :class:`ValueError` for a rule that cannot be.
        """
        function = rules[0] if len(rules) == 1 and callable(rules[0]) else None
        if function is None:
            given = [each for each in rules if each is not None]
            usual = {} if after is None else {"after": after}
            written = [usual | ({"then": each} if isinstance(each, str) else dict(each)) for each in given]  # type: ignore[arg-type]
            self._sandbox.people.change(self.wa_id, habits={"answers": written})
        self._sandbox.people.answer_with(self.wa_id, function, after)
        return self

    def goes_offline(
        self, delta: timedelta | None = None, *, until: datetime | None = None, **units: float
    ) -> PersonHandle:
        """Have their phone be off for a time (a timedelta, or ``hours=3``), until an instant, or for good.

        Nothing reaches them meanwhile, and they read and answer nothing; at the end everything arrives at
        once. What a test has them do happens all the same. Returns the handle.
        """
        if delta is not None or units:
            until = self._sandbox.clock.now() + duration("goes_offline", delta, units)
        self._sandbox.people.go_offline(self.wa_id, until)
        return self

    def comes_online(self) -> PersonHandle:
        """Have their phone be on again: what waits for it arrives with the next ``settle()``.

        Returns the handle.
        """
        self._sandbox.people.come_online(self.wa_id)
        return self

    @property
    def messages(self) -> Messages:
        """Their conversation with the business in both directions, as it stands when you look."""
        return Messages(lambda: self._sandbox.messages.all(wa_id=self.wa_id))

    @property
    def window(self) -> Window | None:
        """The customer service window they opened or restarted last, open or closed.

        ``None`` when they never wrote.
        """
        mine = self._sandbox.people.windows_of(self.wa_id)
        return mine[0] if mine else None

    @property
    def entry_point(self) -> EntryPoint | None:
        """Their newest click on an ad and the free entry point it became.

        ``None`` when they never clicked one.
        """
        every = self._sandbox.people.entry_points().values()
        mine = [entry for entry in every if entry.wa_id == self.wa_id]
        return max(mine, key=lambda entry: entry.clicked_at, default=None)

    @property
    def can_be_answered(self) -> bool:
        """Whether a customer service window with them is open now; only then a free-form message arrives."""
        window = self.window
        return window is not None and window.is_open(self._sandbox.clock.now())

    def __repr__(self) -> str:
        return f"<{self.name} +{self.wa_id}>"
