"""The file's tables, step by step. A step that has been released is never edited: a change is a new step.

The SQLModel classes in `store.models` say the same for the write side; a test holds the two against each other.

- Instants are TEXT, UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`: they sort as text.
- Days are TEXT `YYYY-MM-DD` in the user's calendar.
- Amounts are INTEGER minor units of the ISO 4217 currency beside them.
- Every table of the user's data has an INTEGER `id`, so that the journal can name any row. Where commands name rows by
  it (`AUTOINCREMENT`) an id is never given twice: another instance may still show a row whose making was undone.
"""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x4445414C
"""`DEAL` in ASCII: tells this product's file from another application's (`PRAGMA application_id`)."""

LATEST: Final = 2
"""The version of the schema that this program writes (`PRAGMA user_version`); `store.migrations` has the steps."""

DATA_TABLES: Final = (
    "settings",
    "rates",
    "pipelines",
    "lost_reasons",
    "goals",
    "stages",
    "checklist_items",
    "companies",
    "people",
    "deals",
    "deal_people",
    "visits",
    "ticks",
    "touches",
    "tasks",
    "tags",
    "properties",
    "saved_views",
)
"""The tables whose rows the journal records, in an order in which parents come before children."""

POSITION_GAP: Final = 2**20
"""What lies between the positions of two neighbours in a column when nothing was ever put between them."""

STEP_1: Final = """
CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE rates (
    id INTEGER PRIMARY KEY,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    base TEXT NOT NULL CHECK (length(base) = 3),
    rate TEXT NOT NULL,
    UNIQUE (currency, base)
) STRICT;

CREATE TABLE pipelines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    monthly_goal INTEGER CHECK (monthly_goal >= 0),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE lost_reasons (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL CHECK (name <> ''),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE goals (
    id INTEGER PRIMARY KEY,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    UNIQUE (pipeline_id, month)
) STRICT;

CREATE TABLE stages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines (id),
    name TEXT NOT NULL CHECK (name <> ''),
    probability INTEGER NOT NULL CHECK (probability BETWEEN 0 AND 100),
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'won', 'lost')),
    criterion TEXT NOT NULL DEFAULT '',
    evidence_required INTEGER NOT NULL DEFAULT 0 CHECK (evidence_required IN (0, 1)),
    stuck_limit INTEGER DEFAULT 14 CHECK (stuck_limit >= 0),
    dwell_limit INTEGER CHECK (dwell_limit >= 0),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE checklist_items (
    id INTEGER PRIMARY KEY,
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    title TEXT NOT NULL CHECK (title <> ''),
    required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE companies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    notes TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    company_id INTEGER REFERENCES companies (id),
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE deals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    name TEXT NOT NULL CHECK (name <> ''),
    amount INTEGER CHECK (amount >= 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    probability INTEGER CHECK (probability BETWEEN 0 AND 100),
    close_date TEXT CHECK (close_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    company_id INTEGER REFERENCES companies (id),
    source TEXT,
    external_id TEXT,
    notes TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    entered_stage_at TEXT NOT NULL,
    closed_at TEXT,
    lost_reason TEXT,
    lost_note TEXT NOT NULL DEFAULT '',
    snoozed_until TEXT CHECK (snoozed_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    deleted_at TEXT
) STRICT;

CREATE TABLE deal_people (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL DEFAULT '',
    UNIQUE (deal_id, person_id)
) STRICT;

CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    stage_id INTEGER NOT NULL REFERENCES stages (id),
    entered_at TEXT NOT NULL,
    left_at TEXT CHECK (left_at >= entered_at),
    evidence TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE touches (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    kind TEXT NOT NULL CHECK (kind IN ('call', 'email', 'meeting', 'note')),
    at TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    title TEXT NOT NULL CHECK (title <> ''),
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    created_at TEXT NOT NULL,
    done_at TEXT
) STRICT;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    name TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (deal_id, name)
) STRICT;

CREATE TABLE properties (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    name TEXT NOT NULL CHECK (name <> ''),
    value TEXT NOT NULL,
    UNIQUE (deal_id, name)
) STRICT;

CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    title TEXT NOT NULL,
    target_id INTEGER REFERENCES actions (id),
    undo_id INTEGER REFERENCES actions (id),
    redo_id INTEGER REFERENCES actions (id),
    below_undo_id INTEGER REFERENCES actions (id),
    below_redo_id INTEGER REFERENCES actions (id)
) STRICT;

CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL REFERENCES actions (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX goals_by_pipeline ON goals (pipeline_id);
CREATE INDEX stages_by_pipeline ON stages (pipeline_id, position);
CREATE INDEX checklist_items_by_stage ON checklist_items (stage_id, position);
CREATE INDEX companies_by_name ON companies (name);
CREATE INDEX people_by_company ON people (company_id);
CREATE INDEX people_by_email ON people (email) WHERE email <> '';
CREATE INDEX deals_by_stage ON deals (stage_id, position) WHERE deleted_at IS NULL;
CREATE INDEX deals_closed ON deals (stage_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX deals_by_company ON deals (company_id);
CREATE INDEX deals_by_external_id ON deals (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX deal_people_by_person ON deal_people (person_id);
CREATE UNIQUE INDEX visits_open ON visits (deal_id) WHERE left_at IS NULL;
CREATE INDEX visits_by_deal ON visits (deal_id, stage_id, entered_at, left_at);
CREATE INDEX visits_by_stage ON visits (stage_id);
CREATE INDEX touches_by_deal ON touches (deal_id, at);
CREATE INDEX tasks_by_deal ON tasks (deal_id, done_at, due_on);
CREATE INDEX tasks_due ON tasks (due_on) WHERE done_at IS NULL;
CREATE INDEX changes_by_action ON changes (action_id);
CREATE INDEX changes_by_row ON changes (table_name, row_id);
"""

STEP_2: Final = """
CREATE TABLE new_companies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_companies (id, name, notes) SELECT id, name, notes FROM companies;
DROP TABLE companies;
ALTER TABLE new_companies RENAME TO companies;
CREATE INDEX companies_by_name ON companies (name);

CREATE TABLE new_people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    company_id INTEGER REFERENCES companies (id),
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_people (id, name, company_id, email, phone, notes)
    SELECT id, name, company_id, email, phone, notes FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
CREATE INDEX people_by_company ON people (company_id);
CREATE INDEX people_by_email ON people (email) WHERE email <> '';

ALTER TABLE deal_people ADD COLUMN stance TEXT NOT NULL DEFAULT '';
ALTER TABLE visits ADD COLUMN criterion TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN due_at TEXT CHECK (due_at GLOB '[0-2][0-9]:[0-5][0-9]');
ALTER TABLE tasks ADD COLUMN repeat_days INTEGER CHECK (repeat_days > 0);

CREATE TABLE ticks (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visits (id),
    item_id INTEGER NOT NULL REFERENCES checklist_items (id),
    at TEXT NOT NULL,
    UNIQUE (visit_id, item_id)
) STRICT;
CREATE INDEX ticks_by_item ON ticks (item_id);
CREATE INDEX lost_reasons_by_pipeline ON lost_reasons (pipeline_id);

CREATE TABLE saved_views (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    filter TEXT NOT NULL DEFAULT '',
    sort TEXT NOT NULL DEFAULT 'order',
    position INTEGER NOT NULL
) STRICT;
"""
"""People and companies go by an id that is never given twice; people have a stance, visits what the stage asked,
tasks a time and a repetition, checklists their ticks (per visit), and filters a name."""
