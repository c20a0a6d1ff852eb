"""Rules for how webhooks come: again, late, several in one, many at a time."""

from __future__ import annotations

from emulator.doctor.checks import batches, deliveries
from emulator.doctor.payloads import in_one_entry, in_one_post, in_one_value
from emulator.doctor.rule import Rule
from emulator.doctor.rules.phrases import ENDPOINT, HALF, OVERVIEW, READ_ALL, RETRIED, THROUGHPUT

DELIVERIES: tuple[Rule, ...] = (
    Rule(
        "duplicate-acknowledged",
        "deliveries",
        "the same message twice, and the same status twice",
        "200 each time",
        "A retry goes to every app of the account, so repeats are usual. " + RETRIED,
        "Answer 200 to what you have already, too: it has arrived.",
        OVERVIEW,
        deliveries.twice,
    ),
    Rule(
        "duplicate-answered-once",
        "deliveries",
        "the same message twice",
        "one answer to the person",
        "Customers get answers twice, orders are placed twice, and you pay twice.",
        "Keep the ids of messages you have handled, in the database, and leave out those you know.",
        OVERVIEW,
        deliveries.answered_once,
        needs=("accepted", "in time", "sends again"),
    ),
    Rule(
        "late-message",
        "deliveries",
        "a text that was written two days ago, after one of today",
        "200",
        "After an outage the backlog is refused, and comes again until it is lost.",
        "Take messages whatever their timestamp; the signature says that they are genuine.",
        OVERVIEW,
        deliveries.late,
    ),
)
BATCHES: tuple[Rule, ...] = (
    Rule(
        "batch-acknowledged",
        "batches",
        "one POST with two entries, each with two changes: a message and a status",
        "200",
        RETRIED,
        READ_ALL,
        ENDPOINT,
        batches.acknowledged,
    ),
    Rule(
        "batch-messages",
        "batches",
        "two messages in one value",
        "an answer to each",
        HALF,
        READ_ALL,
        ENDPOINT,
        batches.read("messages", "messages", in_one_value),
        needs=("accepted", "in time", "sends"),
    ),
    Rule(
        "batch-changes",
        "batches",
        "two changes in one entry",
        "an answer to each",
        HALF,
        READ_ALL,
        ENDPOINT,
        batches.read("changes", "changes", in_one_entry),
        needs=("accepted", "in time", "sends"),
    ),
    Rule(
        "batch-entries",
        "batches",
        "two entries in one POST",
        "an answer to each",
        HALF,
        READ_ALL,
        ENDPOINT,
        batches.read("entries", "entry", in_one_post),
        needs=("accepted", "in time", "sends"),
    ),
    Rule(
        "batch-large",
        "batches",
        "one POST with 1,000 statuses in nearly 3 MB",
        "200",
        "What comes after an outage or a campaign is refused as too large, each time it is sent again.",
        (
            "Let bodies of 3 MB through: client_max_body_size in nginx, express.json({limit}), "
            "DATA_UPLOAD_MAX_MEMORY_SIZE in Django."
        ),
        f"{OVERVIEW}; {ENDPOINT}",
        batches.large,
    ),
)
LOAD: tuple[Rule, ...] = (
    Rule(
        "burst",
        "load",
        "1,000 statuses in a burst, as of a campaign",
        "200 to all",
        "The more you send, the more is retried: the app does not recover while the retries come on top.",
        "Put webhooks into a queue and answer; count on three for each message you send.",
        THROUGHPUT,
        deliveries.burst,
    ),
    Rule(
        "answers-in-time",
        "load",
        "the time of every answer so far is looked at",
        "half of them within 250 ms, none over 3 s",
        (
            "Past the platform's time-out (not documented; 3 to 20 s are reported) the webhook counts"
            " as failed and comes again."
        ),
        "Answer first and work afterwards, in a queue or a task; do not send from inside the webhook.",
        THROUGHPUT,
        deliveries.in_time,
        needs=("accepted",),
    ),
)
