"""How files of older schemas become files of this one: one step for each number, in order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from emulator.domain.values import dataclass
from emulator.sandbox.store.wording import wording_key

OLDEST = 5
"""The oldest schema that can be migrated; older files are refused."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The step from the schema before to the schema ``to``.

    Its statements run in one transaction with those of the other steps. A new column stands at the end of its
    table, as ``ALTER TABLE … ADD COLUMN`` leaves it; for another order the step makes the table anew.
    """

    to: int
    does: str
    apply: Callable[[sqlite3.Connection], object]


def statements(*each: str) -> Callable[[sqlite3.Connection], None]:
    """A step that executes SQL statements, one after the other."""

    def apply(connection: sqlite3.Connection) -> None:
        for statement in each:
            connection.execute(statement)

    return apply


def _add_wordings_and_indexes(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE templates ADD COLUMN wording TEXT NOT NULL DEFAULT ''")
    for template_id, components in connection.execute("SELECT id, components FROM templates").fetchall():
        key = wording_key(json.loads(components))
        connection.execute("UPDATE templates SET wording = ? WHERE id = ?", (key, template_id))
    for table in ("apps", "groups", "numbers", "people", "portfolios", "wabas"):
        connection.execute(f"CREATE INDEX {table}_by_place ON {table} (place)")
    statements(
        "CREATE INDEX templates_by_wording ON templates (waba_id, wording)",
        "CREATE INDEX templates_by_source ON templates (waba_id, source)",
        "CREATE INDEX messages_sent ON messages (wa_id, phone_number_id, seq) WHERE outbound",
        """CREATE INDEX messages_on_the_way ON messages (wa_id, phone_number_id, seq)
          WHERE outbound AND status = 'sent'""",
        """CREATE INDEX messages_interactive ON messages (wa_id, phone_number_id, at)
          WHERE outbound AND type = 'interactive'""",
        """CREATE INDEX messages_reactions ON messages (wa_id, seq)
          WHERE NOT outbound AND type = 'reaction'""",
        "CREATE INDEX fetches_by_due ON fetches (due, seq)",
        "CREATE INDEX fetches_by_message ON fetches (message_id)",
        "CREATE INDEX timeline_by_subject ON timeline (subject, kind)",
        "CREATE INDEX deliveries_failed ON deliveries (id) WHERE state = 'failed'",
        "CREATE INDEX journal_by_cause ON journal (cause, seq) WHERE cause IS NOT NULL",
        "CREATE INDEX journal_by_time ON journal (at, seq)",
    )(connection)


def _one_kind_of_faults(connection: sqlite3.Connection) -> None:
    """Errors and spoilt webhooks become faults of one table, numbered on; what is held back stays so."""
    statements(
        "DROP INDEX faults_waiting",
        "ALTER TABLE faults RENAME TO faults_16",
        """CREATE TABLE faults (
          id          INTEGER PRIMARY KEY,
          kind        TEXT NOT NULL,
          place       TEXT NOT NULL,
          parameters  TEXT NOT NULL,
          conditions  TEXT NOT NULL,
          times       INTEGER,
          every       INTEGER NOT NULL,
          probability REAL NOT NULL,
          fitted      INTEGER NOT NULL,
          met         INTEGER NOT NULL,
          is_seeded   INTEGER NOT NULL
        )""",
        "CREATE INDEX faults_waiting ON faults (place, id) WHERE times IS NULL OR met < times",
        """CREATE TABLE spoilt_deliveries (
          delivery_id INTEGER PRIMARY KEY,
          fault_id    INTEGER NOT NULL,
          kind        TEXT NOT NULL
        )""",
        """INSERT INTO faults SELECT id, 'error', channel,
          json_patch(json_object('code', code), json_object('details', details)),
          json_patch('{}', json_object('to', wa_id, 'phone_number_id', phone_number_id, 'edge', edge,
            'method', method)),
          times, 1, probability, 0, met, 0 FROM faults_16 ORDER BY id""",
        "DROP TABLE faults_16",
    )(connection)
    kept = connection.execute("SELECT value FROM facts WHERE name = 'webhook_faults'").fetchone()
    if kept is None:
        return
    state = json.loads(kept[0])
    (last,) = connection.execute(
        "SELECT COALESCE((SELECT value FROM counters WHERE name = 'faults'), 0)"
    ).fetchone()
    gathering, holding, spoiling = 0, 0, (0, "twice")
    for number, asked in enumerate(state["asked"], last + 1):
        kind, times, met = asked["kind"], asked["times"], asked["met"]
        parameters = {"late": {"by": asked["by"]}, "batch": {"size": min(max(times, 2), 1000)}}.get(kind, {})
        if kind == "batch":
            if met and met < times:
                gathering = number
            times, met = 1, int(met >= times)
        elif kind == "out_of_order" and met:
            holding = number
        if met:
            spoiling = number, kind
        connection.execute(
            "INSERT INTO faults VALUES (?, ?, 'webhook', ?, '{}', ?, 1, 1.0, 0, ?, 0)",
            (number, kind, json.dumps(parameters, separators=(",", ":")), times, met),
        )
        connection.execute(
            "UPDATE timeline SET subject = ? WHERE kind = 'webhook.batch' AND subject = ?",
            (f"fault:{number}", f"webhook_fault:{asked['id']}"),
        )
    connection.execute("INSERT OR REPLACE INTO counters VALUES ('faults', ?)", (last + len(state["asked"]),))
    batch = state.get("batch", [])
    held = {
        "overtaken": [{"fault": holding, "webhook": each} for each in state["held"]],
        "batches": [{"fault": gathering, "webhooks": batch}] if batch else [],
    }
    connection.execute("DELETE FROM facts WHERE name = 'webhook_faults'")
    connection.execute("INSERT INTO facts VALUES ('held_webhooks', ?)", (json.dumps(held),))
    connection.executemany(
        "INSERT INTO spoilt_deliveries SELECT id, ?, ? FROM deliveries WHERE id = ?",
        [(*spoiling, delivery) for delivery in state["deliveries"]],
    )


_ENTRY = "json_extract(CAST(body AS TEXT), '$.entry[0]"
MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        6,
        "Deliveries know whose webhook each is, as it says itself.",
        statements(
            "ALTER TABLE deliveries RENAME TO deliveries_5",
            """CREATE TABLE deliveries (
              id              INTEGER PRIMARY KEY,
              app_id          TEXT NOT NULL,
              waba_id         TEXT NOT NULL,
              phone_number_id TEXT,
              url             TEXT NOT NULL,
              field           TEXT NOT NULL,
              body            BLOB NOT NULL,
              state           TEXT NOT NULL,
              at              INTEGER NOT NULL,
              due             INTEGER NOT NULL,
              attempts        INTEGER NOT NULL
            )""",
            f"""INSERT INTO deliveries SELECT id, app_id, {_ENTRY}.id'),
              {_ENTRY}.changes[0].value.metadata.phone_number_id'),
              url, field, body, state, at, due, attempts FROM deliveries_5 ORDER BY id""",
            "DROP TABLE deliveries_5",
            "CREATE INDEX deliveries_waiting ON deliveries (due, id) WHERE state = 'waiting'",
        ),
    ),
    Migration(
        7,
        "Deliveries know whom each is about; those that were made before wait for no other.",
        statements(
            "ALTER TABLE deliveries RENAME TO deliveries_6",
            """CREATE TABLE deliveries (
              id              INTEGER PRIMARY KEY,
              app_id          TEXT NOT NULL,
              waba_id         TEXT NOT NULL,
              phone_number_id TEXT,
              wa_id           TEXT,
              url             TEXT NOT NULL,
              field           TEXT NOT NULL,
              body            BLOB NOT NULL,
              state           TEXT NOT NULL,
              at              INTEGER NOT NULL,
              due             INTEGER NOT NULL,
              attempts        INTEGER NOT NULL
            )""",
            """INSERT INTO deliveries SELECT id, app_id, waba_id, phone_number_id, NULL,
              url, field, body, state, at, due, attempts FROM deliveries_6 ORDER BY id""",
            "DROP TABLE deliveries_6",
            "CREATE INDEX deliveries_waiting ON deliveries (due, id) WHERE state = 'waiting'",
            """CREATE INDEX deliveries_failed_once ON deliveries (wa_id, app_id, due)
              WHERE state = 'waiting' AND attempts > 0""",
        ),
    ),
    Migration(
        8,
        "Messages know their context and when they were deleted; people write on a device, so far Android.",
        statements(
            "ALTER TABLE messages ADD COLUMN context TEXT",
            "ALTER TABLE messages ADD COLUMN deleted_at INTEGER",
            "ALTER TABLE people ADD COLUMN device TEXT NOT NULL DEFAULT 'android'",
        ),
    ),
    Migration(
        9,
        "Groups have an order, that in which they were made, as far as the journal has it.",
        statements(
            "ALTER TABLE groups RENAME TO groups_8",
            """CREATE TABLE groups (
              id              TEXT PRIMARY KEY,
              phone_number_id TEXT NOT NULL,
              digits          TEXT NOT NULL,
              subject         TEXT NOT NULL,
              participants    TEXT NOT NULL,
              suspended       INTEGER NOT NULL,
              place           INTEGER NOT NULL
            ) WITHOUT ROWID""",
            """INSERT INTO groups SELECT id, phone_number_id, digits, subject, participants, suspended,
              ROW_NUMBER() OVER (ORDER BY made, digits) - 1
              FROM (SELECT *, (SELECT MIN(seq) FROM journal WHERE cause = groups_8.id) AS made
                FROM groups_8)""",
            "DROP TABLE groups_8",
        ),
    ),
    Migration(
        10,
        "Templates know how they are worded; every question that is asked often has an index.",
        _add_wordings_and_indexes,
    ),
    Migration(
        11,
        "Deliveries of any state have an index: to list them, and to drop the oldest that are over.",
        statements(
            "CREATE INDEX deliveries_queued ON deliveries (id) WHERE state = 'waiting'",
            "CREATE INDEX deliveries_delivered ON deliveries (id) WHERE state = 'delivered'",
        ),
    ),
    Migration(
        12,
        "People may have a username, and a number that webhooks do not show.",
        statements(
            "ALTER TABLE people ADD COLUMN username TEXT",
            "ALTER TABLE people ADD COLUMN shows_number INTEGER NOT NULL DEFAULT 1",
        ),
    ),
    Migration(
        13,
        "Windows have an index by when they were restarted, to be listed page by page.",
        statements("CREATE INDEX windows_by_time ON windows (last_inbound_at DESC, phone_number_id, wa_id)"),
    ),
    Migration(
        14,
        "Relationships know until when a person sees that the business types.",
        statements(
            "ALTER TABLE relationships RENAME TO relationships_13",
            """CREATE TABLE relationships (
              phone_number_id       TEXT NOT NULL,
              wa_id                 TEXT NOT NULL,
              blocked_number_at     INTEGER,
              stopped_marketing_at  INTEGER,
              blocked_person_at     INTEGER,
              answered_marketing_at INTEGER,
              typing_until          INTEGER,
              PRIMARY KEY (phone_number_id, wa_id)
            ) WITHOUT ROWID""",
            "INSERT INTO relationships SELECT *, NULL FROM relationships_13",
            "DROP TABLE relationships_13",
            """CREATE INDEX relationships_blocked ON relationships (phone_number_id, blocked_person_at, wa_id)
              WHERE blocked_person_at IS NOT NULL""",
            "CREATE INDEX relationships_by_person ON relationships (wa_id)",
        ),
    ),
    Migration(
        15,
        "Messages and deliveries know their cause, windows what is not answered; of those before, nothing.",
        statements(
            "ALTER TABLE messages ADD COLUMN cause_id TEXT",
            "ALTER TABLE messages ADD COLUMN cause_basis TEXT",
            "ALTER TABLE deliveries ADD COLUMN cause TEXT",
            "DROP INDEX windows_by_time",
            "ALTER TABLE windows RENAME TO windows_14",
            """CREATE TABLE windows (
              phone_number_id TEXT NOT NULL,
              wa_id           TEXT NOT NULL,
              last_inbound_at INTEGER NOT NULL,
              unanswered_id   TEXT,
              PRIMARY KEY (phone_number_id, wa_id)
            ) WITHOUT ROWID""",
            "INSERT INTO windows SELECT phone_number_id, wa_id, last_inbound_at, NULL FROM windows_14",
            "DROP TABLE windows_14",
            "CREATE INDEX windows_by_time ON windows (last_inbound_at DESC, phone_number_id, wa_id)",
        ),
    ),
    Migration(
        16,
        "People may have a phone that is off at times, an old client, and answers; so far nobody has.",
        statements(
            """UPDATE people SET habits = json_set(habits,
              '$.offline', json('[]'), '$.old_client', json('false'), '$.answers', json('[]'))"""
        ),
    ),
    Migration(
        17,
        "Faults of calls and of webhooks are in one table, each with its kind, parameters and conditions.",
        _one_kind_of_faults,
    ),
    Migration(
        18,
        "Subscriptions know whether webhooks have values; so far they do.",
        statements("ALTER TABLE subscriptions ADD COLUMN has_values INTEGER NOT NULL DEFAULT 1"),
    ),
    Migration(
        19,
        "Messages know what the person changed their text to, and edits what they edit; those before do not.",
        statements(
            "ALTER TABLE messages ADD COLUMN edited_text TEXT",
            "ALTER TABLE messages ADD COLUMN revises_id TEXT",
        ),
    ),
    Migration(
        20,
        "Messages in groups have an index, to list those of one group.",
        statements("CREATE INDEX messages_in_groups ON messages (group_id, seq) WHERE group_id IS NOT NULL"),
    ),
    Migration(
        21,
        "Due work has whose it is beside its details, and an index by that.",
        statements(
            "ALTER TABLE timeline ADD COLUMN wa_id TEXT",
            """UPDATE timeline SET
              wa_id = COALESCE(json_extract(details, '$.wa_id'), json_extract(details, '$.offline')),
              details = CASE WHEN json_extract(details, '$.offline') IS NULL
                THEN json_remove(details, '$.wa_id')
                ELSE json_set(json_remove(details, '$.wa_id', '$.offline'), '$.put_off', json('true'))
              END
              WHERE details <> '{}'""",
            "CREATE INDEX timeline_by_person ON timeline (wa_id) WHERE wa_id IS NOT NULL",
        ),
    ),
    Migration(
        22,
        "The index of the order of people has their names, so that a search reads nothing else.",
        statements("DROP INDEX people_by_place", "CREATE INDEX people_by_place ON people (place, name)"),
    ),
)
"""Every step, in ascending order of ``to``."""
