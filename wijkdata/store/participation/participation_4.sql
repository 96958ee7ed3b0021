-- Version 4: what somebody made of a signal. Columns: data/activiteiten/signalen.toml.
CREATE TABLE judgement (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, withdrawn INTEGER NOT NULL, changed_at TIMESTAMP NOT NULL,
    area TEXT NOT NULL, division INTEGER, indicator TEXT, verdict TEXT, note TEXT, since INTEGER, until INTEGER,
    strength DOUBLE PRECISION, judged_on DATE, entered_by TEXT
);
