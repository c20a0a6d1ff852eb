"""The quality of templates and numbers: what people do makes it better and worse, and stops templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.identities import PRODUCTION, SHEENA, WABA_ID
from kit.receivers import Inbox, listen
from kit.sandboxes import crowd, send, statuses
from kit.submissions import SALE, marketing
from kit.times import DAY, MICROSECOND, START, WEEK

from emulator import Sandbox
from emulator.domain.errors import MessageError
from emulator.domain.templates.template import Template

HOURS_3, HOURS_6 = timedelta(hours=3), timedelta(hours=6)
QUALITY = "message_template_quality_update"


@pytest.fixture
def people(sandbox: Sandbox) -> list[str]:
    """A marketing template, judged after ten messages (20 % YELLOW, 40 % RED), and twelve people."""
    sandbox.change_settings(quality_judged_after=10, quality_yellow=0.2, quality_red=0.4)
    marketing(sandbox)
    return crowd(sandbox, 12)


@pytest.fixture
def sale(sandbox: Sandbox, people: list[str]) -> Callable[[], Template]:
    """The template as it stands."""

    def look() -> Template:
        with sandbox.services.command() as store:
            found = store.templates.find(store.accounts.wabas()[0].id, "sale", "en_US")
        assert found is not None
        return found

    return look


@pytest.fixture
def send_to(sandbox: Sandbox) -> Callable[[list[str]], list[str]]:
    """Sends the template to people and waits until it arrives."""

    def act(wa_ids: list[str]) -> list[str]:
        ids = [send(sandbox, SALE, wa_id) for wa_id in wa_ids]
        sandbox.settle()
        return ids

    return act


def changes(inbox: Inbox) -> list[tuple[str, str]]:
    """From which quality to which, in order."""
    return [
        (value["previous_quality_score"], value["new_quality_score"])
        for value in inbox.values
        if "new_quality_score" in value
    ]


def rating(sandbox: Sandbox) -> str:
    with sandbox.services.command() as store:
        number = store.accounts.number(PRODUCTION)
    assert number is not None
    return number.quality_rating


def report(sandbox: Sandbox, wa_ids: list[str]) -> None:
    for wa_id in wa_ids:
        sandbox.people.report(wa_id, template="sale")


def test_a_template_is_judged_when_enough_has_arrived(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """UNKNOWN until the tenth message, and then GREEN."""
    send_to(people[:9])
    before = sale().quality_score
    send_to(people[9:10])

    assert (before, sale().quality_score, sale().quality_at) == ("UNKNOWN", "GREEN", START)


def test_a_change_is_told_by_webhook(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """As documented, the id a JSON number."""
    inbox = listen(sandbox)
    sandbox.webhooks.subscribe(QUALITY)
    send_to(people[:10])
    inbox.webhooks.clear()
    report(sandbox, people[:2])
    sandbox.settle()

    (webhook,) = [each.json for each in inbox.webhooks]
    assert webhook == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": WABA_ID,
                "time": int(START.timestamp()),
                "changes": [
                    {
                        "value": {
                            "previous_quality_score": "GREEN",
                            "new_quality_score": "YELLOW",
                            "message_template_id": int(sale().id),
                            "message_template_name": "sale",
                            "message_template_language": "en_US",
                        },
                        "field": QUALITY,
                    }
                ],
            }
        ],
    }


def test_complaints_make_it_worse_and_deliveries_better(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """Two of ten are YELLOW, two of eleven are GREEN again."""
    inbox = listen(sandbox)
    sandbox.webhooks.subscribe(QUALITY)
    send_to(people[:10])
    report(sandbox, people[:1])
    sandbox.people.block(people[1])
    yellow = sale().quality_score
    send_to(people[10:11])

    assert (yellow, sale().quality_score) == ("YELLOW", "GREEN")
    assert changes(inbox) == [("UNKNOWN", "GREEN"), ("GREEN", "YELLOW"), ("YELLOW", "GREEN")]


@pytest.mark.parametrize(
    ("later", "expected"), [(WEEK - MICROSECOND, "YELLOW"), (WEEK, "GREEN"), (WEEK + MICROSECOND, "GREEN")]
)
def test_feedback_counts_for_seven_days(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
    later: timedelta,
    expected: str,
) -> None:
    """To the microsecond: with the next message it is judged without what is older."""
    send_to(people[:3])
    report(sandbox, people[:3])
    sandbox.clock.advance(timedelta(days=1))
    send_to(people[2:12])
    before = sale().quality_score
    sandbox.clock.travel_to(START + later)
    send_to(people[2:3])

    assert (before, sale().quality_score) == ("YELLOW", expected)


def test_red_pauses_a_template_for_three_hours(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """It cannot be sent, and then it can, its quality UNKNOWN again."""
    inbox = listen(sandbox)
    sandbox.webhooks.subscribe(QUALITY)
    send_to(people[:10])
    report(sandbox, people[:4])
    with pytest.raises(MessageError) as refused:
        send(sandbox, SALE, people[0])
    paused = sale()
    sandbox.clock.advance(HOURS_3 - MICROSECOND)
    still = sale()
    sandbox.clock.advance(MICROSECOND)

    assert refused.value.code == 132015
    assert (paused.status, paused.quality_score, still.status) == ("PAUSED", "RED", "PAUSED")
    assert (sale().status, sale().quality_score) == ("APPROVED", "UNKNOWN")
    assert changes(inbox) == [
        ("UNKNOWN", "GREEN"),
        ("GREEN", "YELLOW"),
        ("YELLOW", "RED"),
        ("RED", "UNKNOWN"),
    ]


def test_after_a_pause_only_new_feedback_counts(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """Ten new messages, however bad the old ones were."""
    send_to(people[:10])
    report(sandbox, people[:4])
    sandbox.clock.advance(HOURS_3)
    send_to(people[:9])
    before = sale().quality_score
    send_to(people[9:10])

    assert (before, sale().quality_score) == ("UNKNOWN", "GREEN")


def test_it_is_paused_twice_and_then_disabled(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """For three hours, for six, and for ever."""
    inbox = listen(sandbox)
    told = []
    for pause in (HOURS_3, HOURS_6, HOURS_6):
        send_to(people[:10])
        report(sandbox, people[:4])
        told.append(str(sale().status))
        sandbox.clock.advance(pause - MICROSECOND)
        told.append(str(sale().status))
        sandbox.clock.advance(MICROSECOND)

    titles = [value["other_info"]["title"] for value in inbox.values if "other_info" in value]
    assert told == ["PAUSED", "PAUSED", "PAUSED", "PAUSED", "DISABLED", "DISABLED"]
    assert sale().status == "DISABLED"
    assert titles[:4] == ["FIRST_PAUSE", "UNPAUSE", "SECOND_PAUSE", "UNPAUSE"]


def test_a_block_counts_for_what_arrived_last(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """The newest message of the last seven days."""
    send_to(people[:10])
    for wa_id in people[:4]:
        sandbox.people.block(wa_id)

    assert (sale().quality_score, sale().status) == ("RED", "PAUSED")


@pytest.mark.parametrize(("later", "expected"), [(WEEK - MICROSECOND, 1), (WEEK, 0), (WEEK + MICROSECOND, 0)])
def test_a_block_does_not_count_for_what_arrived_long_ago(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
    later: timedelta,
    expected: int,
) -> None:
    """Then it is against the number alone."""
    send_to(people[:1])
    sandbox.clock.advance(later)
    sandbox.people.block(people[0])

    with sandbox.services.command() as store:
        counted = store.sliding_windows.size(f"blocked:{sale().id}", sandbox.clock.now() - WEEK)
    assert counted == expected


def test_quality_is_not_judged_when_that_is_off(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """And nothing is counted."""
    sandbox.change_settings(quality_judged_after=None)
    send_to(people[:10])
    report(sandbox, people[:10])

    with sandbox.services.command() as store:
        (counted,) = store.database.execute(
            "SELECT COUNT(*) FROM sliding_windows WHERE name LIKE '%:' || ?", (sale().id,)
        ).fetchone()
    assert (sale().quality_score, counted) == ("UNKNOWN", 0)


def test_what_nobody_reads_is_yellow_where_reads_count(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """A day after it arrived, and not before."""
    sandbox.change_settings(quality_least_read=0.5)
    for wa_id in people:
        sandbox.people.change(wa_id, habits={"reads": False})
    send_to(people[:10])
    sandbox.clock.advance(timedelta(days=1) - MICROSECOND)
    before = sale().quality_score
    sandbox.clock.advance(MICROSECOND)

    assert (before, sale().quality_score) == ("GREEN", "YELLOW")


def test_what_is_read_is_green_where_reads_count(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """Half of them are enough for a half."""
    sandbox.change_settings(quality_least_read=0.5)
    for wa_id in people[:5]:
        sandbox.people.change(wa_id, habits={"reads": False})
    send_to(people[:10])
    sandbox.clock.advance(timedelta(days=2))

    assert sale().quality_score == "GREEN"


def test_a_number_is_judged_like_a_template(
    sandbox: Sandbox,
    people: list[str],
    sale: Callable[[], Template],
    send_to: Callable[[list[str]], list[str]],
) -> None:
    """Texts count, too; complaints of the last day count double, and nothing is stopped by it."""
    send_to(people[:9])
    sandbox.people.say(SHEENA, "Hello")
    send(sandbox, "Hello")
    sandbox.settle()
    sandbox.people.report(people[0])
    fresh = rating(sandbox)
    sandbox.clock.advance(timedelta(days=1))
    send_to(people[:1])
    calmed = rating(sandbox)
    for wa_id in people[1:5]:
        sandbox.people.report(wa_id)
    send_to(people[:1])

    assert (fresh, calmed, rating(sandbox)) == ("YELLOW", "GREEN", "RED")
    assert statuses(sandbox)[-1] == "read"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (DAY - MICROSECOND, "RED"),
        (DAY, "YELLOW"),
        (DAY + MICROSECOND, "YELLOW"),
    ],
)
def test_a_complaint_weighs_double_for_a_day(
    sandbox: Sandbox,
    people: list[str],
    send_to: Callable[[list[str]], list[str]],
    later: timedelta,
    expected: str,
) -> None:
    """To the microsecond: with another one of then, it makes four of ten, or three."""
    sandbox.change_settings(quality_yellow=0.15)
    send_to(people[:10])
    sandbox.people.report(people[0])
    sandbox.clock.advance(later)
    sandbox.people.report(people[1])

    assert rating(sandbox) == expected


def test_what_is_counted_comes_behind_what_was(sandbox: Sandbox, people: list[str]) -> None:
    """In the order in which it happened, so that the database splits no pages; and each message once."""
    ids = []
    for wa_id in people:
        ids.append(send(sandbox, SALE, wa_id))
        sandbox.clock.advance(timedelta(minutes=1))

    with sandbox.services.command() as store:
        keys = store.database.execute(
            "SELECT key FROM sliding_windows WHERE name = ? ORDER BY key", (f"delivered:{PRODUCTION}",)
        ).fetchall()

    assert [key[-24:] for (key,) in keys] == [message_id[-24:] for message_id in ids]
