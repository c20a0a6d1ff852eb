"""Any story at all: acts in any order, and after each the emulator says what three small sums say.

The sums know nothing of the program: a window is the last thing a person wrote, a tier is a table of who was
reached when, and the pair rate is a debt that is paid off a second each second.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from kit.identities import BEATRIZ, PABLO, SHEENA
from kit.scenarios import Business
from kit.times import DAY, MICROSECOND, START

from emulator import Emulator

REACH = 1
"""How many people may be reached outside a window in a day: few, so that a story meets the end of it."""
EACH, BURST = timedelta(seconds=6), 45

PEOPLE = st.sampled_from((SHEENA, PABLO, BEATRIZ))
PAUSES = st.sampled_from(
    [
        edge + nudge
        for edge in (EACH, timedelta(minutes=4, seconds=30), timedelta(hours=1), timedelta(hours=23), DAY)
        for nudge in (-MICROSECOND, timedelta(0), MICROSECOND)
    ]
)


class Model:
    """What must come of a send, by sums."""

    def __init__(self) -> None:
        self.wrote: dict[str, datetime] = {}
        self.reached: dict[str, datetime] = {}
        self.owed: dict[str, tuple[datetime, timedelta]] = {}

    def send(self, person: str, at: datetime, *, template: bool) -> str:
        since, debt = self.owed.get(person, (at, timedelta(0)))
        debt = max(timedelta(0), debt - (at - since)) + EACH
        if debt > BURST * EACH:
            return "131056"
        self.owed[person] = (at, debt)
        is_open = person in self.wrote and at - self.wrote[person] < DAY
        if is_open:
            return "arrived"
        if not template:
            return "failed 131047"
        others = {who for who, when in self.reached.items() if at - when < DAY}
        if person not in others and len(others) >= REACH:
            return "failed 131048"
        self.reached[person] = at
        return "arrived"


class Stories(RuleBasedStateMachine):
    """People write, a business sends, and time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.emulator = Emulator()
        self.business = Business(
            self.emulator,
            START,
            limits={"pair_rate": "always", "messaging": REACH},
        )
        self.model = Model()

    def teardown(self) -> None:
        self.emulator.close()

    @rule(person=PEOPLE)
    def somebody_writes(self, person: str) -> None:
        self.business.sandbox.people.say(person, "Hello")
        self.model.wrote[person] = self.business.now()

    @rule(pause=PAUSES)
    def time_passes(self, pause: timedelta) -> None:
        self.business.sandbox.clock.advance(pause)

    @rule(person=PEOPLE, times=st.sampled_from((1, 1, 1, 44, 45, 46)))
    def the_business_writes(self, person: str, times: int) -> None:
        for _ in range(times):
            expected = self.model.send(person, self.business.now(), template=False)
            assert self.outcome(self.business.text(person, "Hello")) == expected

    @rule(person=PEOPLE, nudge=st.sampled_from((-MICROSECOND, timedelta(0), MICROSECOND)))
    def a_day_after_they_wrote_the_business_answers(self, person: str, nudge: timedelta) -> None:
        self.somebody_writes(person)
        self.time_passes(DAY + nudge)
        self.the_business_writes(person, 1)

    @rule(person=PEOPLE)
    def the_business_sends_a_template(self, person: str) -> None:
        expected = self.model.send(person, self.business.now(), template=True)
        answer = self.business.template(person, "order_on_its_way")
        assert self.outcome(answer) == expected

    def outcome(self, answer: str) -> str:
        """What became of the message just sent: the error of its answer, ``arrived``, or its failure."""
        if answer != "accepted":
            return answer
        self.business.sandbox.settle()
        became = self.business.became()[-1]
        return "arrived" if became in ("delivered", "read") else became

    @initialize()
    def a_template_is_approved(self) -> None:
        self.business.submit("order_on_its_way", "UTILITY", "Your order is on its way to you.")
        self.business.wait(minutes=6)


Stories.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
test_any_story = Stories.TestCase
