-- What residents and partners do: activities, everything under them, circumstances, and every change there ever was.
-- Plain SQL that PostgreSQL takes too: ? placeholders in the code, text keys made in Python, a version per record, no
-- sequences, arrays or row counts. NULL is unknown: never 0, never "nee". Columns: data/activiteiten/velden.toml.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE activity (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, withdrawn INTEGER NOT NULL, changed_at TIMESTAMP NOT NULL,
    title TEXT, description TEXT, kind TEXT, initiator TEXT, step TEXT, start_planned DATE, status TEXT, source TEXT,
    end_planned DATE, start_actual DATE, end_actual DATE, "precision" TEXT, repeated TEXT, times INTEGER,
    progress INTEGER, stop_reason TEXT, support TEXT, form TEXT, access TEXT, audience TEXT, recruitment TEXT,
    iap2 TEXT, cost_asked NUMERIC(14, 2), cost_granted NUMERIC(14, 2), cost_spent NUMERIC(14, 2),
    price_year INTEGER, hours_included TEXT, source_link TEXT, evidence TEXT, entered_by TEXT
);

CREATE TABLE activity_area (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, area TEXT NOT NULL, division INTEGER, share INTEGER,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_pillar (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, "rank" INTEGER, pillar TEXT NOT NULL,
    PRIMARY KEY (activity_id, place)
);
-- Every version of every aim; the highest version of an indicator is the one that holds.
CREATE TABLE activity_aim (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, indicator TEXT NOT NULL, direction TEXT,
    size DOUBLE PRECISION, judge_at DATE, version INTEGER, recorded_at DATE,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_count (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, date DATE, method TEXT, visits INTEGER, participants INTEGER,
    new_participants INTEGER, local INTEGER, volunteers INTEGER, volunteer_hours DOUBLE PRECISION, active INTEGER,
    organisations INTEGER, contributions INTEGER,
    PRIMARY KEY (activity_id, place)
);
-- number: digits, "<5", or "verborgen" (it would give a group below 5 away). A hidden number itself is nowhere.
CREATE TABLE activity_group (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, date DATE, trait TEXT, class TEXT, number TEXT,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_organisation (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, name TEXT, type TEXT, role TEXT,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_outcome (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT, description TEXT, since DATE, lasting TEXT,
    carried_by TEXT, told_back TEXT, told_back_at DATE,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_timeline (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, date DATE, kind TEXT, text TEXT,
    PRIMARY KEY (activity_id, place)
);
CREATE TABLE activity_relation (
    activity_id TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT, other TEXT NOT NULL,
    PRIMARY KEY (activity_id, place)
);

-- Not an activity: demolition, a border change, a break in method, a crisis, policy.
CREATE TABLE event (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, withdrawn INTEGER NOT NULL, changed_at TIMESTAMP NOT NULL,
    area TEXT NOT NULL, start DATE, "end" DATE, kind TEXT, text TEXT
);

-- The whole record after each change. action: added, changed, withdrawn, restored.
CREATE TABLE change (
    object TEXT NOT NULL, object_id TEXT NOT NULL, version INTEGER NOT NULL, changed_at TIMESTAMP NOT NULL, role TEXT NOT NULL,
    action TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (object, object_id, version)
);
