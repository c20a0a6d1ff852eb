-- One sandbox. Instants are microseconds since 1970 in UTC; JSON is compact text.

CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE apps (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  secret      TEXT NOT NULL,
  api_version TEXT NOT NULL,
  waba_ids    TEXT NOT NULL,
  place       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX apps_by_place ON apps (place);

CREATE TABLE tokens (
  text       TEXT PRIMARY KEY,
  app_id     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  expires_at INTEGER
) WITHOUT ROWID;

CREATE TABLE portfolios (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  verification TEXT NOT NULL,
  tier         TEXT NOT NULL,
  place        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX portfolios_by_place ON portfolios (place);

CREATE TABLE wabas (
  id                        TEXT PRIMARY KEY,
  name                      TEXT NOT NULL,
  namespace                 TEXT NOT NULL,
  currency                  TEXT NOT NULL,
  country                   TEXT,
  timezone_id               TEXT NOT NULL,
  timezone                  TEXT NOT NULL,
  portfolio_id              TEXT,
  review                    TEXT NOT NULL,
  has_payment_method        INTEGER NOT NULL,
  restrictions              TEXT NOT NULL,
  primary_business_location TEXT,
  authentication_abroad     TEXT,
  place                     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wabas_by_place ON wabas (place);

CREATE TABLE numbers (
  id                    TEXT PRIMARY KEY,
  waba_id               TEXT NOT NULL,
  digits                TEXT NOT NULL,
  verified_name         TEXT NOT NULL,
  kind                  TEXT NOT NULL,
  registered            INTEGER NOT NULL,
  quality_rating        TEXT NOT NULL,
  override_url          TEXT,
  override_verify_token TEXT,
  status                TEXT NOT NULL,
  throughput            TEXT NOT NULL,
  on_business_app       INTEGER NOT NULL,
  maintenance_until     INTEGER,
  pin                   TEXT,
  name_status           TEXT,
  new_name              TEXT,
  new_name_status       TEXT NOT NULL,
  place                 INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX numbers_by_place ON numbers (place);

CREATE TABLE allowed (
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  PRIMARY KEY (phone_number_id, wa_id)
) WITHOUT ROWID;

CREATE TABLE subscriptions (
  app_id       TEXT PRIMARY KEY,
  callback_url TEXT,
  verify_token TEXT NOT NULL,
  fields       TEXT NOT NULL,
  has_values   INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TABLE subscribed_apps (
  waba_id               TEXT NOT NULL,
  app_id                TEXT NOT NULL,
  override_url          TEXT,
  override_verify_token TEXT,
  PRIMARY KEY (waba_id, app_id)
) WITHOUT ROWID;

CREATE TABLE templates (
  id                       TEXT PRIMARY KEY,
  waba_id                  TEXT NOT NULL,
  name                     TEXT NOT NULL,
  language                 TEXT NOT NULL,
  category                 TEXT NOT NULL,
  status                   TEXT NOT NULL,
  components               TEXT NOT NULL,
  created_at               INTEGER NOT NULL,
  parameter_format         TEXT NOT NULL,
  previous_category        TEXT,
  rejected_reason          TEXT NOT NULL,
  quality_score            TEXT NOT NULL,
  quality_at               INTEGER,
  message_send_ttl_seconds INTEGER,
  is_sample                INTEGER NOT NULL,
  last_updated_at          INTEGER,
  pauses                   INTEGER NOT NULL,
  edits                    TEXT NOT NULL,
  source                   TEXT NOT NULL,
  correct_category         TEXT,
  history                  TEXT NOT NULL,
  options                  TEXT NOT NULL,
  parameter_types          TEXT NOT NULL,
  place                    INTEGER NOT NULL,
  wording                  TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX templates_by_name ON templates (waba_id, name, language);
CREATE INDEX templates_by_place ON templates (waba_id, place);
CREATE INDEX templates_disliked ON templates (waba_id)
  WHERE quality_score IN ('YELLOW', 'RED') AND status <> 'DISABLED';
CREATE INDEX templates_leaving ON templates (id) WHERE status = 'PENDING_DELETION';
CREATE INDEX templates_by_wording ON templates (waba_id, wording);
CREATE INDEX templates_by_source ON templates (waba_id, source);

CREATE TABLE name_locks (
  waba_id  TEXT NOT NULL,
  name     TEXT NOT NULL,
  language TEXT NOT NULL,
  until    INTEGER NOT NULL,
  PRIMARY KEY (waba_id, name, language)
) WITHOUT ROWID;

CREATE TABLE utility_abuse (
  waba_id          TEXT PRIMARY KEY,
  warned_at        INTEGER,
  limited_until    INTEGER,
  restricted_until INTEGER,
  restrictions     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE people (
  wa_id             TEXT PRIMARY KEY,
  name              TEXT NOT NULL,
  user_id           TEXT NOT NULL,
  locale            TEXT NOT NULL,
  opted_in          INTEGER NOT NULL,
  on_whatsapp       INTEGER NOT NULL,
  habits            TEXT NOT NULL,
  identity_key_hash TEXT,
  place             INTEGER NOT NULL,
  device            TEXT NOT NULL DEFAULT 'android',
  username          TEXT,
  shows_number      INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE INDEX people_by_user_id ON people (user_id);
CREATE INDEX people_by_place ON people (place, name);

CREATE TABLE windows (
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  last_inbound_at INTEGER NOT NULL,
  unanswered_id   TEXT,
  PRIMARY KEY (phone_number_id, wa_id)
) WITHOUT ROWID;
CREATE INDEX windows_by_time ON windows (last_inbound_at DESC, phone_number_id, wa_id);

CREATE TABLE entry_points (
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  id              TEXT NOT NULL,
  clicked_at      INTEGER NOT NULL,
  opened_at       INTEGER,
  PRIMARY KEY (phone_number_id, wa_id)
) WITHOUT ROWID;

CREATE TABLE conversations (
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  category        TEXT NOT NULL,
  id              TEXT NOT NULL,
  opened_at       INTEGER,
  closes_at       INTEGER,
  PRIMARY KEY (phone_number_id, wa_id, category)
) WITHOUT ROWID;

CREATE TABLE charges (
  at              INTEGER NOT NULL,
  phone_number_id TEXT NOT NULL,
  country         TEXT NOT NULL,
  market          TEXT NOT NULL,
  category        TEXT NOT NULL,
  free            TEXT
);
CREATE INDEX charges_by_time ON charges (at);

CREATE TABLE messages (
  seq             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  outbound        INTEGER NOT NULL,
  type            TEXT NOT NULL,
  status          TEXT NOT NULL,
  at              INTEGER NOT NULL,
  content         TEXT NOT NULL,
  category        TEXT NOT NULL,
  text            TEXT NOT NULL,
  context_id      TEXT,
  callback_data   TEXT,
  group_id        TEXT,
  pricing         TEXT,
  error           TEXT,
  template_id     TEXT,
  direct          INTEGER NOT NULL,
  referral        TEXT,
  context         TEXT,
  deleted_at      INTEGER,
  cause_id        TEXT,
  cause_basis     TEXT,
  edited_text     TEXT,
  revises_id      TEXT
);
CREATE UNIQUE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_by_person ON messages (wa_id, seq);
CREATE INDEX messages_received ON messages (wa_id, phone_number_id, seq) WHERE status = 'received';
CREATE INDEX messages_delivered ON messages (wa_id, seq) WHERE status = 'delivered';
CREATE INDEX messages_of_template ON messages (template_id, at) WHERE template_id IS NOT NULL;
CREATE INDEX messages_undelivered ON messages (template_id, at)
  WHERE template_id IS NOT NULL AND status IN ('accepted', 'sent');
CREATE INDEX messages_sent ON messages (wa_id, phone_number_id, seq) WHERE outbound;
CREATE INDEX messages_on_the_way ON messages (wa_id, phone_number_id, seq)
  WHERE outbound AND status = 'sent';
CREATE INDEX messages_interactive ON messages (wa_id, phone_number_id, at)
  WHERE outbound AND type = 'interactive';
CREATE INDEX messages_in_groups ON messages (group_id, seq) WHERE group_id IS NOT NULL;
CREATE INDEX messages_reactions ON messages (wa_id, seq)
  WHERE NOT outbound AND type = 'reaction';

CREATE TABLE media (
  id              TEXT PRIMARY KEY,
  phone_number_id TEXT NOT NULL,
  mime_type       TEXT NOT NULL,
  sha256          TEXT NOT NULL,
  size            INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL,
  filename        TEXT,
  adler32         INTEGER NOT NULL,
  head            BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX media_by_expiry ON media (expires_at);
CREATE INDEX media_by_digest ON media (sha256);

-- bytes of files; filled in a snapshot only, elsewhere they are in a folder
CREATE TABLE blobs (
  sha256 TEXT PRIMARY KEY,
  bytes  BLOB NOT NULL
);

CREATE TABLE uploads (
  id          TEXT PRIMARY KEY,
  app_id      TEXT NOT NULL,
  file_type   TEXT NOT NULL,
  file_length INTEGER NOT NULL,
  file_name   TEXT,
  received    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE links (
  url       TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,
  mime_type TEXT,
  size      INTEGER,
  head      BLOB,
  problem   TEXT
) WITHOUT ROWID;

CREATE TABLE fetches (
  seq        INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  due        INTEGER NOT NULL,
  details    TEXT NOT NULL
);
CREATE INDEX fetches_by_due ON fetches (due, seq);
CREATE INDEX fetches_by_message ON fetches (message_id);

CREATE TABLE groups (
  id              TEXT PRIMARY KEY,
  phone_number_id TEXT NOT NULL,
  digits          TEXT NOT NULL,
  subject         TEXT NOT NULL,
  participants    TEXT NOT NULL,
  suspended       INTEGER NOT NULL,
  place           INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX groups_by_place ON groups (place);

CREATE TABLE receipts (
  message_id TEXT NOT NULL,
  wa_id      TEXT NOT NULL,
  status     TEXT NOT NULL,
  PRIMARY KEY (message_id, status, wa_id)
) WITHOUT ROWID;

CREATE TABLE orders (
  phone_number_id TEXT NOT NULL,
  wa_id           TEXT NOT NULL,
  reference_id    TEXT NOT NULL,
  status          TEXT NOT NULL,
  paid            INTEGER NOT NULL,
  PRIMARY KEY (phone_number_id, wa_id, reference_id)
) WITHOUT ROWID;

CREATE TABLE timeline (
  seq     INTEGER PRIMARY KEY,
  due     INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  wa_id   TEXT
);
CREATE INDEX timeline_by_due ON timeline (due, seq);
CREATE INDEX timeline_by_subject ON timeline (subject, kind);
CREATE INDEX timeline_by_person ON timeline (wa_id) WHERE wa_id IS NOT NULL;

CREATE TABLE rate_limits (
  name TEXT PRIMARY KEY,
  tat  INTEGER NOT NULL
) WITHOUT ROWID;

-- how a person and a business number stand to each other
CREATE TABLE relationships (
  phone_number_id       TEXT NOT NULL,
  wa_id                 TEXT NOT NULL,
  blocked_number_at     INTEGER,
  stopped_marketing_at  INTEGER,
  blocked_person_at     INTEGER,
  answered_marketing_at INTEGER,
  typing_until          INTEGER,
  PRIMARY KEY (phone_number_id, wa_id)
) WITHOUT ROWID;
CREATE INDEX relationships_blocked ON relationships (phone_number_id, blocked_person_at, wa_id)
  WHERE blocked_person_at IS NOT NULL;
CREATE INDEX relationships_by_person ON relationships (wa_id);

CREATE TABLE block_lists (
  phone_number_id TEXT PRIMARY KEY,
  version         INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE pacing (
  template_id TEXT PRIMARY KEY,
  sent        INTEGER NOT NULL,
  stage       TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE held (
  seq         INTEGER PRIMARY KEY,
  template_id TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  links       TEXT NOT NULL,
  details     TEXT NOT NULL
);
CREATE INDEX held_by_template ON held (template_id, seq);

CREATE TABLE sliding_windows (
  name TEXT NOT NULL,
  key  TEXT NOT NULL,
  at   INTEGER NOT NULL,
  PRIMARY KEY (name, key)
) WITHOUT ROWID;
CREATE INDEX sliding_windows_by_time ON sliding_windows (name, at);

CREATE TABLE sliding_window_sizes (
  name TEXT PRIMARY KEY,
  size INTEGER NOT NULL
) WITHOUT ROWID;

-- place: where it strikes; parameters and conditions: JSON; fitted: occasions that fitted, met: those it struck
CREATE TABLE faults (
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
);
CREATE INDEX faults_waiting ON faults (place, id) WHERE times IS NULL OR met < times;

-- webhooks that a fault has spoilt, and how; the fault may be gone
CREATE TABLE spoilt_deliveries (
  delivery_id INTEGER PRIMARY KEY,
  fault_id    INTEGER NOT NULL,
  kind        TEXT NOT NULL
);

-- url: where the next attempt goes as far as known, and where the last one went
CREATE TABLE deliveries (
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
  attempts        INTEGER NOT NULL,
  cause           TEXT
);
CREATE INDEX deliveries_waiting ON deliveries (due, id) WHERE state = 'waiting';
CREATE INDEX deliveries_failed_once ON deliveries (wa_id, app_id, due) WHERE state = 'waiting' AND attempts > 0;
CREATE INDEX deliveries_queued ON deliveries (id) WHERE state = 'waiting';
CREATE INDEX deliveries_delivered ON deliveries (id) WHERE state = 'delivered';
CREATE INDEX deliveries_failed ON deliveries (id) WHERE state = 'failed';

CREATE TABLE attempts (
  delivery_id INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  status      INTEGER,
  problem     TEXT,
  PRIMARY KEY (delivery_id, number)
) WITHOUT ROWID;

CREATE TABLE journal (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  wa_id   TEXT,
  cause   TEXT,
  summary TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX journal_by_kind ON journal (kind, seq);
CREATE INDEX journal_by_person ON journal (wa_id, seq) WHERE wa_id IS NOT NULL;
CREATE INDEX journal_by_subject ON journal (subject, seq);
CREATE INDEX journal_by_cause ON journal (cause, seq) WHERE cause IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at, seq);
